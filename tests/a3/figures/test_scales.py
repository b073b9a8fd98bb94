"""Axes: ticks in steps of 1, 2 or 5; dates by day, week, month or year."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from a3.figures.scales import axis, date_ticks

FLOATS = st.floats(min_value=-1e14, max_value=1e14).filter(lambda value: value == 0 or abs(value) > 1e-14)


@pytest.mark.parametrize(
    ("values", "labels"),
    [
        ([0, 5.8], "0 2 4 6"),
        ([2.0, 5.5], "0 2 4 6"),
        ([80, 84], "80 82 84"),
        ([-3, 2], "−4 −2 0 2"),
        ([7, 7], "0 5 10"),
        ([0, 0], "0.0 0.5 1.0"),
        ([0.4, 0.9], "0.0 0.5 1.0"),
        ([0, 25_000], "0 10k 20k 30k"),
        ([0, 2.5e6], "0 1m 2m 3m"),
        ([0, 3e9], "0 1bn 2bn 3bn"),
    ],
)
def test_ticks(values, labels):
    up = axis([float(value) for value in values], most=3)
    assert " ".join(map(up.label, up.ticks)) == labels


@given(st.lists(FLOATS, min_size=1, max_size=5))
def test_all_values_stand_on_the_axis(values):
    up = axis(values)
    assert 2 <= len(up.ticks) <= 8
    assert all(-1e-6 <= up.share(value) <= 1 + 1e-6 for value in values)


@pytest.mark.parametrize(
    ("days", "most", "labels"),
    [
        (5, 8, "5 Oct, 6, 7, 8, 9, 10"),
        (30, 8, "5 Oct, 12, 19, 26, 2 Nov"),
        (170, 8, "Nov, Dec, 2027, Feb, Mar"),
        (1500, 8, "2027, Jul, 2028, Jul, 2029, Jul, 2030, Jul"),
        (9000, 8, "2030, 2035, 2040, 2045, 2050"),
    ],
)
def test_dates(days, most, labels):
    first = dt.date(2026, 10, 5)
    ticks = date_ticks(first, first + dt.timedelta(days), most=most)
    assert ", ".join(label for _, label in ticks) == labels


@given(first=st.dates(), last=st.dates(), most=st.integers(2, 20))
def test_days_stand_in_order_and_are_few(first, last, most):
    first, last = sorted((first, last))
    ticks = [day for day, _ in date_ticks(first, last, most=most)]
    assert ticks == sorted(set(ticks))
    assert 1 <= len(ticks) <= most + 1
    assert all(first <= day <= last for day in ticks)
