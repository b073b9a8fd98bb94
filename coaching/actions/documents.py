"""Adding a document to a visit, and taking one away."""

from functools import partial

from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from a3.documents import Document
from coaching.actions.refusals import HasChanged, Refused
from coaching.models import Visit, VisitDocument
from partners.models import Person

MOST_DOCUMENTS = 20  # of one visit


class TooManyDocuments(Refused):
    """A visit holds no more documents."""

    def __init__(self) -> None:
        super().__init__(f"A visit holds at most {MOST_DOCUMENTS} documents: remove one that nobody needs any more.")


@transaction.atomic
def add_document(visit: Visit, document: Document, *, by: Person) -> VisitDocument:
    """Keep a document with its visit; the same file twice is one. Raises TooManyDocuments, or HasChanged when the
    visit was cancelled meanwhile.
    """
    if not Visit.objects.active().select_for_update(no_key=True).filter(pk=visit.pk).exists():
        raise HasChanged
    there = VisitDocument.objects.standing().filter(visit=visit)
    if known := there.filter(sha256=document.sha256).first():
        return known
    if there.count() >= MOST_DOCUMENTS:
        raise TooManyDocuments
    row = VisitDocument(
        visit=visit,
        name=document.name,
        ending=document.ending,
        size=len(document.content),
        sha256=document.sha256,
        added_by=by,
    )
    row.file.save(document.name, ContentFile(document.content), save=False)
    try:
        with transaction.atomic():
            row.save()
    except Exception:
        row.file.delete(save=False)
        raise
    return row


@transaction.atomic
def remove_document(document: VisitDocument, *, by: Person) -> None:
    """Take it away for everybody; its file is gone after the commit. Twice is no error."""
    rows = VisitDocument.objects.standing().filter(pk=document.pk)
    if rows.update(removed_at=timezone.now(), removed_by=by, file=""):
        transaction.on_commit(partial(document.file.storage.delete, str(document.file.name)))
