"""Ending somebody's sessions, on every device."""

from allauth.usersessions.models import UserSession

from partners.models import Person


def end_sessions(person: Person) -> int:
    """End every session of this person at once; returns how many there were."""
    sessions = list(UserSession.objects.filter(user=person))
    for session in sessions:
        session.end()
    return len(sessions)
