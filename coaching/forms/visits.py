"""Placing, moving and cancelling a visit."""

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from coaching.forms.choices import SiteField, offer
from coaching.forms.when import FARTHEST, WhenForm
from coaching.models import Kind, Visit, VisitRequest
from coaching.notice import Notice
from coaching.series import MOST
from partners.models import Person, Site

WEEK = dt.timedelta(weeks=1)


class ReasonMixin(forms.Form):
    """A reason, asked for once something speaks against what was entered."""

    reason = forms.CharField(
        label="Why all the same?",
        required=False,
        max_length=300,
        widget=forms.HiddenInput,
        help_text="It stays with the visit, and both sides read it.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.data.get("reason"):
            self._show_reason()

    def ask_reason(self, against: str) -> None:
        """Show the field, with what speaks against it."""
        self._show_reason()
        self.add_error("reason", against)

    def _show_reason(self) -> None:
        self.fields["reason"].widget = forms.Textarea(attrs={"rows": 2})


class PlaceForm(ReasonMixin, WhenForm):
    """A request put on a coach and a date: the site is the request's."""

    coach = forms.ModelChoiceField(Person.objects.none(), empty_label="Choose a coach")
    kind = forms.ChoiceField(choices=Kind)
    purpose = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3}), max_length=1000, help_text="What should be different afterwards?"
    )
    field_order = ["site", "coach", "kind", "purpose"]

    def __init__(self, *args: Any, coaches: QuerySet[Person], site: Site | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fixed_site = site
        offer(self, "coach", coaches)

    def zone_of(self, cleaned: dict[str, Any]) -> ZoneInfo | None:
        return self.fixed_site.tzinfo if self.fixed_site else None


class VisitForm(PlaceForm):
    """A new visit, at any site."""

    site = SiteField(Site.objects.none(), help_text="Days and times are those of the site.")

    def __init__(self, *args: Any, sites: QuerySet[Site], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "site", sites)

    def zone_of(self, cleaned: dict[str, Any]) -> ZoneInfo | None:
        site: Site | None = cleaned.get("site")
        return site.tzinfo if site else None


class SeriesForm(VisitForm):
    """A visit and its repetitions, on the same weekday and clock."""

    every_weeks = forms.IntegerField(label="Every how many weeks?", min_value=1, max_value=26, initial=4)
    times = forms.IntegerField(label="How many visits?", min_value=2, max_value=MOST, initial=6)
    skip = forms.BooleanField(
        label="Leave out dates that cannot be",
        required=False,
        help_text="Those on which the coach is taken, or on which clocks skip the time. The others are placed.",
    )
    field_order = [*PlaceForm.field_order, "first_day", "last_day", "length", "from_clock", "until_clock"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        first, weeks, times = (cleaned.get(name) for name in ("first_day", "every_weeks", "times"))
        if not (first and weeks and times):
            return cleaned
        if (cleaned.get("last_day") or first) - first >= weeks * WEEK:
            self.add_error("every_weeks", "One would begin before the one before it is over: plan them farther apart.")
        if first + (times - 1) * weeks * WEEK > timezone.localdate() + FARTHEST:
            self.add_error("times", "The last one would be more than two years ahead: plan fewer.")
        return cleaned


class NoticeMixin(forms.Form):
    """Whether it was said that days count as used although they are given up."""

    told = forms.BooleanField(widget=forms.HiddenInput, required=False)

    def tells(self, notice: Notice | None) -> bool:
        """Whether this form has said so, if it has to; else it says so now, beside the reason."""
        if notice is None or not notice.is_short or self.cleaned_data["told"]:
            return True
        self.data = {**dict(self.data.items()), "told": "1"}
        self.add_error(None, f"{self.words_of(notice)} Send it once more if you mean it.")
        return False

    def words_of(self, notice: Notice) -> str:
        return notice.words


class MoveForm(NoticeMixin, ReasonMixin, WhenForm):
    """Another time; for LEI's staff another coach too. `sequence` says which state of the visit was seen."""

    sequence = forms.IntegerField(widget=forms.HiddenInput)
    coach = forms.ModelChoiceField(Person.objects.none(), empty_label=None)
    field_order = ["coach"]

    def __init__(self, *args: Any, visit: Visit, coaches: QuerySet[Person] | None, **kwargs: Any) -> None:
        self.visit = visit
        kwargs["initial"] = initial_of(visit) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        if coaches is None:
            del self.fields["coach"]
        else:
            offer(self, "coach", coaches)

    def words_of(self, notice: Notice) -> str:
        return notice.words_of_move

    def zone_of(self, cleaned: dict[str, Any]) -> ZoneInfo | None:
        return self.visit.site.tzinfo


class CancelForm(NoticeMixin):
    """Why a visit will not take place."""

    reason = forms.CharField(
        label="Why?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Everybody concerned reads it.",
    )
    sequence = forms.IntegerField(widget=forms.HiddenInput)


class WaiveForm(forms.Form):
    """Why days do not count although the notice was too short."""

    reason = forms.CharField(
        label="Why?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="It stays with the visit, and both sides read it.",
    )


class DeclineForm(forms.Form):
    """Why a side says no to the time and coach that it saw."""

    reason = forms.CharField(
        label="Why does it not fit?",
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="LEI and the other side read it. Say which days would fit better, if you know them.",
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=60)


def initial_of(visit: Visit) -> dict[str, Any]:
    """What the form about a visit shows first: its days and clocks at the site."""
    start, end = visit.local_start, visit.local_end
    return {
        "first_day": visit.first_day,
        "last_day": visit.last_day if visit.last_day != visit.first_day else None,
        "length": "days" if visit.is_whole_days else "hours",
        "from_clock": None if visit.is_whole_days else start.time(),
        "until_clock": None if visit.is_whole_days else end.time(),
        "coach": visit.coach_id,
        "sequence": visit.sequence,
    }


def initial_of_request(request: VisitRequest) -> dict[str, Any]:
    """What the form for placing a request shows first."""
    return {"kind": request.kind, "purpose": request.purpose, "first_day": request.preferred_from}
