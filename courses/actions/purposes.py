"""Before a course: writing why one goes, and the manager's yes or question back."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, Q, Value
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from courses import answers
from courses.actions.refusals import AlreadyEnded, TextHasChanged, TooLate
from courses.models import Enrollment, Purpose
from courses.models.enrollments import ENDED, EnrollmentQuerySet
from courses.models.purposes import purpose_keys
from partners.actions import call_off, owe, settle
from partners.lib.addresses import address_of
from partners.models import Obligation, Person

AHEAD = dt.timedelta(days=60)  # nobody is asked earlier than so long before the first day
DUE_BEFORE = dt.timedelta(days=7)
REMINDED_BEFORE = (dt.timedelta(days=14), dt.timedelta(days=8), dt.timedelta(days=2))
AT_ONCE = dt.timedelta(minutes=1)
PATIENCE = dt.timedelta(days=3)


@dataclass(frozen=True)
class Why:
    """What somebody writes of one purpose."""

    problem: str
    able_to: str
    expected: str
    manager: Person


@transaction.atomic
def write_purpose(enrollment: Enrollment, why: Why, *, by: Person) -> Purpose:
    """Keep why somebody goes, and ask the manager; an agreement to other words lapses. The same again: nothing.

    Raises AlreadyEnded without a living enrollment, TooLate once the course has begun.
    """
    enrollment = held(enrollment)
    if enrollment.state in ENDED:
        raise AlreadyEnded("You have no place in this course any more, so there is nothing to write.")
    if enrollment.offering.starts_at <= timezone.now():
        raise TooLate("The course has begun. What you wrote before stays; now comes your plan.")
    purpose = Purpose.objects.filter(enrollment=enrollment).first() or Purpose(enrollment=enrollment)
    said = vars(why)
    if purpose.pk and all(getattr(purpose, name) == value for name, value in said.items()) and not purpose.asked_back:
        return purpose
    for name, value in said.items():
        setattr(purpose, name, value)
    purpose.written_at = timezone.now()
    purpose.asked_back, purpose.asked_back_at = "", None
    purpose.save()
    purpose.refresh_from_db()  # the database counts versions and lets agreements lapse
    purpose.enrollment = enrollment
    settle(purpose_keys(enrollment.pk)[0])
    if purpose.agreed_at is None:
        _ask_manager(purpose)
    return purpose


def held(enrollment: Enrollment) -> Enrollment:
    """The enrollment as it is now, locked: what is written about it is written one at a time."""
    rows = Enrollment.objects.select_for_update(of=("self",), no_key=True)
    return rows.select_related("person", "partner", "offering__course", "offering__site").get(pk=enrollment.pk)


@transaction.atomic
def agree_to_purpose(purpose: Purpose, *, by: Person, version: int) -> Purpose:
    """The manager says yes to this version. Again: nothing. Raises TextHasChanged, AlreadyEnded and TooLate."""
    now = _answerable(purpose, by, version)
    if now.agreed_at is None:
        now.agreed_at, now.asked_back, now.asked_back_at = timezone.now(), "", None
        now.save(update_fields=["agreed_at", "asked_back", "asked_back_at"])
        settle(*purpose_keys(now.enrollment_id))
    return now


@transaction.atomic
def ask_back(purpose: Purpose, *, by: Person, version: int, words: str) -> Purpose:
    """The manager asks something; who goes owes the answer by writing it. Again: nothing. Raises as agreeing does."""
    now = _answerable(purpose, by, version)
    if now.asked_back == words:
        return now
    now.agreed_at, now.asked_back, now.asked_back_at = None, words, timezone.now()
    now.save(update_fields=["agreed_at", "asked_back", "asked_back_at"])
    mine, theirs = purpose_keys(now.enrollment_id)
    settle(theirs)
    _owe(now.enrollment, key=mine, words=f"{by.name} asks why you go to", detail=f"“{words}”", at_once=True)
    return now


def _answerable(purpose: Purpose, by: Person, version: int) -> Purpose:
    enrollment = held(Enrollment(pk=purpose.enrollment_id))
    now = Purpose.objects.answerable_by(by).filter(pk=purpose.pk).first()
    if now is None or now.version != version:
        raise TextHasChanged("What you read was changed in the meantime. Read it again, then answer.")
    if enrollment.offering.starts_at <= timezone.now():
        raise TooLate("The course has begun: there is nothing left to answer.")
    now.enrollment = enrollment
    return now


def _ask_manager(purpose: Purpose) -> None:
    enrollment, now = purpose.enrollment, timezone.now()
    offering = enrollment.offering
    owe(
        purpose.manager,
        key=purpose_keys(enrollment.pk)[1],
        partner=enrollment.partner,
        words=f"Agree why {enrollment.person.name} goes to {offering.course.name}",
        detail=f"{offering.dates}. {purpose.problem}",
        why=f"{enrollment.person.name} named you as manager.",
        url=answers.agreement_address(purpose),
        verb="Answer",
        asked_by=enrollment.person,
        due_at=max(now + PATIENCE, offering.starts_at - PATIENCE) if offering.starts_at - now > PATIENCE
        else offering.starts_at,
        reminders_at=[now + AT_ONCE, now + PATIENCE, now + 2 * PATIENCE],
    )  # fmt: skip


def _owe(enrollment: Enrollment, *, key: str, words: str, detail: str, at_once: bool = False) -> None:
    offering, now = enrollment.offering, timezone.now()
    due_at = offering.starts_at - DUE_BEFORE
    moments = [offering.starts_at - before for before in REMINDED_BEFORE]
    owe(
        enrollment.person,
        key=key,
        partner=enrollment.partner,
        words=f"{words} {offering.course.name}",
        detail=detail,
        why="You asked for this course or have a seat in it.",
        url=address_of("courses:purpose_edit", enrollment.pk),
        verb="Write",
        due_at=due_at if due_at > now else offering.starts_at,
        reminders_at=[now + AT_ONCE, *moments] if at_once or moments[0] <= now else moments,
    )


@transaction.atomic
def ask_for_purposes(now: dt.datetime, *, limit: int) -> int:
    """Have at most `limit` people who go to a course of the next two months owe why; returns how many.

    Each is asked once; rows that somebody else holds come next time.
    """
    coming = Enrollment.objects.living().filter(
        partner__isnull=False,
        purpose__isnull=True,
        person__is_active=True,
        offering__cancelled_at__isnull=True,
        offering__starts_on__gt=now.date(),
        offering__starts_on__lte=(now + AHEAD).date(),
    )
    rows = unasked(coming, "purpose:").select_for_update(skip_locked=True, of=("self",), no_key=True)
    people = list(rows.select_related("person", "partner", "offering__course").order_by("offering__starts_on")[:limit])
    for enrollment in people:
        offering = enrollment.offering
        about = f"{offering.dates}. Three lines, agreed with your manager."
        _owe(enrollment, key=purpose_keys(enrollment.pk)[0], words="Write why you go to", detail=about)
    return len(people)


def unasked(enrollments: EnrollmentQuerySet, prefix: str) -> EnrollmentQuerySet:
    """Those of which nobody was ever asked for this."""
    key = Concat(Value(prefix), Cast(OuterRef("pk"), CharField()))
    return enrollments.exclude(Exists(Obligation.objects.filter(key=key)))


@transaction.atomic
def close_purposes(now: dt.datetime, *, past: dt.timedelta) -> None:
    """What was to be written before a course is owed no more when it has begun, or when the place was given back."""
    begun = Q(offering__starts_on__range=((now - past).date(), (now - dt.timedelta(days=1)).date()))
    given_back = Q(state__in=ENDED, offering__starts_on__gte=now.date())
    pks = Enrollment.objects.filter(begun | given_back).values_list("pk", flat=True)
    call_off(*[key for pk in pks for key in purpose_keys(pk)])
