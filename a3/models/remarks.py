"""What others say on a section: questions first, each with its thread of replies."""

from typing import TYPE_CHECKING, Self

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from a3.models.sections import Section
from a3.models.sheets import Sheet
from partners.models import Person

if TYPE_CHECKING:
    from partners.models import Someone


class Kind(models.TextChoices):
    QUESTION = "question", "Question"
    OBSERVATION = "observation", "Observation"
    PRAISE = "praise", "Praise"
    SUGGESTION = "suggestion", "Suggestion"


class RemarkQuerySet(models.QuerySet["Remark"]):
    def visible_to(self, user: "Someone") -> Self:
        return self.filter(sheet__in=Sheet.objects.visible_to(user))

    def answerable_by(self, user: "Someone") -> Self:
        """The sheet's owner, who answers by what changed, and the author, who is content."""
        if not user.is_authenticated:
            return self.none()
        return self.visible_to(user).threads().filter(Q(sheet__owner=user) | Q(author=user))

    def threads(self) -> Self:
        """First remarks, without the replies below them."""
        return self.filter(parent__isnull=True)

    def open(self) -> Self:
        return self.threads().filter(answered_at__isnull=True)

    def questions(self) -> Self:
        return self.filter(kind=Kind.QUESTION)


ON_ITS_SECTION = """
    IF NOT EXISTS (SELECT 1 FROM a3_section WHERE id = NEW.section_id AND sheet_id = NEW.sheet_id)
    OR (NEW.parent_id IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM a3_remark WHERE id = NEW.parent_id AND section_id = NEW.section_id AND parent_id IS NULL)) THEN
        RAISE EXCEPTION 'a remark stands on a section of its sheet, a reply under a first remark there'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class Remark(models.Model):
    """A remark on a section, or a reply to one (`parent`), one level deep."""

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="remarks")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="remarks")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.QUESTION)
    text = models.CharField(max_length=2000)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ("made_at", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="a3_remark_kind"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True)
                | Q(answered_at__isnull=False, answered_by__isnull=False, parent__isnull=True),
                name="a3_remark_answered_at_with_by",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="on_its_section",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("sheet_id", "section_id", "parent_id"),
                func=ON_ITS_SECTION,
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]
