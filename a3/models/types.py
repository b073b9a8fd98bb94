"""Kinds of sheets: which sections each has and what a coach asks in them. Data, kept in the admin."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

if TYPE_CHECKING:
    from partners.models import Someone


class SheetTypeQuerySet(models.QuerySet["SheetType"]):
    def visible_to(self, user: "Someone") -> Self:
        """Everyone who signs in may use every type."""
        return self if user.is_authenticated else self.none()


class SheetType(models.Model):
    slug = models.SlugField(unique=True)
    name = models.CharField(max_length=80, unique=True)
    description = models.CharField(max_length=200, help_text="When to take this one, in one line.")
    position = models.PositiveSmallIntegerField(default=1, help_text="Order in which types are offered.")

    objects = SheetTypeQuerySet.as_manager()

    class Meta:
        ordering = ("position", "pk")

    def __str__(self) -> str:
        return self.name


class Half(models.TextChoices):
    LEFT = "left", "Left: understanding"
    RIGHT = "right", "Right: action"


class SectionTypeQuerySet(models.QuerySet["SectionType"]):
    def visible_to(self, user: "Someone") -> Self:
        """Everyone who signs in may use every type."""
        return self if user.is_authenticated else self.none()


class SectionType(models.Model):
    """One box of a type of sheet, in reading order."""

    sheet_type = models.ForeignKey(SheetType, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField()
    half = models.CharField(max_length=5, choices=Half)
    name = models.CharField(max_length=60)
    hint = models.CharField(max_length=120, blank=True, help_text="The question beside its heading.")
    questions = models.TextField("coach's questions", blank=True, help_text="One per line, shown while writing.")

    objects = SectionTypeQuerySet.as_manager()

    class Meta:
        ordering = ("sheet_type", "position")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet_type", "position"],
                name="a3_section_type_once",
                deferrable=models.Deferrable.DEFERRED,  # so that two can change places
            ),
            models.CheckConstraint(condition=Q(position__gte=1), name="a3_section_type_counts_from_one"),
            models.CheckConstraint(condition=Q(half__in=Half.values), name="a3_section_type_half"),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.name}"

    def validate_constraints(self, exclude: Collection[str] | None = None) -> None:
        """Places are looked at by the admin in all sections of a type together: two of them may change places."""
        super().validate_constraints(exclude={*(exclude or ()), "position"})

    @property
    def is_used(self) -> bool:
        """Whether it stands on a sheet, empty or not. Asks the database."""
        return SectionType.objects.filter(pk=self.pk, written__isnull=False).exists()

    @property
    def question_lines(self) -> list[str]:
        return [line.strip() for line in self.questions.splitlines() if line.strip()]
