"""What every admin page of the house has in common: scoped rows, no giant selects, no counting of big tables."""

from typing import Any, cast

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.paginator import Paginator
from django.db.models import Field, Model, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst

from partners.models import Someone

CHECKBOX = (
    '<input type="checkbox" name="{}" value="{}" class="action-select"'
    ' aria-label="Select this object for an action - {}">'
)
COUNTED = 1000  # rows; further down one searches or filters


class CappedPaginator(Paginator):
    """Counts to a thousand and no further: a list of a million rows opens as fast as one of fifty."""

    @cached_property
    def count(self) -> int:
        return min(self._found, COUNTED)

    @property
    def is_capped(self) -> bool:
        return self._found > COUNTED

    @cached_property
    def _found(self) -> int:
        rows = cast("QuerySet[Model]", self.object_list)  # the admin pages nothing else
        return rows.order_by().values("pk")[: COUNTED + 1].count()


class Autocompleting:
    """Chooses related rows by typing, never from a select of all of them."""

    model: type[Model]
    admin_site: admin.AdminSite

    def get_autocomplete_fields(self, _request: HttpRequest) -> list[str]:
        fields = [*self.model._meta.fields, *self.model._meta.many_to_many]
        return [field.name for field in fields if self._is_searchable(field)]

    def _is_searchable(self, field: "Field[Any, Any]") -> bool:
        related = field.related_model
        return (
            isinstance(related, type)
            and self.admin_site.is_registered(related)
            and bool(self.admin_site.get_model_admin(related).search_fields)
        )


class HouseInline(Autocompleting, admin.TabularInline):
    extra = 0


class HouseAdmin(Autocompleting, admin.ModelAdmin):
    """Base of all our admin pages. A model without `visible_to`, or with another scope here, overrides `rows_of`."""

    def action_checkbox(self, obj: Model) -> SafeString:
        """Django's own, without a template for each row."""
        return format_html(CHECKBOX, ACTION_CHECKBOX_NAME, obj.pk, obj)

    paginator = CappedPaginator
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_per_page = 50
    list_max_show_all = 0
    save_on_top = False

    def rows_of(self, user: Someone) -> QuerySet[Any]:
        rows: QuerySet[Any] = cast("Any", self.model).objects.visible_to(user)  # all models of ours have it
        return rows

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """Show the rows under their own name; Django's "Select ... to change" names what one does to them."""
        title = {"title": capfirst(str(self.opts.verbose_name_plural))}
        return super().changelist_view(request, title | (extra_context or {}))

    def history_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Show what the database recorded of this row, where it records; what the admin recorded elsewhere."""
        events = [model for model in apps.get_models() if getattr(model, "pgh_tracked_model", None) is self.model]
        if events and self.admin_site.is_registered(events[0]):
            meta = events[0]._meta
            return redirect(
                f"{reverse(f'admin:{meta.app_label}_{meta.model_name}_changelist')}?pgh_obj__exact={object_id}"
            )
        return super().history_view(request, object_id, extra_context)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = self.rows_of(request.user)
        ordering = self.get_ordering(request)
        return rows.order_by(*ordering) if ordering else rows


class ReadOnlyAdmin(HouseAdmin):
    """For rows that the program writes: to be found and read, never changed by hand."""

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, _request: HttpRequest, _row: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _row: Model | None = None) -> bool:
        return False
