"""Asking for coaching, and answering what was asked."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from a3.models import Sheet
from coaching.forms.choices import SiteField, offer
from coaching.forms.when import FARTHEST, DayInput
from coaching.models import Kind, VisitRequest
from partners.lib.calendars import ends_before
from partners.models import Person, Site

PAIRS = ("1", "2", "3")  # spans of days on which the site cannot
MOST_DAYS = 180


class RequestForm(forms.Form):
    """Purpose first; then where, when, who comes along and what it is about."""

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
    co_workers = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        label="Who comes along?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text="Co-workers who are to learn from it. They are told when it is placed.",
    )
    others = forms.CharField(
        label="Others who come", required=False, max_length=200, help_text="People without an account here, by name."
    )
    sheets = forms.ModelMultipleChoiceField(
        Sheet.objects.none(),
        label="Which A3s is it about?",
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(
        self, *args: Any, sites: QuerySet[Site], people: QuerySet[Person], sheets: QuerySet[Sheet], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "site", sites)
        offer(self, "co_workers", people)
        offer(self, "sheets", sheets)
        for pair in PAIRS:
            self.fields[f"not_from_{pair}"] = forms.DateField(
                label="Not possible from", required=False, widget=DayInput
            )
            self.fields[f"not_to_{pair}"] = forms.DateField(label="until", required=False, widget=DayInput)
        self.order_fields(["purpose", "site", "kind", "preferred_from", "preferred_to", *self._pairs()])

    def clean_preferred_to(self) -> dt.date:
        latest: dt.date = self.cleaned_data["preferred_to"]
        if latest < timezone.localdate():
            raise forms.ValidationError("This day is over: choose a later one.")
        if latest > timezone.localdate() + FARTHEST:
            raise forms.ValidationError("Ask at most two years ahead.")
        if ends_before(self.cleaned_data.get("preferred_from"), latest):
            raise forms.ValidationError("The latest day is not before the earliest.")
        return latest

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        days: set[dt.date] = set()
        for pair in PAIRS:
            first = cleaned.pop(f"not_from_{pair}", None)
            last = cleaned.pop(f"not_to_{pair}", None) or first
            if last and not first:
                self.add_error(f"not_from_{pair}", "From which day?")
            elif ends_before(first, last):
                self.add_error(f"not_to_{pair}", "The last day is not before the first.")
            elif first and last and (last - first).days > MOST_DAYS:
                self.add_error(f"not_to_{pair}", "Half a year at most: choose a later earliest day instead.")
            elif first and last:
                days |= {first + dt.timedelta(days=number) for number in range((last - first).days + 1)}
        return cleaned | {"impossible_on": sorted(days)}

    @staticmethod
    def _pairs() -> list[str]:
        return [f"not_{end}_{pair}" for pair in PAIRS for end in ("from", "to")]


class DeclineRequestForm(forms.Form):
    """Why LEI cannot do what was asked."""

    reason = forms.CharField(
        label="Why?", max_length=300, widget=forms.Textarea(attrs={"rows": 2}), help_text="Whoever asked reads it."
    )


def initial_of_wishes(asked: VisitRequest) -> dict[str, Any]:
    """What the form shows first when a request is changed."""
    names = ("purpose", "site", "kind", "preferred_from", "preferred_to", "others")
    initial = {name: getattr(asked, name) for name in names}
    for pair, (first, last) in zip(PAIRS, spans_of(asked.impossible_on), strict=False):
        initial |= {f"not_from_{pair}": first, f"not_to_{pair}": last}
    return initial | {"co_workers": asked.co_workers.all(), "sheets": asked.sheets.all()}


def spans_of(days: list[dt.date]) -> list[tuple[dt.date, dt.date]]:
    """Put days that follow one another together: the first and the last of each run."""
    spans: list[tuple[dt.date, dt.date]] = []
    for day in sorted(days):
        if spans and day - spans[-1][1] == dt.timedelta(days=1):
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return spans
