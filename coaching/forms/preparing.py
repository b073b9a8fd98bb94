"""How a visit is prepared."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from a3.models import Sheet
from coaching.forms.choices import offer
from coaching.models import Visit

MOST_LINES = 30


class PrepareForm(forms.Form):
    logistics = forms.CharField(
        label="Where and how",
        required=False,
        max_length=1500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="Where to meet, how to get in, what to wear.",
    )
    lines = forms.CharField(
        label="For the host to prepare",
        required=False,
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text="One thing a line, such as: Last four weeks of discharges by hour.",
    )
    others = forms.CharField(label="Others who come", required=False, max_length=200)
    sheets = forms.ModelMultipleChoiceField(
        Sheet.objects.none(), label="Which A3s is it about?", required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, visit: Visit, sheets: QuerySet[Sheet], **kwargs: Any) -> None:
        kwargs["initial"] = {
            "logistics": visit.logistics,
            "others": visit.others,
            "lines": "\n".join(line.words for line in visit.preparations.all()),
            "sheets": [touched.sheet_id for touched in visit.touched.all()],
        }
        super().__init__(*args, **kwargs)
        offer(self, "sheets", sheets)

    def clean_lines(self) -> list[str]:
        lines = [" ".join(line.split()) for line in self.cleaned_data["lines"].splitlines()]
        lines = [line for line in lines if line]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(f"At most {MOST_LINES} lines: leave the small ones to the host.")
        if long := next((line for line in lines if len(line) > 200), ""):
            raise forms.ValidationError(f"“{long[:40]}…” is longer than 200 characters: split it in two lines.")
        return lines
