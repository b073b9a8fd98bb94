"""Lists of people as tests send them."""

import io
import zipfile
from collections.abc import Sequence

import xlsxwriter

from courses import actions
from courses.importing.lines import Line
from courses.importing.reading import Read
from courses.models import EnrollmentImport, ImportRow, Offering
from partners.models import Person


def lines(text: str) -> list[Line]:
    """Lines of cells between bars, numbered from 1."""
    return [(number, line.split("|")) for number, line in enumerate(text.splitlines(), start=1)]


def make_import(offering: Offering, by: Person, text: str, **fields: str) -> EnrollmentImport:
    """A list that has been looked up: "Name|E-mail|Partner" lines, with a heading or without."""
    of = actions.take_in(offering, Read(lines(text)), by=by, **fields)
    actions.work_on(of.pk)
    of.refresh_from_db()
    return of


def row(of: EnrollmentImport, number: int) -> ImportRow:
    return ImportRow.objects.select_related("person", "of__made_by", "of__offering").get(of=of, number=number)


def outcomes(of: EnrollmentImport) -> list[str]:
    return list(of.rows.order_by("number").values_list("outcome", flat=True))


def book_of(*sheets: Sequence[Sequence[str]]) -> bytes:
    """A workbook; a cell that begins with = is a formula."""
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file)
    for cells in sheets:
        sheet = book.add_worksheet()
        for number, line in enumerate(cells):
            sheet.write_row(number, 0, line)
    book.close()
    return file.getvalue()


def altered(book: bytes, parts: dict[str, bytes]) -> bytes:
    """The workbook with some parts put in the place of its own."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, parts.get(name, old.read(name)))
        for name in parts.keys() - set(old.namelist()):
            new.writestr(name, parts[name])
    return made.getvalue()
