"""The Pareto chart: order, running total, and the line under what makes 80 %."""

import pytest

from a3 import figures
from tests.a3.figures.seeing import Seen

COUNTS = [("Ride home", 23), ("Discharge letter", 61), ("Equipment", 6), ("Medicines to take", 44), ("Result", 15)]


def data(counts, **options):
    return {"options": options, "rows": [{"what": what, "count": str(count)} for what, count in counts]}


def test_sorted_with_a_running_total():
    seen = Seen("pareto", data(COUNTS))
    assert [row[0] for row in seen.table.rows] == [
        "Discharge letter",
        "Medicines to take",
        "Ride home",
        "Result",
        "Equipment",
    ]
    assert [row[2] for row in seen.table.rows] == ["41 %", "70 %", "86 %", "96 %", "100 %"]


def test_the_line_stands_under_the_first_that_reach_80_percent():
    seen = Seen("pareto", data(COUNTS))
    (line,) = seen.all("line", "s-shu")
    assert seen.label("Ride home").box[3] < float(line.attrib["y1"]) < seen.label("Result").box[1]
    assert len(seen.all("rect", "f-ai")) == 3


def test_others_come_last_and_are_never_vital():
    seen = Seen("pareto", data([("Others", 90), ("Letter", 10), ("Ride", 4)]))
    assert [row[0] for row in seen.table.rows] == ["Letter", "Ride", "Others"]
    assert len(seen.all("rect", "f-bar")) == 1


def test_many_are_summed_up_in_the_last():
    seen = Seen("pareto", data([(f"Cause {n}", 30 - n) for n in range(25)]))
    assert "16 others" in seen.words
    assert len(seen.table.rows) == 25


def test_the_total_in_words():
    seen = Seen("pareto", data(COUNTS, unit="late discharges in 4 weeks"))
    assert "149 late discharges in 4 weeks" in seen.words


def test_a_count_below_zero_is_refused_beside_its_row():
    with pytest.raises(figures.BadFigure) as refused:
        figures.parse("pareto", data([("Letter", 3), ("Ride", -1)]))
    assert refused.value.errors == [(1, "count", "Write a number of 0 or more.")]
