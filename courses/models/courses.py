"""The catalogue: what is taught, what to do before it, and what to practise after it."""

from typing import TYPE_CHECKING, NamedTuple, Self

from django.conf import settings
from django.db import models

from partners.lib.fields import SortKeyField

if TYPE_CHECKING:
    from partners.models import Someone


class Preparation(NamedTuple):
    """One thing to do before a course: the deed, and how."""

    deed: str
    how: str


class CourseQuerySet(models.QuerySet["Course"]):
    def visible_to(self, user: "Someone") -> Self:
        """The catalogue is open to everyone who is signed in."""
        return self.all() if user.is_authenticated else self.none()


class Course(models.Model):
    class Kind(models.TextChoices):
        MANAGEMENT = "management", "Management course"
        WORKSHOP = "workshop", "Workshop"
        SUMMIT = "summit", "Summit"

    name = models.CharField(max_length=160, unique=True)
    sort_name = SortKeyField(source="name")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.WORKSHOP)
    summary = models.TextField(blank=True, max_length=2000, help_text="What people can do afterwards, in a few lines.")
    before = models.TextField(
        "what to do before",
        blank=True,
        max_length=4000,
        help_text="One thing per line: the deed, a colon, and how. Such as: Walk it once: one order, end to end.",
    )
    practice = models.TextField(
        "practice after", blank=True, max_length=2000, help_text="The task that brings the course to work."
    )
    give_back_days = models.PositiveSmallIntegerField(
        "given back freely until",
        default=14,
        help_text="Days before the first day; a seat given back later counts as used.",
    )
    language = models.CharField(max_length=5, choices=settings.LANGUAGES, default="en")

    objects = CourseQuerySet.as_manager()

    class Meta:
        ordering = ("sort_name", "pk")

    def __str__(self) -> str:
        return self.name

    @property
    def preparations(self) -> list[Preparation]:
        lines = [line.strip() for line in self.before.splitlines() if line.strip()]
        return [Preparation(deed.strip(), how.strip()) for deed, _, how in (line.partition(":") for line in lines)]
