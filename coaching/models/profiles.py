"""What LEI's schedulers know of a coach when they look for one."""

from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from partners.models import Person, Someone

EXPERIENCE = [
    ("health", "Health care"),
    ("assembly", "Assembly and machining"),
    ("process", "Process and food industry"),
    ("office", "Office and service work"),
    ("logistics", "Logistics and stores"),
    ("management", "Management system"),
    ("a3", "A3 thinking"),
    ("gemba", "Gemba walks"),
]


class CoachProfileQuerySet(models.QuerySet["CoachProfile"]):
    def visible_to(self, user: Someone) -> Self:
        """LEI's people."""
        return self if user.is_authenticated and user.is_at_lei else self.none()

    def editable_by(self, user: Someone) -> Self:
        """LEI's staff, and each coach their own."""
        if not user.is_authenticated:
            return self.none()
        return self if user.is_lei_staff else self.filter(coach=user, coach__is_coach=True)


class CoachProfile(models.Model):
    """One per coach; without one a coach speaks English and starts from nowhere in particular."""

    coach = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="coach_profile")
    languages = ArrayField(models.CharField(max_length=5, choices=settings.LANGUAGES), default=list)
    experience = ArrayField(models.CharField(max_length=12, choices=EXPERIENCE), default=list, blank=True)
    days_a_month = models.PositiveSmallIntegerField("coaching days a month", default=10)
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)

    objects = CoachProfileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="coaching_profile_on_earth",
                violation_error_message="Give latitude (-90 to 90) and longitude (-180 to 180), or neither.",
            ),
            models.CheckConstraint(
                condition=Q(days_a_month__range=(1, 31)),
                name="coaching_profile_days_of_a_month",
                violation_error_message="From 1 to 31 days.",
            ),
        ]

    def __str__(self) -> str:
        return f"Profile of {self.coach}"
