"""What the page of one sheet reads at each opening, by SQL that is written once per process."""

from a3.models import Remark, Round, Section, Sheet
from partners.models import Person
from partners.prepared import Prepared

_sections = Prepared(lambda sheet: Section.objects.filter(sheet=sheet).in_order())
_remarks = Prepared(lambda sheet: Remark.objects.filter(sheet=sheet).with_speakers())
_wishes = Prepared(
    lambda sheet, number, to: (
        Round.objects.filter(sheet=sheet, number=number, handed_over_to=to)
        .order_by()
        .select_related("handed_over_by")
        .only("note", "handed_over_by__name")
    ),
    numbers=3,
)


def sections_of(sheet: Sheet) -> list[Section]:
    """Return its sections in order, with their types."""
    return _of(sheet, _sections(sheet.pk))


def remarks_of(sheet: Sheet) -> list[Remark]:
    """Return its remarks as they were made, with who said them."""
    return _of(sheet, _remarks(sheet.pk))


def wish_of(sheet: Sheet, reader: Person) -> Round | None:
    """Return the round with which the sheet was handed over to the reader last, if it says what is wanted."""
    found = _wishes(sheet.pk, sheet.round_number - 1, reader.pk)
    return found[0] if found and found[0].note else None


def _of[Row: (Section, Remark)](sheet: Sheet, rows: list[Row]) -> list[Row]:
    for row in rows:
        row.sheet = sheet
    return rows
