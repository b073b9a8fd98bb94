"""Prints for tests, and who may open them."""

from dataclasses import asdict
from typing import Any

from django.utils import timezone

from a3 import actions
from a3.models import Book, BookItem, MarkedPrint, Sheet, SheetPrint
from a3.pdf import TooLong, version_of
from a3.pdf.fitting import Overflow
from a3.pictures import Picture
from leipartners.demo.rich import figures_of, with_figures
from leipartners.demo.sheets import rich_sheets
from tests.a3.factories import make_remark, make_round, make_sheet, sheet_type, write
from tests.access import ALL, Row, only
from tests.cast import Cast

BODIES = {
    1: "<p>Beds upstairs open late: the wait for a bed went from <strong>3.9 to 6.2 hours</strong> in a year.</p>",
    2: "<ul><li><p>Six walks on the ward.</p></li><li><p>17 % leave before noon.</p></li></ul>",
    3: "<table><tbody><tr><th><p>Measure</p></th><th><p>Goal</p></th></tr>"
    "<tr><td><p>Order to door</p></td><td><p>2.0 h</p></td></tr></tbody></table>",
}
# Its partner's people, the coach named on it; LEI's staff only once it is shared.
READERS = ("learner", "change_agent", "sponsor", "coach")


def sheet_of(cast: Cast, **fields: Any) -> Sheet:
    given: dict[str, Any] = {"coach": cast.coach, "bodies": BODIES}
    return make_sheet(cast.change_agent, cast.site, **given | fields)


def make_print(sheet: Sheet, **fields: Any) -> SheetPrint:
    given = {"version": version_of(sheet.pk), "version_key": "0" * 64, "asked_by": sheet.owner} | fields
    return SheetPrint.objects.create(sheet=sheet, **given)


def full_sheet(cast: Cast) -> Sheet:
    """A sheet as rich as they come, with its remarks."""
    rich = rich_sheets()[0]
    numbers = {section.name: section.position for section in sheet_type(rich.type).sections.all()}
    bodies = {numbers[name]: html for name, html in rich.sections.items()}
    sheet = sheet_of(cast, title=rich.title, sponsor=cast.sponsor)
    figures = figures_of(sheet, rich)
    write(sheet, {number: with_figures(html, figures) for number, html in bodies.items()})
    for remark in rich.remarks:
        make_remark(sheet, cast.coach, number=numbers[remark.section], text=remark.text)
    return sheet


def failed(cast: Cast) -> SheetPrint:
    overflow = Overflow(4, "Analysis", 9)
    failure = {"failure": str(TooLong(overflow)), "too_long": [asdict(overflow)]}
    return make_print(sheet_of(cast), failed_at=timezone.now(), **failure)


def expired(cast: Cast) -> SheetPrint:
    return make_print(sheet_of(cast), expired_at=timezone.now())


def ready(cast: Cast) -> SheetPrint:
    return make_print(sheet_of(cast), ready_at=timezone.now(), file="a3/prints/made.pdf", pages=1)


def round_of(cast: Cast) -> list[int]:
    sheet = sheet_of(cast)
    return [sheet.pk, make_round(sheet, to=cast.coach).number]


def book_of(cast: Cast) -> list[int]:
    book = Book.objects.create(title="Sheets of a year", asked_by=cast.change_agent)
    BookItem.objects.create(book=book, position=1, sheet=sheet_of(cast))
    return [book.pk]


def marked(cast: Cast) -> MarkedPrint:
    frozen = make_round(sheet_of(cast), to=cast.coach)
    return actions.add_marked_print(frozen, Picture(b"not looked at here", "jpg", 4, 3), by=cast.coach)


PRINTS = {
    "a3:marked_print_new": Row(only("change_agent", "coach", status=422), args=round_of, data={}),
    "a3:marked_print_file": Row(only(*READERS), args=lambda cast: [marked(cast).pk]),
    "a3:book_new": Row(ALL),
    "a3:book_detail": Row(only("change_agent"), args=book_of),
    "a3:book_again": Row(only("change_agent", status=302), args=book_of, data={}),
    "a3:book_file": Row(only(), args=book_of),  # nobody before it is made
    "a3:sheet_fullness": Row(only(*READERS, status=204), args=lambda cast: [sheet_of(cast).pk], data={}),
    "a3:print_new": Row(only(*READERS, status=302), args=lambda cast: [sheet_of(cast).pk], data={}),
    "a3:print_detail": Row(only(*READERS), args=lambda cast: [make_print(sheet_of(cast)).pk]),
    "a3:print_again": Row(only(*READERS, status=302), args=lambda cast: [make_print(sheet_of(cast)).pk], data={}),
    "a3:round_print": Row(only(*READERS, status=302), args=round_of, data={}),
    "a3:print_here": Row(only(*READERS, status=302), args=lambda cast: [make_print(sheet_of(cast)).pk], data={}),
    "a3:print_file": Row(only(), args=lambda cast: [make_print(sheet_of(cast)).pk]),  # nobody before it is made
}
