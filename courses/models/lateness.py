"""What comes late: a request after the freeze date, which LEI decides on; a seat given back when nobody can use it."""

import datetime as dt
import re
from typing import TYPE_CHECKING, Self, cast

from django.apps import apps
from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.crypto import constant_time_compare

if TYPE_CHECKING:
    from courses.models.offerings import Offering


def plain(code: str) -> str:
    """A code as it is compared: what people get wrong when they type one is no part of it."""
    return re.sub(r"[\W_]", "", code).upper()


class CountedOnce[M: models.Model](models.QuerySet[M]):
    """Of enrollments: who comes back to the same offering uses one seat there, not two."""

    def with_repeated(self) -> Self:
        """Annotate `counts_again`: the person has a seat there again, or gave a later one back too late."""
        others = (
            apps.get_model("courses", "Enrollment")
            .objects.filter(person=OuterRef("person"), offering=OuterRef("offering"), partner=OuterRef("partner"))
            .exclude(pk=OuterRef("pk"))
        )
        later = Q(given_back_late=True, waived_at__isnull=True, pk__gt=OuterRef("pk"))
        return self.annotate(counts_again=Exists(others.filter(later | Q(state__in=("enrolled", "attended")))))


class OfferingRules(models.Model):
    """Until when one asks and gives back, and what lets somebody in later."""

    enroll_until = models.DateField(
        help_text="The freeze date: the last day to ask or enroll, at the place. Later requests wait for LEI."
    )
    late_code = models.CharField(
        "code for late requests",
        max_length=40,
        blank=True,
        help_text="Who has it gets in after the freeze date without waiting for LEI. Empty: nobody does.",
    )
    give_back_days = models.PositiveSmallIntegerField(
        "given back freely until",
        null=True,
        blank=True,
        help_text="Days before the first day; a seat given back later counts as used. Empty: as the course says.",
    )

    class Meta:
        abstract = True

    @property
    def free_until(self) -> dt.date:
        """The last day on which a seat is given back freely, at the place; needs `course` loaded."""
        offering = cast("Offering", self)
        days = offering.course.give_back_days if self.give_back_days is None else self.give_back_days
        return offering.starts_on - dt.timedelta(days=days)

    def takes_late(self, now: dt.datetime) -> bool:
        """The freeze date is over, and the offering has not begun: people still ask, and LEI decides."""
        offering = cast("Offering", self)
        return offering.cancelled_at is None and not offering.is_open(now) and now < offering.starts_at

    def is_late_to_give_back(self, now: dt.datetime) -> bool:
        """A seat given back now counts as used."""
        return cast("Offering", self).today(now) > self.free_until

    def opens_with(self, code: str) -> bool:
        """Whether this is its code; who measures how long that takes learns nothing."""
        own = plain(self.late_code)
        return bool(own) & constant_time_compare(plain(code), own)


class Lateness(models.Model):
    """Of an enrollment. `passed_on` is the partner's own yes to a late request, after which LEI decides."""

    late_because = models.CharField(
        "late because", max_length=300, blank=True, help_text="Why it was asked for after the freeze date."
    )
    let_in_by_code = models.BooleanField("came in by the code", default=False)
    passed_on_at = models.DateTimeField("partner agreed at", null=True, blank=True)
    passed_on_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="partner agreed by",
    )
    given_back_late = models.BooleanField("given back too late", default=False)
    waived_at = models.DateTimeField(null=True, blank=True)
    waived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    waived_because = models.CharField("waived because", max_length=300, blank=True)

    class Meta:
        abstract = True

    @property
    def is_late(self) -> bool:
        """Asked for after the freeze date, without the code: LEI says yes or no, after the partner."""
        return bool(self.late_because) and not self.let_in_by_code

    @property
    def waits_for_lei(self) -> bool:
        return self.is_late and self.passed_on_at is not None

    @property
    def counts_late(self) -> bool:
        """It was given back too late, and nobody at LEI has waived that."""
        return self.given_back_late and self.waived_at is None


RULES = [
    models.CheckConstraint(
        condition=Q(passed_on_at__isnull=True, passed_on_by__isnull=True)
        | Q(passed_on_at__isnull=False, passed_on_by__isnull=False) & ~Q(late_because=""),
        name="courses_enrollment_passed_on_when_late",
    ),
    models.CheckConstraint(
        condition=Q(given_back_late=False) | Q(state="cancelled", enrolled_at__isnull=False),
        name="courses_enrollment_given_back_was_a_seat",
    ),
    models.CheckConstraint(
        condition=Q(waived_at__isnull=True, waived_by__isnull=True, waived_because="")
        | Q(waived_at__isnull=False, waived_by__isnull=False, given_back_late=True) & ~Q(waived_because=""),
        name="courses_enrollment_waived_with_a_reason",
    ),
]
