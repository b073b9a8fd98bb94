"""What comes in about sheets: a new one, its particulars, the text of a section, remarks, the ball, photos."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse
from django.utils.html import format_html

from a3 import pictures, sanitising
from a3.forms.codes import SheetCodeField, code_of
from a3.models import Section, Sheet, SheetType
from partners.models import Assignment, Partner, Person, Priority, Site


class SheetForm(forms.ModelForm):
    """The particulars of a sheet; `partners` are those whose sites, priorities and people it may name."""

    class Meta:
        model = Sheet
        fields = (
            "type",
            "title",
            "site",
            "coach",
            "sponsor",
            "priority",
            "audience",
            "purpose",
            "alignment",
            "right_work",
        )
        help_texts = {
            "title": "Short, as people will call it: Leave by noon.",
            "coach": "Whom you ask for coaching; you can choose later.",
            "audience": "Coaches and staff of LEI see it if they are named on it, or if you share it with LEI.",
        }
        widgets = {"type": forms.RadioSelect, "audience": forms.RadioSelect}

    part_of = SheetCodeField(label="Part of")

    def __init__(self, *args: Any, partners: "list[Partner]", reader: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        near = Sheet.objects.visible_to(reader).kept().filter(partner__in=partners)
        self._queryset_of("part_of").look_in(near.exclude(pk=self.instance.pk))
        if self.instance.parent_id:
            self.initial["part_of"] = code_of(self.instance.parent_id)
        self._offer("site", Site.objects.filter(partner__in=partners).order_by("sort_name"))
        self._offer("priority", Priority.objects.current().filter(partner__in=partners), "None of them")
        self._offer("coach", Person.objects.coaches().filter(coached_partners__in=partners).distinct(), "Later")
        sponsoring = Assignment.objects.current().as_sponsor().filter(site__partner__in=partners)
        self._offer("sponsor", Person.objects.filter(pk__in=sponsoring.values("person"), is_active=True), "None")
        self._explain_types()
        self._look_for_similar()

    def _look_for_similar(self) -> None:
        """While title and purpose are typed, the page asks who met this before."""
        address = reverse("a3:similar_to_text") + (f"?apart={self.instance.pk}" if self.instance.pk else "")
        for name in ("title", "purpose"):
            self.fields[name].widget.attrs |= {
                "hx-get": address,
                "hx-trigger": "input changed delay:500ms",
                "hx-include": "[name='title'],[name='purpose']",
                "hx-target": "#similar",
                "hx-sync": "#similar:replace",
            }
        title: Any = self.fields["title"]
        title.template_name = "a3/_title_field.html"

    def _explain_types(self) -> None:
        kind: Any = self.fields["type"]
        kind.empty_label = None
        kind.label_from_instance = lambda found: format_html(
            "<span>{}<small>{}</small></span>", found, found.description
        )
        self.initial.setdefault("type", SheetType.objects.first())

    def _queryset_of(self, name: str) -> Any:
        return self.fields[name]

    def _offer(self, name: str, rows: Any, nothing: str | None = None) -> None:
        field: Any = self.fields[name]
        field.queryset = rows
        if nothing:
            field.empty_label = nothing

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        site, priority, coach = found.get("site"), found.get("priority"), found.get("coach")
        sponsor = found.get("sponsor")
        if site and sponsor and not _sponsors(sponsor, site):
            self.add_error("sponsor", "This person is no sponsor of this site's partner. Choose another.")
        if site and priority and priority.partner_id != site.partner_id:
            self.add_error("priority", "This is a priority of another partner. Choose one of this site's partner.")
        if site and coach and not coach.coached_partners.filter(pk=site.partner_id).exists():
            self.add_error("coach", "This person does not coach this site's partner. Choose another coach.")
        self._stand_below(found.get("part_of"), site)
        return found

    def _stand_below(self, parent: Sheet | None, site: Site | None) -> None:
        if parent and site and parent.partner_id != site.partner_id:
            self.add_error("part_of", "This is a sheet of another partner. Choose one of this site's partner.")
        elif "part_of" not in self.errors:
            self.instance.parent = parent

    @property
    def changed_fields(self) -> list[str]:
        """Names of the sheet's fields that differ now."""
        return ["parent" if name == "part_of" else name for name in self.changed_data]


def _sponsors(person: Person, site: Site) -> bool:
    return person.assignments.current().as_sponsor().filter(site__partner=site.partner_id).exists()


class SheetChangeForm(SheetForm):
    """What may change later: not the type, whose sections are written, nor the site, whose people follow it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["type"], self.fields["site"]
        if self.instance.ball_id != self.instance.owner_id:  # whoever holds the ball stays on the sheet
            for name in ("coach", "sponsor"):
                self.fields[name].disabled = True
                self.fields[name].help_text = "Can be changed once it is your turn again."

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["site"] = self.instance.site
        found = super().clean()
        found.pop("site")
        return found


class RichTextField(forms.CharField):
    """Text of a section, sanitised; a NUL, which no database keeps, is dropped."""

    def __init__(self) -> None:
        super().__init__(required=False, strip=False)

    def to_python(self, value: Any) -> str:
        if value is None:  # no editor was there: this is not the wish to empty the section
            raise forms.ValidationError("The text did not arrive. Reload the page, then write again.")
        return (super().to_python(value) or "").replace("\x00", "")

    def clean(self, value: Any) -> str:
        try:
            return sanitising.sanitise(super().clean(value))
        except sanitising.Refused as refused:
            raise forms.ValidationError(str(refused)) from refused


class RevisionForm(forms.Form):
    """From which revision a text was written, and by which step of which editor."""

    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)
    writing = forms.CharField(max_length=36, required=False, widget=forms.HiddenInput)
    step = forms.IntegerField(min_value=0, max_value=2**31 - 1, required=False, widget=forms.HiddenInput)

    def clean(self) -> dict[str, Any]:
        """`writing` becomes the name of the editor that sends, and the how manieth sending this is."""
        found = super().clean() or {}
        found["writing"] = (found.get("writing", ""), found.pop("step", None) or 0)
        return found


class SectionForm(RevisionForm):
    body = RichTextField()


class AddedTextForm(forms.Form):
    """Plain paragraphs to add below what stands in a section, for browsers without scripts."""

    added = forms.CharField(max_length=20_000, widget=forms.Textarea)
    revision = forms.IntegerField(min_value=0, max_value=2**31 - 1, widget=forms.HiddenInput)


class PresenceForm(forms.Form):
    """In which section of the sheet somebody is, if in one, and whether they write there."""

    section: "forms.ModelChoiceField[Section]" = forms.ModelChoiceField(None, required=False)
    is_writing = forms.BooleanField(required=False)

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        section: Any = self.fields["section"]
        section.queryset = sheet.sections.all()

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        return found | {"is_writing": bool(found.get("section") and found.get("is_writing"))}


class HandOverForm(forms.Form):
    """To whom the ball goes: somebody else who is named on the sheet."""

    to: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(
        None, label="To", widget=forms.RadioSelect, empty_label=None
    )
    note = forms.CharField(
        label="What do you want from them?",
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Goes with the mail and stays with this round.",
    )

    def __init__(self, *args: Any, sheet: Sheet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = [p for p in sheet.named if p != sheet.ball and p.is_active and _reads(p, sheet)]
        to: Any = self.fields["to"]
        to.queryset = Person.objects.filter(pk__in=[person.pk for person in others])
        to.label_from_instance = lambda person: f"{person.name}, {_part(sheet, person)}"
        to.initial = others[0].pk if others else None


def _reads(person: Person, sheet: Sheet) -> bool:
    return Sheet.objects.visible_to(person).filter(pk=sheet.pk).exists()


def _part(sheet: Sheet, person: Person) -> str:
    parts = [(sheet.owner_id, "owner"), (sheet.coach_id, "coach"), (sheet.sponsor_id, "sponsor")]
    return " and ".join(word for pk, word in parts if pk == person.pk)


class PhotoForm(forms.Form):
    photo = forms.FileField(widget=forms.ClearableFileInput(attrs={"accept": "image/jpeg,image/png,image/webp"}))

    def clean_photo(self) -> pictures.Picture:
        upload: UploadedFile = self.cleaned_data["photo"]
        try:
            return pictures.prepare(upload, size=upload.size or 0)
        except pictures.NotAPhoto as refused:
            raise forms.ValidationError(str(refused)) from refused
