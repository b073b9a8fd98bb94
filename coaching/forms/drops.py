"""What the board sends when something is dropped on a coach's day."""

from typing import Any

from django import forms
from django.db.models import QuerySet

from coaching.forms.choices import offer
from partners.models import Person


class RequestDropForm(forms.Form):
    """Whose day it was dropped on, and on which half of it."""

    coach = forms.ModelChoiceField(Person.objects.none())
    day = forms.DateField()
    half = forms.ChoiceField(choices=[("am", "morning"), ("pm", "afternoon")])

    def __init__(self, *args: Any, coaches: QuerySet[Person], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "coach", coaches)

    @property
    def is_afternoon(self) -> bool:
        return bool(self.cleaned_data["half"] == "pm")


class VisitDropForm(RequestDropForm):
    """And which state of the visit was seen."""

    sequence = forms.IntegerField()
