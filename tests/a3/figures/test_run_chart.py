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
