"""Asking for coaching."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from coaching.forms.choices import SiteField, offer
from coaching.forms.when import FARTHEST, DayInput
from coaching.models import Kind
from partners.lib.calendars import ends_before
from partners.models import Site


class RequestForm(forms.Form):
    """Purpose first."""

    purpose = forms.CharField(
        label="What is the purpose?",
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=1000,
        help_text="What should be different afterwards, and why now?",
    )
    site = SiteField(Site.objects.none())
    kind = forms.ChoiceField(choices=Kind, label="What would help?")
    preferred_from = forms.DateField(label="Earliest day", widget=DayInput)
    preferred_to = forms.DateField(label="Latest day", widget=DayInput)

    def __init__(self, *args: Any, sites: QuerySet[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "site", sites)

    def clean_preferred_to(self) -> dt.date:
        latest: dt.date = self.cleaned_data["preferred_to"]
        if latest < timezone.localdate():
            raise forms.ValidationError("This day is over: choose a later one.")
        if latest > timezone.localdate() + FARTHEST:
            raise forms.ValidationError("Ask at most two years ahead.")
        if ends_before(self.cleaned_data.get("preferred_from"), latest):
            raise forms.ValidationError("The latest day is not before the earliest.")
        return latest
