"""The words of sheets, as PostgreSQL finds them again: kept by triggers (a3/models/rules.py), never by hand.

A table of its own: a sheet's row is written over with every autosave, and would take these indexes along each time.
"""

from typing import TYPE_CHECKING, Self

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from a3.models.sections import Section
from a3.models.sheets import Sheet

if TYPE_CHECKING:
    from partners.models import Someone


class SheetWordsQuerySet(models.QuerySet["SheetWords"]):
    def visible_to(self, user: "Someone") -> Self:
        return self.filter(sheet__in=Sheet.objects.visible_to(user))


class SheetWords(models.Model):
    """One row for a sheet's title, and one for each section that says something. English words, without their endings;
    what is written in another language is found by whole words, and a title by its letters.
    """

    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="+")
    section = models.OneToOneField(Section, on_delete=models.CASCADE, null=True, related_name="+")
    title = models.CharField(max_length=120, blank=True)
    vector = SearchVectorField()

    objects = SheetWordsQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sheet"], condition=Q(section__isnull=True), name="a3_words_one_title_each")
        ]
        indexes = [GinIndex(fields=["vector"], name="a3_words_vector")]

    def __str__(self) -> str:
        return self.title or f"words of section {self.section_id}"
