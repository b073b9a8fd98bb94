"""What people fill in: a reason, who goes, who is here, and an offering."""

import datetime as dt
import uuid
from typing import Any, cast

from django import forms

from courses.models import Offering
from partners.lib.calendars import moment_words
from partners.models import Assignment, BusyTime, Partner, Person, Someone
from partners.models.people import PersonQuerySet

KEPT_FOR = dt.timedelta(days=366)  # so long a mark may have waited on a phone


class ReasonForm(forms.Form):
    reason = forms.CharField(
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="In a sentence. It stands in the mail that tells of it.",
        error_messages={"required": "Write a sentence: the person wants to know why."},
    )


class CancelForm(ReasonForm):
    """Why; where it `counts`, whoever opened the page before that day is warned before it is done."""

    warned = forms.BooleanField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, counts: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.counts = counts
        self.fields["warned"].initial = counts

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean() or {}
        if self.counts and not cleaned.get("warned"):
            sent = cast("Any", self.data).copy()
            sent["warned"] = "True"
            self.data = sent
            raise forms.ValidationError(
                "Since you opened this page the day has passed. Read what it costs, then cancel."
            )
        return cleaned


class LateForm(forms.Form):
    """Why somebody comes after the freeze date, and the code that LEI gave out."""

    late_because = forms.CharField(required=False, max_length=300)
    code = forms.CharField(required=False, max_length=100)


class SearchForm(forms.Form):
    """A name or e-mail to look for; anything unreadable finds nothing."""

    find = forms.CharField(max_length=100, required=False)

    @property
    def words(self) -> str:
        return str(self.cleaned_data.get("find", "")) if self.is_valid() else ""


class WhoGoesForm(LateForm):
    """Co-workers to enroll: those of `people_of` the user."""

    who = forms.ModelMultipleChoiceField(
        queryset=Person.objects.none(),
        error_messages={
            "required": "Tick at least one person.",
            "invalid_choice": "One of these people is no longer at your partner. Choose again.",
        },
    )

    together = forms.BooleanField(required=False)
    because = forms.CharField(required=False, max_length=300)

    def __init__(self, *args: Any, user: Someone, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelMultipleChoiceField", self.fields["who"]).queryset = people_of(user)


class InsteadForm(forms.Form):
    """Who goes instead: one of `people_of` the user."""

    who = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        error_messages={"required": "Choose who goes.", "invalid_choice": "Choose one of the people shown."},
    )

    def __init__(self, *args: Any, user: Someone, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ModelChoiceField", self.fields["who"]).queryset = people_of(user)


class MarkForm(forms.Form):
    """One tap on a door list. `tapped` and `sent` are by the phone's own clock, in ms: its error cancels out."""

    enrollment = forms.IntegerField(min_value=1, max_value=2**62)
    day = forms.DateField()
    present = forms.ChoiceField(choices=[("1", "Here"), ("0", "Not here")])
    tapped = forms.IntegerField(min_value=0, max_value=2**53, required=False)
    sent = forms.IntegerField(min_value=0, max_value=2**53, required=False)

    @property
    def is_present(self) -> bool:
        return bool(self.cleaned_data["present"] == "1")

    def tapped_at(self, now: dt.datetime) -> dt.datetime:
        """So long before now as the phone says; now where it says nothing, or what cannot be."""
        tapped, sent = self.cleaned_data["tapped"], self.cleaned_data["sent"]
        ago = dt.timedelta(milliseconds=sent - tapped) if tapped and sent else dt.timedelta()
        return now - ago if dt.timedelta() < ago < KEPT_FOR else now


class GiveSeatsForm(forms.Form):
    """Seats for a partner's year: granted for a new one; added, taken back or carried over in one that is there."""

    deed = forms.ChoiceField(
        label="What",
        choices=[
            ("grant", "Grant seats for a new year"),
            ("add", "Add seats to the year"),
            ("take", "Take seats back"),
            ("carry", "Carry over from the year before"),
        ],
        widget=forms.RadioSelect,
    )
    begins_on = forms.DateField(
        label="First day of the year", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    ends_on = forms.DateField(
        label="Last day",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Of a new year.",
    )
    amount = forms.IntegerField(label="Seats", min_value=1, max_value=9999)
    why = forms.CharField(label="Why?", max_length=300, help_text="Stands in the account, with your name.")
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        first, last = cleaned.get("begins_on"), cleaned.get("ends_on")
        if cleaned.get("deed") == "grant" and first:
            if not last:
                self.add_error("ends_on", "Give the last day of the new year.")
            elif last <= first:
                self.add_error("ends_on", "The last day comes after the first.")
        return cleaned


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
