"""Noting who was there, day by day; who was there on every day has attended, and nobody else has.

One rule, whoever notes it and in whatever order it arrives: of one person and one day the last tap by its own time
counts, and the state of the enrollment is computed from the days anew each time, under the offering's lock.
"""

import datetime as dt
import uuid
from dataclasses import dataclass, field

from django.apps import apps
from django.db import transaction
from django.utils import timezone

from courses.actions import telling
from courses.actions.certifying import certify
from courses.actions.locking import fresh, lock
from courses.actions.refusals import NoSeat, NotADay, NotYet, OfferingCancelled, TapTaken, TooLate
from courses.models import Attendance, Enrollment, Offering
from partners.lib.calendars import day_words
from partners.models import Person

State = Enrollment.State
CORRECTED_FOR = dt.timedelta(days=14)  # after the last day, by who taught; LEI's staff always


@dataclass(frozen=True)
class Mark:
    """One tap on a door list: `at` is when it was, `tap` the id that its phone gave it."""

    day: dt.date
    present: bool
    at: dt.datetime = field(default_factory=timezone.now)
    tap: uuid.UUID = field(default_factory=uuid.uuid4)


@transaction.atomic
def mark(enrollment: Enrollment, said: Mark, *, by: Person) -> Attendance:
    """Note whether the person was there on that day, unless somebody noted it later; returns how it stands.

    The same tap again: nothing. Raises NotADay, NotYet before the day begins at the place, TooLate, NoSeat,
    OfferingCancelled, and TapTaken for an id that another mark has.
    """
    offering = lock(enrollment.offering_id)
    enrollment = fresh(enrollment, offering)
    now = timezone.now()
    check_day(offering, said.day, now, by=by)
    row = Attendance.objects.filter(enrollment=enrollment, day=said.day).first()
    if row and _was_heard(row, said.tap):
        return row
    if Attendance.objects.filter(tap=said.tap).exists():
        raise TapTaken("This mark was sent for somebody else before. Reload the door list and tap again.")
    if not enrollment.has_seat:
        raise NoSeat(f"{enrollment.person} has no seat: {enrollment.get_state_display().lower()}.")
    row = _note(row, enrollment, said, by=by, now=now)
    agree(enrollment, by=by)
    telling.door_list(offering, now)
    return row


def _was_heard(row: Attendance, tap: uuid.UUID) -> bool:
    """It counted once; a later one may stand in its place by now."""
    events = apps.get_model("courses", "AttendanceEvent").objects
    return bool(events.filter(pgh_obj=row.pk, tap=tap).exists())


def _note(row: Attendance | None, enrollment: Enrollment, said: Mark, *, by: Person, now: dt.datetime) -> Attendance:
    """A clock that cannot be right is not believed: no tap comes from before its day, and none from the future."""
    begins = dt.datetime.combine(said.day, dt.time(), enrollment.offering.tzinfo)
    at = min(max(said.at, begins), now)
    fields = {"present": said.present, "noted_at": at, "noted_by": by, "tap": said.tap}
    if row is None:
        return Attendance.objects.create(enrollment=enrollment, day=said.day, **fields)
    if row.is_before(at, said.tap):
        for name, value in fields.items():
            setattr(row, name, value)
        row.save(update_fields=list(fields))
    return row


def check_day(offering: Offering, day: dt.date, now: dt.datetime, *, by: Person) -> None:
    """Raise unless this person may note at this moment who is there on that day."""
    if offering.cancelled_at:
        raise OfferingCancelled(f"{offering} was cancelled.")
    if not offering.starts_on <= day <= offering.ends_on:
        raise NotADay(f"{day_words(day)} is no day of {offering}. Reload the door list.")
    today = offering.today(now)
    if today < day:
        raise NotYet(f"{day_words(day)} has not begun yet at the place.")
    if not may_correct(offering, today, by=by):
        raise TooLate(f"Two weeks after {offering} only LEI's staff correct who was there. Ask them.")


def may_correct(offering: Offering, today: dt.date, *, by: Person) -> bool:
    """Who taught it may for two weeks, LEI's staff always; `today` is the day at the place."""
    return by.sees_all_partners or today <= offering.ends_on + CORRECTED_FOR


@transaction.atomic
def mark_attended(enrollment: Enrollment, *, by: Person) -> Enrollment:
    """Note that the person was there on every day. Again: nothing. Raises NoSeat, or NotYet before the last day."""
    offering = lock(enrollment.offering_id)
    enrollment = fresh(enrollment, offering)
    if enrollment.state == State.ATTENDED:
        return enrollment
    if enrollment.state != State.ENROLLED:
        raise NoSeat(f"{enrollment.person} has no seat: {enrollment.get_state_display().lower()}.")
    now = timezone.now()
    if offering.today(now) < offering.ends_on:
        last = day_words(offering.ends_on)
        raise NotYet(f"{offering} goes on until {last}. Mark each day on its door list until then.")
    known = {row.day: row for row in Attendance.objects.of_days(offering).filter(enrollment=enrollment)}
    for day in offering.dates_taught:
        row = known.get(day)
        if row is None or not row.present:
            _note(row, enrollment, Mark(day, present=True, at=now), by=by, now=now)
    agree(enrollment, by=by)
    telling.door_list(offering, now)
    return enrollment


def agree(enrollment: Enrollment, *, by: Person | None) -> None:
    """Bring the state in line with the days; the caller holds the lock of `enrollment.offering`."""
    offering = enrollment.offering
    there = Attendance.objects.present().of_days(offering).filter(enrollment=enrollment)
    is_there = {*offering.dates_taught} <= {*there.values_list("day", flat=True)}
    if enrollment.has_seat and is_there != (enrollment.state == State.ATTENDED):
        now = timezone.now()
        enrollment.state = State.ATTENDED if is_there else State.ENROLLED
        enrollment.attended_at, enrollment.to_tell_at = now if is_there else None, now
        enrollment.save(update_fields=["state", "attended_at", "to_tell_at"])
        telling.changed(enrollment.pk)
    certify(enrollment, by=by)


def agree_all(offering: Offering) -> None:
    """After its days were changed: who was there on all of them now? The caller holds the lock."""
    noted = Enrollment.objects.seated().filter(offering=offering, attendances__isnull=False).distinct()
    for row in noted.select_related("person", "partner"):
        row.offering = offering
        agree(row, by=None)
