"""The follow-up: where each measure stands, in words and with a sign; and the countermeasures beside their causes."""

import pytest

from tests.a3.figures.seeing import Seen


@pytest.mark.parametrize(
    ("start", "values", "goal", "better", "state"),
    [
        ("4.6", "4.1 2.9", "2.0", "", "on the way"),
        ("17", "31", "40", "", "on the way"),
        ("4.6", "1.9", "2.0", "", "reached"),
        ("17", "40", "40", "", "reached"),
        ("3", "5", "0", "", "got worse"),
        ("3", "3", "0", "", "not moved"),
        ("4.1", "4.0", "4.1", "lower", "held"),
        ("4.1", "4.2", "4.1", "lower", "got worse"),
        ("4.1", "4.2", "4.1", "higher", "held"),
        ("4.1", "4.1", "4.1", "", "held"),
        ("4.1", "4.2", "4.1", "", "has moved"),
        ("4.1", "", "4.1", "", "not measured yet"),
        ("4.1", "4.2", "", "", "no goal set"),
        ("", "5 4 3", "1", "", "on the way"),
        ("0", "40 60 85", "100", "", "on the way"),
        ("0", "-2", "-4", "", "on the way"),
    ],
)
def test_states(start, values, goal, better, state):
    row = {"measure": "A", "start": start, "values": values, "goal": goal, "better": better}
    seen = Seen("measures", {"rows": [row]})
    assert seen.table.rows[0][5] == state
    assert f"</span>{state}</td>" in seen.html


def test_the_line_has_its_first_and_last_value_in_words():
    seen = Seen("measures", {"rows": [{"measure": "Order to door", "values": "4,6 4,1 2,9", "goal": "2"}]})
    assert seen.svg.findtext("title") == "Order to door: from 4,6 to 2,9"


def test_each_drawing_has_its_own_ids():
    rows = [{"measure": name, "values": "1 2 3", "goal": "4"} for name in "ABC"]
    ids = [element.get("id") for element in Seen("measures", {"rows": rows}).figure.iter() if element.get("id")]
    assert len(ids) == len(set(ids)) == 6


def test_without_anybody_to_check_there_is_no_column_for_it():
    seen = Seen("measures", {"rows": [{"measure": "A"}]})
    assert "Next check" not in seen.html
    checked = Seen("measures", {"rows": [{"measure": "A", "who": "K. Obara", "when": "2026-12-18"}]})
    assert ">K. Obara, 18\N{NO-BREAK SPACE}Dec</td>" in checked.html


def test_countermeasures_stand_beside_their_causes():
    row = {"cause": "Letter late", "countermeasure": "Draft it", "who": {"person": 3, "name": "D. Whitlock"}}
    seen = Seen("countermeasures", {"rows": [row]})
    assert [cell.text or cell[0].text for cell in seen.figure.iter("td")] == ["Letter late", "Draft it", "D. Whitlock"]
    assert sum(int(col.attrib["class"][1:]) for col in seen.figure.iter("col")) == 40


def test_a_long_unit_stands_beside_the_name_and_a_short_one_beside_each_number():
    rows = [{"measure": "Missing doses", "unit": "a month", "start": "12", "values": "7", "goal": "2"}]
    seen = Seen("measures", {"rows": [*rows, {**rows[0], "unit": "min"}]})
    assert (
        '<td class="key">Missing doses <small>a month</small></td><td class="r" data-label="Start">12</td>' in seen.html
    )
    assert '<td class="key">Missing doses</td><td class="r" data-label="Start">12 min</td>' in seen.html.replace(
        "\N{NO-BREAK SPACE}", " "
    )
    assert seen.table.rows[0][1].replace("\N{NO-BREAK SPACE}", " ") == "12 a month"
