"""Looking for a coach, and what is known of one."""

import datetime as dt
from typing import Any

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from coaching.forms.choices import SiteField, offer
from coaching.forms.when import FARTHEST, DayInput
from coaching.models import CoachProfile
from coaching.models.profiles import EXPERIENCE
from partners.models import Site

LONGEST_PURPOSE = 300  # letters: it stands in an address
LONGEST_SEARCH = dt.timedelta(days=120)


class FindForm(forms.Form):
    """What for, where, when, how long, and what the coach should bring."""

    is_filter = True

    purpose = forms.CharField(
        label="What for?",
        required=False,
        max_length=LONGEST_PURPOSE,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Its words are looked for in what coaches bring and in what they went for in two years.",
    )
    site = SiteField(Site.objects.none())
    first = forms.DateField(label="Earliest day", widget=DayInput)
    last = forms.DateField(label="Latest day", widget=DayInput)
    days = forms.IntegerField(label="Working days", min_value=1, max_value=5, initial=1)
    language = forms.ChoiceField(choices=[("", "Any language"), *settings.LANGUAGES], required=False)
    experience = forms.ChoiceField(choices=[("", "Any experience"), *EXPERIENCE], required=False)

    def __init__(self, *args: Any, sites: QuerySet[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "site", sites)

    def clean_first(self) -> dt.date:
        first: dt.date = self.cleaned_data["first"]
        if first > timezone.localdate() + FARTHEST:
            raise forms.ValidationError("Look at most two years ahead.")
        return max(first, timezone.localdate())

    def clean_last(self) -> dt.date:
        last: dt.date = self.cleaned_data["last"]
        first = self.cleaned_data.get("first")
        if first and last < first:
            raise forms.ValidationError("The latest day is not before the earliest, and not over.")
        if first and last - first > LONGEST_SEARCH:
            raise forms.ValidationError("Look at four months at most.")
        return last


class ProfileForm(forms.ModelForm):
    languages = forms.MultipleChoiceField(choices=settings.LANGUAGES, widget=forms.CheckboxSelectMultiple)
    experience = forms.MultipleChoiceField(choices=EXPERIENCE, widget=forms.CheckboxSelectMultiple, required=False)

    class Meta:
        model = CoachProfile
        fields = ("languages", "experience", "days_a_month", "latitude", "longitude")
        help_texts = {
            "latitude": "Of where the coach lives, such as 42.36 for Boston.",
            "longitude": "Such as -71.06: west of Greenwich is below zero.",
        }
