"""What a person takes home from an offering: a certificate for every day, a letter for a part, or nothing."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, cast

from courses.models import Attendance, Certificate, Enrollment
from partners.models import Person

State = Enrollment.State


@dataclass(frozen=True)
class Paper:
    """`days` are those on which the person was there; of a letter there is no `certificate`."""

    enrollment: Enrollment
    certificate: Certificate | None
    days: list[dt.date]

    @property
    def name(self) -> str:
        """What tells it from others, and from itself after a correction."""
        what = self.certificate.code if self.certificate else ",".join(map(str, self.days))
        return f"{self.enrollment.pk}:{what}"[:80]

    @property
    def kind(self) -> str:
        return "Certificate" if self.certificate else "Letter of participation"

    @property
    def title(self) -> str:
        return self.enrollment.person.name


def papers_of(enrollments: Iterable[Enrollment], now: dt.datetime) -> dict[int, Paper]:
    """Enrollment -> its paper, where it has one; `enrollments` are those of `for_page`. One query."""
    over = [row for row in enrollments if row.has_seat and row.offering.is_over(now)]
    if not over:
        return {}
    days: dict[int, list[dt.date]] = {}
    there = Attendance.objects.present().filter(enrollment__in=[row.pk for row in over]).order_by("day")
    for pk, day in there.values_list("enrollment", "day"):
        days.setdefault(pk, []).append(day)
    found = (_paper(row, days.get(row.pk, [])) for row in over)
    return {paper.enrollment.pk: paper for paper in found if paper}


def _paper(row: Enrollment, days: list[dt.date]) -> Paper | None:
    certificate: Certificate | None = getattr(row, "certificate", None)
    mine = [day for day in days if row.offering.starts_on <= day <= row.offering.ends_on]
    if row.state == State.ATTENDED:
        return Paper(row, certificate, mine) if certificate and certificate.is_valid else None
    return Paper(row, None, mine) if mine else None


def paper_of(row: Enrollment, now: dt.datetime) -> Paper | None:
    """The paper of one."""
    return papers_of([row], now).get(row.pk)


def papers_for(reader: Person, offering_pk: int, now: dt.datetime) -> list[Paper]:
    """All papers of an offering that this person sees, by name."""
    rows = Enrollment.objects.visible_to(reader).seated().filter(offering=offering_pk).for_page()
    rows = rows.prefetch_related("offering__instructors")
    return list(papers_of(rows.order_by("person__sort_name", "pk"), now).values())


def show_papers(rows: Iterable[Enrollment], now: dt.datetime) -> int:
    """Let each row know, as `paper`, what its person gets, for the page to offer it; returns how many get something."""
    rows = list(rows)
    found = papers_of(rows, now)
    for row in rows:
        cast("Any", row).paper = found.get(row.pk)
    return len(found)
