"""Two texts of one section: what differs is marked, and both together say everything once."""

import time

import pytest

from a3.merging import marked, together
from a3.sanitising import sanitise

TABLE = "<table><tbody><tr><th><p>Cause</p></th></tr>{}</tbody></table>"
ROW = "<tr><td><p>{}</p></td></tr>"
MERGED = {
    "the same": ("<p>a</p>", "<p>a</p>", "<p>a</p>"),
    "one each": ("<p>a</p><p>theirs</p>", "<p>a</p><p>mine</p>", "<p>a</p><p>theirs</p><p>mine</p>"),
    "only mine": ("<p>a</p>", "<p>a</p><p>mine</p>", "<p>a</p><p>mine</p>"),
    "only theirs": ("<p>a</p><p>theirs</p>", "<p>a</p>", "<p>a</p><p>theirs</p>"),
    "mine goes on": ("<p>first</p>", "<p>first and more</p>", "<p>first and more</p>"),
    "theirs goes on": ("<p>first and more</p>", "<p>first</p>", "<p>first and more</p>"),
    "each goes on": ("<p>first from one</p>", "<p>first from two</p>", "<p>first from one</p><p>first from two</p>"),
    "moved": ("<p>a</p><p>b</p>", "<p>b</p><p>a</p>", "<p>a</p><p>b</p>"),
    "nothing": ("", "<p>mine</p>", "<p>mine</p>"),
    "lists by item": (
        "<ul><li><p>a</p></li><li><p>theirs</p></li></ul>",
        "<ul><li><p>a</p></li><li><p>mine</p></li></ul>",
        "<ul><li><p>a</p></li><li><p>theirs</p></li><li><p>mine</p></li></ul>",
    ),
    "tables by row": (
        TABLE.format(ROW.format("theirs")),
        TABLE.format(ROW.format("mine")),
        TABLE.format(ROW.format("theirs") + ROW.format("mine")),
    ),
    "photos": (
        '<p>a</p><img src="/a3/photos/1/" alt="b">',
        '<p>a</p><img src="/a3/photos/2/" alt="c">',
        '<p>a</p><img src="/a3/photos/1/" alt="b"><img src="/a3/photos/2/" alt="c">',
    ),
}


@pytest.mark.parametrize(("theirs", "mine", "both"), MERGED.values(), ids=MERGED)
def test_together(theirs, mine, both):
    assert together(theirs, mine) == both
    assert sanitise(both) == both


def test_what_differs_is_marked_word_by_word():
    theirs, mine = "<p>It took <strong>two</strong> days.</p>", "<p>It took <strong>three</strong> long days.</p>"
    assert marked(theirs, against=mine) == "<p>It took <strong><ins>two</ins></strong> days.</p>"
    assert marked(mine, against=theirs) == "<p>It took <strong><ins>three</ins></strong> <ins>long</ins> days.</p>"


def test_marks_never_break_the_markup():
    theirs = "<ul><li><p>one</p></li></ul><p>&lt;two&gt;</p>"
    mine = TABLE.format(ROW.format("1 &amp; 2"))
    for text, other in ((theirs, mine), (mine, theirs), (theirs, "")):
        found = marked(text, against=other)
        assert found.replace("<ins>", "").replace("</ins>", "") == text
        assert "<ins><" not in found


def test_long_texts_take_no_time():
    one = "".join(f"<p>word {i} again</p>" for i in range(6_000))
    began = time.process_time()
    assert marked(one, against=one[:-30]) == one
    assert together(one, one + "<p>more</p>").endswith("<p>more</p>")
    assert together(one, one.replace("again", "anew")).count("<p>") == 12_000
    assert time.process_time() - began < 3
