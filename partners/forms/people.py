"""Finding people, and one's own profile."""

from functools import cache
from typing import Any, cast

from django import forms
from django.utils.html import format_html_join
from django.utils.safestring import SafeString

from partners.lib.fields import ZONES, validate_zone
from partners.models import Level, Partner, Person, Site

THEMES = [("system", "As the system"), ("light", "Light"), ("dark", "Dark")]


class PeopleFilter(forms.Form):
    """Which people of a partner to show; all fields may be left empty."""

    is_filter = True
    q = forms.CharField(required=False, max_length=100, label="Name", widget=forms.TextInput(attrs={"type": "search"}))
    level = forms.TypedChoiceField(
        required=False, coerce=int, empty_value=None, choices=[("", "All levels"), *reversed(Level.choices)]
    )
    site = forms.ModelChoiceField(Site.objects.none(), required=False, empty_label="All sites")

    def __init__(self, *args: Any, partner: Partner, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField", self.fields["site"]).queryset = partner.sites.all()


class ProfileForm(forms.ModelForm):
    """What a person says of themselves; the theme is kept in a cookie, not in the database."""

    theme = forms.ChoiceField(choices=THEMES, widget=forms.RadioSelect, label="Light or dark")

    class Meta:
        model = Person
        fields = ("name", "zone", "language", "quiet_from", "quiet_until")
        labels = {"zone": "Time zone", "language": "Language", "quiet_from": "No mail from", "quiet_until": "until"}
        help_texts = {
            "zone": "Begin to write a city. All times are shown to you in it.",
            "language": "In which you like to be coached.",
            "quiet_until": "On your own clock; weekends are always quiet. The same time twice means no quiet hours.",
        }
        widgets = {
            "zone": forms.TextInput(attrs={"list": "zones", "autocomplete": "off"}),
            "quiet_from": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
            "quiet_until": forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
        }

    @staticmethod
    def zone_options() -> SafeString:
        return _zone_options()

    def clean_zone(self) -> str:
        zone: str = self.cleaned_data["zone"].strip().replace(" ", "_")
        validate_zone(zone)
        return zone


@cache
def _zone_options() -> SafeString:
    """Some 400 options that never change: written once, not on each request."""
    return format_html_join("", '<option value="{}"></option>', [(zone,) for zone in ZONES])
