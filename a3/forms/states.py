"""Entering a state with a reason, and taking the ball back."""

from typing import Any

from django import forms
from django.utils.html import format_html, format_html_join

from a3 import gates
from a3.models import Sheet, State, StateChange
from partners.models import Person

MEANS = {
    State.DRAFT: "Being written.",
    State.IN_COACHING: "A coach asks, the owner looks again.",
    State.IN_AGREEMENT: "People are asked whether they agree.",
    State.AGREED: "Those who are concerned said yes.",
    State.IN_TRIAL: "The countermeasures are being tried.",
    State.CHECKED: "What was predicted was compared with what happened.",
    State.STANDARDISED: "What worked is the way it is done now.",
    State.SUSTAINED: "Looked at again much later: it holds.",
    State.SLIPPED: "Looked at again: it does not hold any more.",
    State.ABANDONED: "Not pursued. What was learned stays.",
}


class StateForm(forms.ModelForm):
    """`from_state` is the state that was seen; beside each other state stands what speaks against it."""

    from_state = forms.ChoiceField(choices=State.choices, widget=forms.HiddenInput)
    to_state = forms.ChoiceField(label="Enter", widget=forms.RadioSelect)
    reason = forms.CharField(
        label="Why now?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Stays in the sheet's history, with your name.",
    )
    lesson = forms.CharField(
        label="What was learned?",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Needed when a sheet is abandoned: so that the next one begins further on.",
    )

    class Meta:
        model = StateChange
        fields = ("from_state", "to_state", "reason", "lesson")

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.sheet = sheet
        self.initial.setdefault("from_state", sheet.state)
        against = gates.spoken_against(sheet)
        to_state: Any = self.fields["to_state"]
        to_state.choices = [
            (state.value, _words(state, against.get(state, []))) for state in State if state != sheet.state
        ]

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        if found.get("to_state") == State.ABANDONED and not found.get("lesson"):
            self.add_error("lesson", "Say in a sentence what was learned, then abandon the sheet.")
        return found


def _words(state: State, against: list[str]) -> str:
    said = format_html_join("", '<small class="gate">{}</small>', ((words,) for words in against))
    return format_html("<span>{}<small>{}</small>{}</span>", state.label, MEANS[state], said)


class TakeBackForm(forms.Form):
    """`holder` is who was seen to have the ball."""

    holder: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(None, widget=forms.HiddenInput)
    words = forms.CharField(
        label="What should they know?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Goes with the mail that tells them.",
    )

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        holder: Any = self.fields["holder"]
        holder.queryset = Person.objects.filter(pk__in=[person.pk for person in sheet.named])
        holder.initial = sheet.ball_id
