"""Enrollments as a file, as they were ticked or filtered: a CSV of any length, a workbook of as many as fit."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.http.response import HttpResponseBase
from django.utils import timezone

from courses.models import Attendance
from courses.models.enrollments import EnrollmentQuerySet
from partners.http import csv_answer, xlsx_answer
from partners.models import Person
from partners.tables import Cell, Column

PIECE = 2000  # enrollments that are in memory at once
MOST_IN_A_WORKBOOK = 100_000  # it is sent only once it is whole
PEOPLE = ("asked_by", "approved_by", "declined_by", "cancelled_by")
COLUMNS = [
    *(Column(title, 24) for title in ("Person", "E-mail", "Partner", "Course")),
    *(Column(title) for title in ("First day", "Last day", "State", "Days attended", "Days in all")),
    *(Column(title, 18) for title in ("Asked at", "Asked by", "Approved at", "Approved by", "Enrolled at")),
    *(Column(title, 18) for title in ("Declined at", "Declined by", "Cancelled at", "Cancelled by")),
    Column("Why", 40),
]


def csv_of(rows: EnrollmentQuerySet, *, by: Person) -> HttpResponseBase:
    return csv_answer(_name(), COLUMNS, _rows(rows, by))


def xlsx_of(rows: EnrollmentQuerySet, *, by: Person) -> HttpResponseBase | None:
    """None when they are too many for a workbook."""
    if len(rows.order_by().values_list("pk")[: MOST_IN_A_WORKBOOK + 1]) > MOST_IN_A_WORKBOOK:
        return None
    return xlsx_answer(_name(), COLUMNS, _rows(rows, by))


def _name() -> str:
    return f"enrollments-as-of-{timezone.localdate()}"


def _rows(rows: EnrollmentQuerySet, reader: Person) -> Iterator[list[Cell]]:
    """Moments stand on the clock of the reader."""

    def on_clock(moment: dt.datetime | None) -> dt.datetime | None:
        return moment.astimezone(reader.tzinfo).replace(tzinfo=None) if moment else None

    whole: Any = rows.select_related("person", "partner", "offering__course", *PEOPLE)
    there = (
        Attendance.objects.visible_to(reader)
        .present()
        .filter(enrollment=OuterRef("pk"))
        .order_by()
        .values("enrollment")
    )
    whole = whole.annotate(days_there=Subquery(there.annotate(days=Count("pk")).values("days")))
    for row in whole.iterator(PIECE):
        offering = row.offering
        by = {name: getattr(getattr(row, name), "name", "") for name in PEOPLE}
        yield [
            *(row.person.name, row.person.email, row.partner.name if row.partner else "", offering.course.name),
            *(offering.starts_on, offering.ends_on, row.get_state_display(), row.days_there or 0, len(offering.days)),
            *(on_clock(row.asked_at), by["asked_by"], on_clock(row.approved_at), by["approved_by"]),
            *(on_clock(row.enrolled_at), on_clock(row.declined_at), by["declined_by"]),
            *(on_clock(row.cancelled_at), by["cancelled_by"], row.reason),
        ]
