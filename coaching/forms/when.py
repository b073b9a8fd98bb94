"""When a visit is, entered as days and clocks of its site."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils import timezone

from coaching.times import Slot, half_day, hours, whole_days
from partners.lib.calendars import SkippedTime, moment

FARTHEST = dt.timedelta(days=2 * 366)
LONGEST = dt.timedelta(days=31)
LENGTHS = [
    ("days", "Whole days"),
    ("morning", "Morning, 8:00 to 12:00"),
    ("afternoon", "Afternoon, 13:00 to 17:00"),
    ("hours", "From and until"),
]


class DayInput(forms.DateInput):
    input_type = "date"

    def __init__(self) -> None:
        super().__init__(format="%Y-%m-%d")


class ClockInput(forms.TimeInput):
    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class ClockField(forms.TimeField):
    """A time of day, needed for hours only: the form checks that."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=ClockInput, **kwargs)

    def validate(self, value: Any) -> None:
        """Empty is fine here."""


class WhenForm(forms.Form):
    """Days and clocks; `slot` is what they mean in the zone that a subclass names."""

    longest = LONGEST
    too_long = "A visit lasts at most 31 days: plan a second one for the rest."

    first_day = forms.DateField(label="Day", widget=DayInput)
    last_day = forms.DateField(
        label="Last day", widget=DayInput, required=False, help_text="Leave empty for a single day."
    )
    length = forms.ChoiceField(label="Length", choices=LENGTHS, widget=forms.RadioSelect, initial="days")
    from_clock = ClockField(label="From")
    until_clock = ClockField(label="Until")

    slot: Slot | None = None

    def zone_of(self, cleaned: dict[str, Any]) -> ZoneInfo | None:
        raise NotImplementedError

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        zone, first = self.zone_of(cleaned), cleaned.get("first_day")
        if zone is None or first is None:
            return cleaned
        last = cleaned.get("last_day") or first
        if field_error := self._wrong_days(first, last, zone):
            self.add_error(*field_error)
        elif "length" in cleaned:
            self._read_slot(cleaned, first, last, zone)
        return cleaned

    def _wrong_days(self, first: dt.date, last: dt.date, zone: ZoneInfo) -> tuple[str, str] | None:
        today = timezone.now().astimezone(zone).date()
        if first < today:
            return "first_day", "This day is over: choose today or a later one."
        if first > today + FARTHEST:
            return "first_day", "Plan at most two years ahead."
        if last < first:
            return "last_day", "The last day is not before the first."
        if last - first >= self.longest:
            return "last_day", self.too_long
        return None

    def _read_slot(self, cleaned: dict[str, Any], first: dt.date, last: dt.date, zone: ZoneInfo) -> None:
        length = cleaned["length"]
        if length == "days":
            self.slot = whole_days(first, last, zone)
        elif length == "hours":
            self._read_hours(cleaned, first, last, zone)
        elif last != first:
            self.add_error("last_day", "Half a day has one day: leave this empty.")
        else:
            self.slot = half_day(first, zone, afternoon=length == "afternoon")

    def _read_hours(self, cleaned: dict[str, Any], first: dt.date, last: dt.date, zone: ZoneInfo) -> None:
        from_clock, until_clock = cleaned.get("from_clock"), cleaned.get("until_clock")
        if not from_clock or not until_clock:
            missing = "until_clock" if from_clock else "from_clock"
            if missing not in self.errors:
                self.add_error(missing, "Enter a time such as 9:30, or choose whole days.")
            return
        if (last, until_clock) <= (first, from_clock):
            self.add_error("until_clock", "The end is after the start: choose a later time.")
            return
        for field, day, clock in (("from_clock", first, from_clock), ("until_clock", last, until_clock)):
            try:
                moment(day, clock, zone)
            except SkippedTime as skipped:
                self.add_error(field, f"{skipped} Choose another time.")
        if not self.errors.keys() & {"from_clock", "until_clock"}:
            self.slot = hours(first, from_clock, last, until_clock, zone)
