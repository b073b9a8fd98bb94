"""What people fill in: a reason, and who goes."""

from typing import Any, cast

from django import forms

from partners.models import Assignment, Partner, Person, Someone
from partners.models.people import PersonQuerySet


class ReasonForm(forms.Form):
    reason = forms.CharField(
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In a sentence. It stands in the mail that tells of it.",
        error_messages={"required": "Write a sentence: the person wants to know why."},
    )


class SearchForm(forms.Form):
    """A name or e-mail to look for; anything unreadable finds nothing."""

    find = forms.CharField(max_length=100, required=False)

    @property
    def words(self) -> str:
        return str(self.cleaned_data.get("find", "")) if self.is_valid() else ""


class WhoGoesForm(forms.Form):
    """Co-workers to enroll: those of `people_of` the user."""

    who = forms.ModelMultipleChoiceField(
        queryset=Person.objects.none(),
        error_messages={
            "required": "Tick at least one person.",
            "invalid_choice": "One of these people is no longer at your partner. Choose again.",
        },
    )

    def __init__(self, *args: Any, user: Someone, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelMultipleChoiceField", self.fields["who"]).queryset = people_of(user)


def people_of(user: Someone) -> PersonQuerySet:
    """Those whom this person may put down: everyone active at the partners led, or at any for LEI's staff."""
    people = Person.objects.visible_to(user).filter(is_active=True)
    if user.is_authenticated and user.sees_all_partners:
        return people
    led = Assignment.objects.current().filter(site__partner__in=Partner.objects.led_by(user))
    return people.filter(pk__in=led.values("person"))
