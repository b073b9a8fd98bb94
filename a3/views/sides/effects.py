"""Beside a sheet: what it achieved, and whether that still holds."""

from typing import Any

from a3.models import Effect, Sheet
from partners.http import AuthenticatedRequest
from partners.models import Claim


def effects(sheet: Sheet, request: AuthenticatedRequest) -> dict[str, Any]:
    """Each claim with its checks; `answering` are those this person may answer for."""
    found = list(Effect.objects.visible_to(request.user).filter(sheet=sheet).with_claims())
    answering = Claim.objects.editable_by(request.user).filter(pk__in=[effect.claim_id for effect in found])
    opening = Claim.objects.visible_to(request.user).filter(pk__in=[effect.claim_id for effect in found])
    return {
        "effects": found,
        "answering": set(answering.values_list("pk", flat=True)),
        "opening": set(opening.values_list("pk", flat=True)),
    }
