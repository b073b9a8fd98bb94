"""Filters of the list of sheets that a person keeps under a name."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.urls import reverse

from partners.models import Person

if TYPE_CHECKING:
    from partners.models import Someone

MOST_SAVED = 30


class SavedListQuerySet(models.QuerySet["SavedList"]):
    def visible_to(self, user: "Someone") -> Self:
        """One's own. What somebody shares is the address, which shows to each what they may see."""
        return self.filter(person=user) if user.is_authenticated else self.none()


class SavedList(models.Model):
    """`query` is the address's part behind the question mark, as `a3.filtering` writes it."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=400)

    objects = SavedListQuerySet.as_manager()

    class Meta:
        ordering = ("name", "pk")
        constraints = [models.UniqueConstraint(fields=["person", "name"], name="a3_saved_list_name_once")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"{reverse('a3:sheet_list')}?{self.query}"
