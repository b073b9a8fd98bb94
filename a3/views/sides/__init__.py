"""What stands beside a sheet: one module and one template `a3/_side_<name>.html` for each tab."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from a3.models import Sheet
from a3.views.sides.agreement import agreement
from a3.views.sides.coaching import coaching
from a3.views.sides.details import details
from a3.views.sides.effects import effects
from a3.views.sides.rounds import rounds
from partners.http import AuthenticatedRequest

Context = Callable[[Sheet, AuthenticatedRequest], dict[str, Any]]


@dataclass(frozen=True)
class Side:
    """A tab: its name in the address, its label, and the function that gives its template what it shows.

    `reads` is what that needs to be read with the sheet.
    """

    name: str
    label: str
    context: Context
    reads: tuple[str, ...] = ()

    @property
    def template(self) -> str:
        return f"a3/_side_{self.name}.html"


SIDES = (
    Side("coaching", "Coaching", coaching),
    Side("rounds", "Rounds", rounds),
    Side("agreement", "Agreement", agreement),
    Side("effects", "Effects", effects),
    Side("details", "Details", details, reads=("type", "priority")),
)
BY_NAME = {side.name: side for side in SIDES}


def asked_for(request: AuthenticatedRequest) -> Side:
    return BY_NAME.get(request.GET.get("side", ""), SIDES[0])


def side_of(sheet: Sheet, request: AuthenticatedRequest, *, name: str = "", **forms: Any) -> dict[str, Any]:
    """The context of the side panel with the tab `name`, or the one asked for; `forms` are bound ones to show again."""
    side = BY_NAME[name] if name else asked_for(request)
    context = {"sheet": sheet, "side": side, "sides": SIDES} | side.context(sheet, request) | forms
    if "open_threads" not in context:
        context["open_threads"] = sheet.remarks.waiting().count()
    return context
