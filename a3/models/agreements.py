"""Agreement: a named person says yes, or not yet, to one frozen round of a sheet."""

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone

from a3.models.rounds import Round
from a3.models.sheets import Sheet
from partners.models import Person

if TYPE_CHECKING:
    from partners.models import Someone


class AgreementQuerySet(models.QuerySet["Agreement"]):
    def visible_to(self, user: "Someone") -> Self:
        return self.filter(sheet__in=Sheet.objects.visible_to(user))

    def answerable_by(self, user: "Someone") -> Self:
        """Whoever is asked may answer, and change their mind, until they are asked anew or no more."""
        if not user.is_authenticated:
            return self.none()
        return self.current().filter(sheet__in=Sheet.objects.visible_to(user).kept(), person=user)

    def current(self) -> Self:
        """What counts now: at most one for each person and sheet."""
        return self.filter(over_at__isnull=True)

    def missing(self) -> Self:
        """Current ones that are no agreement: no answer, a not yet, or lapsed."""
        return self.current().filter(Q(agreed_at__isnull=True) | Q(lapsed_at__isnull=False))

    def lapsed(self) -> Self:
        return self.current().filter(lapsed_at__isnull=False)


ROUND_OF_THIS_SHEET = """
    IF NOT EXISTS (SELECT 1 FROM a3_round WHERE id = NEW.round_id AND sheet_id = NEW.sheet_id) THEN
        RAISE EXCEPTION 'people agree on a round of this very sheet' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class Agreement(models.Model):
    """One person asked about one round. It lapses while a section of the sheet is not what that round says."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="agreements")
    round = models.ForeignKey(Round, on_delete=models.PROTECT, related_name="agreements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    note = models.CharField(max_length=500, blank=True, help_text="What the owner wrote when asking.")
    agreed_at = models.DateTimeField(null=True, blank=True)
    not_yet_at = models.DateTimeField(null=True, blank=True)
    words = models.CharField(max_length=1000, blank=True, help_text="What the person says to it.")
    lapsed_at = models.DateTimeField(null=True, blank=True)
    lapsed_sections = ArrayField(models.CharField(max_length=80), default=list, blank=True)
    over_at = models.DateTimeField(null=True, blank=True, help_text="When asked anew, or no longer asked.")

    objects = AgreementQuerySet.as_manager()

    class Meta:
        ordering = ("person__sort_name", "-asked_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "person"], condition=Q(over_at__isnull=True), name="a3_agreement_one_current"
            ),
            models.CheckConstraint(
                condition=Q(agreed_at__isnull=True) | Q(not_yet_at__isnull=True), name="a3_agreement_one_answer"
            ),
            models.CheckConstraint(
                condition=Q(not_yet_at__isnull=True) | ~Q(words=""), name="a3_agreement_not_yet_with_words"
            ),
            models.CheckConstraint(
                condition=Q(lapsed_at__isnull=True, lapsed_sections=[])
                | Q(lapsed_at__isnull=False, agreed_at__isnull=False, lapsed_sections__len__gt=0),
                name="a3_agreement_lapses_over_sections",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="round_of_this_sheet",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("sheet_id", "round_id"),
                func=ROUND_OF_THIS_SHEET,
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} on {self.round}"

    @property
    def answer(self) -> str:
        """One of waiting, agreed, not_yet, lapsed."""
        if self.agreed_at:
            return "lapsed" if self.lapsed_at else "agreed"
        return "not_yet" if self.not_yet_at else "waiting"
