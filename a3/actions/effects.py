"""Turning what a sheet measured into a claim that is checked."""

from collections.abc import Iterable

from django.db import transaction

from a3.models import Audience, Effect, Sheet
from partners import actions as floor
from partners.models import Claim, Person


@transaction.atomic
def claim_effect(sheet: Sheet, gain: Claim, *, by: Person, days: Iterable[int]) -> Effect:
    """Save `gain` as a claim of the sheet's partner and site, seen by LEI as long as the sheet is."""
    sheet = Sheet.objects.select_for_update().get(pk=sheet.pk)  # its audience must not change meanwhile
    gain.partner_id, gain.site_id = sheet.partner_id, sheet.site_id
    gain.source_words, gain.source_url = f"{sheet.code} {sheet.title}", sheet.get_absolute_url()
    gain.is_shared_with_lei = sheet.audience == Audience.LEI
    return Effect.objects.create(sheet=sheet, claim=floor.claim(gain, by=by, days=days))


def share_effects(sheet: Sheet) -> None:
    """Let the sheet's claims be seen by whom the sheet is seen."""
    Claim.objects.filter(effect__sheet=sheet).update(is_shared_with_lei=sheet.audience == Audience.LEI)
