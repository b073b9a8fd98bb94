"""How full the paper of a sheet is, measured by setting it: for the sheet as it stood then, and true for that only."""

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Q

from a3.models.sheets import Sheet

if TYPE_CHECKING:
    from partners.models import Someone

LOST_AFTER = dt.timedelta(seconds=60)  # then it is asked for again: nobody measures, or the message was lost
NEAR = 4  # lines: so few left are warned of


@dataclass(frozen=True)
class Gauge:
    """A measure in words: tone is "" (room left), "wait" (nearly full) or "bad" (too long)."""

    percent: int
    words: str
    tone: str = ""


class FullnessQuerySet(models.QuerySet["Fullness"]):
    def visible_to(self, user: "Someone") -> Self:
        return self.filter(sheet__in=Sheet.objects.visible_to(user))

    def want(self, sheet: Sheet, now: dt.datetime) -> bool:
        """Ask for a measure; true where none is waiting, so that at most one waits for each sheet."""
        self.get_or_create(sheet=sheet)
        free = Q(asked_at__isnull=True) | Q(asked_at__lt=now - LOST_AFTER)
        return self.filter(free, sheet=sheet).update(asked_at=now) == 1


class Fullness(models.Model):
    """`measure` is {"percent", "type": "full" | "smaller" | "over", "halves": {"left": lines left, ...},
    "sections": {number: percent of its half}}. Where type must be smaller, `points` says how large it still is, and
    lines left are counted in the smallest.
    """

    sheet = models.OneToOneField(Sheet, on_delete=models.CASCADE, related_name="fullness")
    asked_at = models.DateTimeField(null=True, blank=True, help_text="A measure is waiting since then.")
    measured_for = models.DateTimeField(null=True, blank=True, help_text="The sheet's last change when it was read.")
    measure = models.JSONField(default=dict)

    objects = FullnessQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "fullness"

    def __str__(self) -> str:
        return self.whole.words if self.measure else "Not measured"

    def is_of(self, sheet: Sheet) -> bool:
        """Whether it is true of the sheet as it stands."""
        return self.measured_for is not None and self.measured_for >= sheet.updated_at

    @property
    def whole(self) -> Gauge:
        """The sheet's own gauge."""
        percent, left = self.measure["percent"], min(self.measure["halves"].values(), default=0)
        if self.measure["type"] == "over":
            return Gauge(100, f"{_lines(-left)} too long" if left < 0 else "too long", "bad")
        if self.measure["type"] == "smaller":
            return Gauge(100, f"full, type {self.measure['points']:.1f} pt", "wait")
        return Gauge(percent, f"{percent} % full", "wait" if left < NEAR else "")

    def of_section(self, number: int, half: str) -> Gauge:
        """What whoever writes in a section is told."""
        left: int = self.measure["halves"].get(half, 0)
        percent: int = self.measure["sections"].get(str(number), 0)
        if left < 0:
            return Gauge(percent, f"This half is {_lines(-left)} too long: it cannot be printed on one page.", "bad")
        if self.measure["type"] == "full":
            return Gauge(percent, f"About {_lines(left)} left in this half.", "wait" if left < NEAR else "")
        tone = "wait" if left < NEAR else ""
        return Gauge(percent, f"The page is full, so type gets smaller: about {_lines(left)} left in this half.", tone)


def _lines(count: int) -> str:
    return f"{count} line{'' if count == 1 else 's'}"


def gauges(fullness: Fullness, sections: Any) -> dict[int, Gauge]:
    """The gauge of each section, by its key."""
    return {section.pk: fullness.of_section(section.type.position, section.type.half) for section in sections}
