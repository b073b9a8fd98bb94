"""HTML of what the board repeats: marks, days, names.

Written in Python, each word of people escaped where it enters: a page shows hundreds of them, and as template rows or
with Django's own, lazy `escape` they cost half of it.
"""

from collections.abc import Iterable
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from partners.models import Partner, Person
from partners.templatetags.house import icon, one, repeated

if TYPE_CHECKING:
    from coaching.board.agenda import Entry
    from coaching.board.columns import Band, Column
    from coaching.board.marks import Mark
    from coaching.board.weeks import Week, WeekRow

ICONS = {
    "onsite": "map-pin",
    "gemba": "footprints",
    "review": "file-text",
    "remote": "video",
    "travel": "plane",
    "course": "graduation-cap",
}
KINDS = {  # of days in a summed-up week, by their letters
    "o": "onsite",
    "g": "gemba",
    "c": "course",
    "r": "review",
    "m": "remote",
    "t": "travel",
    "l": "leave",
    "h": "holiday",
}
HEAD = '<div class="dd {}" data-words="{}" data-day="{}"><span>{}</span> <b>{}</b></div>'
LOAD = '<div class="lv {}">{}</div>'
BAR = (
    '<span class="num">{}</span><svg viewBox="0 0 60 8" preserveAspectRatio="none" aria-hidden="true">'
    '<rect width="60" height="8" rx="2" class="lv-b"/><rect width="{}" height="8" rx="2" class="lv-f"/></svg>'
)
OWNER = '<div class="rowhead">{}<h3 id="row-{}">{}</h3><small>{}</small></div>'
AVATAR = '<span class="av {}" aria-hidden="true">{}</span>'
CHIP = '<a href="?coach={}{}"{}><span class="av s {}" aria-hidden="true">{}</span>{}</a>'
DAYS = ((0, 12), (13, 12), (26, 12), (39, 12), (52, 12), (66, 4), (71, 4))  # left edge and width
CURRENT = one(' aria-current="{}"', "true")
NOTHING = SafeString("")


def marks_html(marks: "Iterable[Mark]") -> SafeString:
    """Return everything in one row."""
    return SafeString("".join(map(_mark_html, marks)))


def _mark_html(mark: "Mark") -> str:
    begin, end = _tags(mark)
    where = f"s{mark.column + 1} w{mark.until - mark.column + 1} l{mark.lane}"
    words = f'<b>{escape(mark.title)}</b><span>{escape(mark.line)}</span></span><span class="vh">{escape(mark.words)}'
    return (
        f'<li class="slot {where}">{begin} class="ev {mark.css}" id="{mark.key}">{icon_of(mark.kind)}'
        f'<span class="tx">{words}</span>{end}'
        f"{_flag() if mark.is_visit and mark.clashes else ''}</li>"
    )


def _tags(mark: "Mark") -> tuple[str, str]:
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


def entry_html(entry: "Entry") -> SafeString:
    """Return a mark as a line of one day."""
    mark = entry.mark
    title = escape(f"{mark.title}, {mark.line}" if mark.line else mark.title)
    named = f'<a class="title" href="{mark.url}">{title}</a>' if mark.url else f'<span class="title">{title}</span>'
    soft = '<p class="soft">Tentative</p>' if mark.is_tentative else ""
    return SafeString(
        f'<li class="ag"><span class="ic {mark.css}">{icon_of(mark.kind)}</span>{named}<p>{escape(entry.line)}<br>'
        f'<span class="clock">{entry.clock}</span>{entry.yours}</p>{soft}{_bad(mark.clashes)}</li>'
    )


def _bad(clashes: list[str]) -> str:
    return f'<p class="bad">In conflict: {escape(" ".join(clashes))}</p>' if clashes else ""


def weeks_html(weeks: "Iterable[Week]", keep: str) -> SafeString:
    """Return the weeks of one row; `keep` is what their links keep of this address."""
    kept = escape(keep)
    return SafeString("".join(_week_html(week, kept) for week in weeks))


def _week_html(week: "Week", kept: str) -> str:
    names = "".join(f"<span>{escape(name)}</span>" for name in week.shown)
    clash, flag = (" clash", _flag()) if week.clashes else ("", "")
    return (
        f'<li class="slot s{week.number + 1} w1"><a class="wk{clash}" id="{week.key}" href="?range=week&amp;from='
        f'{week.monday.isoformat()}{kept}">{_strip("".join(week.days))}<span class="tx">{names}</span>'
        f'<span class="vh">{escape(week.words)}</span>{flag}</a></li>'
    )


def week_entry_html(row: "WeekRow", week: "Week") -> SafeString:
    """Return a summed-up week as a line of the agenda."""
    return SafeString(
        f'<li class="ag wk">{_strip("".join(week.days))}<a class="title" href="?range=week&amp;from='
        f'{week.monday.isoformat()}{escape(row.keep)}">{escape(row.name)}</a><p>{escape("; ".join(week.said))}</p>'
        f"{_bad(week.clashes)}</li>"
    )


def cells_html(columns: "Iterable[Column]") -> SafeString:
    """Return the ground of the board, one strip per column."""
    return SafeString("".join(f'<div class="{column.css}"></div>' for column in columns))


def head_html(bands: "Iterable[Band]", columns: "Iterable[Column]") -> SafeString:
    """Return the names and numbers of days and weeks."""
    over = repeated('<div class="band {}">{}</div>', ((band.css, band.words) for band in bands))
    return over + repeated(HEAD, ((c.css, c.words, c.iso, c.short, c.number) for c in columns))


def load_html(columns: "Iterable[Column]") -> SafeString:
    """Return how many coaches are on site in each column."""
    return repeated(LOAD, ((c.css, one(BAR, c.out, c.bar) if c.out else "") for c in columns))


def head_of_row(owner: Person | Partner) -> SafeString:
    """Return the name at the head of a row."""
    if isinstance(owner, Person):
        avatar = one(AVATAR, owner.tone, owner.initials)
        return one(OWNER, avatar, owner.pk, owner.name, owner.based_in)
    return one(OWNER, NOTHING, owner.pk, owner.name, owner.description)


def chips_html(coaches: Iterable[Person], chosen: Person | None, keep: str) -> SafeString:
    """Return the links that show one coach only."""
    rows = ((c.pk, keep, CURRENT if c == chosen else NOTHING, c.tone, c.initials, c.given_name) for c in coaches)
    return repeated(CHIP, rows)


@cache
def icon_of(kind: str) -> SafeString:
    return icon(ICONS[kind]) if kind in ICONS else NOTHING


@cache
def _flag() -> SafeString:
    return one('<span class="flag">{}</span>', icon("triangle-alert"))


@cache
def _strip(days: str) -> str:
    """The seven days of a week as a drawing; few patterns are ever seen."""
    shown = "".join(
        f'<rect x="{x}" width="{width}" height="8" rx="1.5" class="{_css(letter)}"/>'
        for (x, width), letter in zip(DAYS, days, strict=True)
    )
    return f'<svg class="wkdays" viewBox="0 0 76 8" preserveAspectRatio="none" aria-hidden="true">{shown}</svg>'


def _css(letter: str) -> str:
    kind = KINDS.get(letter.lower(), "no")
    return f"{kind} maybe" if letter.isupper() else kind
