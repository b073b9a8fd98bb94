"""Why somebody goes to a course, as they wrote it before and their manager agreed to it."""

import datetime as dt
from typing import TYPE_CHECKING, Self

import pghistory
import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from courses.models.enrollments import ENDED, Enrollment
from partners.lib.addresses import address_of
from partners.models import Person

if TYPE_CHECKING:
    from partners.models import Someone

# What the manager said was said of another text, or by another person.
LAPSE = """
    NEW.version = OLD.version + 1;
    NEW.agreed_at = NULL;
    NEW.asked_back = '';
    NEW.asked_back_at = NULL;
    RETURN NEW;
"""


def purpose_keys(enrollment_pk: int) -> tuple[str, str]:
    """Of what is owed before a course: by who goes, and by their manager."""
    return f"purpose:{enrollment_pk}", f"purpose:{enrollment_pk}:agree"


class PurposeQuerySet(models.QuerySet["Purpose"]):
    def visible_to(self, user: "Someone") -> Self:
        """Who goes and their manager, while they work there; change agents, who teaches it, LEI's staff; no other."""
        if not user.is_authenticated:
            return self.none()
        if user.sees_all_partners:
            return self.all()
        seen = (Q(enrollment__person=user) | Q(manager=user)) & Q(enrollment__partner__in=user.works_at())
        seen |= Q(enrollment__partner__in=user.leads())
        if user.is_coach:
            seen |= Q(enrollment__offering__in=user.taught_offerings.values("pk"))
        return self.filter(seen)

    def answerable_by(self, user: "Someone") -> Self:
        """Those whose manager this person is, as long as they work at the partner and the seat was not given back."""
        if not user.is_authenticated:
            return self.none()
        asked = self.filter(manager=user, enrollment__partner__in=user.works_at())
        return asked.living()

    def living(self) -> Self:
        """Of people who still go, or were there."""
        return self.exclude(enrollment__state__in=ENDED)

    def for_page(self) -> Self:
        return self.select_related(
            "manager", "enrollment__person", "enrollment__partner", "enrollment__offering__course",
            "enrollment__offering__site",
        )  # fmt: skip


@pghistory.track(append_only=True)
class Purpose(models.Model):
    """Its manager's agreement is to this version; the database lets it lapse when a word of it changes."""

    enrollment = models.OneToOneField(Enrollment, on_delete=models.CASCADE, related_name="purpose")
    problem = models.TextField(
        "What problem at work do you go for?", max_length=800, help_text="One that you can see where you work."
    )
    able_to = models.TextField("What do you want to be able to do afterwards?", max_length=500)
    expected = models.TextField("What does your manager expect?", max_length=500, help_text="Ask, then write it.")
    manager = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(default=1, editable=False)
    written_at = models.DateTimeField(default=timezone.now)
    agreed_at = models.DateTimeField(null=True, blank=True)
    asked_back = models.CharField(max_length=300, blank=True)
    asked_back_at = models.DateTimeField(null=True, blank=True)

    objects = PurposeQuerySet.as_manager()

    class Meta:
        ordering = ("-written_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(asked_back="", asked_back_at__isnull=True)
                | Q(asked_back_at__isnull=False, agreed_at__isnull=True) & ~Q(asked_back=""),
                name="courses_purpose_asked_back_with_words",
            )
        ]
        triggers = [
            pgtrigger.Trigger(
                name="agreement_lapses",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("problem", "able_to", "expected", "manager_id"),
                condition=pgtrigger.Condition(
                    "ROW(OLD.problem, OLD.able_to, OLD.expected, OLD.manager_id)"
                    " IS DISTINCT FROM ROW(NEW.problem, NEW.able_to, NEW.expected, NEW.manager_id)"
                ),
                func=LAPSE,
            )
        ]

    def __str__(self) -> str:
        return f"Why {self.enrollment}"

    def get_absolute_url(self) -> str:
        return address_of("courses:transfer_detail", self.enrollment_id)

    def is_open(self, now: dt.datetime) -> bool:
        """The manager can still answer: not agreed yet, nothing was asked back, and the course has not begun."""
        offering = self.enrollment.offering
        waits = self.agreed_at is None and self.asked_back_at is None and offering.cancelled_at is None
        return waits and now < offering.starts_at
