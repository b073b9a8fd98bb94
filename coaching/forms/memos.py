"""The text of a memo, and sending it."""

from typing import Any

from django import forms

from a3.forms import RevisionForm
from a3.forms.sheets import RichTextField
from a3.models.printing import OfficePaper
from a3.sanitising import words_only


class MemoForm(RevisionForm):
    """Words alone: photos and diagrams stand on walks and sheets."""

    body = RichTextField()

    def clean_body(self) -> str:
        return words_only(self.cleaned_data["body"])


class SendForm(forms.Form):
    """`revision` is that of the text which was shown; a correction says what it corrects."""

    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    note = forms.CharField(
        label="What does this version correct?", max_length=300, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, is_first: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_first:
            del self.fields["note"]


class PaperForm(forms.Form):
    paper = forms.ChoiceField(choices=OfficePaper)
