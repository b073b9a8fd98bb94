"""HTML of the grid: its columns, its rows, what stands in them.

Written in Python, each word of people escaped where it enters: a page shows hundreds of them, and as template rows or
with Django's own, lazy `escape` they cost half of it.
"""

from collections.abc import Iterable
from functools import cache
from html import escape

from django import template
from django.utils.safestring import SafeString

from coaching.board import Board
from coaching.board.columns import Column, bands_of
from coaching.board.marks import Mark
from coaching.board.rows import Row
from coaching.board.weeks import KINDS, Week, WeekRow
from partners.models import Person
from partners.templatetags.house import icon, one, repeated

register = template.Library()

ICONS = {
    "onsite": "map-pin",
    "gemba": "footprints",
    "review": "file-text",
    "remote": "video",
    "travel": "plane",
    "course": "graduation-cap",
}
HEAD = '<div class="dd {}" data-words="{}" data-day="{}"><span>{}</span> <b>{}</b></div>'
LOAD = '<div class="lv {}">{}</div>'
BAR = (
    '<span class="num">{}</span><svg viewBox="0 0 60 8" preserveAspectRatio="none" aria-hidden="true">'
    '<rect width="60" height="8" rx="2" class="lv-b"/><rect width="{}" height="8" rx="2" class="lv-f"/></svg>'
)
AVATAR = '<span class="av {}" aria-hidden="true">{}</span>'
NOTHING = SafeString("")


@register.filter
def cells(columns: Iterable[Column]) -> SafeString:
    """Return the ground of the board, one strip per column."""
    return repeated('<div class="{}"></div>', ((column.css,) for column in columns))


@register.filter
def heads(board: Board) -> SafeString:
    """Return the names and numbers of days and weeks."""
    over = repeated('<div class="band {}">{}</div>', ((band.css, band.words) for band in bands_of(board.view)))
    return over + repeated(HEAD, ((c.css, c.words, c.iso, c.short, c.number) for c in board.columns))


@register.filter
def loads(columns: Iterable[Column]) -> SafeString:
    """Return how many coaches are on site in each column."""
    return repeated(LOAD, ((c.css, one(BAR, c.out, c.bar) if c.out else "") for c in columns))


@register.filter
def rows(found: Iterable[Row | WeekRow]) -> SafeString:
    """Return the rows of coaches or partners, with everything in them."""
    return SafeString("".join(map(_row, found)))


def _row(row: Row | WeekRow) -> str:
    owner = row.of
    name, takes = escape(row.name), ""
    if isinstance(owner, Person):
        avatar, about, takes = one(AVATAR, owner.tone, owner.initials), owner.based_in, f' data-coach="{owner.pk}"'
    else:
        avatar, about = NOTHING, owner.description
    inside = _weeks(row) if isinstance(row, WeekRow) else "".join(map(_mark, row.marks))
    return (
        f'<section class="brow" data-part="row-{owner.pk}" aria-labelledby="row-{owner.pk}"><div class="rowhead">'
        f'{avatar}<h3 id="row-{owner.pk}">{name}</h3><small>{escape(about)}</small></div>'
        f'<ul class="lane"{takes} data-name="{name}">{inside}</ul></section>'
    )


def _mark(mark: Mark) -> str:
    begin, end = _tags(mark)
    where = f"s{mark.column + 1} w{mark.until - mark.column + 1} l{mark.lane}"
    words = f'<b>{escape(mark.title)}</b><span>{escape(mark.line)}</span></span><span class="vh">{escape(mark.words)}'
    return (
        f'<li class="slot {where}">{begin} class="ev {mark.css}" id="{mark.key}">{icon_of(mark.kind)}'
        f'<span class="tx">{words}</span>{end}'
        f"{_flag() if mark.is_visit and mark.clashes else ''}</li>"
    )


def _tags(mark: Mark) -> tuple[str, str]:
    """A button opens a card, a link another page; a holiday opens nothing."""
    if mark.kind == "course":
        return f'<a href="{mark.url}"', "</a>"
    if not mark.url:
        return "<span", "</span>"
    facts = ""
    if mark.is_visit:
        facts = (
            f' data-sequence="{mark.sequence}" data-coach="{mark.coach_pk}" data-start="{mark.half}"'
            f' data-halves="{mark.length}"{" data-whole" if mark.is_whole_days else ""}'
        )
    return f'<button type="submit" form="open" formaction="{mark.url}"{facts}', "</button>"


def _weeks(row: WeekRow) -> str:
    kept = escape(row.keep)
    return "".join([_week(week, kept) for week in row.weeks])


def _week(week: Week, kept: str) -> str:
    names = "".join([f"<span>{escape(name)}</span>" for name in week.shown])
    clash, flag = (" clash", _flag()) if week.clashes else ("", "")
    return (
        f'<li class="slot s{week.number + 1} w1"><a class="wk{clash}" id="{week.key}" href="?range=week&amp;from='
        f'{week.monday}{kept}">{strip("".join(week.days))}<span class="tx">{names}</span>'
        f'<span class="vh">{escape(week.words)}</span>{flag}</a></li>'
    )


@cache
def icon_of(kind: str) -> SafeString:
    return icon(ICONS[kind]) if kind in ICONS else NOTHING


@cache
def _flag() -> SafeString:
    return one('<span class="flag">{}</span>', icon("triangle-alert"))


@cache
def strip(days: str) -> str:
    """The seven days of a week as a drawing, with the places of days in css/board.css; few patterns are ever seen."""
    shown = "".join(f'<rect class="{_css(letter)}"/>' if letter.lower() in KINDS else "<rect/>" for letter in days)
    return f'<svg class="wkdays" viewBox="0 0 76 8" preserveAspectRatio="none" aria-hidden="true">{shown}</svg>'


def _css(letter: str) -> str:
    kind = KINDS[letter.lower()]
    return f"{kind} maybe" if letter.isupper() else kind
