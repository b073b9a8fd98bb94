"""Taking a list of people in: looked at first, mended in place, and entered by the same action as everyone else.

All of it may be repeated, also by two at the same moment: each step holds the list's row lock, and each row is entered
in a transaction of its own, in the order of the list.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from hashlib import sha256

from django.db import IntegrityError, transaction
from django.utils import timezone

from courses.actions.refusals import Refused, check_open
from courses.actions.seating import enroll
from courses.actions.weighing import weigh
from courses.importing.columns import plan_of
from courses.importing.reading import Read
from courses.models import Enrollment, EnrollmentImport, ImportRow, Offering
from courses.models.imports import COUNTING, DONE
from partners.models import Person

Outcome = ImportRow.Outcome
Work = EnrollmentImport.Work
AGAIN = dt.timedelta(minutes=1)
AT_ONCE = 500  # rows that a request looks up or enters itself
BATCH = 1000
PATIENCE = dt.timedelta(seconds=8)  # of a request
LEASE = dt.timedelta(seconds=90)
MOST_LISTS = 20  # of one person
WEIGHED = ["name", "email", "person", "is_chosen", "candidates", "outcome", "says", "turn"]


class Working(Refused):
    """The list is being read or entered."""


class RowDone(Refused):
    """The row was entered, or is none that can be mended."""


@transaction.atomic
def take_in(offering: Offering, read: Read, *, by: Person, name: str = "") -> EnrollmentImport:
    """Keep a list that was read, with what its columns seem to be; nobody is put down. The same within a minute: once.

    Raises the refusals of `check_open`. What becomes of its rows is said by `work_on`.
    """
    check_open(offering, timezone.now(), by=by)
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)  # a second click waits, and finds the first one's list
    digest = sha256(repr((read.lines, read.read_as)).encode()).hexdigest()
    own = EnrollmentImport.objects.filter(made_by=by)
    same = own.filter(offering=offering, digest=digest, made_at__gt=timezone.now() - AGAIN).first()
    if same:
        return same
    own.filter(pk__in=list(own.values_list("pk", flat=True)[MOST_LISTS - 1 :])).delete()
    plan = plan_of(read.lines)
    of = EnrollmentImport.objects.create(
        offering=offering,
        made_by=by,
        name=name[-200:],
        read_as=read.read_as[:40],
        sheet=read.sheet[:100],
        digest=digest,
        columns=plan.fields,
        headings=plan.headings,
    )
    rows = (ImportRow(of=of, number=number, cells=cells) for number, cells in read.lines)
    ImportRow.objects.bulk_create(rows, batch_size=BATCH)
    return of


def forget_imports(now: dt.datetime) -> None:
    """Take away the lists that are two weeks old."""
    EnrollmentImport.objects.forgotten(now).delete()


def throw_away(of: EnrollmentImport) -> None:
    """Forget a list now; who was put down by it stays. Again: nothing."""
    EnrollmentImport.objects.filter(pk=of.pk).delete()


@transaction.atomic
def match_columns(of: EnrollmentImport, fields: Sequence[str], *, headings: int) -> EnrollmentImport:
    """Say what each column holds; each row that is not entered or left out is looked up anew. Raises Working."""
    of = _lock(of)
    of.columns, of.headings, of.work = list(fields), headings, Work.READING
    of.save(update_fields=["columns", "headings", "work"])
    settled = (*DONE, Outcome.LEFT_OUT)
    rows = of.rows.exclude(outcome__in=settled)
    rows.update(outcome=Outcome.UNREAD, is_chosen=False, candidates=[], says="", turn=3)
    return of


def mend(row: ImportRow, *, name: str = "", email: str = "", person: int | None = None) -> ImportRow:
    """Write a row's name and address anew, or say which of its candidates is meant; then look it up again.

    Raises Working and RowDone.
    """

    def written(row: ImportRow) -> None:
        if person is not None and person in row.candidates:
            row.person_id, row.is_chosen = person, True
        else:
            row.name, row.email, row.is_chosen = name[:300], email.strip().lower()[:300], False
        row.is_mended = True

    return _change(row, written)


def leave_out(row: ImportRow) -> ImportRow:
    """Take a row out of the list, or in again when it is out. Raises Working and RowDone."""

    def turned(row: ImportRow) -> None:
        if row.outcome == Outcome.LEFT_OUT:
            row.outcome = Outcome.UNREAD
        else:
            row.becomes(Outcome.LEFT_OUT)

    return _change(row, turned)


@transaction.atomic
def _change(row: ImportRow, change: Callable[[ImportRow], None]) -> ImportRow:
    of = _lock(row.of)
    row = of.rows.select_related("person").get(pk=row.pk)
    if row.outcome in DONE or row.outcome == Outcome.HEADING:
        raise RowDone(f"Row {row.number} has been entered already. Reload the page.")
    former = row.person_id if row.outcome in COUNTING else None
    change(row)
    row.of = of
    if row.outcome != Outcome.LEFT_OUT:
        row.outcome = Outcome.UNREAD
        weigh(of, [row])
    row.save()
    if former and former != (row.person_id if row.outcome in COUNTING else None):
        _free(of, former)
    return row


def _free(of: EnrollmentImport, person: int) -> None:
    """A row said the same person as one that now says somebody else, or nobody: it counts instead."""
    twin = of.rows.filter(person=person, outcome=Outcome.TWICE).order_by("number").first()
    if twin and not of.rows.filter(person=person).counting().exists():
        weigh(of, [twin])
        twin.save()


def _lock(of: EnrollmentImport) -> EnrollmentImport:
    """The list as it is now, which nobody else changes until the transaction ends. Raises Working."""
    of = _held(of.pk)
    if of.work:
        raise Working("The list is being worked on. Wait until that has ended, then go on.")
    return of


def _held(pk: int) -> EnrollmentImport:
    held = EnrollmentImport.objects.select_for_update(of=("self",), no_key=True)
    return held.select_related("made_by", "offering__course", "offering__partner").get(pk=pk)


@transaction.atomic
def confirm(of: EnrollmentImport) -> EnrollmentImport:
    """Have everyone put down who can be; `work_on` does it. Again, or with nobody to put down: nothing."""
    of = _held(of.pk)
    if not of.work and of.rows.ready().exists():
        of.work = Work.ENTERING
        of.save(update_fields=["work"])
    return of


def work_on(pk: int, *, seconds: float = PATIENCE.total_seconds()) -> None:
    """Look rows up or enter them, as long as there are any and for so many seconds; what is left waits for the next."""
    now = timezone.now()
    if not EnrollmentImport.objects.claim(pk, now, now + LEASE):
        return
    until = now + dt.timedelta(seconds=seconds)
    try:
        while _step(pk) and timezone.now() < until:
            pass
    finally:
        EnrollmentImport.objects.filter(pk=pk).update(held_until=None)


@transaction.atomic
def _step(pk: int) -> bool:
    """One piece of the work; False when there is none left, or the list was thrown away."""
    try:
        of = _held(pk)
    except EnrollmentImport.DoesNotExist:
        return False
    if of.work == Work.READING and _look_up(of):
        return True
    if of.work == Work.ENTERING and of.made_by.is_active and _enter(of):
        return True
    of.work = Work.LOOKED_AT
    of.save(update_fields=["work"])
    return False


def _look_up(of: EnrollmentImport) -> bool:
    rows = list(of.rows.filter(outcome=Outcome.UNREAD).order_by("number").select_related("person")[:BATCH])
    if not rows:
        return False
    above = set(of.rows.order_by("number").values_list("pk", flat=True)[: of.headings])
    people = [row for row in rows if row.pk not in above]
    weigh(of, people)
    for row in rows:
        if row.pk in above:
            row.becomes(Outcome.HEADING)
    ImportRow.objects.bulk_create(rows, update_conflicts=True, update_fields=WEIGHED, unique_fields=["id"])
    return True


def _enter(of: EnrollmentImport) -> bool:
    row = of.rows.ready().select_related("person").first()
    if row is None or row.person is None:
        return False
    try:
        enrollment = _enrolled(of, row.person)
    except Refused as refusal:
        row.becomes(Outcome.REFUSED, str(refusal))
    else:
        row.becomes(Outcome.SEATED if enrollment.has_seat else Outcome.WAITS)
    row.save(update_fields=["outcome", "says", "turn"])
    return True


def _enrolled(of: EnrollmentImport, person: Person) -> Enrollment:
    """By the one engine; who was put down by somebody else at this very moment is found at the second try."""
    try:
        return enroll(of.offering, person=person, by=of.made_by)
    except IntegrityError:
        return enroll(of.offering, person=person, by=of.made_by)
