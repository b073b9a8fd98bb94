"""A book: many sheets as one file, for a year or for a visit. Whoever asked for it alone opens it."""

import datetime as dt
import secrets
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from a3.models.printing import KEPT, SILENT_AFTER
from a3.models.prints import Paper, SheetPrint
from a3.models.sheets import Sheet
from partners.models import Person

if TYPE_CHECKING:
    from partners.models import Someone

MOST_SHEETS = 200


def stored_name(_book: "Book", _name: str) -> str:
    return f"a3/books/{secrets.token_hex(16)}.pdf"


class BookQuerySet(models.QuerySet["Book"]):
    def visible_to(self, user: "Someone") -> Self:
        """Their own."""
        return self.filter(asked_by=user) if user.is_authenticated else self.none()

    def takeable(self, now: dt.datetime) -> Self:
        """Nobody works on it: it waits, or whoever took it has been silent for too long."""
        unfinished = self.filter(ready_at__isnull=True, failed_at__isnull=True, expired_at__isnull=True)
        return unfinished.filter(Q(heard_at__isnull=True) | Q(heard_at__lt=now - SILENT_AFTER))

    def unused(self, now: dt.datetime) -> Self:
        return self.filter(ready_at__isnull=False, used_at__lt=now - KEPT)


class Book(models.Model):
    """`heard_at` is when whoever works on it last said so; each sheet of it is one item, made one after the other."""

    title = models.CharField(max_length=120)
    paper = models.CharField(max_length=6, choices=Paper, default=Paper.A3)
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField(default=timezone.now)
    heard_at = models.DateTimeField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    failure = models.CharField(max_length=500, blank=True)
    used_at = models.DateTimeField(default=timezone.now)
    expired_at = models.DateTimeField(null=True, blank=True)
    file = models.FileField(upload_to=stored_name, blank=True)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)

    objects = BookQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(paper__in=Paper.values), name="a3_book_paper"),
            models.CheckConstraint(
                condition=Q(ready_at__isnull=True) | (~Q(file="") & Q(pages__isnull=False, failed_at__isnull=True)),
                name="a3_book_ready_with_file",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("a3:book_detail", args=[self.pk])

    @property
    def state(self) -> str:
        """One of making, ready, failed, expired."""
        if self.expired_at:
            return "expired"
        if self.ready_at:
            return "ready"
        return "failed" if self.failed_at else "making"


class BookItemQuerySet(models.QuerySet["BookItem"]):
    def visible_to(self, user: "Someone") -> Self:
        return self.filter(book__in=Book.objects.visible_to(user))

    def undone(self) -> Self:
        return self.filter(done_at__isnull=True)


class BookItem(models.Model):
    """One sheet of a book: done when its print is made, or when it is known why there is none."""

    book = models.ForeignKey(Book, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    sheet = models.ForeignKey(Sheet, on_delete=models.CASCADE, related_name="+")
    print = models.ForeignKey(SheetPrint, on_delete=models.SET_NULL, null=True, blank=True, related_name="book_items")
    failure = models.CharField(max_length=500, blank=True)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = BookItemQuerySet.as_manager()

    class Meta:
        ordering = ("book", "position")
        constraints = [models.UniqueConstraint(fields=["book", "position"], name="a3_book_item_once")]

    def __str__(self) -> str:
        return f"{self.position} {self.sheet}"
