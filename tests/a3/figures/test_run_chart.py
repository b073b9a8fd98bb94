"""The run chart: points, goal, median, and the days on which something was changed."""

from tests.a3.figures.seeing import Seen


def data(values, changes=(), **options):
    rows = [
        {"when": f"2026-{6 + n // 4:02}-{1 + 7 * (n % 4):02}", "value": value, "change": dict(changes).get(n, "")}
        for n, value in enumerate(values)
    ]
    return {"options": options, "rows": rows}


VALUES = ["5.2", "4.4", "5.5", "4.8", "4.6", "5.3", "4.9", "4.1", "3.5", "3.2", "2.9", "3.1"]


def test_the_median_counts_what_came_before_the_change():
    seen = Seen("run_chart", data(VALUES, {8: "Huddle"}, median="before", unit="h"))
    assert "median 4.85 h" in seen.words  # between 4.1 4.4 4.6 4.8 and 4.9 5.2 5.3 5.5
    assert "Median 4.85 h up to 22 Jul." in seen.said


def test_the_median_counts_all_or_up_to_a_day():
    assert "median 4.5 h" in Seen("run_chart", data(VALUES, median="all", unit="h")).words
    assert "median 5.0" in " ".join(Seen("run_chart", data(VALUES, median="all", baseline_until="2026-06-29")).words)


def test_all_points_stand_inside():
    seen = Seen("run_chart", data(VALUES, {8: "Huddle"}, goal="2", median="all"))
    width, height = seen.canvas
    for circle in seen.svg.iter("circle"):
        assert 0 < float(circle.attrib["cx"]) < width
        assert 0 < float(circle.attrib["cy"]) < height
    assert seen.outside() == []
    assert seen.overlapping() == []


def test_a_missing_value_is_a_gap_and_a_change_alone_is_none():
    gap = Seen("run_chart", data(["5", "4", "", "3", "2"]))
    assert [len(line.attrib["points"].split()) for line in gap.svg.iter("polyline")] == [2, 2]
    change = Seen("run_chart", data(["5", "4", "", "3", "2"], {2: "Huddle"}))
    assert [len(line.attrib["points"].split()) for line in change.svg.iter("polyline")] == [4]


def test_days_are_put_in_order_and_labels_stay_as_entered():
    rows = [{"when": "2026-03-02", "value": "2"}, {"when": "2 Jan 2026", "value": "1"}]
    assert Seen("run_chart", {"rows": rows}).table.rows == (("2 Jan", "1"), ("2 Mar", "2"))
    rows[1]["when"] = "Week 9"
    assert [row[1] for row in Seen("run_chart", {"rows": rows}).table.rows] == ["2", "1"]


def test_what_was_changed_is_a_line_with_its_words_and_a_shade():
    seen = Seen("run_chart", data(VALUES, {3: "Huddle", 8: "Letters"}, goal="2", unit="h"))
    lines = [float(line.attrib["x1"]) for line in seen.all("line", "s-matsu") if line.get("x1") == line.get("x2")]
    (shade,) = seen.all("rect", "f-matsut")
    assert float(shade.attrib["x"]) == lines[0] < lines[1]
    assert {"Huddle", "Letters", "goal 2 h"} <= set(seen.words)


def test_the_last_value_is_written_and_said():
    seen = Seen("run_chart", data(["4,6", "2,9"], unit="h", goal="2,0"))
    assert seen.label("2,9").colour == "f-ai"
    assert seen.said.endswith("Last value 2,9 h. Goal 2,0 h.")


def test_200_points_are_a_line_without_dots():
    rows = [{"when": f"Patient {n}", "value": str(n % 17)} for n in range(200)]
    seen = Seen("run_chart", {"options": {"size": "full", "median": "all"}, "rows": rows})
    assert list(seen.svg.iter("circle")) == []
    assert seen.outside() == []
    assert seen.overlapping() == []


def test_a_wide_chart_brings_a_small_one_for_the_phone():
    seen = Seen("run_chart", data(VALUES, size="full"))
    assert [svg.attrib["viewBox"] for svg in seen.figure.iter("svg")] == ["0 0 640 190", "0 0 310 146"]
    assert len({element.attrib["id"] for element in seen.figure.iter() if element.get("id")}) == 4
