"""The record of a walk: theme and route, what was seen, with photos, and the questions left with the host."""

import secrets
import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Prefetch, Q
from django.urls import reverse
from django.utils import timezone

from coaching.models.visits import Visit, paired
from coaching.models.written import Revised, RevisedQuerySet, Written, WrittenQuerySet, said
from partners.models import Person, Someone


class About(models.TextChoices):
    """What an observation is about: first the purpose, then the process, then the people."""

    PURPOSE = "purpose", "Purpose"
    PROCESS = "process", "Process"
    PEOPLE = "people", "People"


class Certainty(models.TextChoices):
    FACT = "fact", "Fact"
    OPINION = "opinion", "Opinion"


class WalkQuerySet(RevisedQuerySet["Walk"]):
    """Only the general rules."""


class Walk(Revised):
    """What one visit to a site is a walk about; there from its first word on."""

    visit = models.OneToOneField(Visit, on_delete=models.CASCADE, related_name="walk")
    theme = models.CharField(max_length=200, blank=True)
    route = models.TextField(max_length=600, blank=True)
    learned = models.TextField(max_length=4000, blank=True)

    objects = WalkQuerySet.as_manager()

    def __str__(self) -> str:
        return self.theme or f"Walk, {self.visit}"

    @property
    def known_as(self) -> dict[str, Any]:
        return {"visit_id": self.visit_id}

    @property
    def stops(self) -> list[str]:
        """The places of the route, one a line."""
        return [line.strip() for line in self.route.splitlines() if line.strip()]


class ObservationQuerySet(WrittenQuerySet["Observation"]):
    def with_photos(self) -> Self:
        return self.prefetch_related(Prefetch("photos", WalkPhoto.objects.standing()))


class Observation(Written):
    """What was seen and when, beside the standard; why one asked, and what that taught."""

    saw = models.TextField(max_length=2000)
    standard = models.TextField(max_length=1000, blank=True)
    why_asked = models.TextField(max_length=1000, blank=True)
    learned = models.TextField(max_length=1000, blank=True)
    about = models.CharField(max_length=8, choices=About, default=About.PROCESS)
    certainty = models.CharField(max_length=8, choices=Certainty, default=Certainty.FACT)
    seen_at = models.DateTimeField(default=timezone.now)

    objects = ObservationQuerySet.as_manager()

    class Meta(Written.Meta):
        ordering = ("seen_at", "pk")
        constraints = [
            *Written.Meta.constraints,
            models.CheckConstraint(condition=~Q(saw=""), name="coaching_observation_saw_something"),
            models.CheckConstraint(condition=Q(about__in=About.values), name="coaching_observation_about"),
            models.CheckConstraint(condition=Q(certainty__in=Certainty.values), name="coaching_observation_certainty"),
        ]
        indexes = [models.Index(fields=["visit", "seen_at"], name="coaching_observation_of_visit")]

    def __str__(self) -> str:
        return self.saw[:80]

    @property
    def is_opinion(self) -> bool:
        return self.certainty == Certainty.OPINION


def stored_name(_photo: "WalkPhoto", name: str) -> str:
    """A name of our own; of theirs only the ending is kept, which was chosen by us from what the picture is."""
    return f"coaching/photos/{secrets.token_hex(16)}.{'png' if name.endswith('.png') else 'jpg'}"


class WalkPhotoQuerySet(models.QuerySet["WalkPhoto"]):
    def visible_to(self, user: Someone) -> Self:
        return self.standing().filter(observation__in=Observation.objects.visible_to(user).standing())

    def editable_by(self, user: Someone) -> Self:
        return self.filter(observation__in=Observation.objects.editable_by(user))

    def standing(self) -> Self:
        return self.filter(removed_at__isnull=True)


class WalkPhoto(models.Model):
    """Re-encoded when it came in, kept apart from the web, served to those who read the record."""

    observation = models.ForeignKey(Observation, on_delete=models.CASCADE, related_name="photos")
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    file = models.FileField(upload_to=stored_name)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    sha256 = models.CharField(max_length=64)
    taken_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    taken_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = WalkPhotoQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(condition=Q(width__gte=1, height__gte=1), name="coaching_photo_has_a_size"),
            models.CheckConstraint(
                condition=paired("removed_at", "removed_by"), name="coaching_photo_removed_at_with_by"
            ),
        ]

    def __str__(self) -> str:
        return f"Photo {self.pk}, {self.width} x {self.height}"

    def get_absolute_url(self) -> str:
        return reverse("coaching:walk_photo", args=[self.pk])


class QuestionQuerySet(WrittenQuerySet["Question"]):
    def answerable_by(self, user: Someone) -> Self:
        """The host's people answer; the partner's coaches and LEI's staff write down what they heard."""
        seen = self.visible_to(user).standing()
        if not user.is_authenticated or user.is_lei_staff:
            return seen
        mine = Q(visit__site__partner__in=user.assignments.current().values("site__partner"))
        if user.is_coach:
            mine |= Q(visit__coach=user) | Q(visit__site__partner__in=user.coached_partners.values("pk"))
        return seen.filter(mine)


class Question(Written):
    """A question left with the host; the answer may come weeks later."""

    text = models.TextField(max_length=1000)
    answer = models.TextField(max_length=2000, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = QuestionQuerySet.as_manager()

    class Meta(Written.Meta):
        ordering = ("written_at", "pk")
        constraints = [
            *Written.Meta.constraints,
            models.CheckConstraint(condition=~Q(text=""), name="coaching_question_asks_something"),
            models.CheckConstraint(condition=said("answer", "answered_at"), name="coaching_question_answer_with_at"),
            models.CheckConstraint(
                condition=paired("answered_at", "answered_by"), name="coaching_question_answered_at_with_by"
            ),
        ]

    def __str__(self) -> str:
        return self.text[:80]

    def get_absolute_url(self) -> str:
        return reverse("coaching:question_answer", args=[self.pk])
