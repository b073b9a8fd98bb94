"""Asking for a book, and opening it."""

import datetime as dt
from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone

from a3 import tasks
from a3.actions.twice import sent_before
from a3.models import Book, BookItem, Sheet
from a3.models.books import MOST_SHEETS
from partners.lib.queueing import enqueue
from partners.models import Person

MOST_AN_HOUR = 10


class TooManyBooks(Exception):
    """Too many sheets for one book, or too many books within an hour; the sentence says which."""


class BookWithdrawn(Exception):
    """A sheet in the book may not be seen any more by the person it was made for."""


@transaction.atomic
def ask_for_book(sheets: Sequence[Sheet], *, by: Person, title: str, paper: str) -> Book:
    """Begin a book of these sheets, in this order. Raises TooManyBooks. Asked twice within a minute, it is one book."""
    if len(sheets) > MOST_SHEETS:
        raise TooManyBooks(f"A book holds {MOST_SHEETS} sheets at most. Narrow the list, then make two.")
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    numbers = [sheet.pk for sheet in sheets]
    before = sent_before(Book.objects.filter(asked_by=by), at="asked_at", title=title, paper=paper)
    if before and [item.sheet_id for item in before.items.all()] == numbers:
        return before
    lately = Book.objects.filter(asked_by=by, asked_at__gt=timezone.now() - dt.timedelta(hours=1))
    if lately.count() >= MOST_AN_HOUR:
        raise TooManyBooks("You have asked for ten books within an hour. Wait a while, then ask again.")
    book = Book.objects.create(title=title, paper=paper, asked_by=by)
    BookItem.objects.bulk_create(
        BookItem(book=book, position=position, sheet=sheet) for position, sheet in enumerate(sheets, start=1)
    )
    enqueue(tasks.bind, book.pk)
    return book


@transaction.atomic
def make_book_again(book: Book) -> None:
    """All of it once more, of the sheets as they are now: it failed or was cleaned away. One being made goes on."""
    fresh = {"failed_at": None, "failure": "", "expired_at": None, "heard_at": None, "asked_at": timezone.now()}
    ended = Book.objects.filter(pk=book.pk).exclude(failed_at=None, expired_at=None)
    if ended.update(**fresh):
        book.items.update(done_at=None, failure="", print=None)
        enqueue(tasks.bind, book.pk)


def open_book(book: Book, *, by: Person) -> None:
    """Note that it is used. Raises BookWithdrawn, and lets go of the file, when a sheet in it may not be seen now."""
    within = book.items.filter(print__isnull=False)
    if within.exclude(sheet__in=Sheet.objects.visible_to(by)).exists():
        withdraw(book)
        raise BookWithdrawn
    Book.objects.filter(pk=book.pk).update(used_at=timezone.now())


def withdraw(book: Book) -> None:
    """Let go of a book's file."""
    name = str(book.file.name)
    if Book.objects.filter(pk=book.pk, ready_at__isnull=False).update(
        ready_at=None, pages=None, file="", expired_at=timezone.now()
    ):
        book.file.storage.delete(name)
