"""Times to talk, entered on one's own clock."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

from a3 import clocks
from a3.models import Sheet, Talk
from a3.models.talks import MOST_TIMES
from partners.lib.calendars import SkippedTime, moment
from partners.models import Person

LENGTHS = [(15, "15 minutes"), (30, "30 minutes"), (45, "45 minutes"), (60, "An hour"), (90, "An hour and a half")]
FARTHEST = dt.timedelta(days=366)
LABELS = ("A time that suits you", "Another", "And a third")


class MomentField(forms.Field):
    """A day and a clock in `zone`, as browsers send them from one field."""

    zone: ZoneInfo

    def __init__(self, *, label: str, required: bool) -> None:
        super().__init__(label=label, required=required, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}))

    def to_python(self, value: Any) -> dt.datetime | None:
        if not value:
            return None
        try:
            local = dt.datetime.fromisoformat(str(value)).replace(tzinfo=None)
            found = moment(local.date(), local.time(), self.zone)
        except SkippedTime as skipped:
            raise forms.ValidationError(f"{skipped} Choose another time.") from skipped
        except (ValueError, OverflowError) as error:
            raise forms.ValidationError("Enter a day and a time, such as 2026-11-25T10:00.") from error
        if not timezone.now() < found < timezone.now() + FARTHEST:
            raise forms.ValidationError("Choose a time that is still to come, within a year.")
        return found


class TimesForm(forms.Form):
    """One to three times in the zone of whoever proposes them; `reader` is that person, `other` the one who answers."""

    first = MomentField(label=LABELS[0], required=True)
    second = MomentField(label=LABELS[1], required=False)
    third = MomentField(label=LABELS[2], required=False)
    note = forms.CharField(
        label="What about?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Goes with the mail.",
    )

    def __init__(self, *args: Any, reader: Person, other: Person | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("first", "second", "third"):
            field: Any = self.fields[name]
            field.zone = reader.tzinfo
            field.widget.attrs |= {"data-own": reader.zone} | (_clock_of(other) if other else {})
        self.fields["first"].help_text = f"On your clock: {clocks.zone_words(reader, timezone.now())}."

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        chosen = {found.get(name) for name in ("first", "second", "third")}
        found["times"] = sorted(time for time in chosen if time)[:MOST_TIMES]
        return found


def _clock_of(person: Person) -> dict[str, str]:
    """For static/js/clocks.js, which says beside a field what the other's clock shows then."""
    return {"data-zone": person.zone, "data-name": person.given_name}


class WithClocks(forms.RadioSelect):
    """People to choose from, each with their clock."""

    def create_option(self, name: str, value: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"] |= _clock_of(value.instance)
        return option


class TalkForm(TimesForm):
    """Asking somebody else who is named on the sheet."""

    asked_of: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(
        None, label="With", widget=WithClocks, empty_label=None
    )
    minutes = forms.TypedChoiceField(label="For how long", choices=LENGTHS, coerce=int, initial=30)

    field_order = ("asked_of", "first", "second", "third", "minutes", "note")

    def __init__(self, *args: Any, sheet: Sheet, reader: Person, **kwargs: Any) -> None:
        super().__init__(*args, reader=reader, **kwargs)
        others = [p for p in sheet.named if p != reader and p.is_active and _reads(p, sheet)]
        self.sheet = sheet
        asked_of: Any = self.fields["asked_of"]
        asked_of.queryset = Person.objects.filter(pk__in=[person.pk for person in others])
        asked_of.label_from_instance = lambda person: (
            f"{person.name}, in {clocks.zone_words(person, timezone.now())}: {clocks.ahead_words(person, reader)}"
        )
        asked_of.initial = others[0].pk if others else None

    def talk(self) -> Talk:
        """What was asked for, not saved yet."""
        found = self.cleaned_data
        return Talk(
            sheet=self.sheet,
            asked_of=found["asked_of"],
            minutes=found["minutes"],
            offered_times=found["times"],
            note=found["note"],
        )


def _reads(person: Person, sheet: Sheet) -> bool:
    return Sheet.objects.visible_to(person).filter(pk=sheet.pk).exists()


class AcceptForm(forms.Form):
    """One of the times on offer, as the page wrote it."""

    at = forms.TypedChoiceField(label="Which time", widget=forms.RadioSelect, coerce=dt.datetime.fromisoformat)

    def __init__(self, *args: Any, talk: Talk, reader: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        at: Any = self.fields["at"]
        other = talk.other(reader)
        at.choices = [(time.isoformat(), clocks.words_for(time, reader, other)) for time in talk.offered_times]
        at.initial = talk.offered_times[0].isoformat() if talk.offered_times else None


class EndForm(forms.Form):
    """Why none of the times, or why not at all."""

    words = forms.CharField(label="In your words", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
