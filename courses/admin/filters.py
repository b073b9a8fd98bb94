"""Filters beside the lists: a related row found by typing, and when an offering is."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from partners.admin import HouseAdmin

AFTER = ("admin/js/jquery.init.js", "admin/js/autocomplete.js")  # in this order


class TypedSelect(AutocompleteSelect):
    """The admin's own field, which says what it stands for while it is empty."""

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        return super().build_attrs(base_attrs, extra_attrs) | {"data-placeholder": "Any"}


class TypedFilterAdmin(HouseAdmin):
    """For a list that has an AutocompleteFilter: brings the scripts that its field needs."""

    @property
    def media(self) -> forms.Media:
        field = AutocompleteSelect(None, self.admin_site)
        return super().media + field.media + forms.Media(js=AFTER)


class AutocompleteFilter(admin.RelatedFieldListFilter):
    """One related row, found by typing its name: the list of all of them is never loaded."""

    template = "admin/autocomplete_filter.html"

    def __init__(self, field: Any, request: HttpRequest, *rest: Any, **more: Any) -> None:
        super().__init__(field, request, *rest, **more)
        related = self.model_admin.admin_site.get_model_admin(field.related_model)
        widget = TypedSelect(field, self.model_admin.admin_site)
        choice = forms.ModelChoiceField(related.get_queryset(request), widget=widget, label=self.title, required=False)
        self.form = type("FilterForm", (forms.Form,), {self.lookup_kwarg: choice})(request.GET)

    def field_choices(self, _field: Any, _request: HttpRequest, model_admin: Any) -> list[Any]:
        self.model_admin = model_admin
        return []

    def has_output(self) -> bool:
        return True

    def choices(self, changelist: Any) -> Iterator[Any]:
        """What the template shows: the field, and the other filters, which stay."""
        sent: dict[str, list[str]] = changelist.filter_params
        yield {
            "form": self.form,
            "others": [(name, value) for name, values in sent.items() if name != self.lookup_kwarg for value in values],
            "is_set": bool(self.lookup_val),
            "clear": changelist.get_query_string(remove=[self.lookup_kwarg]),
        }


class LateFilter(admin.SimpleListFilter):
    """Late requests that wait, and for whom; seats given back too late."""

    title = "late"
    parameter_name = "late"

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("requests", "Late requests"),
            ("lei", "Late requests, LEI decides"),
            ("partner", "Late requests, the partner first"),
            ("back", "Given back too late"),
            ("counts", "Given back too late, counts"),
        ]

    def queryset(self, _request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        waiting = Q(state="asked", let_in_by_code=False) & ~Q(late_because="")
        chosen = {
            "requests": waiting,
            "lei": waiting & Q(passed_on_at__isnull=False),
            "partner": waiting & Q(passed_on_at__isnull=True),
            "back": Q(given_back_late=True),
            "counts": Q(given_back_late=True, waived_at__isnull=True),
        }
        return rows.filter(chosen.get(self.value() or "", Q()))


class WhenFilter(admin.SimpleListFilter):
    """Whether the offering is to come or over."""

    title = "when"
    parameter_name = "when"
    prefix = ""

    def lookups(self, _request: HttpRequest, _model_admin: Any) -> list[tuple[str, str]]:
        return [("coming", "To come"), ("now", "Under way"), ("over", "Over")]

    def queryset(self, _request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
        today = timezone.localdate()
        starts, ends = f"{self.prefix}starts_on", f"{self.prefix}ends_on"
        chosen = {
            "coming": {f"{starts}__gt": today},
            "now": {f"{starts}__lte": today, f"{ends}__gte": today},
            "over": {f"{ends}__lt": today},
        }
        return rows.filter(**chosen.get(self.value() or "", {}))


class OfferingWhenFilter(WhenFilter):
    prefix = "offering__"
