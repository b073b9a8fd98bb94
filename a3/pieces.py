"""HTML of what lists of sheets repeat: written in Python, every value escaped.

A page shows fifty rows, and as template rows they cost more than everything else on it.
"""

import datetime as dt
from collections.abc import Callable, Iterable

from django.utils import timezone
from django.utils.safestring import SafeString

from a3.models import Sheet, State
from partners.lib.calendars import day_near
from partners.models import Person
from partners.templatetags.house import one, repeated

ROW = (
    '<li><span class="grow"><a class="title" href="{}/">{}</a> <span class="muted small nb">{}</span> '
    '<span class="sub">{}, <a href="?site={}">{}</a></span></span> '
    '<span class="owner"><span class="av s {}" aria-hidden="true">{}</span>{}</span> {} '
    '<span class="state"><span class="chip {}">{}</span></span> <span class="when muted small">{}</span></li>'
)
YOURS = '<span class="turn mine"><b>Your turn</b> <small>since {}</small></span>'
THEIRS = '<span class="turn">{}’s turn <small>since {}</small></span>'


def rows_html(sheets: Iterable[Sheet], reader: Person) -> SafeString:
    """Return the rows of the list of sheets: `for_list`, as this person reads them."""
    zone, today = timezone.get_current_timezone(), timezone.now().date()

    def day(moment: dt.datetime) -> str:
        return day_near(moment.astimezone(zone).date(), today)

    return repeated(ROW, (_row(sheet, reader, day) for sheet in sheets))


def _row(sheet: Sheet, reader: Person, day: Callable[[dt.datetime], str]) -> tuple[object, ...]:
    owner, since = sheet.owner, day(sheet.ball_since)
    turn = one(YOURS, since) if sheet.ball_id == reader.pk else one(THEIRS, sheet.ball.name, since)
    where = (sheet.partner.name, sheet.site_id, sheet.site.name)
    who = (owner.tone, owner.initials, owner.name)
    state = (sheet.state_tone, State(sheet.state).label)
    return sheet.pk, sheet.title, sheet.code, *where, *who, turn, *state, day(sheet.updated_at)
