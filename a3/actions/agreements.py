"""Agreement by named people on one frozen round; it lapses while an agreed section says something else."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from a3 import mails
from a3.actions.catchball import freeze
from a3.actions.holding import locked, reads, tell
from a3.actions.states import BEFORE_AGREEMENT, enter_along
from a3.contents import Content, changed_sections, content_of
from a3.models import Agreement, Round, Sheet, State
from a3.models.agreements import AgreementQuerySet
from partners.actions import call_off, owe, post, settle
from partners.models import Person

REMINDED_AFTER = (3, 7, 14)  # days without an answer


class NotAsked(Exception):
    """This person is not asked about this round (any more)."""


class NotReader(Exception):
    """Somebody was to be asked who does not see the sheet (any more)."""


@transaction.atomic
def ask_to_agree(sheet: Sheet, *, people: Iterable[Person], by: Person, note: str = "") -> list[Agreement]:
    """Ask each of `people` to agree on what the sheet says now, which is frozen as a round unless the last one says it.

    Who was asked about an earlier round is asked anew; who was asked about this very round is not asked twice. A sheet
    that was drafted or coached enters “in agreement”. Raises NotReader.
    """
    sheet = locked(sheet)
    if sheet.is_archived:
        raise NotReader("The sheet is in the archive. Take it back from there, then ask.")
    frozen = _round_of_now(sheet, by=by)
    asked = [_ask(frozen, person, by=by, note=note) for person in people if not _was_asked(frozen, person)]
    if asked and sheet.state in BEFORE_AGREEMENT:
        names = ", ".join(agreement.person.name for agreement in asked)
        enter_along(sheet, State.IN_AGREEMENT, by=by, reason=f"Asked {names} to agree on round {frozen.number}."[:500])
    for agreement in asked:
        _owe_answer(agreement, sheet)
        post(mails.agreement_asked(agreement, sheet), key=f"agreement:{agreement.pk}:asked", to=agreement.person)
    return asked


def _round_of_now(sheet: Sheet, *, by: Person) -> Round:
    last = sheet.rounds.first()
    if last and last.content["title"] == sheet.title and not changed_sections(last.content, content_of(sheet)):
        return last
    return freeze(sheet, to=None, by=by)


def _was_asked(frozen: Round, person: Person) -> bool:
    return Agreement.objects.current().filter(round=frozen, person=person).exists()


def _ask(frozen: Round, person: Person, *, by: Person, note: str) -> Agreement:
    if not reads(person, frozen.sheet):
        raise NotReader(f"{person.name} does not see this sheet. Choose somebody who does.")
    _end(Agreement.objects.filter(sheet=frozen.sheet, person=person))
    return Agreement.objects.create(sheet=frozen.sheet, round=frozen, person=person, asked_by=by, note=note)


@transaction.atomic
def agree(agreement: Agreement, *, by: Person, words: str = "") -> None:
    """Say yes to the round. Where the sheet says something else already, the agreement has lapsed at once.

    When nobody's agreement is missing any more, the owner is told. The same said again changes nothing.
    Raises NotAsked.
    """
    sheet = locked(agreement.sheet)
    if _stands(agreement, by=by, words=words, answer="agreed"):
        return
    _answer(agreement, by=by, agreed_at=timezone.now(), not_yet_at=None, words=words)
    Sheet.objects.filter(pk=sheet.pk).update(is_agreed_on=True)
    weigh(Agreement.objects.filter(pk=agreement.pk))
    if not sheet.agreements.missing().exists():
        key = f"agreement:{agreement.pk}:complete:{timezone.now():%Y%m%d%H%M%S}"
        tell(sheet.owner, sheet, mails.agreement_complete(agreement, sheet), key=key)


@transaction.atomic
def not_yet(agreement: Agreement, *, by: Person, words: str) -> None:
    """Say what is missing before this person agrees; everybody who sees the sheet reads it, the owner by mail.

    The same said again changes nothing. Raises NotAsked.
    """
    sheet = locked(agreement.sheet)
    if _stands(agreement, by=by, words=words, answer="not_yet"):
        return
    _answer(agreement, by=by, agreed_at=None, not_yet_at=timezone.now(), words=words)
    agreement.refresh_from_db()
    key = f"agreement:{agreement.pk}:not-yet:{timezone.now():%Y%m%d%H%M%S}"
    tell(sheet.owner, sheet, mails.agreement_not_yet(agreement, sheet), key=key)


def _stands(agreement: Agreement, *, by: Person, words: str, answer: str) -> bool:
    """Whether this person's answer is just this already."""
    now = Agreement.objects.current().filter(pk=agreement.pk, person=by).first()
    return now is not None and (now.answer, now.words) == (answer, words)


def _answer(agreement: Agreement, *, by: Person, words: str, **times: dt.datetime | None) -> None:
    mine = Agreement.objects.current().filter(pk=agreement.pk, person=by, sheet__in=Sheet.objects.kept())
    if not mine.update(words=words, lapsed_at=None, lapsed_sections=[], **times):
        raise NotAsked("You are not asked about this round any more. Look at the sheet as it is now.")
    settle(_key(agreement))


@transaction.atomic
def stop_asking(agreement: Agreement) -> None:
    """Take the question back, answered or not; what was said stays in the history."""
    locked(agreement.sheet)  # so that nobody answers meanwhile
    _end(Agreement.objects.filter(pk=agreement.pk))


def _end(agreements: AgreementQuerySet) -> None:
    call_off(*[_key(agreement) for agreement in agreements.current()])
    agreements.current().update(over_at=timezone.now())


def weigh(agreements: AgreementQuerySet) -> None:
    """Compare each round that was agreed on with what its sheet says now: lapsed while a section differs.

    Call it in the transaction that changes what a sheet says, after the sheet's own row was written or locked, so that
    whoever agrees at the same moment waits.
    """
    agreed = agreements.current().filter(agreed_at__isnull=False).select_related("round", "sheet")
    present: dict[int, Content] = {}
    for agreement in agreed:
        if agreement.sheet_id not in present:
            present[agreement.sheet_id] = content_of(agreement.sheet)
        _weigh(agreement, changed_sections(agreement.round.content, present[agreement.sheet_id]))


def _weigh(agreement: Agreement, changed: list[str]) -> None:
    if changed != agreement.lapsed_sections:
        agreement.lapsed_sections = changed
        agreement.lapsed_at = (agreement.lapsed_at or timezone.now()) if changed else None
        agreement.save(update_fields=["lapsed_sections", "lapsed_at"])


def owe_answers(sheet: Sheet) -> None:
    """Put the question back on the list of each who has not answered yet."""
    for agreement in sheet.agreements.current().filter(agreed_at__isnull=True, not_yet_at__isnull=True):
        _owe_answer(agreement, sheet)


def _owe_answer(agreement: Agreement, sheet: Sheet) -> None:
    owe(
        agreement.person,
        key=_key(agreement),
        partner=sheet.partner,
        words=f"Say whether you agree to {sheet.owner.name}'s A3 “{sheet.title}”",
        why=f"{agreement.asked_by.name} asks you to agree on round {agreement.round.number}.",
        detail=agreement.note,
        url=f"{sheet.get_absolute_url()}?side=agreement",
        verb="Agree, or not yet",
        asked_by=agreement.asked_by,
        reminders_at=[agreement.asked_at + dt.timedelta(days=days) for days in REMINDED_AFTER],
    )


def _key(agreement: Agreement) -> str:
    return f"sheet:{agreement.sheet_id}:agreement:{agreement.pk}"
