"""What is entered about a charter: its terms, its end, reflections, days given beyond it; and which ones to list."""

import datetime as dt
import uuid
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import QuerySet

from coaching.forms.choices import offer
from coaching.forms.when import DayInput
from coaching.models import Charter, Reflection
from coaching.models.charters import today
from coaching.terms import LISTS, QUESTIONS, Terms, as_terms
from partners.forms.claims import NumberField
from partners.models import Partner, Person, Site
from partners.models.claims import trimmed

A_YEAR = dt.timedelta(days=366)
HALF = Decimal("0.5")
SHOWN = [("", "All"), ("ending", "Ends within 90 days"), ("awaiting", "Waits for my side"), ("in_force", "In force")]


class Paragraphs(forms.CharField):
    """A text of some lines; line ends are kept in one way, so that the same words are the same text."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(max_length=2000, widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class HalvesField(NumberField):
    """Days, with halves."""

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value is not None and not (HALF <= value <= 999 and value % HALF == 0):
            raise forms.ValidationError("Enter days as a number such as 24 or 7.5.")


class People(forms.ModelMultipleChoiceField):
    """Some of those offered, ticked."""

    def __init__(self, *, empty: str, **kwargs: Any) -> None:
        super().__init__(Person.objects.none(), widget=forms.CheckboxSelectMultiple, **kwargs)
        self.error_messages["required"] = empty


class CharterForm(forms.Form):
    """The terms of a version, purpose first. The first day is fixed once a version was in force."""

    purpose = Paragraphs(label=QUESTIONS["purpose"], help_text="What should be different after these years, and why?")
    alignment = Paragraphs(label=QUESTIONS["alignment"])
    right_things = Paragraphs(label=QUESTIONS["right_things"])
    sites = forms.ModelMultipleChoiceField(Site.objects.none(), widget=forms.CheckboxSelectMultiple)
    sponsor = forms.ModelChoiceField(Person.objects.none(), required=False, empty_label="Nobody yet")
    change_agents = People(empty="Choose at least one change agent.")
    coaches = People(empty="Choose at least one coach.")
    days_per_year = HalvesField(label="Coach days a year", help_text="Half days count 0.5; travel does not count.")
    cadence = forms.CharField(
        label="Rhythm", max_length=300, help_text="Such as: two days on site each month, a call in between."
    )
    notice_days = forms.IntegerField(
        label="Days of notice",
        min_value=0,
        max_value=365,
        help_text="Before a visit is cancelled or moved. What comes later counts all the same, unless LEI waives it.",
    )
    confidential = Paragraphs(label="What is confidential?", required=False, rows=3)
    begins_on = forms.DateField(label="First day", widget=DayInput)
    ends_on = forms.DateField(label="Last day", widget=DayInput)
    why = forms.CharField(label="What changes, and why?", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, partner: Partner, charter: Charter | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.charter = charter
        offer(self, "sites", Site.objects.filter(partner=partner))
        offer(self, "sponsor", Person.objects.sponsors_of(partner))
        offer(self, "change_agents", Person.objects.change_agents_of(partner))
        offer(self, "coaches", Person.objects.coaches())
        if charter is None:
            del self.fields["why"], self.fields["seen"]
        elif charter.in_force:
            del self.fields["begins_on"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if self.charter and self.charter.in_force:
            cleaned["begins_on"] = self.charter.begins_on
        first, last = cleaned.get("begins_on"), cleaned.get("ends_on")
        if first and "begins_on" in self.fields and abs(first - today()) > 2 * A_YEAR:
            self.add_error("begins_on", "A charter begins at most two years back or ahead.")
        elif first and last:
            self._check_last(first, last)
        return cleaned

    def _check_last(self, first: dt.date, last: dt.date) -> None:
        if last <= first:
            self.add_error("ends_on", "The last day comes after the first.")
        elif last - first > 10 * A_YEAR:
            self.add_error("ends_on", "A charter runs for at most ten years: renew it afterwards.")
        elif last < today():
            self.add_error("ends_on", "This day is over: choose today or a later one.")

    @property
    def terms(self) -> Terms:
        return as_terms(self.cleaned_data)


def initial_of(terms: Terms) -> dict[str, Any]:
    """What the form shows first of a former version."""
    lists = {name: [row.pk for row in getattr(terms, name)] for name in LISTS}
    return terms.by_name | lists | {"days_per_year": trimmed(terms.days_per_year)}


class EndCharterForm(forms.Form):
    """When a charter ends before its time, and why; of one that was only proposed, why."""

    on = forms.DateField(label="Last day", widget=DayInput)
    reason = forms.CharField(
        label="Why?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Everybody whom the charter names reads it.",
    )

    def __init__(self, *args: Any, charter: Charter, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["on"] = today()
        self.charter = charter
        if not charter.in_force:
            del self.fields["on"]

    def clean_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["on"]
        if not self.charter.begins_on <= day <= self.charter.ends_on:
            raise forms.ValidationError("Choose a day within the time of the charter.")
        return day


class ReflectionForm(forms.ModelForm):
    """What one side writes about a year."""

    class Meta:
        model = Reflection
        fields = ("expected", "happened", "learned", "change_next")
        labels = {
            "expected": "What did we expect?",
            "happened": "What happened?",
            "learned": "What did we learn?",
            "change_next": "What do we change next year?",
        }
        widgets = dict.fromkeys(fields, forms.Textarea(attrs={"rows": 4}))


class GiveDaysForm(forms.Form):
    """Days beyond the charter: added, taken back, or carried over from the year before."""

    deed = forms.ChoiceField(
        label="What",
        choices=[("add", "Add days"), ("take", "Take days back"), ("carry", "Carry over from the year before")],
        widget=forms.RadioSelect,
        initial="add",
    )
    amount = HalvesField(label="Days")
    why = forms.CharField(label="Why?", max_length=300, help_text="Stands in the account, with your name.")
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)


class CharterFilter(forms.Form):
    """Which charters to list; both fields may be left empty."""

    is_filter = True
    partner = forms.ModelChoiceField(Partner.objects.none(), required=False, empty_label="All partners")
    show = forms.ChoiceField(required=False, choices=SHOWN)

    def __init__(self, *args: Any, partners: QuerySet[Partner], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "partner", partners)
