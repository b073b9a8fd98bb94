"""What a reader's software finds in the PDF: everything is tagged, has words, an order and a language."""

from io import BytesIO
from itertools import pairwise

import pikepdf
import pytest

from a3.passages import Passage, Pen
from a3.pdf.paper import render
from tests.a3.test_fitting import rich
from tests.a3.test_paper import job

TABLE = (
    "<table><tbody><tr><th><p>Measure</p></th><th><p>Goal</p></th></tr>"
    "<tr><th><p>Door</p></th><td><p>2 h</p></td></tr></tbody></table>"
)
LINK = '<p>As <a href="https://example.org/board">the board</a> says.</p>'
REMARK = {"number": 1, "kind": "Question", "section": "1 Section 1", "text": "Why?", "by": "Ken", "on": "1 Oct 2026"}


@pytest.fixture(scope="module")
def pdf():
    """A sheet with figures, a table with heads on two sides, links, and a remark on a second sheet."""
    sheet = rich(0)
    sheet.left[0]["body"] += TABLE + LINK
    pens = {1: [Pen(1, "mark-1", "#remark-1", Passage("board", "", ""))]}
    whole = job(
        drawings=sheet.drawings, remarks=[REMARK | {"quote": "board", "replies": []}], with_remarks=True, pens=pens
    )
    whole.left.extend(sheet.left)
    whole.right.extend(sheet.right)
    with pikepdf.open(BytesIO(render(whole).pdf)) as opened:
        yield opened


def elements(pdf, kind=""):
    """Elements of the tree in reading order, of this kind."""
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        element = waiting.pop(0)
        if isinstance(element, pikepdf.Dictionary):
            children = element.get("/K", [])
            waiting = [*(children if isinstance(children, pikepdf.Array) else [children]), *waiting]
            if element.get("/S") and (not kind or str(element.S) == f"/{kind}"):
                yield element


def test_the_document_says_what_it_is(pdf):
    root = pdf.Root
    assert [str(root.Lang), bool(root.MarkInfo.Marked), bool(root.ViewerPreferences.DisplayDocTitle)] == [
        "en",
        True,
        True,
    ]
    with pdf.open_metadata() as metadata:
        assert (metadata["pdfuaid:part"], bool(metadata["dc:title"])) == ("1", True)


def test_one_tabs_through_it_in_the_order_of_its_tags(pdf):
    assert [str(page.Tabs) for page in pdf.pages] == ["/S", "/S"]
    assert all("/StructParents" in page for page in pdf.pages)


def test_every_picture_has_words_and_its_place_in_points(pdf):
    figures = list(elements(pdf, "Figure"))
    words = [str(figure.Alt) for figure in figures]
    assert len(words) == 9  # the code, five drawings, and a small line for each of three measures
    assert all(words)
    assert "Order to door: weekly median, hours" in words
    width, height = (float(side) for side in pdf.pages[0].mediabox[2:])
    for left, bottom, right, top in (map(float, figure.A.BBox) for figure in figures):
        assert 0 <= left < right <= width
        assert 0 <= bottom < top <= height
    code = figures[0].A.BBox
    assert float(code[1]) > height * 0.9  # it stands in the upper right corner


def test_heads_of_a_table_say_what_they_are_the_head_of(pdf):
    table = next(elements(pdf, "Table"))
    heads = [element for element in elements_below(table) if str(element.get("/S")) == "/TH"]
    assert [str(head.A.Scope) for head in heads] == ["/Column", "/Column", "/Row"]
    assert not any("/ID" in element for element in elements(pdf))


def elements_below(element):
    for child in element.get("/K", []):
        if isinstance(child, pikepdf.Dictionary):
            yield child
            yield from elements_below(child)


def test_links_have_words_and_a_place_in_the_tree(pdf):
    notes = [note for page in pdf.pages for note in page.get("/Annots", [])]
    assert len(notes) >= 2
    assert all("/StructParent" in note and str(note.get("/Contents", "")) for note in notes)


def test_headings_come_in_order_and_none_is_skipped(pdf):
    levels = [int(str(element.S)[2]) for element in elements(pdf) if str(element.S) in {"/H1", "/H2", "/H3"}]
    assert levels[0] == 1
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_whatever_is_drawn_is_tagged_or_marked_as_decoration(pdf):
    for page in pdf.pages:
        within, loose = 0, 0
        for instruction in pikepdf.parse_content_stream(page):
            name = str(instruction.operator)
            within += (name in {"BMC", "BDC"}) - (name == "EMC")
            loose += name in {"Tj", "TJ", "Do"} and not within
        assert (within, loose) == (0, 0)
