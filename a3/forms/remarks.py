"""Forms of remarks: a new one on a section or on words in it, a reply, and the answer that points at a change."""

from typing import Any

from django import forms

from a3 import passages
from a3.models import Kind, Section, Sheet
from a3.models.remarks import MOST_WORDS


class RemarkForm(forms.Form):
    section: "forms.ModelChoiceField[Section]" = forms.ModelChoiceField(
        None, label="On which section", empty_label=None
    )
    kind = forms.ChoiceField(label="What it is", choices=Kind.choices, initial=Kind.QUESTION)
    quote = forms.CharField(
        label="On these words there",
        max_length=MOST_WORDS,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    before = forms.CharField(max_length=2000, required=False, strip=False, widget=forms.HiddenInput)
    text = forms.CharField(label="In your words", max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        section: Any = self.fields["section"]
        section.queryset = sheet.sections.in_order()
        self.sections = list(section.queryset)
        section.choices = [(one.pk, str(one)) for one in self.sections]

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
