"""The boxes of a sheet: rich text with a revision, so that nobody overwrites what they have not seen."""

from typing import TYPE_CHECKING, Any, Self

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import connections, models
from django.db.models import Count, Q

from a3.models.rules import WORDS_OF_SECTION
from a3.models.sheets import Sheet
from a3.models.types import SectionType
from partners.lib.addresses import address_of
from partners.models import Person

if TYPE_CHECKING:
    from partners.models import Someone


# What each pause in typing sends, so it is one statement: two of the ORM cost as much as all the rest of the request.
# The section's own conditions stand outside of MINE: they are compared once more after waiting for another.
WRITE_OVER = """
    WITH written AS (
        UPDATE a3_section SET body = %s, writing = %s, step = %s, changed_at = %s, changed_by_id = %s,
            revision = revision + 1
        WHERE id = %s AND revision = %s AND figure_ids = %s::bigint[] AND sheet_id IN (MINE)
        RETURNING sheet_id
    )
    UPDATE a3_sheet SET updated_at = %s FROM written WHERE a3_sheet.id = written.sheet_id
    RETURNING is_agreed_on
"""


class SectionQuerySet(models.QuerySet["Section"]):
    def visible_to(self, user: "Someone") -> Self:
        return self.filter(sheet__in=Sheet.objects.visible_to(user))

    def editable_by(self, user: "Someone") -> Self:
        """A subquery, no join: an UPDATE from here must compare the row itself once more after waiting for another."""
        return self.filter(sheet__in=Sheet.objects.editable_by(user))

    def write_over(self, section: "Section", *, by: Person) -> bool | None:
        """Write the text of `section` over the revision it names, and date its sheet; says if any agreed on the sheet.

        None, and nothing is written: it has another revision by now, other figures stand in it, or `by` may not write
        there. Other querysets' filters do not apply.
        """
        mine, owner = Sheet.objects.editable_by(by).values("pk").query.sql_with_params()
        said: list[Any] = [section.body, section.writing, section.step, section.changed_at, by.pk]
        now: list[Any] = [section.pk, section.revision, section.figure_ids]
        with connections[self.db].cursor() as cursor:
            cursor.execute(WRITE_OVER.replace("MINE", mine), [*said, *now, *owner, section.changed_at])
            row = cursor.fetchone()
        return bool(row[0]) if row else None

    def remarkable_by(self, user: "Someone") -> Self:
        return self.filter(sheet__in=Sheet.objects.remarkable_by(user))

    def in_order(self) -> Self:
        return self.select_related("type").order_by("type__position")

    def with_remarks_open(self) -> Self:
        """Each section knows `remarks_open`: how many remarks on it wait for an answer."""
        waiting = Q(remarks__parent__isnull=True, remarks__answered_at__isnull=True) & ~Q(remarks__kind="praise")
        return self.annotate(remarks_open=Count("remarks", filter=waiting))


class Section(models.Model):
    """`body` has passed the sanitiser; each accepted change raises `revision` by one.

    `writing` names the editor that saved last, and `step` counts what it sent: so a save whose answer was lost on the
    way is known again, and one that arrives late does not overwrite what followed it.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="sections")
    type = models.ForeignKey(SectionType, on_delete=models.PROTECT, related_name="written")
    body = models.TextField(blank=True)
    figure_ids = ArrayField(
        models.BigIntegerField(), default=list, blank=True, help_text="Figures that stand in the body, in its order."
    )
    revision = models.PositiveIntegerField(default=0)
    writing = models.CharField(max_length=36, blank=True)
    step = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField(null=True, blank=True)
    changed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    remarks_open: int  # comes with `with_remarks_open`, or with `a3.threads.count_open`

    objects = SectionQuerySet.as_manager()

    class Meta:
        ordering = ("sheet", "type__position")
        constraints = [
            models.UniqueConstraint(fields=["sheet", "type"], name="a3_section_once"),
            models.CheckConstraint(
                condition=Q(changed_at__isnull=True, changed_by__isnull=True)
                | Q(changed_at__isnull=False, changed_by__isnull=False),
                name="a3_section_changed_at_with_by",
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="words_of_section",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("body", "type_id"),
                func=WORDS_OF_SECTION,
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.name}"

    @property
    def edit_address(self) -> str:
        return address_of("a3:section_edit", self.pk)

    @property
    def number(self) -> int:
        return self.type.position

    @property
    def name(self) -> str:
        return self.type.name

    @property
    def hint(self) -> str:
        return self.type.hint

    @property
    def half(self) -> str:
        return self.type.half
