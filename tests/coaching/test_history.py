"""What happened to a visit stands at the day on which it happened, whenever the database learnt of it."""

import datetime as dt

from coaching.history import history_of
from tests.coaching.factories import make_visit

JUNE = dt.datetime(2026, 6, 1, 9, tzinfo=dt.UTC)
ONE_DAY = dt.timedelta(days=1)


def test_each_deed_has_its_own_day(cast):
    """As in the demo program, whose visits are written as they are now."""
    visit = make_visit(
        cast.site,
        cast.coach,
        placed_by=cast.staff,
        placed_at=JUNE,
        coach_confirmed_at=JUNE + ONE_DAY,
        coach_confirmed_by=cast.coach,
        partner_confirmed_at=JUNE + 2 * ONE_DAY,
        partner_confirmed_by=cast.change_agent,
        confirmed_at=JUNE + 2 * ONE_DAY,
        cancelled_at=JUNE + 5 * ONE_DAY,
        cancelled_by=cast.change_agent,
        cancel_reason="An audit.",
    )
    assert [(deed.at, deed.words) for deed in history_of(visit)] == [
        (JUNE + 5 * ONE_DAY, "Change Agent cancelled it: An audit."),
        (JUNE + 2 * ONE_DAY, "Change Agent confirmed it for the partner."),
        (JUNE + ONE_DAY, "Coach confirmed it for the coach."),
        (JUNE, "Staff placed it on Coach, Wed 25 Nov, 09:00 to 11:00 EST."),
    ]
