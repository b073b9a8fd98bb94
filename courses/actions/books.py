"""Asking for all certificates and letters of an offering as one file, and letting go of one that is not so any more."""

from django.db import IntegrityError, transaction
from django.utils import timezone

from a3.actions import count_prints
from courses import tasks
from courses.models import CertificateBook, Offering
from partners.lib.queueing import enqueue
from partners.models import Person


@transaction.atomic
def ask_for_book(offering: Offering, *, by: Person, paper: str) -> CertificateBook:
    """Begin the book as things are now; one that this person waits for is that one. Raises TooManyPrints."""
    count_prints(CertificateBook, by)
    mine = CertificateBook.objects.filter(offering=offering, asked_by=by)
    if row := mine.unfinished().first():
        return row
    try:
        with transaction.atomic():
            row = CertificateBook.objects.create(offering=offering, asked_by=by, paper=paper)
    except IntegrityError:  # asked for twice at the same moment
        return mine.latest("queued_at", "pk")
    enqueue(tasks.print_book, row.pk)
    return row


def let_go_of_book(book: CertificateBook) -> None:
    """Take its file away: what it says is not so any more."""
    name = str(book.file.name)
    gone = {"ready_at": None, "pages": None, "file": "", "expired_at": timezone.now()}
    if CertificateBook.objects.filter(pk=book.pk, ready_at__isnull=False).update(**gone):
        book.file.storage.delete(name)
