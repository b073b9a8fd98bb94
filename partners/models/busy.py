"""When people of LEI are taken: on a visit, travelling, on leave, teaching. Nobody is at two places at once.

Apps above keep their rows here by triggers of their own tables (`kept_busy`), so that whoever writes there meets the
one rule of this table: the times of one person never overlap.
"""

import datetime as dt
from typing import TYPE_CHECKING, Self
from zoneinfo import ZoneInfo

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import F, Func, Q

from partners.lib.calendars import zone_named
from partners.lib.fields import ZoneField
from partners.models.people import Person

if TYPE_CHECKING:
    from partners.models.people import Someone

CONSTRAINT = "partners_busytime_once_at_a_time"


class Span(Func):
    """From one moment to another as a range; its end is not part of it."""

    function = "TSTZRANGE"
    output_field = DateTimeRangeField()


class BusyTimeQuerySet(models.QuerySet["BusyTime"]):
    def visible_to(self, user: "Someone") -> Self:
        """LEI's people see who is taken; a partner learns only that somebody is elsewhere, when it matters."""
        return self if user.is_authenticated and user.is_at_lei else self.none()

    def between(self, start: dt.datetime, end: dt.datetime) -> Self:
        """Times that touch those from `start` to `end`, found by the index of the constraint."""
        spans = self.alias(span=Span("starts_at", "ends_at"))
        return spans.filter(span__overlap=DateTimeTZRange(start, end)).order_by("starts_at", "pk")

    def in_the_way_of(self, person_pk: int, start: dt.datetime, end: dt.datetime, *, but: str = "") -> Self:
        """What this person does between these moments, without the row with the key `but`."""
        return self.filter(person=person_pk).between(start, end).exclude(key=but)


class BusyTime(models.Model):
    """One time in which one person is taken; `key` says by what, such as visit:17. Written by triggers alone."""

    class Kind(models.TextChoices):
        VISIT = "visit", "Visit"
        TRAVEL = "travel", "Travel"
        LEAVE = "leave", "Leave"
        COURSE = "course", "Course"

    key = models.CharField(max_length=60, unique=True)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="busy_times")
    kind = models.CharField(max_length=6, choices=Kind)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    is_whole_days = models.BooleanField(default=False)
    zone = ZoneField("time zone")
    words = models.CharField(max_length=300, blank=True, help_text="Such as: Wichita to Boston.")

    objects = BusyTimeQuerySet.as_manager()

    class Meta:
        ordering = ("starts_at", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(ends_at__gt=F("starts_at")), name="partners_busytime_ends_after_start"),
            ExclusionConstraint(
                name=CONSTRAINT,
                expressions=[("person", RangeOperators.EQUAL), (Span("starts_at", "ends_at"), RangeOperators.OVERLAPS)],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} of {self.person}"

    @property
    def about(self) -> int:
        """The number of the visit, travel day, leave or offering."""
        return int(self.key.split(":")[1])

    @property
    def tzinfo(self) -> ZoneInfo:
        return zone_named(self.zone)

    @property
    def first_day(self) -> dt.date:
        return self.starts_at.astimezone(self.tzinfo).date()

    @property
    def last_day(self) -> dt.date:
        """The last day of it on its own clock: what ends at midnight ends on the day before."""
        return (self.ends_at.astimezone(self.tzinfo) - dt.timedelta(microseconds=1)).date()


KEEP_BUSY = """
    IF TG_OP <> 'INSERT' THEN
        DELETE FROM partners_busytime WHERE key = '[kind]:' || OLD.id;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO partners_busytime (key, person_id, kind, starts_at, ends_at, is_whole_days, zone, words)
        SELECT '[kind]:' || NEW.id, NEW.coach_id, '[kind]', NEW.starts_at, NEW.ends_at, NEW.is_whole_days, NEW.zone,
            [words]
        WHERE [condition];
    END IF;
    RETURN NULL;
"""


def kept_busy(*, kind: BusyTime.Kind, columns: tuple[str, ...], condition: str, words: str = "''") -> pgtrigger.Trigger:
    """Return the trigger that keeps the times of one kind here, for a table with `coach_id` and our columns of time.

    `condition` and `words` are SQL on the NEW row; `columns` are those that the two read.
    """
    own = ("coach_id", "starts_at", "ends_at", "is_whole_days", "zone")
    return pgtrigger.Trigger(
        name="kept_busy",
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Delete | pgtrigger.UpdateOf(*own, *columns),
        func=KEEP_BUSY.replace("[kind]", kind).replace("[words]", words).replace("[condition]", condition),
    )
