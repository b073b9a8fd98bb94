"""What may be typed or pasted into a cell, and what is said when it is not understood."""

import datetime as dt
from decimal import Decimal

import pytest

from a3 import figures
from a3.figures.parsing import Unclear, day, number


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("4.6", "4.6"), ("4,6", "4.6"), ("1,250", "1250"), ("1.250,5", "1250.5"), ("1,250.5", "1250.5"),
        ("1 250", "1250"), ("1\u202f250,75", "1250.75"), ("1'250", "1250"), ("0,125", "0.125"), ("−3", "-3"),
        ("17 %", "17"), ("17%", "17"), (".5", "0.5"), ("+2", "2"), ("007", "7"), ("1.250.000", None), ("4.6 h", None),
        ("", None), ("1e9", None), ("NaN", None), ("Infinity", None), ("12-3", None), ("9" * 16, None), ("٤", "4"),
    ],
)  # fmt: skip
def test_numbers(written, value):
    if value is None:
        with pytest.raises(Unclear):
            number(written)
    else:
        assert number(written).value == Decimal(value)


@pytest.mark.parametrize(
    "written",
    ["2026-11-03", "3 Nov 2026", "03.11.2026", "Tue 3 Nov 2026", "3 November 2026", "November 3, 2026", "2026/11/3"],
)
def test_dates(written):
    assert day(written) == dt.date(2026, 11, 3)


@pytest.mark.parametrize(
    "written", ["11/03/2026", "31 Feb 2026", "2026-13-01", "3 Foo 2026", "Week 12", "3 Nov", "0000-01-01"]
)
def test_what_could_be_two_dates_or_none_is_none(written):
    assert day(written) is None


def errors(slug, **row):
    with pytest.raises(figures.BadFigure) as refused:
        figures.parse(slug, {"rows": [{"what": "A", "count": "1"}, row]})
    return refused.value.errors


def test_a_sentence_stands_beside_its_row_and_field():
    assert errors("pareto", what="", count="many") == [
        (1, "what", "What is missing. Fill it in, or empty the whole row."),
        (1, "count", "Write a number alone, such as 4.6 or 4,6; the unit has its own field."),
    ]


def test_a_long_text_is_refused_with_how_much_fits():
    assert errors("pareto", what="x" * 61, count="1") == [
        (1, "what", "These are 61 characters; 60 fit here. Shorten it.")
    ]


def test_far_too_much_is_not_even_looked_at():
    assert errors("pareto", what="x" * 100_000, count="1") == [(1, "what", "This cell is far too long. Shorten it.")]


@pytest.mark.parametrize("odd", [{"a": 1}, ["x"], 1.5j, b"x", True])
def test_what_is_no_text_is_refused(odd):
    assert [(row, field) for row, field, _ in errors("pareto", what=odd, count="1")] == [(1, "what")]


def test_what_cannot_be_seen_is_left_out():
    parsed = figures.parse("pareto", {"rows": [{"what": " a\x00\u202eb\ud800\ufffe  c\n", "count": 1}]})
    assert parsed.rows[0]["what"] == "a b c"


def test_what_holds_nothing_to_be_seen_is_blank():
    assert errors("pareto", what="\u200b\x1b", count="1")[0][:2] == (1, "what")
    assert figures.parse("countermeasures", {"rows": [{"who": {"name": "\x00 "}}]}).rows == ()


def test_a_person_is_kept_as_matched():
    rows = [{"countermeasure": "a", "who": {"person": 7, "name": "K. Obara"}}, {"countermeasure": "b", "who": "team"}]
    parsed = figures.parse("countermeasures", {"rows": rows})
    assert [(row["who"].person, row["who"].name) for row in parsed.rows] == [(7, "K. Obara"), (None, "team")]


def test_choices_and_flags_may_be_pasted_as_words():
    rows = [{"level": "Why 1", "words": "a", "ground": "EVIDENCE", "root": "yes"}]
    (row,) = figures.parse("whys", {"rows": rows}).rows
    assert (row["level"], row["ground"], row["root"]) == ("1", "evidence", True)


def test_rows_keep_their_ids_and_odd_ids_are_replaced():
    rows = [{"id": "k3f9", "what": "a", "count": 1}, {}, {"id": '"><x', "what": "b", "count": 2}]
    assert [row.id for row in figures.parse("pareto", {"rows": rows}).rows] == ["k3f9", "r3"]
