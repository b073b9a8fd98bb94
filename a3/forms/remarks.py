"""Forms of remarks: a new one on a section or on words in it, a reply, and the answer that points at a change."""

from collections.abc import Sequence
from functools import cached_property
from typing import Any

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from a3 import passages
from a3.models import Kind, Section, Sheet
from a3.models.remarks import MOST_WORDS

OPTION = '<option value="{}">{}</option>'


class RemarkForm(forms.Form):
    """`sections` are those of the sheet, which its page has read already."""

    section = forms.TypedChoiceField(label="On which section")
    kind = forms.ChoiceField(label="What it is", choices=Kind.choices, initial=Kind.QUESTION)
    quote = forms.CharField(
        label="On these words there",
        max_length=MOST_WORDS,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    before = forms.CharField(max_length=2000, required=False, strip=False, widget=forms.HiddenInput)
    text = forms.CharField(label="In your words", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    template_name = "a3/_remark_fields.html"

    def __init__(self, *args: Any, sections: Sequence[Section], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        by_pk = {str(section.pk): section for section in sections}
        field: Any = self.fields["section"]
        field.choices, field.coerce = [(pk, str(section)) for pk, section in by_pk.items()], by_pk.get

    @cached_property
    def section_options(self) -> SafeString:
        """The sections to choose from: here, and in the answer to each thread."""
        field: Any = self.fields["section"]
        return format_html_join("", OPTION, field.choices)

    def clean(self) -> dict[str, Any]:
        """`passage` becomes where the words stand in the section as it is now, None without any."""
        found = super().clean() or {}
        found["passage"] = _passage(self, found)
        return found


class ReplyForm(forms.Form):
    text = forms.CharField(label="Your reply", max_length=2000, widget=forms.Textarea(attrs={"rows": 2}))


class RemarkAnswerForm(forms.Form):
    """The answer to a remark is a change on the sheet: in which section, perhaps in which words."""

    section: "forms.ModelChoiceField[Section]" = forms.ModelChoiceField(
        None, label="Answered by the change in", required=False, empty_label="No section"
    )
    quote = forms.CharField(label="In these words there", max_length=MOST_WORDS, required=False)
    note = forms.CharField(label="A word on it", max_length=500, required=False)

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        section: Any = self.fields["section"]
        section.queryset = sheet.sections.in_order()

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        passage = _passage(self, found)
        return found | {"quote": passage.quote if passage else ""}


def _passage(form: forms.Form, found: dict[str, Any]) -> passages.Passage | None:
    """Where the words of the form stand in its section; an error beside them when they do not."""
    section, quote = found.get("section"), found.get("quote", "")
    if not (section and quote):
        return None
    passage = passages.locate(section.body, quote, before=found.get("before", ""))
    if passage is None:
        form.add_error("quote", f"These words do not stand in {section}. Copy them from there, or leave this empty.")
    return passage
