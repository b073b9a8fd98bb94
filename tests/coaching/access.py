"""Who may open which page of coaching; see tests/test_access.py."""

import datetime as dt

from coaching import actions
from coaching.models import Leave, Preparation, TravelDay, VisitSeries
from coaching.times import whole_days
from tests.a3.factories import make_sheet
from tests.access import ALL, EVERYONE, NO_ONE, Row, only
from tests.cast import Cast
from tests.coaching.charter_access import ROWS as CHARTERS
from tests.coaching.documents import make_document
from tests.coaching.factories import make_request, make_visit, token_of
from tests.coaching.walk_access import ROWS as WALKS

AT_PARTNER = ("learner", "change_agent", "sponsor")
AT_LEI = ("coach", "staff", "administrator")


def visit(cast: Cast) -> list[int]:
    return [make_visit(cast.site, cast.coach).pk]


def asked(cast: Cast) -> list[int]:
    return [make_request(cast.site, cast.change_agent).pk]


def leave(cast: Cast) -> list[int]:
    slot = whole_days(dt.date(2027, 1, 4), dt.date(2027, 1, 8), cast.coach.tzinfo)
    return [actions.add_leave(Leave(coach=cast.coach, **vars(slot)), by=cast.staff).pk]


def travel(cast: Cast) -> list[int]:
    slot = whole_days(dt.date(2026, 11, 26), dt.date(2026, 11, 26), cast.site.tzinfo)
    way = TravelDay(coach=cast.coach, visit=make_visit(cast.site, cast.coach), **vars(slot))
    return [actions.add_travel(way, by=cast.staff).pk]


def series(cast: Cast) -> list[int]:
    return [VisitSeries.objects.create(site=cast.site, every_weeks=4, placed_by=cast.staff).pk]


def preparation(cast: Cast) -> list[int]:
    line = Preparation(visit=make_visit(cast.site, cast.coach), words="Data of the week.", added_by=cast.staff)
    line.save()
    return [line.pk]


def sheet(cast: Cast) -> list[int]:
    return [make_sheet(cast.change_agent, cast.site, audience="lei").pk]


def token(cast: Cast) -> list[str]:
    """By which the change agent answers, whoever opens it."""
    return [token_of(make_visit(cast.site, cast.coach), cast.change_agent)]


def document(cast: Cast) -> list[int]:
    return [make_document(make_visit(cast.site, cast.coach), cast.change_agent).pk]


ROWS = CHARTERS | {
    **WALKS,
    "coaching:board": Row(ALL),
    "coaching:board_news": Row(ALL),
    "coaching:visit_new": Row(only("staff")),
    "coaching:visit_detail": Row(only(*AT_PARTNER, *AT_LEI), visit),
    "coaching:visit_list": Row(ALL),
    "coaching:visit_agenda": Row(only(*AT_PARTNER, *AT_LEI), visit),
    "coaching:visit_prepare": Row(only("change_agent", "coach", "staff"), visit),
    "coaching:visit_document_new": Row(only("change_agent", "coach", "staff"), visit),
    "coaching:visit_document_file": Row(only(*AT_PARTNER, *AT_LEI), document),
    "coaching:visit_document_remove": Row(only("change_agent", "coach", "staff"), document),
    "coaching:preparation_tick": Row(only("change_agent", "coach", "staff", status=302), preparation, {"done": "1"}),
    "coaching:visits_of_sheet": Row(only(*AT_PARTNER, "coach", "staff", "administrator"), sheet),
    "coaching:visit_move": Row(only("change_agent", "coach", "staff"), visit),
    "coaching:visit_drop": Row(only("staff", status=422), visit, {"coach": ""}),
    "coaching:visit_confirm": Row(only("change_agent", "coach"), visit),
    "coaching:visit_decline": Row(only("change_agent", "coach"), visit),
    "coaching:visit_cancel": Row(only("change_agent", "coach", "staff"), visit),
    "coaching:answer": Row(EVERYONE, token),
    "coaching:answer_decline": Row(EVERYONE, token),
    "coaching:request_new": Row(only("change_agent", "outsider")),
    "coaching:request_list": Row(ALL),
    "coaching:request_detail": Row(only(*AT_PARTNER, *AT_LEI), asked),
    "coaching:request_edit": Row(only("change_agent", "staff"), asked),
    "coaching:request_decline": Row(only("staff"), asked),
    "coaching:series_new": Row(only("staff")),
    "coaching:series_detail": Row(only(*AT_PARTNER, *AT_LEI), series),
    "coaching:request_place": Row(only("staff"), asked),
    "coaching:request_drop": Row(only("staff", status=422), asked, {"coach": ""}),
    # the first who may withdraw it does; afterwards it waits no longer, for nobody
    "coaching:request_withdraw": Row(only("change_agent", status=302), asked, {}),
    "coaching:coach_finder": Row(only(*AT_LEI)),
    "coaching:coach_load": Row(only(*AT_LEI)),
    "coaching:coach_profile": Row(only("coach", "staff"), lambda cast: [cast.coach.pk]),
    "coaching:coverage": Row(only(*AT_LEI)),
    "coaching:travel_new": Row(only("coach", "staff"), visit),
    "coaching:travel_detail": Row(only(*AT_LEI), travel),
    # the first who may take it back does; afterwards there is nothing to take back
    "coaching:travel_remove": Row(only("coach", status=302), travel, {}),
    "coaching:leave_new": Row(only("coach", "staff")),
    "coaching:leave_detail": Row(only(*AT_LEI), leave),
    "coaching:leave_remove": Row(only("coach", status=302), leave, {}),
    "coaching:visits_of_partner": Row(only(*AT_PARTNER, *AT_LEI), lambda cast: [cast.partner.pk]),
    "coaching:partner_year": Row(only(*AT_PARTNER, *AT_LEI), lambda cast: [cast.partner.pk]),
    "coaching:feed_settings": Row(ALL),
    "coaching:feed_make": Row(ALL, data={}),
    "coaching:feed_revoke": Row(dict.fromkeys(ALL, 302), data={}),
    "coaching:feed": Row(dict.fromkeys(NO_ONE, 200), lambda cast: [actions.make_feed(by=cast.learner)]),
}
