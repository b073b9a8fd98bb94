"""Turning what a sheet measured into a claim that is checked."""

from collections.abc import Iterable

from django.db import transaction

from a3.actions.holding import kept
from a3.actions.twice import sent_before
from a3.models import Audience, Effect, Sheet
from partners import actions as floor
from partners.models import Claim, Person


@transaction.atomic
def claim_effect(sheet: Sheet, gain: Claim, *, by: Person, days: Iterable[int]) -> Effect:
    """Save `gain` as a claim of the sheet's partner and site, seen by LEI as long as the sheet is.

    Raises NotAsSeen. The same claimed once more within a minute is one claim.
    """
    sheet = kept(sheet)  # its audience must not change meanwhile
    if before := _claimed_before(sheet, gain):
        return before
    gain.partner_id, gain.site_id = sheet.partner_id, sheet.site_id
    gain.source_words, gain.source_url = f"{sheet.code} {sheet.title}", sheet.get_absolute_url()
    gain.is_shared_with_lei = sheet.audience == Audience.LEI
    return Effect.objects.create(sheet=sheet, claim=floor.claim(gain, by=by, days=days))


def _claimed_before(sheet: Sheet, gain: Claim) -> Effect | None:
    same = {name: getattr(gain, name) for name in ("measure", "unit", "baseline", "value", "measured_on", "owner_id")}
    before = sent_before(Claim.objects.filter(effect__sheet=sheet), at="made_at", **same)
    return Effect.objects.get(claim=before) if before else None


def share_effects(sheet: Sheet) -> None:
    """Let the sheet's claims be seen by whom the sheet is seen."""
    Claim.objects.filter(effect__sheet=sheet).update(is_shared_with_lei=sheet.audience == Audience.LEI)
