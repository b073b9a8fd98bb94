"""Choosing a site or a coach out of those that a person may choose."""

from typing import Any, cast

from django import forms
from django.db.models import QuerySet


def offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """Let the field `name` choose among `rows`."""
    cast("forms.ModelChoiceField", form.fields[name]).queryset = rows


class GroupedSites(forms.models.ModelChoiceIterator):
    """Sites below the names of their partners."""

    def __iter__(self) -> Any:
        yield ("", "Choose a site")
        groups: dict[str, list[tuple[Any, str]]] = {}
        for site in self.queryset.select_related("partner").order_by("partner__sort_name", "sort_name", "pk"):
            groups.setdefault(site.partner.name, []).append(self.choice(site))
        yield from groups.items()


class SiteField(forms.ModelChoiceField):
    """One site, chosen below its partner; shows the zone in which times are entered."""

    iterator = GroupedSites

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.name}, {obj.zone.rsplit('/', 1)[-1].replace('_', ' ')} time"
