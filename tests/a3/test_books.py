"""Many sheets as one file: made one by one, joined with contents and tags, for the eyes of who asked for it."""

from io import BytesIO

import pypdf
import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone

from a3 import actions, pdf, schedules, tasks
from a3.models import Book, BookItem, Sheet, SheetPrint
from a3.models.printing import SILENT_AFTER
from a3.pdf import books
from tests.a3.factories import make_sheet
from tests.a3.prints import sheet_of
from tests.cast import PEOPLE


def asked(cast, *titles, by=None, **fields):
    sheets = [sheet_of(cast, title=title, **fields) for title in titles]
    return actions.ask_for_book(sheets, by=by or cast.change_agent, title="A year", paper="a3")


def made(book):
    while pdf.bind(book.pk):
        pass
    book.refresh_from_db()
    assert book.state == "ready", book.failure
    with book.file.open() as file:
        return pypdf.PdfReader(BytesIO(file.read()))


def test_cover_contents_and_a_page_per_sheet_with_an_outline_tags_and_language(cast):
    reader = made(asked(cast, "First", "Second"))
    texts = [page.extract_text() for page in reader.pages]
    root = reader.trailer["/Root"]
    parts = root["/StructTreeRoot"]["/K"][0]["/K"]
    assert ["A year" in texts[0], "First" in texts[1], "First" in texts[2], "Second" in texts[3]] == [True] * 4
    assert "3" in texts[1].split("First")[1].split("Second")[0]
    assert [line.title for line in reader.outline] == ["Contents", "First", "Second"]
    assert [reader.get_destination_page_number(line) for line in reader.outline] == [0, 2, 3]
    assert (root["/Lang"], bool(root["/MarkInfo"]["/Marked"]), len(parts)) == ("en", True, 3)
    assert reader.metadata.title == "A year"


def test_each_line_of_the_contents_leads_to_its_sheet(cast):
    reader = made(asked(cast, "First", "Second"))
    notes = [note.get_object() for note in reader.pages[1]["/Annots"]]
    places = [page.indirect_reference for page in reader.pages]
    assert [places.index(list.__getitem__(note["/Dest"], 0)) for note in notes] == [2, 3]
    assert all(note["/Contents"] and "/A" not in note for note in notes)
    kinds = reader.trailer["/Root"]["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    assert {note["/StructParent"] for note in notes} <= set(kinds[::2])


def test_a_sheet_that_cannot_be_printed_is_a_page_that_says_why(cast):
    book = asked(cast, "Fits")
    long = sheet_of(cast, title="Too full", bodies={4: f"<p>{'several causes meet here ' * 700}</p>"})
    BookItem.objects.create(book=book, position=2, sheet=long)
    texts = [page.extract_text() for page in made(book).pages]
    assert "4 Analysis is about" in " ".join(texts[3].split())
    assert "Too full not printed" in " ".join(texts[1].split())


def test_prints_that_are_there_are_used_again(cast, monkeypatch):
    sheet = sheet_of(cast)
    row = actions.ask_for_print(sheet, by=cast.learner)
    tasks.render(row.pk)
    drawn = []
    monkeypatch.setattr("a3.pdf.prints.render", drawn.append)
    made(actions.ask_for_book([sheet], by=cast.change_agent, title="Again", paper="a3"))
    assert drawn == []


def test_a_book_whose_worker_was_killed_goes_on_where_it_stopped(cast, monkeypatch):
    book = asked(cast, "First", "Second")
    monkeypatch.setattr(books, "STRETCH", -1)
    assert pdf.bind(book.pk)  # no time for anything
    Book.objects.update(heard_at=timezone.now())  # taken, and then the worker is killed
    assert not pdf.bind(book.pk)
    Book.objects.update(heard_at=timezone.now() - SILENT_AFTER * 2)
    first = book.items.first()
    books._do(first, book)
    monkeypatch.setattr(books, "STRETCH", 100)
    monkeypatch.setattr(tasks.bind, "delay", tasks.bind)
    schedules.bind_waiting()
    book.refresh_from_db()
    assert (book.state, book.pages, SheetPrint.objects.count()) == ("ready", 4, 2)


def test_a_sheet_that_may_not_be_seen_any_more_is_not_made_and_its_title_not_told(cast):
    book = asked(cast, "Ours", by=cast.coach)
    hidden = sheet_of(cast, title="Secret plan", coach=None)
    BookItem.objects.create(book=book, position=2, sheet=hidden)
    whole = " ".join(page.extract_text() for page in made(book).pages)
    assert "Secret" not in whole
    assert "may not see" in whole


def test_the_file_goes_when_the_asker_loses_sight_of_a_sheet_in_it(cast, sign_in):
    book = asked(cast, "Ours", by=cast.coach)
    made(book)
    url = reverse("a3:book_file", args=[book.pk])
    assert b"".join(sign_in("coach").get(url)).startswith(b"%PDF")
    Sheet.objects.update(coach=None)
    assert sign_in("coach").get(url).status_code == 302
    book.refresh_from_db()
    assert (book.state, book.file.name) == ("expired", "")


def test_only_who_asked_for_it_sees_a_book(cast):
    book = asked(cast, "Ours")
    seeing = {name for name in PEOPLE[1:] if Book.objects.visible_to(cast[name]).exists()}
    items = {name for name in PEOPLE[1:] if BookItem.objects.visible_to(cast[name]).exists()}
    assert seeing == items == {"change_agent"}
    assert list(Book.objects.visible_to(AnonymousUser())) == []
    assert book.items.count() == 1


def test_the_page_says_how_far_it_is_and_asks_again(cast, sign_in):
    book = asked(cast, "First", "Second")
    client = sign_in("change_agent")
    assert "0 of 2 sheets made" in client.get(book.get_absolute_url()).content.decode()
    assert 'hx-trigger="every 2s"' in client.get(book.get_absolute_url()).content.decode()
    made(book)
    assert "Ready, 4 pages" in client.get(book.get_absolute_url()).content.decode()


def test_a_book_of_what_the_list_shows_or_of_chosen_sheets_holds_only_what_one_sees(cast, sign_in):
    sheets = [sheet_of(cast, title=title) for title in ("One", "Two")]
    foreign = make_sheet(cast.outsider, cast.other_site, title="Theirs")
    client = sign_in("change_agent")
    found = client.get(reverse("a3:book_new") + f"?sheet={sheets[0].pk}&sheet={foreign.pk}").content.decode()
    assert ["One" in found, "Two" in found, "Theirs" in found] == [True, False, False]
    chosen = [sheet.pk for sheet in (*sheets, foreign)]
    client.post(reverse("a3:book_new"), {"sheet": chosen, "title": "Visit of Thursday"})
    assert {item.sheet.title for item in Book.objects.get().items.select_related("sheet")} == {"One", "Two"}


def test_two_hundred_sheets_are_the_most(cast):
    sheet = sheet_of(cast)
    with pytest.raises(actions.TooManyBooks, match="200 sheets at most"):
        actions.ask_for_book([sheet] * 201, by=cast.change_agent, title="Much", paper="a3")
