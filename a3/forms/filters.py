"""Filters of the list of sheets, as its address says them; and the name under which somebody keeps one."""

from collections.abc import Mapping
from typing import Any, Self

from django import forms
from django.db.models import Exists, OuterRef, QuerySet

from a3.models import SavedList, Sheet, State
from partners.models import Level, Partner, Person, Site

SHOWN = (("mine", "Mine"), ("turn", "My turn"))
MOST_PEOPLE = 300
CHOSEN_ROWS: dict[str, Any] = {"partner": Partner, "site": Site, "owner": Person, "coach": Person, "ball": Person}


class FilterForm(forms.Form):
    """Everything is optional and combines. What cannot be meant is left out and named in `misread`."""

    show = forms.ChoiceField(label="Whose", choices=SHOWN, required=False, widget=forms.HiddenInput)
    partner: "forms.ModelChoiceField[Partner]" = forms.ModelChoiceField(None, required=False, empty_label="Any")
    site: "forms.ModelChoiceField[Site]" = forms.ModelChoiceField(None, required=False, empty_label="Any")
    level = forms.TypedChoiceField(
        label="Owner's level", choices=[("", "Any"), *Level.choices], coerce=int, required=False, empty_value=None
    )
    state = forms.ChoiceField(choices=[("", "Any"), *State.choices], required=False)
    owner: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(None, required=False, empty_label="Anybody")
    coach: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(None, required=False, empty_label="Anybody")
    ball: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(
        None, label="Whose turn", required=False, empty_label="Anybody"
    )
    stale = forms.BooleanField(label="With the same person for more than 3 days", required=False)
    archived = forms.BooleanField(label="From the archive", required=False)

    def __init__(self, data: Mapping[str, Any], *, reader: Person) -> None:
        super().__init__(data, auto_id="filter-%s")
        self.reader = reader
        self._see(*[name for name in CHOSEN_ROWS if data.get(name)])

    @classmethod
    def asked(cls, data: Mapping[str, Any], *, reader: Person) -> Self | None:
        """The form where the address has anything to do with it: most often it does not."""
        return cls(data, reader=reader) if data.keys() & {*cls.base_fields, "choose"} else None

    def _see(self, *names: str) -> None:
        """What may be chosen are rows that this person may see."""
        for name in names:
            self._field(name).queryset = CHOSEN_ROWS[name].objects.visible_to(self.reader)

    def _field(self, name: str) -> Any:
        return self.fields[name]

    @property
    def chosen(self) -> dict[str, Any]:
        """What the address asks for and means something here, by the name of its filter."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}

    @property
    def misread(self) -> list[str]:
        """Names of filters whose value means nothing to this person."""
        return [str(self.fields[name].label or name).lower() for name in self.errors]

    def offer_choices(self) -> None:
        """Offer what this person may see: sites and people of one partner, once it is clear which."""
        self._see(*CHOSEN_ROWS)
        partners = list(self._field("partner").queryset[:2])
        partner = self.chosen.get("partner") or getattr(self.chosen.get("site"), "partner", None)
        partner = partner or (partners[0] if len(partners) == 1 else None)
        self.needs_partner = partner is None
        if len(partners) == 1:
            del self.fields["partner"]
        if partner is None:
            for name in ("site", "owner", "coach", "ball"):
                del self.fields[name]
            return
        self._field("site").queryset = self._field("site").queryset.filter(partner=partner)
        self._field("site").label_from_instance = lambda site: site.name
        sheets = Sheet.objects.visible_to(self.reader).filter(partner=partner)
        for name in ("owner", "coach", "ball"):
            self._field(name).queryset = self._people(sheets, name)

    def _people(self, sheets: QuerySet[Sheet], name: str) -> QuerySet[Person]:
        """Those who are this on a sheet that may be seen; whoever is chosen stays."""
        people: QuerySet[Person] = self._field(name).queryset.filter(Exists(sheets.filter(**{name: OuterRef("pk")})))
        return people.order_by("sort_name")[:MOST_PEOPLE]


class SavedListForm(forms.ModelForm):
    class Meta:
        model = SavedList
        fields = ("name",)
        labels = {"name": "Call it"}
        help_texts = {"name": "Such as: Waiting at Riverside. Only you see your list of names."}
