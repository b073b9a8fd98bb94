"""What people fill in: a reason, who goes, and an offering."""

from typing import Any, cast

from django import forms

from courses.models import Offering
from partners.lib.calendars import moment_words
from partners.models import Assignment, BusyTime, Partner, Person, Someone
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

    together = forms.BooleanField(required=False)

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


class OfferingForm(forms.ModelForm):
    """An offering in the admin: seats for all who have one, and instructors who are free then."""

    def clean_capacity(self) -> int:
        capacity: int = self.cleaned_data["capacity"]
        taken = self.instance.seats_taken
        if capacity < taken:
            raise forms.ValidationError(
                f"{taken} seats are taken. Write at least {taken}, or cancel some enrollments first."
            )
        return capacity

    def clean(self) -> dict[str, Any] | None:
        """Who teaches is free then: no visit, way, leave or other course."""
        cleaned = super().clean() or {}
        days = ("starts_on", "ends_on", "daily_from", "daily_until", "zone")
        if all(cleaned.get(name) for name in days) and not self.instance.cancelled_at:
            dated = Offering(**{name: cleaned[name] for name in days})
            taken = [words for person in cleaned.get("instructors", ()) if (words := self._taken(person, dated))]
            if taken:
                self.add_error("instructors", taken)
        return cleaned

    def _taken(self, person: Person, dated: Offering) -> str:
        if dated.ends_at <= dated.starts_at:
            return ""
        own = f"{BusyTime.Kind.COURSE}:{self.instance.pk}:{person.pk}"
        busy = BusyTime.objects.in_the_way_of(person.pk, dated.starts_at, dated.ends_at, but=own).first()
        if busy is None:
            return ""
        since, until = (moment_words(moment, busy.tzinfo) for moment in (busy.starts_at, busy.ends_at))
        return f"{person} is taken from {since} to {until}: {busy.get_kind_display().lower()}."
