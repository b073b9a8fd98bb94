"""Words of the mails about a visit."""

from django.conf import settings

from coaching import words
from coaching.models import Visit
from partners.lib.mailing import Words, words_of
from partners.models import Person


def placed(visit: Visit, to: Person) -> Words:
    """A visit is proposed; please confirm."""
    return _words("visit_placed", visit, to)


def confirmed(visit: Visit, to: Person) -> Words:
    """Both sides have confirmed; goes with the invitation."""
    return _words("visit_confirmed", visit, to)


def moved(visit: Visit, to: Person, by: Person) -> Words:
    """Somebody moved the visit; please confirm the new time."""
    return _words("visit_moved", visit, to, by=by)


def given_away(visit: Visit, to: Person, by: Person) -> Words:
    """For the coach who was to go: somebody else goes now."""
    return _words("visit_given", visit, to, by=by)


def cancelled(visit: Visit, to: Person) -> Words:
    """The visit will not take place; says why."""
    return _words("visit_cancelled", visit, to, by=visit.cancelled_by)


def _words(name: str, visit: Visit, to: Person, *, by: Person | None = None) -> Words:
    return words_of(
        f"coaching/mail/{name}",
        {
            "visit": visit,
            "person": to,
            "by": by or visit.placed_by,
            "place": words.place(visit),
            "when": words.when(visit),
            "clocks": words.clocks(visit, to),
            "state": words.state(visit),
            "link": f"{settings.SITE_URL}{visit.get_absolute_url()}",
        },
    )
