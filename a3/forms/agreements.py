"""Asking people to agree, and answering."""

from typing import Any

from django import forms
from django.db.models import Case, When

from a3.models import Sheet
from partners.models import Person

ANSWERS = {
    "waiting": ": asked, no answer yet",
    "agreed": ": has agreed",
    "not_yet": ": not yet",
    "lapsed": ": agreed, and it lapsed",
}
NOTHING = "Choose at least one person to ask."


class AgreementForm(forms.Form):
    """Whom the owner asks: those named on the sheet and the partner's change agents, or anybody else who sees it."""

    people: "forms.ModelMultipleChoiceField[Person]" = forms.ModelMultipleChoiceField(
        None,
        label="Whom",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text="At least one person, here or below.",
    )
    other: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(
        None, label="Somebody else", required=False, empty_label="Nobody", help_text="Of your partner."
    )
    note = forms.CharField(
        label="What should they look at?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Goes with the mail that asks them.",
    )

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = _near(sheet)
        colleagues = Person.objects.at_partner(sheet.partner).exclude(pk__in=[sheet.owner_id, *(p.pk for p in near)])
        people: Any = self.fields["people"]
        named = Case(When(pk__in=[person.pk for person in sheet.named], then=0), default=1)
        people.queryset = Person.objects.filter(pk__in=[person.pk for person in near]).order_by(named, "sort_name")
        answers = {row.person_id: ANSWERS[row.answer] for row in sheet.agreements.current()}
        people.label_from_instance = lambda person: f"{person.name}{_part(sheet, person)}{answers.get(person.pk, '')}"
        people.is_needed = True
        other: Any = self.fields["other"]
        other.queryset = colleagues.order_by("sort_name")

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        other = found.get("other")
        found["asked"] = list(found.get("people") or []) + ([other] if other else [])
        if not found["asked"] and not self.errors:
            self.add_error("people", NOTHING)
        return found


def _near(sheet: Sheet) -> list[Person]:
    """Who is mostly asked, and sees the sheet."""
    near = {*sheet.named, *Person.objects.change_agents_of(sheet.partner)} - {sheet.owner}
    return [p for p in near if p.is_active and Sheet.objects.visible_to(p).filter(pk=sheet.pk).exists()]


def _part(sheet: Sheet, person: Person) -> str:
    if person.pk == sheet.coach_id:
        return ", coach"
    return ", sponsor" if person.pk == sheet.sponsor_id else ""


class AnswerForm(forms.Form):
    """Words with an agreement, which may be none, or with a not yet, which says what is missing."""

    words = forms.CharField(
        label="In your words", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, is_needed: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_needed:
            self.fields["words"].required = True
            self.fields["words"].error_messages["required"] = "Say what is missing before you agree."
