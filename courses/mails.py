"""Telling the one who learns what became of it: the mail, and the reminder of a seat."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from courses.models import Certificate, Enrollment, Offering
from courses.models.enrollments import ENDED
from courses.models.plans import plan_key
from courses.models.purposes import purpose_keys
from partners.actions import call_off, owe, post, settle
from partners.lib.addresses import address_of
from partners.lib.calendars import moment_words
from partners.lib.mailing import Words, words_of

State = Enrollment.State
SOON = dt.timedelta(days=7)
TEMPLATES = {
    State.APPROVED: "courses/mail/enrollment_waiting",
    State.OFFERED: "courses/mail/enrollment_offered",
    State.ENROLLED: "courses/mail/enrollment_enrolled",
    State.DECLINED: "courses/mail/enrollment_declined",
    State.CANCELLED: "courses/mail/enrollment_cancelled",
    State.LAPSED: "courses/mail/enrollment_lapsed",
}
TOLD_WITH = ("offering__course", "offering__site", "person")
CERTIFICATE = "courses/mail/enrollment_certificate"


def template_of(enrollment: Enrollment) -> str:
    """The mail that tells how it stands; "" when there is none. Who attended is told once the certificate is there."""
    if enrollment.state == State.ATTENDED:
        return CERTIFICATE if Certificate.objects.standing().filter(enrollment=enrollment).exists() else ""
    return TEMPLATES.get(State(enrollment.state), "")


@transaction.atomic
def tell(pk: int) -> None:
    """Tell the state of one enrollment as it is now, if it waits to be told. Of several who try, one does."""
    rows = Enrollment.objects.untold().select_related(*TOLD_WITH)
    people = rows.select_related("approved_by", "declined_by", "cancelled_by")
    enrollment = people.select_for_update(of=("self",), skip_locked=True, no_key=True).filter(pk=pk).first()
    if enrollment is None:
        return
    template = TEMPLATES.get(State(enrollment.state), "")
    if template and _may_be_told(enrollment, template):
        post(_words(enrollment, template), key=f"enrollment:{pk}:{enrollment.state}", to=enrollment.person)
    _remind_of_offer(enrollment)
    _remind(enrollment)
    if enrollment.state in ENDED:
        call_off(*purpose_keys(pk), plan_key(pk))
    enrollment.to_tell_at = None
    enrollment.save(update_fields=["to_tell_at"])


@transaction.atomic
def tell_of_certificate(pk: int) -> None:
    """Tell the person of a certificate, unless they were told or it was withdrawn. Of several who try, one does."""
    rows = Certificate.objects.to_tell(timezone.now()).select_for_update(of=("self",), skip_locked=True, no_key=True)
    certificate = rows.select_related(*(f"enrollment__{name}" for name in TOLD_WITH)).filter(pk=pk).first()
    if certificate is None:
        return
    enrollment = certificate.enrollment
    post(_words(enrollment, CERTIFICATE), key=f"certificate:{pk}", to=enrollment.person)
    certificate.told_at = timezone.now()
    certificate.save(update_fields=["told_at"])


def tell_again(pk: int, minute: int) -> None:
    """Send once more what was told last; `minute` names the wish, so that a task that runs twice sends one mail."""
    people = Enrollment.objects.select_related(*TOLD_WITH)
    enrollment = people.select_related("approved_by", "declined_by", "cancelled_by").filter(pk=pk).first()
    template = template_of(enrollment) if enrollment else ""
    if enrollment and template and _may_be_told(enrollment, template):
        post(_words(enrollment, template), key=f"enrollment:{pk}:{enrollment.state}:{minute}", to=enrollment.person)


def _may_be_told(enrollment: Enrollment, template: str) -> bool:
    """An offering kept for a partner, with its link, is told to nobody who has left; a certificate is one's own."""
    return (
        template == CERTIFICATE
        or Offering.objects.visible_to(enrollment.person).filter(pk=enrollment.offering_id).exists()
    )


def _words(enrollment: Enrollment, template: str) -> Words:
    offering, zone = enrollment.offering, enrollment.person.tzinfo
    own = f", {offering.hours_in(zone)} for you" if offering.is_elsewhere(zone) else ""
    context = {
        "enrollment": enrollment,
        "offering": offering,
        "hours": offering.hours + own,
        "until": moment_words(enrollment.offered_until, zone) if enrollment.offered_until else "",
        "url": offering.get_absolute_url(),
        "paper": address_of("courses:paper_file", enrollment.pk),
    }
    return words_of(template, context)


def _remind_of_offer(enrollment: Enrollment) -> None:
    """Who is offered a seat owes the answer, and is reminded once, when two thirds of the time are over."""
    key, offering, until = f"enrollment:{enrollment.pk}:offer", enrollment.offering, enrollment.offered_until
    if enrollment.state != State.OFFERED or not (enrollment.offered_at and until):
        (settle if enrollment.has_seat else call_off)(key)
        return
    owe(
        enrollment.person,
        key=key,
        partner=offering.partner,
        words=f"Take your seat in {offering.course.name}, {offering.dates}",
        detail=f"{offering.where}, {offering.hours}",
        why="You were first in line when a seat came free. Later it goes to the next.",
        url=offering.get_absolute_url(),
        verb="Answer",
        due_at=until,
        reminders_at=[until - (until - enrollment.offered_at) / 3],
    )


def _remind(enrollment: Enrollment) -> None:
    """Who has a seat owes the look a week ahead, at the dates as they are now."""
    key, offering = f"enrollment:{enrollment.pk}:soon", enrollment.offering
    if enrollment.has_seat and offering.starts_at <= timezone.now():
        settle(key)
    elif enrollment.state != State.ENROLLED:
        call_off(key)
    else:
        owe(
            enrollment.person,
            key=key,
            partner=offering.partner,
            words=f"{offering.course.name} on {offering.dates}",
            detail=f"{offering.where}, {offering.hours}",
            why="You have a seat.",
            url=offering.get_absolute_url(),
            verb="Prepare",
            due_at=offering.starts_at,
            reminders_at=[offering.starts_at - SOON],
        )
