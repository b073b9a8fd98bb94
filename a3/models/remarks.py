"""What others say on a section or on words in it: questions first, each with its thread of replies."""

from typing import TYPE_CHECKING, Self, cast

import pgtrigger
from django.db import models
from django.db.models import Q
from django.utils import timezone

from a3.models.reviewers import Reviewer
from a3.models.sections import Section
from a3.models.sheets import Sheet
from partners.lib.addresses import address_of
from partners.models import Person

if TYPE_CHECKING:
    from partners.models import Someone


MOST_WORDS = 500  # letters of a passage


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
        mine = Q(sheet__owner=user) | Q(author=user)
        return self.visible_to(user).threads().filter(mine, sheet__archived_at__isnull=True)

    def threads(self) -> Self:
        """First remarks, without the replies below them."""
        return self.filter(parent__isnull=True)

    def open(self) -> Self:
        return self.threads().filter(answered_at__isnull=True)

    def answered(self) -> Self:
        return self.threads().filter(answered_at__isnull=False)

    def with_speakers(self) -> Self:
        """With who said it; `threads_of` knows the sections."""
        return self.select_related("author", "guest")

    def waiting(self) -> Self:
        """Those that wait for an answer; praise waits for none."""
        return self.open().exclude(kind=Kind.PRAISE)

    def questions(self) -> Self:
        return self.filter(kind=Kind.QUESTION)


ON_ITS_SECTION = """
    IF NOT EXISTS (SELECT 1 FROM a3_section WHERE id = NEW.section_id AND sheet_id = NEW.sheet_id)
    OR (NEW.parent_id IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM a3_remark WHERE id = NEW.parent_id AND section_id = NEW.section_id AND parent_id IS NULL))
    OR (NEW.guest_id IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM a3_reviewer WHERE id = NEW.guest_id AND sheet_id = NEW.sheet_id))
    OR (NEW.answered_in_id IS NOT NULL AND NOT EXISTS
        (SELECT 1 FROM a3_section WHERE id = NEW.answered_in_id AND sheet_id = NEW.sheet_id)) THEN
        RAISE EXCEPTION 'a remark stands on a section of its sheet, a reply under a first remark there'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class Remark(models.Model):
    """A remark on a section, or a reply to one (`parent`), one level deep.

    `quote` are the words it is about, with some letters of what stood before and after them; they are looked for in
    the section as it is now. `round_number` is the round that was being written when the remark was made. The answer
    points at a section, and perhaps at words in it.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="remarks")
    section = models.ForeignKey(Section, on_delete=models.CASCADE, related_name="remarks")
    parent = models.ForeignKey("self", on_delete=models.CASCADE, null=True, blank=True, related_name="replies")
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.QUESTION)
    text = models.CharField(max_length=2000)
    quote = models.CharField(max_length=MOST_WORDS, blank=True)
    before = models.CharField(max_length=60, blank=True)
    after = models.CharField(max_length=60, blank=True)
    author = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    guest = models.ForeignKey(Reviewer, on_delete=models.PROTECT, null=True, blank=True, related_name="remarks")
    made_at = models.DateTimeField(default=timezone.now)
    round_number = models.PositiveSmallIntegerField(default=1)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_in = models.ForeignKey(Section, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    answer_quote = models.CharField(max_length=MOST_WORDS, blank=True)
    answer_note = models.CharField(max_length=500, blank=True)

    objects = RemarkQuerySet.as_manager()

    class Meta:
        ordering = ("made_at", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="a3_remark_kind"),
            models.CheckConstraint(
                condition=Q(author__isnull=True, guest__isnull=False) | Q(author__isnull=False, guest__isnull=True),
                name="a3_remark_of_a_person_or_a_reviewer",
            ),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=False) | Q(answered_in__isnull=True, answer_quote="", answer_note=""),
                name="a3_remark_answer_of_what_is_answered",
            ),
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
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("sheet_id", "section_id", "parent_id", "guest_id", "answered_in_id"),
                func=ON_ITS_SECTION,
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]

    @property
    def is_waiting(self) -> bool:
        """Whether it waits for an answer; praise waits for none."""
        return self.parent_id is None and self.answered_at is None and self.kind != Kind.PRAISE

    @property
    def reply_address(self) -> str:
        return address_of("a3:remark_reply", self.pk)

    @property
    def answer_address(self) -> str:
        return address_of("a3:remark_answer", self.pk)

    @property
    def reopen_address(self) -> str:
        return address_of("a3:remark_reopen", self.pk)

    @property
    def speaker(self) -> Person | Reviewer:
        """Who said it: somebody with an account, or a reviewer by their link."""
        return cast("Person | Reviewer", self.author or self.guest)  # the database holds one of them
