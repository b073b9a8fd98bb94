"""Mails to the one who learns: enrolled, waiting, declined, cancelled."""

from courses.models import Enrollment
from partners.actions import post
from partners.lib.mailing import words_of

State = Enrollment.State
TEMPLATES = {
    State.APPROVED: "courses/mail/enrollment_waiting",
    State.ENROLLED: "courses/mail/enrollment_enrolled",
    State.DECLINED: "courses/mail/enrollment_declined",
    State.CANCELLED: "courses/mail/enrollment_cancelled",
}


def tell(enrollment: Enrollment) -> None:
    """Post the mail of its state, once per state. Needs the offering with course and site, and the person, loaded."""
    offering, person = enrollment.offering, enrollment.person
    elsewhere = offering.is_elsewhere(person.tzinfo)
    context = {
        "enrollment": enrollment,
        "offering": offering,
        "hours": offering.hours + (f", {offering.hours_in(person.tzinfo)} for you" if elsewhere else ""),
        "url": offering.get_absolute_url(),
    }
    words = words_of(TEMPLATES[State(enrollment.state)], context)
    post(words, key=f"enrollment:{enrollment.pk}:{enrollment.state}", to=person)
