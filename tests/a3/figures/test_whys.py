"""The whys: a tree from left to right, links that are evidence or assumption, roots in red."""

import re

import pytest

from a3 import figures
from tests.a3.figures.seeing import Seen


def tree(*rows, **options):
    names = ("level", "words", "ground", "root")
    return {"options": options, "rows": [dict(zip(names, row, strict=False)) for row in rows]}


BRANCHED = tree(
    ("1", "The letter waits", "evidence"),
    ("2", "It needs the plan", "assumption"),
    ("3", "No moment to ask", "evidence", True),
    ("2", "One junior writes all", "evidence", True),
    ("1", "Medicines in batches", "evidence"),
)


def test_each_why_stands_right_of_what_it_asks_about():
    seen = Seen("whys", BRANCHED)
    left = {label.words: label.box[0] for label in seen.labels}
    assert left["The letter waits"] < left["It needs the plan"] < left["No moment to ask"]
    assert left["It needs the plan"] == left["One junior writes all"]
    assert left["The letter waits"] == left["Medicines in batches"]
    assert seen.overlapping() == []
    assert seen.outside() == []


def test_an_assumption_is_dashed_and_says_so():
    seen = Seen("whys", BRANCHED)
    rules = [line for line in seen.svg.iter("line") if line.get("stroke-width") == "2"]
    assert [bool(line.get("stroke-dasharray")) for line in rules] == [False, True, False, False, False]
    assert "Why 2 · assumption" in seen.words


def test_roots_are_red_and_said():
    seen = Seen("whys", BRANCHED)
    assert {label.words for label in seen.labels if label.colour == "f-shu"} >= {"No moment to ask"}
    assert "Root: No moment to ask; One junior writes all." in seen.said


def test_seven_whys_and_a_problem_fit():
    rows = [(str(n), "Because something else happened before it was seen", "assumption") for n in range(1, 8)]
    seen = Seen("whys", tree(*rows, problem="Patients leave late"))
    assert seen.outside() == []
    assert seen.overlapping() == []


def test_a_row_that_says_no_level_answers_the_why_above():
    seen = Seen(
        "whys", tree(("", "The fuse blew"), ("next", "The bearing ran dry"), ("2", "Chips in it"), ("", "No sieve"))
    )
    assert [row[0] for row in figures.table("whys", seen.parsed).rows] == ["Why 1", "Why 2", "Why 2", "Why 3"]
    with pytest.raises(figures.BadFigure) as refused:
        figures.parse("whys", tree(*[("", "again")] * 8))
    assert refused.value.errors == [(7, "level", "7 whys can be drawn. Choose why 7 or less.")]


def test_a_why_cannot_be_skipped():
    with pytest.raises(figures.BadFigure) as refused:
        figures.parse("whys", tree(("1", "a"), ("3", "b")))
    assert refused.value.errors == [(1, "level", "There is no answer to why 2 above. Choose why 2.")]


def test_the_list_on_a_phone_begins_with_the_problem():
    seen = Seen("whys", tree(("1", "The letter waits", "evidence"), problem="They leave at six & later"))
    first, second = re.findall(r"<li>(.*?)</li>", seen.html)
    assert first == "<small>Problem</small><b>They leave at six &amp; later</b>"
    assert "The letter waits" in second
    assert seen.svg.findtext("desc").startswith("Problem: They leave at six & later. 1 answers")
