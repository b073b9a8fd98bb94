"""HTML of what stands beside the grid: the agenda of narrow screens, the requests to place, the links to coaches.

In Python for the same reason as the grid.
"""

import datetime as dt
from collections.abc import Iterable
from html import escape
from typing import Any

from django import template
from django.utils.safestring import SafeString

from coaching.board import Board
from coaching.board.agenda import Entry
from coaching.board.marks import KINDS
from coaching.board.tray import Tray
from coaching.board.weeks import WeekEntry
from coaching.templatetags.board_pieces import NOTHING, icon_of, strip
from partners.lib.addresses import address_of
from partners.lib.calendars import MONTHS
from partners.models import Person
from partners.templatetags.house import one, repeated

register = template.Library()

CHIP = '<a href="?coach={}{}"{}><span class="av s {}" aria-hidden="true">{}</span>{}</a>'
CURRENT = one(' aria-current="{}"', "true")


@register.filter
def days(board: Board) -> SafeString:
    """Return the days on which something happens, or the weeks of a quarter, each with its list."""
    return SafeString("".join([_day(board, on, entries) for on, entries in board.agenda]))


def _day(board: Board, on: dt.date, entries: Iterable[Entry | WeekEntry]) -> str:
    words = f"Week of {on.day} {on:%B}" if board.view.is_by_week else f"{on:%A} {on.day} {on:%B}"
    now = '<small class="now">today</small>' if on == board.today else ""
    shown = [_week(entry) if isinstance(entry, WeekEntry) else _entry(entry) for entry in entries]
    return f"<h3>{words}{now}</h3><ul>{''.join(shown)}</ul>"


def _entry(entry: Entry) -> str:
    mark = entry.mark
    title = escape(f"{mark.title}, {mark.line}" if mark.line else mark.title)
    named = f'<a class="title" href="{mark.url}">{title}</a>' if mark.url else f'<span class="title">{title}</span>'
    soft = '<p class="soft">Tentative</p>' if mark.is_tentative else ""
    return (
        f'<li class="ag"><span class="ic {mark.css}">{icon_of(mark.kind)}</span>{named}<p>{escape(entry.line)}<br>'
        f'<span class="clock">{entry.clock}</span>{entry.yours}</p>{soft}{_bad(mark.clashes)}</li>'
    )


def _week(entry: WeekEntry) -> str:
    row, week = entry.row, entry.week
    return (
        f'<li class="ag wk">{strip("".join(week.days))}<a class="title" href="?range=week&amp;from='
        f'{week.monday}{escape(row.keep)}">{escape(row.name)}</a><p>{escape("; ".join(week.said))}</p>'
        f"{_bad(week.clashes)}</li>"
    )


def _bad(clashes: list[str]) -> str:
    return f'<p class="bad">In conflict: {escape(" ".join(clashes))}</p>' if clashes else ""


@register.filter
def cards(tray: Tray) -> SafeString:
    """Return the requests that wait to be placed."""
    return SafeString("".join([_card(tray, asked) for asked in tray.requests]))


def _card(tray: Tray, asked: Any) -> str:
    label, is_on_site = KINDS[asked.kind]
    kind, site = escape(label), escape(asked.site__name)
    partner, due = escape(asked.site__partner__name), asked.preferred_to
    name = f"{kind} for {partner}, {site}"
    return (
        f'<li class="req{" movable" if tray.may_move else ""}" id="request-{asked.pk}" data-request="{asked.pk}" '
        f'data-halves="{2 if is_on_site else 1}" data-from="{asked.preferred_from}" data-name="{name}">'
        f'<span class="k {asked.kind}">{icon_of(asked.kind)}{kind}</span>'
        f'<span class="due{" soon" if asked.preferred_from <= tray.shown_until else ""}">by {due.day} '
        f'{MONTHS[due.month]}</span><b><a href="{address_of("coaching:request_detail", asked.pk)}">{partner}</a></b>'
        f"<p>{site}. {escape(tray.shortened(asked.purpose))}</p>{_deed(tray, asked.pk, name)}</li>"
    )


def _deed(tray: Tray, pk: int, name: str) -> str:
    if tray.may_place:
        return f'<a class="act" href="{address_of("coaching:request_place", pk)}" aria-label="Place {name}">Place…</a>'
    if tray.may_withdraw:
        address = address_of("coaching:request_withdraw", pk)
        return f'<button class="act" type="submit" form="withdraw" formaction="{address}">Withdraw</button>'
    return ""


@register.simple_tag
def chips(coaches: Iterable[Person], chosen: Person | None, keep: str) -> SafeString:
    """Return the links that show one coach only; `keep` is what they keep of this address."""
    shown = ((c.pk, keep, CURRENT if c == chosen else NOTHING, c.tone, c.initials, c.given_name) for c in coaches)
    return repeated(CHIP, shown)
