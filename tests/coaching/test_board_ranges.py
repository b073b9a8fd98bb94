"""Which days the board shows."""

import datetime as dt

import pytest

from coaching.board import range_of

TODAY = dt.date(2026, 11, 25)  # a Wednesday


@pytest.mark.parametrize(
    ("name", "text", "days"),
    [
        ("", "", ("2026-11-23", "2026-12-06")),
        ("", "2026-12-10", ("2026-12-07", "2026-12-20")),
        ("weeks", "rubbish", ("2026-11-23", "2026-12-06")),
        ("fortnight", "9999-12-31", ("2026-11-23", "2026-12-06")),
        ("week", "2026-12-10", ("2026-12-07", "2026-12-13")),
        ("month", "2026-12-10", ("2026-12-01", "2026-12-31")),
        ("month", "2028-02-29", ("2028-02-01", "2028-02-29")),
        ("quarter", "2026-12-10", ("2026-10-01", "2026-12-31")),
        ("quarter", "2027-02-10", ("2027-01-01", "2027-03-31")),
    ],
)
def test_the_address_names_a_range(name, text, days):
    view = range_of(name, text, TODAY)
    assert (view.begins_on.isoformat(), view.ends_on.isoformat()) == days


@pytest.mark.parametrize(
    ("name", "start", "weeks", "columns"),
    [
        ("week", "2026-11-23", 1, 14),
        ("weeks", "2026-11-23", 2, 28),
        ("month", "2026-10-26", 6, 42),
        ("quarter", "2026-09-28", 14, 14),
    ],
)
def test_it_shows_whole_weeks(name, start, weeks, columns):
    view = range_of(name, "", TODAY)
    assert (view.start.isoformat(), view.weeks, view.columns) == (start, weeks, columns)


@pytest.mark.parametrize("name", ["week", "weeks", "month", "quarter"])
def test_earlier_and_later_touch_it(name):
    view = range_of(name, "", TODAY)
    before, after = range_of(name, view.earlier.isoformat(), TODAY), range_of(name, view.later.isoformat(), TODAY)
    assert (before.ends_on, after.begins_on) == (view.begins_on - dt.timedelta(1), view.ends_on + dt.timedelta(1))


@pytest.mark.parametrize(
    ("name", "label", "short"),
    [
        ("weeks", "23 November to 6 December", "23 Nov to 6 Dec"),
        ("month", "November 2026", "Nov 2026"),
        ("quarter", "October to December 2026", "Oct to Dec 2026"),
    ],
)
def test_it_is_named(name, label, short):
    view = range_of(name, "", TODAY)
    assert (view.label, view.short) == (label, short)


def test_another_range_opens_on_today_while_today_is_in_view():
    here, later = range_of("month", "", TODAY), range_of("month", "2027-03-01", TODAY)
    assert {day for *_, day in here.others(TODAY)} == {"2026-11-25"}
    assert {day for *_, day in later.others(TODAY)} == {"2027-03-01"}
