"""HTML of one visit on the board and in the agenda.

Written in Python, with every value escaped: a page shows a hundred of them, and as template rows they cost half of it.
"""

from functools import cache
from typing import TYPE_CHECKING

from django.utils.html import format_html
from django.utils.safestring import SafeString

from partners.templatetags import house

if TYPE_CHECKING:
    from coaching.board import Entry, Mark

MARK = (
    '<li class="{}"><button class="{}" type="submit" form="open" id="visit-{}" formaction="{}" hx-get="{}"'
    ' data-sequence="{}">{}<span class="tx"><b>{}</b><span>{}</span></span><span class="vh">{}</span></button>{}</li>'
)
ENTRY = (
    '<li class="ag"><span class="{}">{}</span><a class="title" href="{}">{}, {}</a>'
    '<p>{}<br><span class="clock">{}</span>{}</p>{}{}</li>'
)
TENTATIVE = SafeString('<p class="soft">Tentative</p>')
NOTHING = SafeString("")


def mark_html(mark: "Mark") -> SafeString:
    """Return the visit as a button in its coach's row."""
    visit, url = mark.visit, mark.url
    flag = format_html('<span class="flag">{}</span>', icon("triangle-alert")) if mark.clashes_with else NOTHING
    seen = (icon(mark.icon), mark.title, mark.line, mark.words, flag)
    return format_html(MARK, mark.slot_css, mark.css, visit.pk, url, url, visit.sequence, *seen)


def entry_html(entry: "Entry") -> SafeString:
    """Return the visit as a line of one day."""
    mark = entry.mark
    soft = TENTATIVE if mark.visit.confirmed_at is None else NOTHING
    clash = " ".join(mark.clashes_with)
    bad = format_html('<p class="bad">In conflict: {}</p>', clash) if clash else NOTHING
    what = (mark.icon_css, icon(mark.icon), mark.url, mark.title, mark.line)
    return format_html(ENTRY, *what, entry.line, entry.clock, entry.yours, soft, bad)


@cache
def icon(name: str) -> SafeString:
    return house.icon(name)
