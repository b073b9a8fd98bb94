"""HTML of what lists of sheets repeat: written in Python, every value escaped.

A page shows fifty rows, and as template rows they cost more than everything else on it.
"""

import datetime as dt
from collections.abc import Callable, Iterable
from typing import Any

from django.utils import timezone
from django.utils.safestring import SafeString

from a3.models import State
from a3.models.sheets import LOOKS, code_of
from partners.lib.calendars import day_near
from partners.models import Person
from partners.models.people import initials_of, tone_of
from partners.templatetags.house import one, repeated

ROW = (
    '<li><span class="grow"><a class="title" href="{}/">{}</a> <span class="muted small nb">{}</span> '
    '<span class="sub">{}, <a href="?site={}">{}</a></span></span> '
    '<span class="owner"><span class="av s {}" aria-hidden="true">{}</span>{}</span> {} '
    '<span class="state"><span class="chip {}">{}</span></span> <span class="when muted small">{}</span></li>'
)
YOURS = '<span class="turn mine"><b>Your turn</b> <small>since {}</small></span>'
THEIRS = '<span class="turn">{}’s turn <small>since {}</small></span>'


def rows_html(sheets: Iterable[Any], reader: Person) -> SafeString:
    """Return the rows of the list of sheets: `for_list`, as this person reads them."""
    zone, today = timezone.get_current_timezone(), timezone.now().date()

    def day(moment: dt.datetime) -> str:
        return day_near(moment.astimezone(zone).date(), today)

    return repeated(ROW, (_row(sheet, reader, day) for sheet in sheets))


def _row(sheet: Any, reader: Person, day: Callable[[dt.datetime], str]) -> tuple[object, ...]:
    since, state = day(sheet.ball_since), State(sheet.state)
    turn = one(YOURS, since) if sheet.ball_id == reader.pk else one(THEIRS, sheet.ball__name, since)
    where = (sheet.partner__name, sheet.site_id, sheet.site__name)
    who = (tone_of(sheet.owner_id), initials_of(sheet.owner__name), sheet.owner__name)
    look = (LOOKS[state][0], state.label)
    return sheet.pk, sheet.title, code_of(sheet.pk), *where, *who, turn, *look, day(sheet.updated_at)
