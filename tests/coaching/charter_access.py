"""Who may open which page about a charter; see tests/test_access.py."""

import datetime as dt

from django.utils import timezone

from coaching import actions
from coaching.models.charters import today
from tests.access import ALL, Row, only
from tests.cast import Cast
from tests.coaching.charter_factories import make_charter, make_proposed
from tests.coaching.factories import make_confirmed

A_YEAR = dt.timedelta(days=365)
READING = ("change_agent", "sponsor", "coach", "staff", "administrator")


def charter(cast: Cast) -> list[int]:
    return [make_charter(cast, begins_on=today() - dt.timedelta(days=200), ends_on=today() + A_YEAR).pk]


def year_of_charter(cast: Cast) -> list[int]:
    return [*charter(cast), 1]


def proposed(cast: Cast) -> list[int]:
    return [make_proposed(cast, begins_on=today(), ends_on=today() + A_YEAR).pk]


def short_notice(cast: Cast) -> list[int]:
    """A visit tomorrow, called off by the partner today."""
    charter(cast)
    visit = make_confirmed(cast.site, cast.coach, starts_at=timezone.now() + dt.timedelta(days=1))
    actions.cancel(visit, by=cast.change_agent, reason="An audit.")
    return [visit.short_notices.get().pk]


ROWS = {
    "coaching:notice_waive": Row(only("staff"), short_notice),
    "coaching:charter_of_partner": Row(only(*READING), lambda cast: [cast.partner.pk]),
    "coaching:charter_list": Row(ALL),
    "coaching:charter_new": Row(only("staff"), lambda cast: [cast.partner.pk]),
    "coaching:charter_detail": Row(only(*READING), charter),
    "coaching:charter_version": Row(only(*READING), year_of_charter),
    "coaching:charter_edit": Row(only("staff", "change_agent"), charter),
    "coaching:charter_acknowledge": Row(only("staff", "change_agent", "sponsor"), proposed),
    "coaching:charter_reflect": Row(only("staff", "coach", "change_agent", "sponsor"), year_of_charter),
    "coaching:charter_end": Row(only("staff"), charter),
    "coaching:charter_renew": Row(only("staff"), charter),
    "coaching:charter_days": Row(only(*READING), year_of_charter),
    "coaching:charter_days_new": Row(only("staff"), year_of_charter),
}
