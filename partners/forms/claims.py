"""What comes in about claims: a new one, the days of its checks, an answer."""

import datetime as dt
import re
from typing import Any

from django import forms
from django.utils import timezone

from partners.models import Check, Claim, Person
from partners.models.claims import CHECKED_AFTER, Outcome

MOST_CHECKS = 24
FURTHEST = dt.timedelta(days=3660)


class NumberField(forms.DecimalField):
    """A number as people write it: 4.6 or 4,6, blanks between thousands."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            max_digits=14,
            decimal_places=4,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
            **kwargs,
        )

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = re.sub(r"[\s\u2009\u202f]", "", value).replace("\u2212", "-")
            if value.count(",") == 1 and "." not in value:
                value = value.replace(",", ".")
        return super().to_python(value)


class DaysField(forms.CharField):
    """Numbers of days after a date, such as "30 60 90"."""

    def clean(self, value: Any) -> list[int]:
        words = re.split(r"[\s,;/]+", (super().clean(value) or "").strip())
        if not all(re.fullmatch(r"[0-9]{1,4}", word) for word in words):
            raise forms.ValidationError("Write days after the measurement as numbers, such as 30 60 90.")
        days = sorted({int(word) for word in words})
        if len(days) > MOST_CHECKS or not all(1 <= day <= FURTHEST.days for day in days):
            raise forms.ValidationError("Choose at most 24 checks, each between 1 day and 10 years ahead.")
        return days


class ClaimForm(forms.ModelForm):
    """A gain; `owners` are those who can be asked whether it holds."""

    baseline = NumberField(label="Before")
    value = NumberField(label="Now")
    days = DaysField(
        label="Checked again after (days)",
        initial=" ".join(map(str, CHECKED_AFTER)),
        help_text="Each time its owner is asked whether it still holds.",
    )

    class Meta:
        model = Claim
        fields = ("measure", "baseline", "value", "unit", "measured_on", "evidence", "owner", "level")
        labels = {"measured_on": "Measured on", "evidence": "How do you know?", "owner": "Who answers for it"}
        help_texts = {
            "unit": "",
            "evidence": "Where the number comes from, so that the next measurement is made in the same way.",
        }
        widgets = {
            "measured_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            "unit": forms.TextInput(attrs={"placeholder": "h, %"}),
        }

    def __init__(self, *args: Any, owners: "list[Person]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = Person.objects.filter(pk__in=[person.pk for person in owners])
        owner.empty_label = None

    def clean_measured_on(self) -> dt.date:
        day: dt.date = self.cleaned_data["measured_on"]
        if day > timezone.localdate() + dt.timedelta(days=1):
            raise forms.ValidationError("This day has not come yet: choose the day it was measured.")
        return day

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if "value" in found and found.get("baseline") == found["value"]:
            self.add_error("value", "Before and now are the same number: nothing was gained yet.")
        return found


class AnswerForm(forms.ModelForm):
    """Does it still hold? One choice is enough; the number and the words help the next who looks."""

    outcome = forms.ChoiceField(label="Does it still hold?", choices=Outcome, widget=forms.RadioSelect)
    value = NumberField(label="Measured now", required=False)

    class Meta:
        model = Check
        fields = ("outcome", "value", "made_it_so")
        widgets = {"made_it_so": forms.Textarea(attrs={"rows": 3})}
        labels = {"made_it_so": "What made it so?"}
        help_texts = {"made_it_so": "What holds it up, or why it slipped."}

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("outcome") == Outcome.SLIPPED and not found.get("made_it_so"):
            self.add_error("made_it_so", "Write in a few words why it slipped: this is what others learn from.")
        return found


class ScheduleForm(forms.Form):
    """The days of the checks to come, one line each."""

    on = forms.CharField(
        label="Days of the checks to come",
        widget=forms.Textarea(attrs={"rows": 6}),
        required=False,
        help_text="One date a line, such as 2027-03-31. Answered checks stay.",
    )

    def clean_on(self) -> list[dt.date]:
        days = []
        for line in self.cleaned_data["on"].split():
            try:
                days.append(dt.date.fromisoformat(line))
            except ValueError as error:
                raise forms.ValidationError(f"“{line[:40]}” is no date. Write it as 2027-03-31.") from error
        today = timezone.localdate()
        if any(not today <= day <= today + FURTHEST for day in days):
            raise forms.ValidationError("Each check is today or later, within ten years.")
        if len(set(days)) > MOST_CHECKS:
            raise forms.ValidationError("Choose at most 24 checks.")
        return sorted(set(days))


class EndingForm(forms.Form):
    reason = forms.CharField(label="Why is it no longer checked?", max_length=300)
