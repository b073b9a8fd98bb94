"""Passages: found again across tags and blanks, where several are alike, and marked without breaking the text."""

import re
import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from a3.passages import Passage, Pen, locate, marked, stands

BODY = "<p>The order comes at <strong>10:20</strong>, then nothing moves for 96 minutes.</p><p>Then A &amp; B.</p>"


def pens(*passages):
    return [Pen(n, f"mark-{n}", f"#remark-{n}", passage) for n, passage in enumerate(passages, start=1)]


def number(n):
    return f'<a class="pen-n" id="mark-{n}" href="#remark-{n}"><span class="vh">Remark </span>{n}</a>'


def test_a_passage_is_kept_as_it_reads_with_what_stands_around_it():
    found = locate(BODY, "at 10:20 ,\nthen")
    assert found == Passage("at 10:20, then", "Theordercomes", "nothingmovesfor96minutes.ThenA&B.")
    assert locate(BODY, "A & B").quote == "A & B"


@pytest.mark.parametrize("words", ["never written", "", " \n", "<p>", "strong", "&amp;", "x" * 9000])
def test_words_that_do_not_stand_there_are_no_passage(words):
    assert locate(BODY, words) is None
    assert locate("", words) is None


def test_words_are_marked_across_tags_and_paragraphs():
    assert marked(BODY, pens(Passage("at 10:20"))) == BODY.replace("at <", '<mark class="pen">at </mark><').replace(
        "10:20</strong>", f'<mark class="pen">10:20</mark>{number(1)}</strong>'
    )
    html = marked("<ul><li><p>one two</p></li><li><p>three</p></li></ul>", pens(Passage("two three")))
    assert html == (
        '<ul><li><p>one <mark class="pen">two</mark></p></li>'
        f'<li><p><mark class="pen">three</mark>{number(1)}</p></li></ul>'
    )


def test_of_several_places_the_one_with_the_same_words_around_it_is_meant():
    body = "<p>a late bed, a late letter, a late ride</p>"
    found = locate(body, "late", before="a late bed, a")
    assert found.after.startswith("letter")
    assert f"late</mark>{number(1)} letter" in marked("<p>new</p>" + body, pens(found))


def test_overlapping_passages_share_their_mark_and_keep_their_numbers():
    html = marked("<p>one two three</p>", pens(Passage("one two"), Passage("two three")))
    assert html == f'<p><mark class="pen">one two{number(1)} three</mark>{number(2)}</p>'


def test_no_number_stands_inside_a_link():
    body = '<p>See <a href="https://a.example/?x=&quot;>">the board here</a> now</p>'
    assert f"here</a>{number(1)} now" in marked(body, pens(Passage("the board")))


def test_a_passage_that_is_gone_is_not_marked():
    assert marked(BODY, pens(Passage("rewritten since"))) == BODY
    assert not stands(BODY, Passage("rewritten since"))
    assert stands(BODY, Passage("nothing  moves", before="x", after="y"))


PARTS = st.lists(
    st.sampled_from(["<p>", "</p>", "<strong>", "</strong>", "a", "b ", " ", "&amp;", "&lt;b", '<img alt="a > b">']),
    max_size=14,
).map("".join)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PARTS, st.lists(st.text("ab &<", max_size=4), max_size=3))
def test_taking_the_marks_out_gives_the_text_back(html, quotes):
    found = marked(html, pens(*map(Passage, quotes)))
    bare = re.sub(r'<a class="pen-n".*?</a>', "", found)
    assert re.sub(r'<mark class="pen">|</mark>', "", bare) == html


def test_huge_and_hostile_texts_take_no_time():
    body = f"<p>{'a' * 190_000}</p>"
    began = time.process_time()
    found = locate(body, "a" * 400, before="a" * 60)
    marked(body, pens(*[found] * 12))
    assert time.process_time() - began < 3
