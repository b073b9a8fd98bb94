"""Claiming a gain, choosing when it is checked, asking, and answering."""

import datetime as dt
from collections.abc import Iterable
from decimal import Decimal

from django.db import transaction
from django.utils import timezone

from partners.actions.obligations import call_off, owe, settle
from partners.models import Check, Claim, Obligation, Person
from partners.models.claims import CHECKED_AFTER

ASKED_AT = dt.time(8)  # on the site's clock
REMINDED_AFTER = (0, 7, 14)  # days after it fell due


class ClaimOver(Exception):
    """The claim was ended: nothing of it is checked any more."""


@transaction.atomic
def claim(gain: Claim, *, by: Person, days: Iterable[int] = CHECKED_AFTER) -> Claim:
    """Save a new claim with a check each so many `days` after it was measured."""
    gain.made_by = by
    gain.save()
    Check.objects.bulk_create(
        Check(claim=gain, due_on=gain.measured_on + dt.timedelta(days=after)) for after in sorted(set(days))
    )
    return gain


@transaction.atomic
def reschedule(gain: Claim, *, on: Iterable[dt.date]) -> None:
    """Let the open checks of a claim be those of the given days; answered ones stay. Raises ClaimOver."""
    gain = Claim.objects.select_for_update(no_key=True).get(pk=gain.pk)
    if gain.ended_at:
        raise ClaimOver("This claim was ended, so it is not checked any more.")
    wanted = set(on) - set(gain.checks.filter(answered_at__isnull=False).values_list("due_on", flat=True))
    dropped = gain.checks.filter(answered_at__isnull=True).exclude(due_on__in=wanted)
    call_off(*[check.key for check in dropped])
    dropped.delete()
    kept = set(gain.checks.values_list("due_on", flat=True))
    Check.objects.bulk_create(Check(claim=gain, due_on=day) for day in sorted(wanted - kept))


@transaction.atomic
def end_claim(gain: Claim, *, by: Person, reason: str) -> bool:
    """Stop checking a claim, with a reason; False when somebody had ended it already."""
    running = Claim.objects.running().filter(pk=gain.pk)
    if not running.update(ended_at=timezone.now(), ended_by=by, ending=reason):
        return False
    call_off(*[check.key for check in gain.checks.all()])
    return True


@transaction.atomic
def answer_check(check: Check, *, outcome: str, value: Decimal | None, made_it_so: str, by: Person) -> None:
    """Keep an answer; a later one replaces it, and the history keeps both. The same again changes nothing.

    Raises ClaimOver, also when the check was dropped because the days of the claim were changed.
    """
    gain = Claim.objects.select_for_update(no_key=True).get(pk=check.claim_id)
    if gain.ended_at:
        raise ClaimOver("This claim was ended in the meantime, so it is not checked any more.")
    mine, answer = Check.objects.filter(pk=check.pk), {"outcome": outcome, "value": value, "made_it_so": made_it_so}
    if not mine.exists():
        raise ClaimOver("The days of the checks were changed in the meantime: nobody is asked about this day any more.")
    mine.exclude(**answer, answered_by=by).update(**answer, answered_at=timezone.now(), answered_by=by)
    settle(check.key)


@transaction.atomic
def ask_checks(now: dt.datetime, *, limit: int) -> int:
    """Put at most `limit` checks that fall due on their claims' owners' lists; returns how many.

    Rows that another planner holds are skipped, so several may run at once; so are those of claims that somebody is
    ending, answering or moving at this moment.
    """
    due = Check.objects.to_ask(now).select_for_update(skip_locked=True, of=("self", "claim"), no_key=True)
    checks = list(due.select_related("claim__owner", "claim__partner", "claim__site")[:limit])
    for check in checks:
        _ask(check)
    Check.objects.filter(pk__in=[check.pk for check in checks]).update(asked_at=now)
    return len(checks)


def _ask(check: Check) -> Obligation:
    gain = check.claim
    due_at = dt.datetime.combine(check.due_on, ASKED_AT, gain.site.tzinfo)
    return owe(
        gain.owner,
        key=check.key,
        partner=gain.partner,
        words=f"Does it still hold? {gain.measure}",
        detail=f"{gain.before} to {gain.now}, {gain.site.name}",
        why="You own what was gained here.",
        url=check.get_absolute_url(),
        verb="Answer",
        due_at=due_at,
        reminders_at=[due_at + dt.timedelta(days=days) for days in REMINDED_AFTER],
    )
