"""What the board sends when something is dropped on a day, or when one of the offered fixes is chosen."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from coaching.forms.choices import offer
from partners.models import Person


class DropForm(forms.Form):
    """Whose day it was dropped on; on which half of it, or at which hour; and how many half days it then takes.

    Without a half and an hour it keeps its clock.
    """

    coach = forms.ModelChoiceField(Person.objects.none())
    day = forms.DateField()
    half = forms.ChoiceField(choices=[("am", "morning"), ("pm", "afternoon")], required=False)
    clock = forms.TimeField(required=False)
    halves = forms.IntegerField(min_value=1, max_value=62, required=False)
    reason = forms.CharField(max_length=300, required=False)

    def __init__(self, *args: Any, coaches: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "coach", coaches)

    @property
    def is_afternoon(self) -> bool | None:
        """None leaves it as it is."""
        half = self.cleaned_data["half"]
        return bool(half == "pm") if half else None

    @property
    def meant(self) -> dict[str, str]:
        """What was sent, for a form that asks for a reason and sends it once more."""
        return {name: self.data[name] for name in self.fields if name != "reason" and name in self.data}


class VisitDropForm(DropForm):
    """And which state of the visit was seen."""

    sequence = forms.IntegerField()
