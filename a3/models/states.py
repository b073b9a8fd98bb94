"""How a sheet came from state to state. Written once per act; the database refuses to change it."""

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from a3.models.sheets import Sheet, State
from partners.models import Person

if TYPE_CHECKING:
    from partners.models import Someone


class StateChangeQuerySet(models.QuerySet["StateChange"]):
    def visible_to(self, user: "Someone") -> Self:
        return self.filter(sheet__in=Sheet.objects.visible_to(user))


class StateChange(models.Model):
    """Who had a sheet enter a state, when, from which, and why; who abandons one says what was learned."""

    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, related_name="state_changes")
    from_state = models.CharField(max_length=12, choices=State)
    to_state = models.CharField(max_length=12, choices=State)
    reason = models.CharField(max_length=500)
    lesson = models.CharField(max_length=1000, blank=True)
    made_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)

    objects = StateChangeQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(from_state__in=State.values, to_state__in=State.values), name="a3_state_change_states"
            ),
            models.CheckConstraint(condition=~Q(from_state=F("to_state")), name="a3_state_change_moves"),
            models.CheckConstraint(condition=~Q(reason=""), name="a3_state_change_with_reason"),
            models.CheckConstraint(
                condition=~Q(to_state=State.ABANDONED) | ~Q(lesson=""), name="a3_state_change_abandoned_with_lesson"
            ),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.get_from_state_display()} to {self.get_to_state_display()}"
