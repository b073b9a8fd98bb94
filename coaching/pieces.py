"""HTML of what the board repeats: visits, days, coaches.

Written in Python, with every value escaped: a page shows a hundred of them, and as template rows they cost half of it.
"""

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString

from partners.templatetags.house import icon, one, repeated

if TYPE_CHECKING:
    from coaching.board import Day, Entry, Mark
    from partners.models import Person

MARK = (
    '<li class="{}"><button class="{}" type="submit" form="open" id="visit-{}" formaction="{}" hx-get="{}"'
    ' data-sequence="{}">{}<span class="tx"><b>{}</b><span>{}</span></span><span class="vh">{}</span></button>{}</li>'
)
ENTRY = (
    '<li class="ag"><span class="{}">{}</span><a class="title" href="{}">{}, {}</a>'
    '<p>{}<br><span class="clock">{}</span>{}</p>{}{}</li>'
)
HEAD = '<div class="dd {}" data-words="{}" data-day="{}"><span>{}</span> <b>{}</b></div>'
LOAD = '<div class="lv {}">{}</div>'
BAR = (
    '<span class="num">{}</span><svg viewBox="0 0 60 8" preserveAspectRatio="none" aria-hidden="true">'
    '<rect width="60" height="8" rx="2" class="lv-b"/><rect width="{}" height="8" rx="2" class="lv-f"/></svg>'
)
COACH = (
    '<div class="coachcell"><span class="av {}" aria-hidden="true">{}</span>'
    '<h3 id="coach-{}">{}</h3><small>{}</small></div>'
)
CHIP = '<a href="?from={}&amp;coach={}"{}><span class="av s {}" aria-hidden="true">{}</span>{}</a>'
CURRENT = one(' aria-current="{}"', "true")
TENTATIVE = one('<p class="soft">{}</p>', "Tentative")
NOTHING = one("{}", "")


def mark_html(mark: "Mark") -> SafeString:
    """Return the visit as a button in its coach's row."""
    visit, url = mark.visit, mark.url
    flag = one('<span class="flag">{}</span>', icon("triangle-alert")) if mark.clashes_with else NOTHING
    seen = (icon(mark.icon), mark.title, mark.line, mark.words, flag)
    return one(MARK, mark.slot_css, mark.css, visit.pk, url, url, visit.sequence, *seen)


def entry_html(entry: "Entry") -> SafeString:
    """Return the visit as a line of one day."""
    mark = entry.mark
    soft = TENTATIVE if mark.visit.confirmed_at is None else NOTHING
    clash = " ".join(mark.clashes_with)
    bad = one('<p class="bad">In conflict: {}</p>', clash) if clash else NOTHING
    what = (mark.icon_css, icon(mark.icon), mark.url, mark.title, mark.line)
    return one(ENTRY, *what, entry.line, entry.clock, entry.yours, soft, bad)


def cells_html(days: "list[Day]") -> SafeString:
    """Return the ground of the board, one strip per day."""
    return repeated('<div class="{}"></div>', ((day.css,) for day in days))


def head_html(days: "list[Day]") -> SafeString:
    """Return the days' names and numbers."""
    return repeated(HEAD, ((day.css, day.words, day.iso, day.short, day.number) for day in days))


def load_html(days: "list[Day]") -> SafeString:
    """Return how many coaches are on site each day."""
    return repeated(LOAD, ((day.css, one(BAR, day.out, day.bar) if day.out else "") for day in days))


def coach_html(coach: "Person") -> SafeString:
    """Return the head of a coach's row."""
    return one(COACH, coach.tone, coach.initials, coach.pk, coach.name, coach.based_in)


def chips_html(coaches: "Iterable[Person]", chosen: "Person | None", start: str) -> SafeString:
    """Return the links that show one coach only."""
    rows = ((start, c.pk, CURRENT if c == chosen else NOTHING, c.tone, c.initials, c.given_name) for c in coaches)
    return repeated(CHIP, rows)
