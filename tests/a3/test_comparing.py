"""Comparing two texts: words, items, cells, figures; nothing lost either way; never long."""

import re
import time
from html import unescape

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from a3.comparing import Comparer, Figures
from a3.sanitising import sanitise

TABLE = "<table><tbody><tr><th>Measure</th><th>Today</th></tr>{}</tbody></table>"
ROW = "<tr><td>{}</td><td>{}</td></tr>"


def compare(old, new):
    return Comparer().compare(old, new)


def words(html):
    return "".join(unescape(re.sub(r'<(?:[^">]|"[^"]*")*>', "", html)).split())


def without(tag, html):
    return re.sub(rf"<{tag}>.*?</{tag}>", "", html, flags=re.DOTALL)


def test_a_column_put_in_or_taken_out_moves_no_cell():
    narrow = TABLE.format(ROW.format("By noon", "17 %"))
    wide = (
        "<table><tbody><tr><th>Measure</th><th>Before</th><th>Today</th></tr>"
        "<tr><td>By noon</td><td>12 %</td><td>31 %</td></tr></tbody></table>"
    )
    assert compare(narrow, wide) == (
        "<table><tbody><tr><th>Measure</th><th><ins>Before</ins></th><th>Today</th></tr>"
        "<tr><td>By noon</td><td><ins>12 %</ins></td><td><del>17</del> <ins>31</ins> %</td></tr></tbody></table>"
    )
    assert compare(wide, narrow) == (
        "<table><tbody><tr><th>Measure</th><th><del>Before</del></th><th>Today</th></tr>"
        "<tr><td>By noon</td><td><del>12 %</del></td><td><del>31</del> <ins>17</ins> %</td></tr></tbody></table>"
    )


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("<p>Beds open late</p>", "<p>Beds open early</p>", "<p>Beds open <del>late</del><ins>early</ins></p>"),
        ("<p>one two</p>", "<p>one <strong>two</strong> three</p>", "<p>one <strong>two</strong> <ins>three</ins></p>"),
        ("", "<p>new</p>", "<p><ins>new</ins></p>"),
        ("<p>gone</p>", "", "<p><del>gone</del></p>"),
        ("<p>a</p>", "<p>a</p>", "<p>a</p>"),
        (
            "<ul><li><p>red tea</p></li><li><p>milk</p></li></ul>",
            "<ul><li><p>milk</p></li><li><p>bread</p></li></ul>",
            "<ul><li><p><del>red tea</del></p></li><li><p>milk</p></li><li><p><ins>bread</ins></p></li></ul>",
        ),
        (
            TABLE.format(ROW.format("By noon", "17 %") + ROW.format("Order to door", "4.6 h")),
            TABLE.format(ROW.format("By noon", "31 %") + ROW.format("Order to door", "4.6 h")),
            TABLE.format(ROW.format("By noon", "<del>17</del> <ins>31</ins> %") + ROW.format("Order to door", "4.6 h")),
        ),
        (
            TABLE.format(ROW.format("By noon", "17")),
            TABLE.format(ROW.format("By noon", "17") + ROW.format("Back", "4")),
            TABLE.format(ROW.format("By noon", "17") + ROW.format("<ins>Back</ins>", "<ins>4</ins>")),
        ),
    ],
)
def test_what_differs_is_marked(old, new, found):
    assert compare(old, new) == found


def test_a_link_that_leads_elsewhere_is_a_change():
    old, new = (f'<p><a href="https://x.example/{n}">board</a></p>' for n in (1, 2))
    assert compare(old, new).count("board") == 2


def test_a_changed_paragraph_is_found_among_new_ones():
    old = "<p>The letter waits until rounds end.</p>"
    new = "<p>Quite new.</p><p>The letter waits until noon.</p><p>New too.</p>"
    assert "<p>The letter waits until <del>rounds end</del><ins>noon</ins>.</p>" in compare(old, new)


def test_figures_stand_side_by_side_when_they_differ():
    figures = Figures(lambda n: f"then {n}", lambda n: f"now {n}", lambda n: n == "1")
    place = '<figure data-figure="{}"></figure>'.format
    found = Comparer(figures).compare(place(1) + place(2) + place(3), place(1) + place(2) + place(4))
    assert found.startswith('now 1<div class="two-figures">')
    for said in ("then 2", "now 2", "then 3", "now 4"):
        assert found.count(said) == 1


WORDS = st.sampled_from(["bed ", "late", " 17&nbsp;%", "&lt;ins>", "a > b", "&amp;", ".", "Ünder", " "])
INNER = st.lists(
    st.one_of(
        WORDS, WORDS.map("<strong>{}</strong>".format), st.just("<br>"), WORDS.map('<a href="http://x">{}</a>'.format)
    ),
    max_size=5,
).map("".join)
PARAGRAPH = INNER.map("<p>{}</p>".format)
ITEMS = st.lists(st.one_of(PARAGRAPH, INNER).map("<li>{}</li>".format), max_size=3).map("".join)
CELLS = st.lists(st.one_of(PARAGRAPH, INNER).map("<td>{}</td>".format), max_size=3).map("".join)
ROWS = st.lists(CELLS.map("<tr>{}</tr>".format), max_size=3).map("".join)
TEXTS = st.lists(
    st.one_of(PARAGRAPH, ITEMS.map("<ul>{}</ul>".format), ROWS.map("<table><tbody>{}</tbody></table>".format), INNER),
    max_size=4,
).map(lambda parts: sanitise("".join(parts)))


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.too_slow])
@given(TEXTS, TEXTS)
def test_taking_out_what_came_gives_the_old_text_and_what_went_the_new_one(old, new):
    found = compare(old, new)
    assert words(without("ins", found)) == words(old)
    assert words(without("del", found)) == words(new)
    assert sanitise(re.sub("</?(ins|del)>", "", found)) == re.sub("</?(ins|del)>", "", found).strip() or not found
    assert compare(old, old).count("<ins>") == 0


@pytest.mark.parametrize(
    "pair",
    [
        ("<p>" + "a b " * 45_000 + "</p>", "<p>" + "b a " * 45_000 + "</p>"),
        ("<p>x</p>" * 12_000, "<p>y</p>" * 12_000),
        ("<p>" + "".join(f"w{n} " for n in range(3_000)), "<p>" + "".join(f"w{n * 7 % 3_000} " for n in range(3_000))),
        ("<ul>" * 20 + "<li>a</li>" * 9_000, "<ul>" * 20 + "<li>b a</li>" * 9_000),
        ("<p>a b c</p>" * 19, "<p>a c d</p>" * 19),
    ],
    ids=["two words", "many blocks", "shuffled", "deep list", "alike"],
)
def test_huge_and_hostile_texts_end_soon(pair):
    began = time.process_time()
    compare(*pair)
    assert time.process_time() - began < 4
