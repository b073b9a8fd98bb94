"""What is written down at a visit: theme and route, observations, questions, promises, and what became of them."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Case, Q, When
from django.utils import timezone

from a3.forms import RevisionForm
from coaching.forms.choices import offer
from coaching.forms.when import FARTHEST, DayInput
from coaching.models import About, Certainty, Outcome, Visit, VisitNote
from coaching.models.written import Revised
from partners.models import Person
from partners.models.people import PersonQuerySet

KEPT_FOR = dt.timedelta(days=366)  # so long an observation may have waited on a phone
PROMISED_FOR = dt.timedelta(days=14)
OPEN = "open"
LISTED = 300  # people one may choose as the owner of a promise
NEARNESS = ("At this site", "At LEI", "At other sites")


class LinesField(forms.CharField):
    """Text of several lines; browsers end them in two ways."""

    def __init__(self, *, rows: int, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)

    def to_python(self, value: Any) -> str:
        return (super().to_python(value) or "").replace("\r\n", "\n")


class PieceForm(RevisionForm):
    """One piece of the record of `visit`; its own fields are those that the base does not have."""

    def __init__(self, *args: Any, visit: Visit, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.visit = visit

    @property
    def said(self) -> dict[str, Any]:
        """What was entered, without how it came; what was left to us is not in it."""
        said = {name: value for name, value in self.cleaned_data.items() if name not in {"revision", "writing"}}
        return {name: value for name, value in said.items() if value is not None}


class WalkForm(PieceForm):
    theme = forms.CharField(max_length=200, required=False, help_text="What this walk is to find out.")
    route = LinesField(max_length=600, required=False, rows=4, help_text="One place a line, in the order of the walk.")
    learned = LinesField(label="What we learned", max_length=4000, required=False, rows=4)


class ObservationForm(PieceForm):
    saw = LinesField(label="What did you see?", max_length=2000, rows=3)
    about = forms.ChoiceField(choices=About, widget=forms.RadioSelect, initial=About.PROCESS, label="It is about the")
    certainty = forms.ChoiceField(
        choices=Certainty, widget=forms.RadioSelect, initial=Certainty.FACT, label="Seen or counted, or thought?"
    )
    standard = LinesField(label="What is the standard?", max_length=1000, required=False, rows=2)
    why_asked = LinesField(label="Asked why, and heard", max_length=1000, required=False, rows=2)
    learned = LinesField(label="What does it teach?", max_length=1000, required=False, rows=2)
    seen_at = forms.DateTimeField(required=False, widget=forms.HiddenInput)

    def clean_seen_at(self) -> dt.datetime | None:
        """When the phone says; None where it says nothing or what cannot be."""
        now, seen = timezone.now(), self.cleaned_data["seen_at"]
        return seen if seen and now - KEPT_FOR < seen <= now else None


class QuestionForm(PieceForm):
    text = LinesField(label="Which question do you leave?", max_length=1000, rows=3)


class Owners(forms.models.ModelChoiceIterator):
    """Those near the visit first, in groups; the field takes more people than it lists."""

    def __iter__(self) -> Any:
        yield ("", "Choose a person")
        groups: dict[int, list[tuple[Any, str]]] = {}
        for person in self.queryset.only("name")[:LISTED]:
            groups.setdefault(person.nearness, []).append(self.choice(person))
        yield from ((NEARNESS[nearness], people) for nearness, people in groups.items())


class OwnerField(forms.ModelChoiceField):
    iterator = Owners


def owners_near(visit: Visit) -> PersonQuerySet:
    """Who may promise something at this visit: LEI's people who go there or plan it, and the partner's."""
    partner = visit.site.partner
    lei = Q(is_lei_staff=True) | Q(pk=visit.coach_id) | Q(pk__in=partner.coaches.values("pk"))
    there = Q(pk__in=Person.objects.at_partner(partner).values("pk"))
    here = Q(pk__in=Person.objects.at_partner(partner, site=visit.site).values("pk"))
    near = Case(When(here, then=0), When(lei, then=1), default=2)
    return Person.objects.filter(lei | there, is_active=True).annotate(nearness=near).order_by("nearness", "sort_name")


class PromiseForm(PieceForm):
    words = LinesField(label="What is promised?", max_length=300, rows=2)
    owner = OwnerField(Person.objects.none(), label="By whom?")
    due_on = forms.DateField(label="By when?", widget=DayInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "owner", owners_near(self.visit))
        self.fields["due_on"].initial = self.visit.last_day + PROMISED_FOR

    def clean_due_on(self) -> dt.date:
        due: dt.date = self.cleaned_data["due_on"]
        if due < self.visit.first_day:
            raise forms.ValidationError("This day is before the visit: choose a later one.")
        if due > self.visit.last_day + FARTHEST:
            raise forms.ValidationError("A promise is for two years at most: choose an earlier day.")
        return due


class VisitNoteForm(forms.ModelForm):
    class Meta:
        model = VisitNote
        fields = ("text",)
        labels = {"text": "A note to yourself"}
        widgets = {"text": forms.Textarea(attrs={"rows": 3})}


class AnswerForm(forms.Form):
    """The host's answer to a question that was left."""

    answer = LinesField(max_length=2000, required=False, rows=4, label="Your answer")


class OutcomeForm(forms.Form):
    """Whether a promise was kept. `seen` is the outcome that the page showed."""

    outcome = forms.ChoiceField(
        choices=[*Outcome.choices, (OPEN, "Still open")], widget=forms.RadioSelect, label="Was it kept?"
    )
    words = LinesField(
        max_length=500, required=False, rows=3, label="In a few words", help_text="What was done, or why not."
    )
    seen = forms.ChoiceField(choices=[("", ""), *Outcome.choices], required=False, widget=forms.HiddenInput)

    def clean_outcome(self) -> str:
        outcome: str = self.cleaned_data["outcome"]
        return "" if outcome == OPEN else outcome


def sent_by(row: Revised, form: type[PieceForm]) -> dict[str, str]:
    """A row as its form would send it: text by the names of the form's fields, with its revision."""
    names = [name for name in form.base_fields if name not in {"writing", "step"}]
    return {name: _text(getattr(row, name)) for name in names}


def _text(value: Any) -> str:
    if isinstance(value, Person):
        return str(value.pk)
    return value.isoformat() if isinstance(value, dt.date) else str(value)
