"""Travel days and leave of a coach."""

from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet

from coaching.forms.choices import offer
from coaching.forms.when import WhenForm
from coaching.models import Visit
from coaching.models.away import LONGEST_LEAVE
from partners.models import Person

LENGTHS = [("days", "Whole days"), ("morning", "Morning"), ("afternoon", "Afternoon")]


class AwayForm(WhenForm):
    """Whose days, and which. A coach enters their own; LEI's staff choose whose."""

    length = forms.ChoiceField(choices=LENGTHS, widget=forms.RadioSelect, initial="days")
    coach = forms.ModelChoiceField(Person.objects.none(), empty_label="Choose a coach")
    field_order = ["coach", "first_day", "last_day", "length"]

    def __init__(self, *args: Any, coaches: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["from_clock"], self.fields["until_clock"]
        offer(self, "coach", coaches)

    def zone_of(self, cleaned: dict[str, Any]) -> ZoneInfo | None:
        coach: Person | None = cleaned.get("coach")
        return coach.tzinfo if coach else None


class LeaveForm(AwayForm):
    """Days are those of the coach's own calendar."""

    longest = LONGEST_LEAVE
    too_long = "Enter at most 400 days at once."

    note = forms.CharField(
        label="What for", required=False, max_length=60, help_text="LEI's people read it, such as: Thanksgiving."
    )


class TravelForm(AwayForm):
    """The way to a visit or from it: days are those of its site."""

    route = forms.CharField(required=False, max_length=120, help_text="Such as: Wichita to Boston.")

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        self.visit = visit
        super().__init__(*args, coaches=Person.objects.filter(pk=visit.coach_id), **kwargs)
        del self.fields["coach"]

    def zone_of(self, cleaned: dict[str, Any]) -> ZoneInfo | None:
        return self.visit.tzinfo
