"""How rich text is set: what a table's columns get, and what stays as it is."""

import re

from django.utils.html import strip_tags

from a3.typesetting import typeset

HEAD = "<tr><th><p>Measure</p></th><th><p>Today</p></th><th><p>By</p></th></tr>"
ROW = "<tr><td><p>Order to door, median</p></td><td><p>4.6 h</p></td><td><p>30 Apr</p></td></tr>"
GOAL = f"<table><tbody>{HEAD}{ROW}</tbody></table>"


def test_figures_go_to_the_right_and_dates_do_not():
    assert '<td class="r" data-label="Today">4.6 h</td><td data-label="By">30 Apr</td>' in typeset(GOAL)


def test_the_columns_share_the_whole_width():
    widths = [int(width) for width in re.findall(r'<col class="w(\d+)">', typeset(GOAL))]
    assert len(widths) == 3
    assert sum(widths) == 40


def test_a_lone_paragraph_in_a_cell_or_item_is_unwrapped_and_several_stay():
    assert typeset("<ul><li><p>One</p></li></ul>") == "<ul><li>One</li></ul>"
    several = "<ul><li><p>One</p><p>Two</p></li></ul>"
    assert typeset(several) == several
    nested = "<ul><li><p>One</p><ul><li>Two</li></ul></li></ul>"
    assert typeset(nested) == nested


def test_a_table_that_is_no_plain_grid_is_left_alone():
    for table in (
        "<table><tbody><tr><td colspan=2>a</td></tr><tr><td>b</td><td>c</td></tr></tbody></table>",
        "<table><tbody><tr><td>a</td></tr><tr><td>b</td><td>c</td></tr></tbody></table>",
        "<table><tbody></tbody></table>",
    ):
        assert typeset(table) == table


def test_a_table_too_wide_for_a_phone_becomes_cards():
    head = "".join(f"<th>{word}</th>" for word in ("Cause", "Countermeasure", "Prediction", "Responsible", "When"))
    row = "<td>Letters are written in one batch</td>" * 5
    assert '<table class="set cards">' in typeset(f"<table><tbody><tr>{head}</tr><tr>{row}</tr></tbody></table>")
    assert '<table class="set goal">' in typeset(GOAL)


def test_numbered_whys_stand_in_a_row_and_other_lists_do_not():
    steps = "<ol>" + "<li><p>Because</p></li>" * 5 + "</ol>"
    assert '<ol class="whys n5">' in typeset(f"<p>Five whys</p>{steps}")
    assert '<ol class="whys n5">' in typeset(f"<p><strong>Five whys</strong>, the letter</p>{steps}")
    assert "whys n" not in typeset(f"<p>In this order</p>{steps}")


def test_what_was_learned_stands_out():
    assert typeset("<p><strong>Learned.</strong> Much.</p>") == '<p class="learn"><strong>Learned.</strong> Much.</p>'


def test_labels_of_cards_are_escaped():
    head = '<tr><th>&lt;b&gt; &amp; "x"</th><th>b</th></tr>'
    assert 'data-label="&lt;b&gt; &amp; &quot;x&quot;"' in typeset(
        f"<table><tbody>{head}<tr><td>1</td><td>2</td></tr></tbody></table>"
    )


def test_no_word_is_lost():
    assert strip_tags(typeset(GOAL)) == strip_tags(GOAL)
