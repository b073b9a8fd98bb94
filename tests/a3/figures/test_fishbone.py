"""The fishbone: bones above and below, causes that cover nothing, roots outlined."""

import pytest

from a3 import figures
from tests.a3.figures.seeing import Seen

CAUSES = (
    "letter after rounds",
    "Donaudampfschifffahrtsgesellschaft kommt zu spät",
    "no one asks who may leave",
    "slow",
)


def bones(groups, causes):
    rows = [
        {"group": f"Long name of group {n}", "cause": CAUSES[(n + m) % 4], "root": (n + m) % 3 == 0}
        for n in range(groups)
        for m in range(causes)
    ]
    return {"options": {"effect": "Patients wait in the emergency department until a bed opens"}, "rows": rows}


@pytest.mark.parametrize("groups", range(1, 9))
@pytest.mark.parametrize("causes", range(1, 7))
def test_nothing_covers_anything(groups, causes):
    seen = Seen("fishbone", bones(groups, causes))
    assert seen.outside() == []
    assert seen.overlapping() == []


def test_roots_are_outlined_in_red():
    seen = Seen("fishbone", bones(4, 3))
    roots = sum(1 for row in seen.table.rows if row[2])
    assert len(seen.all("rect", "s-shu")) == roots > 0


def test_half_of_the_bones_stand_below():
    seen = Seen("fishbone", bones(5, 1))
    middle = seen.canvas[1] / 2
    names = [label for label in seen.labels if label.words.startswith("Long")]
    assert [label.box[1] < middle for label in names] == [True, True, True, False, False]


def test_a_blank_group_is_the_one_above():
    rows = [{"group": "Method", "cause": "a"}, {"cause": "b"}, {"group": "People", "cause": "c"}]
    assert [row[:2] for row in Seen("fishbone", {"rows": rows}).table.rows] == [
        ("Method", "a"),
        ("Method", "b"),
        ("People", "c"),
    ]


def test_what_was_shortened_stands_whole_in_the_list():
    assert CAUSES[1] in Seen("fishbone", bones(8, 6)).html


def test_more_bones_or_causes_than_can_be_read_are_refused():
    with pytest.raises(figures.BadFigure) as refused:
        figures.parse("fishbone", bones(9, 1))
    assert [(row, field) for row, field, _ in refused.value.errors] == [(8, "group")]
    with pytest.raises(figures.BadFigure) as refused:
        figures.parse("fishbone", bones(1, 8))
    assert [(row, field) for row, field, _ in refused.value.errors] == [(6, "cause")]


def test_the_list_on_a_phone_begins_with_the_effect():
    seen = Seen("fishbone", bones(1, 1))
    assert (
        "<li><small>Effect</small><b>Patients wait in the emergency department until a bed opens</b></li>" in seen.html
    )
