"""Trend and before/after: first and last value, differences in words."""

import pytest

from tests.a3.figures.seeing import Seen


def test_first_and_last_value_stand_beside_the_line():
    rows = [{"when": "2026-11-02", "value": "2,9"}, {"when": "2026-06-01", "value": "4,6"}]
    seen = Seen("trend", {"options": {"unit": "h"}, "rows": rows})
    assert seen.words == ["4,6 h", "2,9 h", "1 Jun", "2 Nov"]
    assert seen.said == "2 values, from 4,6 h to 2,9 h."


@pytest.mark.parametrize(
    ("before", "after", "unit", "better", "words"),
    [
        ("4,6", "2,9", "h", "lower", "1,7 h less (−37 %), better"),
        ("17", "31", "%", "higher", "14 points more, better"),
        ("61", "70", "", "lower", "9 more (+15 %), worse"),
        ("3", "3", "h", "lower", "the same"),
        ("-300", "120", "kUSD", "", "420 kUSD more"),
        ("0", "5", "", "", "5 more"),
        ("0.10", "0.05", "mm", "", "0.05 mm less (−50 %)"),
    ],
)
def test_differences(before, after, unit, better, words):
    row = {"what": "A", "before": before, "after": after, "unit": unit, "better": better}
    seen = Seen("before_after", {"rows": [row]})
    assert seen.table.rows[0][3] == words
    assert words in seen.words


def test_bars_begin_at_zero_and_share_the_scale_of_their_unit():
    rows = [
        {"what": "A", "before": "10", "after": "5", "unit": "h"},
        {"what": "B", "before": "2", "after": "20", "unit": "h"},
        {"what": "C", "before": "1", "after": "1", "unit": "%"},
    ]
    seen = Seen("before_after", {"rows": rows})
    wide = [float(rect.attrib["width"]) for rect in seen.all("rect", "f-ai")]
    assert wide[0] / wide[1] == pytest.approx(0.25, abs=0.01)
    assert wide[2] == pytest.approx(wide[1], rel=0.25)
