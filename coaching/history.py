"""What happened to a visit or a request, from the history that the database keeps, in words."""

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple, cast

from coaching import words
from coaching.models import Override, ShortNotice, Visit, VisitDocument, VisitRequest
from coaching.notice import counted, missed
from partners.lib.calendars import zone_named
from partners.models import Person

FIELDS = (
    "starts_at",
    "ends_at",
    "zone",
    "is_whole_days",
    "coach_id",
    "placed_at",
    "placed_by_id",
    "moved_at",
    "moved_by_id",
    "coach_confirmed_at",
    "coach_confirmed_by_id",
    "partner_confirmed_at",
    "partner_confirmed_by_id",
    "confirmed_at",
    "cancelled_at",
    "cancelled_by_id",
    "cancel_reason",
    "declined_for",
    "changed_at",
)


class Deed(NamedTuple):
    at: dt.datetime
    words: str


def history_of(visit: Visit) -> list[Deed]:
    """Return who did what, the latest first, each at the time that was written with it. Five queries, however long."""
    events = cast("Any", visit).events  # pghistory adds this to the model
    states = list(events.order_by("pgh_id").values(*FIELDS))
    names = _names(states, *FIELDS)
    deeds: list[Deed] = []
    before: dict[str, Any] = {}
    for state in states:
        deeds += _Change(visit, before, state, names).deeds()
        before = state
    deeds += [Deed(row.at, f"{row.by} overrode a warning. {row.words} {row.reason}") for row in _overrides(visit)]
    deeds += [deed for document in _documents(visit) for deed in _of_document(document)]
    deeds += [deed for late in _short_notices(visit) for deed in _of_notice(late)]
    deeds.reverse()  # of two deeds in one moment the later comes first
    return sorted(deeds, key=lambda deed: deed.at, reverse=True)


def _overrides(visit: Visit) -> Iterable[Override]:
    return visit.overrides.select_related("by").order_by("at", "pk")


def _documents(visit: Visit) -> Iterable[VisitDocument]:
    return visit.documents.select_related("added_by", "removed_by")


def _of_document(document: VisitDocument) -> Iterable[Deed]:
    yield Deed(document.added_at, f"{document.added_by} added a document: {document.name}")
    if document.removed_at:
        yield Deed(document.removed_at, f"{document.removed_by} removed a document: {document.name}")


def _short_notices(visit: Visit) -> Iterable[ShortNotice]:
    return visit.short_notices.select_related("waived_by", "version").order_by("at", "pk")


def _of_notice(late: ShortNotice) -> Iterable[Deed]:
    yield Deed(late.at, f"{missed(late)} {counted(late)}")
    if late.waived_at:
        yield Deed(late.waived_at, f"{late.waived_by} waived the short notice: {late.waive_reason}")


def _names(states: list[dict[str, Any]], *fields: str) -> dict[int | None, str]:
    people = {state[name] for state in states for name in fields if name.endswith("_id")} - {None}
    return dict(Person.objects.filter(pk__in=people).values_list("pk", "name"))


class _Change(NamedTuple):
    """Two states of a visit that follow each other; `before` is empty for the first."""

    visit: Visit
    before: dict[str, Any]
    now: dict[str, Any]
    names: dict[int | None, str]

    def name(self, field: str) -> str:
        return self.names[self.now[f"{field}_id"]]

    def became(self, field: str) -> bool:
        return bool(self.now[field]) and self.now[field] != self.before.get(field)

    def deeds(self) -> Iterable[Deed]:
        if not self.before:
            said = f"{self.name('placed_by')} placed it on {self.name('coach')}, {_when(self.now)}."
            yield Deed(self.now["placed_at"], said)
        yield from self._moved()
        for side in ("coach", "partner"):
            if self.became(f"{side}_confirmed_at"):
                said = f"{self.name(f'{side}_confirmed_by')} confirmed it for the {side}."
                yield Deed(self.now[f"{side}_confirmed_at"], said)
        if self.became("cancelled_at"):
            side = self.now["declined_for"]
            deed = f"declined it for the {side}" if side else "cancelled it"
            yield Deed(self.now["cancelled_at"], f"{self.name('cancelled_by')} {deed}: {self.now['cancel_reason']}")

    def _moved(self) -> Iterable[Deed]:
        if self.became("moved_at"):
            to_coach = f" and gave it to {self.name('coach')}" if self.became("coach_id") else ""
            yield Deed(self.now["moved_at"], f"{self.name('moved_by')} moved it to {_when(self.now)}{to_coach}.")
        elif self.before and self.became("zone"):
            yield Deed(self.now["changed_at"], _new_zone(self.visit, self.before, self.now))


def _new_zone(visit: Visit, before: dict[str, Any], now: dict[str, Any]) -> str:
    was, is_now = (words.city(zone_named(state["zone"])) for state in (before, now))
    is_lost = before["confirmed_at"] and not now["confirmed_at"]
    lost = " The coach is elsewhere then: it is tentative again." if is_lost else ""
    return f"The zone of {visit.site} changed from {was} to {is_now}: it keeps its clocks, {_when(now)}.{lost}"


def _when(state: dict[str, Any]) -> str:
    then = Visit(
        zone=state["zone"],
        starts_at=state["starts_at"],
        ends_at=state["ends_at"],
        is_whole_days=state["is_whole_days"],
    )
    return words.when(then)


REQUESTED = ("amended", "withdrawn", "declined")


def request_history_of(asked: VisitRequest) -> list[Deed]:
    """Return what happened to a request, the latest first."""
    events = cast("Any", asked).events
    fields = [f"{deed}_{what}" for deed in REQUESTED for what in ("at", "by_id")]
    states = list(events.order_by("pgh_id").values("pgh_created_at", "placed_at", "decline_reason", *fields))
    names = _names(states, *fields)
    deeds = [Deed(asked.asked_at, f"{asked.asked_by.name} asked for it.")]
    before: dict[str, Any] = {}
    for state in states:
        deeds += _became(before, state, names)
        before = state
    return deeds[::-1]


def _became(before: dict[str, Any], now: dict[str, Any], names: dict[int | None, str]) -> list[Deed]:
    said = []
    verbs = {
        "amended": "changed it.",
        "withdrawn": "took it back.",
        "declined": f"declined it: {now['decline_reason']}",
    }
    for deed, verb in verbs.items():
        if now[f"{deed}_at"] and now[f"{deed}_at"] != before.get(f"{deed}_at"):
            said.append(Deed(now[f"{deed}_at"], f"{names[now[f'{deed}_by_id']]} {verb}"))
    if now["placed_at"] and not before.get("placed_at"):
        said.append(Deed(now["placed_at"], "LEI placed it."))
    if before.get("placed_at") and not now["placed_at"]:
        said.append(Deed(now["pgh_created_at"], "It waits again."))
    return said
