"""Beside a sheet: who agrees, who does not yet, and whose agreement has lapsed."""

from typing import Any

from a3.forms import AnswerForm
from a3.models import Agreement, Sheet
from partners.http import AuthenticatedRequest


def agreement(sheet: Sheet, request: AuthenticatedRequest) -> dict[str, Any]:
    """The answers that count now, former ones below, and a form for who is asked."""
    rows = list(
        Agreement.objects.visible_to(request.user).filter(sheet=sheet).select_related("person", "asked_by", "round")
    )
    current = [row for row in rows if row.over_at is None]
    mine = next((row for row in current if row.person_id == request.user.pk), None)
    context: dict[str, Any] = {
        "agreements": current,
        "former": [row for row in rows if row.over_at and row.answer != "waiting"],
        "missing": [row for row in current if row.answer != "agreed"],
    }
    return context | ({"mine": mine, "answer_form": AnswerForm()} if mine else {})
