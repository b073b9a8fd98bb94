"""The plan on its calendar: planned, actual, checks, today."""

import datetime as dt

import pytest

from a3 import figures
from tests.a3.figures.seeing import Seen

ROWS = [
    {
        "what": "Huddle, one bay",
        "who": "L. Ferrer",
        "kind": "step",
        "from": "2026-10-05",
        "until": "2026-10-18",
        "begun_on": "2026-10-05",
        "done_on": "2026-10-18",
    },
    {
        "what": "Check 1",
        "who": {"person": 7, "name": "K. Obara"},
        "kind": "check",
        "until": "2026-10-23",
        "done_on": "2026-10-23",
    },
    {
        "what": "Letter at the huddle",
        "kind": "step",
        "from": "2026-11-02",
        "until": "2026-11-15",
        "begun_on": "2026-11-05",
    },
    {"what": "Ride on day one", "who": "S. Okafor", "from": "30 Nov 2026", "until": "20 Dec 2026"},
    {"what": "Check 2", "who": "team", "kind": "check", "until": "2026-12-25"},
]


def test_today_stands_where_it_is_on_the_calendar():
    seen = Seen("plan", {"rows": ROWS})
    (line,) = [line for line in seen.all("line", "s-shu") if line.get("stroke-width") == "1.5"]
    days = (dt.date(2026, 12, 25) - dt.date(2026, 10, 5)).days + 1
    left, right = (float(seen.all("line", "s-line")[0].attrib["x1"]), 636)
    share = ((dt.date(2026, 11, 22) - dt.date(2026, 10, 5)).days + 0.5) / days
    assert abs(float(line.attrib["x1"]) - (left + (right - left) * share)) < 1


def test_a_day_far_from_the_plan_is_not_drawn():
    assert "today" not in Seen("plan", {"rows": ROWS}, today=dt.date(2028, 1, 1)).words


def test_checks_are_diamonds_filled_when_done():
    seen = Seen("plan", {"rows": ROWS})
    assert len(seen.all("path", "f-matsu")) == 1
    assert len([path for path in seen.all("path", "f-paper") if "s-matsu" in path.attrib["class"]]) == 1


def test_late_is_a_word_and_a_sign():
    seen = Seen("plan", {"rows": ROWS})
    assert seen.words.count("late") == 1
    assert "late, was due 15 Nov" in seen.html


def test_words_stay_apart_and_inside():
    seen = Seen("plan", {"rows": ROWS})
    assert seen.outside() == []
    assert seen.overlapping() == []


def test_nothing_ends_before_it_begins():
    rows = [ROWS[0], {"what": "A", "from": "2026-11-03", "until": "2026-11-02", "begun_on": "2026-11-03"}]
    with pytest.raises(figures.BadFigure) as refused:
        figures.parse("plan", {"rows": rows})
    sentence = "This day is before the one on which it starts. Change one of them."
    assert refused.value.errors == [(1, "until", sentence)]


def test_a_plan_without_a_day_is_a_list():
    seen = Seen("plan", {"rows": [{"what": "Agree with pharmacy", "kind": "check", "done_on": ""}]})
    assert seen.svg is None
    assert "no date yet" in seen.html
