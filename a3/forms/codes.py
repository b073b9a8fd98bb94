"""Naming a sheet by its number, with a choice of the newest beside the field."""

import re
from typing import Any

from django import forms

from a3.models import Sheet
from a3.models.sheets import SheetQuerySet

CODE = re.compile(r"(?:A3-)?0*([1-9]\d{0,17})\b.*", re.IGNORECASE)
OFFERED = 100


def code_of(pk: int) -> str:
    return f"A3-{pk:04d}"


class SheetCodeField(forms.Field):
    """A3-0412, or just 412; what follows the number, such as its title, does not count."""

    template_name = "a3/_code_field.html"

    def __init__(self, *, label: str) -> None:
        widget = forms.TextInput(attrs={"autocomplete": "off", "list": "sheets-near"})
        words = "The number of a bigger sheet that this one serves, such as A3-0412."
        super().__init__(label=label, required=False, widget=widget, help_text=words, template_name=self.template_name)

    def look_in(self, sheets: SheetQuerySet) -> None:
        self.sheets = sheets

    @property
    def near(self) -> list[tuple[str, str]]:
        """The newest ones, to choose from."""
        return [(code_of(pk), title) for pk, title in self.sheets.values_list("pk", "title")[:OFFERED]]

    def to_python(self, value: Any) -> Sheet | None:
        typed = str(value or "").strip()
        if not typed:
            return None
        match = CODE.fullmatch(typed)
        found = self.sheets.filter(pk=int(match[1])).first() if match else None
        if found is None:
            raise forms.ValidationError("No sheet of this number is here to be part of. Look it up in the list of A3s.")
        return found

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(initial or "").strip() != str(data or "").strip()


class CopyForm(forms.ModelForm):
    """A sheet that begins with what another says: its own title, and where it is about."""

    class Meta:
        model = Sheet
        fields = ("title", "site")
        help_texts = {"title": "Short, as people will call it."}

    def __init__(self, *args: Any, sites: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        site: Any = self.fields["site"]
        site.queryset, site.empty_label = sites, None
