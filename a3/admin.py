"""Django's admin for sheets: types with their sections and questions; sheets to find and to mend, not to write."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.utils import flatten
from django.http import HttpRequest

from a3 import actions
from a3.models import SectionType, Sheet, SheetType
from partners.admin import HouseAdmin, HouseInline

SHOWN: tuple[str | tuple[str, ...], ...] = (
    ("title", "code", "type"),
    ("partner", "site"),
    ("owner", "coach", "sponsor"),
    "priority",
    ("ball", "ball_since", "round_number", "state"),
    ("started_on", "updated_at", "audience"),
)


class SectionTypeFormSet(forms.BaseInlineFormSet):
    def clean(self) -> None:
        """Each section has a place of its own, once all of them have moved."""
        super().clean()
        rows = [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        places = [form.cleaned_data.get("position") for form in rows]
        if len(places) != len(set(places)):
            raise forms.ValidationError("Two sections have the same position: give each its own.")


def _refuse_used(form: Any) -> None:
    """Instead of Django's own look at what hangs on a section, which would read every sheet."""
    if form.cleaned_data.get("DELETE") and form.instance.is_used:
        words = f"“{form.instance.name}” stands on sheets and cannot be removed. Rename it, or make a new type."
        raise forms.ValidationError(words)


class SectionTypeInline(HouseInline):
    model = SectionType
    formset = SectionTypeFormSet

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        formset = super().get_formset(request, obj, **kwargs)
        formset.form = type("SectionTypeRow", (formset.form,), {"hand_clean_DELETE": _refuse_used})
        return formset


@admin.register(SheetType)
class SheetTypeAdmin(HouseAdmin):
    list_display = ("name", "description", "position")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    inlines = (SectionTypeInline,)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: Any) -> None:
        """A section that is new here appears, empty, on the sheets of this type."""
        super().save_related(request, form, formsets, change)
        actions.spread_sections(form.instance)


@admin.register(Sheet)
class SheetAdmin(HouseAdmin):
    """Sheets that are shared with LEI. Whom they name can be mended here; what they say and whose turn it is cannot."""

    list_display = ("title", "code", "partner", "site", "owner", "coach", "ball", "state", "updated_at")
    list_select_related = ("partner", "site", "owner", "coach", "ball")
    list_filter = ("state", "type", "audience")
    search_fields = ("title", "partner__name", "site__name", "owner__name")
    fields = SHOWN

    def get_readonly_fields(self, _request: HttpRequest, row: Sheet | None = None) -> tuple[str, ...]:
        """While coach or sponsor hold the ball, they stay on the sheet."""
        mended = {"priority"} if row and row.ball_id != row.owner_id else {"coach", "sponsor", "priority"}
        return tuple(name for name in flatten(SHOWN) if name not in mended)

    def has_add_permission(self, _request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, _request: HttpRequest, _row: Any = None) -> bool:
        return False

    def save_model(self, _request: HttpRequest, row: Sheet, form: forms.ModelForm, _change: object) -> None:
        """Write only what was changed here: the ball may have moved since the form was opened."""
        row.save(update_fields=form.changed_data)
