"""What stands where on the board: positions, lanes, columns, conflicts, weeks summed up. Nothing is fetched here."""

import datetime as dt

import pytest
import time_machine

from coaching.board import Sight, build, of_busy_times, of_holidays, of_visits, range_of
from coaching.models import Visit
from partners.models import BusyTime, Holiday, Site
from tests.coaching.factories import DAY, NINE, make_confirmed, make_visit
from tests.factories import make_person, make_site

HOUR = dt.timedelta(hours=1)
MONDAY = dt.date(2026, 11, 23)
NOW = NINE - 24 * HOUR


@pytest.fixture(autouse=True)
def tuesday():
    with time_machine.travel(NOW, tick=False):
        yield


def built(cast, *, by="coach", name="weeks", reader=None, zone=None):
    """The board with everything that is in the database."""
    reader = reader or cast.staff
    view = range_of(name, MONDAY.isoformat(), DAY)
    owners = [cast.partner, cast.elsewhere] if by == "partner" else [cast.coach]
    marks = of_visits(Visit.objects.active().for_board(taken=by == "partner"), by=by, reader=reader)
    if by == "partner":
        days = Site.objects.filter(holidays__isnull=False).order_by("partner", "holidays__on", "holidays__name", "name")
        marks += of_holidays(days.values_list("partner", "holidays__on", "holidays__name", "name", "zone"))
    else:
        marks += of_busy_times(BusyTime.objects.exclude(kind="visit"))
    return build(Sight(view, reader, NOW, zone), owners, marks)


def marks(board):
    return [mark for row in board.rows for mark in row.marks]


def test_a_visit_stands_where_its_sites_calendar_has_it(cast):
    """22:00 UTC on Tuesday is Wednesday morning in Sydney."""
    sydney = make_site(cast.partner, "Sydney", zone="Australia/Sydney")
    make_visit(sydney, cast.coach, starts_at=dt.datetime(2026, 11, 24, 22, tzinfo=dt.UTC))
    [mark] = marks(built(cast))
    assert (mark.column, mark.until, mark.half, mark.length) == (4, 4, 4, 1)


def test_in_my_time_it_stands_where_my_clock_has_it(cast):
    sydney = make_site(cast.partner, "Sydney", zone="Australia/Sydney")
    make_visit(sydney, cast.coach, starts_at=dt.datetime(2026, 11, 24, 22, tzinfo=dt.UTC))
    cast.staff.zone = "America/New_York"
    [mark] = marks(built(cast, zone=cast.staff.tzinfo))
    assert (mark.column, "Tue 24 Nov, 17:00 to 19:00 EST" in mark.words) == (3, True)


def test_long_visits_are_cut_at_the_edges(cast):
    start = dt.datetime(2026, 11, 20, 14, tzinfo=dt.UTC)
    make_visit(cast.site, cast.coach, starts_at=start, ends_at=start + 20 * 24 * HOUR)
    make_visit(cast.site, cast.coach, starts_at=start)
    [mark] = marks(built(cast))
    assert (mark.column, mark.until, mark.half, mark.length) == (0, 27, -6, 41)


def test_a_month_has_a_column_a_day_and_shows_whole_weeks(cast):
    make_visit(cast.site, cast.coach)
    board = built(cast, name="month")
    assert [(mark.column, mark.until) for mark in marks(board)] == [(30, 30)]
    assert (len(board.columns), board.columns[0].iso, board.columns[-1].iso) == (42, "2026-10-26", "2026-12-06")


def test_two_at_once_are_a_conflict_in_lanes_of_their_own(cast):
    make_confirmed(cast.site, cast.coach)
    make_visit(cast.other_site, cast.coach, starts_at=NINE + HOUR)
    board = built(cast)
    assert [conflict.words for conflict in board.conflicts] == ["Coach, Wed 25 Nov: two places at once"]
    assert [(mark.lane, mark.css) for mark in marks(board)] == [(1, "gemba clash"), (2, "gemba maybe clash")]
    assert "at the same time Gemba walk at Halden Valley Health, Riverside." in marks(board)[1].words


def test_what_is_over_is_no_conflict(cast):
    make_confirmed(cast.site, cast.coach, starts_at=NINE - 72 * HOUR)
    make_visit(cast.other_site, cast.coach, starts_at=NINE - 72 * HOUR)
    assert built(cast).conflicts == []


@pytest.mark.parametrize(
    ("kind", "words", "said"),
    [
        ("leave", "Thanksgiving", "Coach, Wed 25 Nov: on leave"),
        ("travel", "Boston to Columbus", "Coach, Wed 25 Nov: travelling"),
        ("course", "Managing with A3s, Detroit", "Coach, Wed 25 Nov: teaching"),
    ],
)
def test_a_visit_on_a_day_away_is_a_conflict_and_the_visit_gives_way(cast, kind, words, said):
    make_visit(cast.site, cast.coach)
    BusyTime.objects.create(
        key=f"{kind}:1:2", person=cast.coach, kind=kind, starts_at=NINE - HOUR, ends_at=NINE + 4 * HOUR,
        zone="America/New_York", words=words,
    )  # fmt: skip
    board = built(cast)
    assert [(conflict.words, conflict.mark.kind) for conflict in board.conflicts] == [(said, "gemba")]


def test_by_partner_a_visit_whose_coach_is_taken_is_flagged(cast):
    make_visit(cast.site, cast.coach)
    BusyTime.objects.create(
        key="leave:1", person=cast.coach, kind="leave", starts_at=NINE - HOUR, ends_at=NINE + 4 * HOUR, zone="UTC"
    )
    board = built(cast, by="partner")
    assert [conflict.words for conflict in board.conflicts] == ["Coach, Wed 25 Nov: taken elsewhere"]


def test_by_partner_sites_stand_in_their_row_with_the_coach_and_their_holidays(cast):
    make_visit(cast.site, cast.coach)
    lakeshore = make_site(cast.partner, "Lakeshore")
    for site in (cast.site, lakeshore):
        Holiday.objects.create(site=site, on=dt.date(2026, 11, 26), name="Thanksgiving")
    Holiday.objects.create(site=lakeshore, on=dt.date(2026, 12, 4), name="Founder’s day")
    first, second = built(cast, by="partner").rows
    assert [(mark.kind, mark.title, mark.line) for mark in first.marks] == [
        ("gemba", "Riverside", "Coach"),
        ("holiday", "Thanksgiving", "2 sites"),
        ("holiday", "Founder’s day", "Lakeshore"),
    ]
    assert second.marks == []


def test_coaches_on_site_are_counted_once_a_day(cast):
    make_visit(cast.site, cast.coach)
    make_visit(cast.site, cast.coach, starts_at=NINE + 3 * HOUR)
    make_visit(cast.site, cast.coach, kind="remote", starts_at=NINE + 24 * HOUR)
    assert [(day.out, day.bar) for day in built(cast).columns[:4]] == [(0, 0), (0, 0), (1, 60), (0, 0)]


def test_a_quarter_sums_up_weeks(cast):
    make_confirmed(cast.site, cast.coach, ends_at=NINE + 26 * HOUR, kind="onsite")
    make_visit(cast.other_site, cast.coach, starts_at=NINE + 49 * HOUR, kind="review")
    make_visit(cast.other_site, cast.coach, starts_at=NINE + 73 * HOUR + 7 * 24 * HOUR)
    board = built(cast, name="quarter")
    [row] = board.rows
    assert [(week.number, "".join(week.days), week.shown) for week in row.weeks] == [
        (8, "..ooR..", ["Halden Valley Health", "Corvane Aerospace"]),
        (9, ".....G.", ["Corvane Aerospace"]),
    ]
    assert [column.out for column in board.columns[7:11]] == [0, 2, 1, 0]
    assert row.weeks[0].words.startswith(
        "Week of 23 November. Wed 25 to Thu 26: On-site coaching at Halden Valley Health"
    )


def test_a_conflict_of_a_quarter_is_found_in_its_week(cast):
    make_confirmed(cast.site, cast.coach)
    make_visit(cast.other_site, cast.coach)
    board = built(cast, name="quarter")
    assert [conflict.place for conflict in board.conflicts] == [f"week-{cast.coach.pk}-8"]
    assert "In conflict: " in board.rows[0].weeks[0].words


def test_partner_people_read_site_and_kind(cast):
    make_visit(cast.site, cast.coach)
    make_visit(cast.site, cast.coach, starts_at=NINE + 24 * HOUR, kind="review")
    board = built(cast, reader=cast.learner)
    assert [(mark.title, mark.line) for mark in marks(board)] == [
        ("Riverside", "Gemba walk"),
        ("A3 review", "Riverside"),
    ]


def test_the_agenda_lists_each_day_from_today_on_with_both_clocks(cast):
    make_visit(cast.site, cast.coach, starts_at=NINE - 48 * HOUR)
    make_visit(cast.site, cast.coach, ends_at=NINE + 26 * HOUR)
    cast.staff.zone = "America/Chicago"
    agenda = built(cast).agenda
    assert [(on.isoformat(), [(one.line, one.clock, one.yours) for one in entries]) for on, entries in agenda] == [
        ("2026-11-25", [("Coach, day 1 of 2", "09:00 to 11:00 EST", ", 08:00 to 10:00 CST for you")]),
        ("2026-11-26", [("Coach, day 2 of 2", "09:00 to 11:00 EST", ", 08:00 to 10:00 CST for you")]),
    ]


def test_a_quarters_agenda_goes_week_by_week(cast):
    make_visit(cast.site, cast.coach)
    make_person()
    [(monday, [entry])] = built(cast, name="quarter").agenda
    assert (monday, entry.row.name, entry.week.names) == (MONDAY, "Coach", ["Halden Valley Health"])
