"""What people fill in to put many people down: the list, which column is what, and a row to be mended."""

from typing import Any, cast

from django import forms

from courses.importing.columns import FIELDS, MOST_HEADINGS
from courses.importing.letters import ENCODINGS
from courses.importing.lines import Unreadable
from courses.importing.reading import MOST_BYTES, read
from courses.models import EnrollmentImport


class ImportForm(forms.Form):
    """A list of people, pasted or as a file; after cleaning, `read` is what it says."""

    people = forms.CharField(
        label="Paste a list",
        required=False,
        strip=False,  # a row may begin with an empty cell
        max_length=1_000_000,
        widget=forms.Textarea(attrs={"rows": 7, "spellcheck": "false"}),
        help_text="One person a line: an e-mail address, a name, or both; or cells copied from a spreadsheet.",
    )
    file = forms.FileField(
        label="Or choose a file",
        required=False,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv,.tsv,.txt,text/csv,text/plain"}),
        help_text="XLSX, CSV or text, at most 5 MB and 50,000 people. Columns are recognised by their headings.",
    )
    letters = forms.ChoiceField(
        label="Letters of the file",
        required=False,
        choices=[("", "Find out"), *ENCODINGS.items()],
        help_text="Only if names came out wrong: in which letters your program writes a CSV.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("people", "file"):
            cast("Any", self.fields[name]).is_needed = True  # one of the two

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        pasted, file = cleaned.get("people", ""), cleaned.get("file")
        if self.errors:
            return cleaned
        if bool(pasted.strip()) == bool(file):
            what = "not both: it is not clear which one counts." if file else "so that there is somebody to put down."
            raise forms.ValidationError(f"Paste a list or choose a file, {what}")
        field, letters = ("file", cleaned["letters"]) if file else ("people", "utf-8")
        try:
            cleaned["read"] = read(file.read(MOST_BYTES + 1) if file else pasted.encode(), encoding=letters)
        except Unreadable as refused:
            self.add_error(field, str(refused))
        return cleaned


class ColumnsForm(forms.Form):
    """What each column of a list holds, beside an example from it; of two with the same field the first counts."""

    def __init__(self, *args: Any, of: EnrollmentImport, first: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.of = of
        choices = [("", "Leave out"), *FIELDS.items()]
        for place, field in enumerate(of.columns):
            said = first[place] if place < len(first) else ""
            column = forms.ChoiceField(
                label=said[:40] or f"Column {place + 1}", choices=choices, required=False, initial=field
            )
            cast("Any", column).is_needed = True  # one of its choices is to leave it out
            self.fields[f"column-{place}"] = column
        self.fields["headings"] = forms.IntegerField(
            label="Rows above the people", min_value=0, max_value=MOST_HEADINGS, initial=of.headings
        )

    @property
    def words(self) -> str:
        """What is read: "name, e-mail; 2 columns left out"."""
        fields = [FIELDS[field].lower() for field in self.of.columns if field]
        left = self.of.columns.count("")
        out = f"; {left} {'column is' if left == 1 else 'columns are'} left out" if left else ""
        return f"{', '.join(fields) or 'none'}{out}"

    @property
    def chosen(self) -> list[str]:
        said = [self.cleaned_data[f"column-{place}"] for place in range(len(self.of.columns))]
        return [field if field not in said[:place] else "" for place, field in enumerate(said)]


class MendForm(forms.Form):
    """One row of a list written anew, or the person who is meant."""

    name = forms.CharField(max_length=300, required=False)
    email = forms.CharField(max_length=300, required=False)
    person = forms.IntegerField(min_value=1, max_value=2**62, required=False)
