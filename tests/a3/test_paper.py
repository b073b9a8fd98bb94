"""The PDF of a sheet: its text, one page, its size, its tags, and that nothing is fetched."""

import datetime as dt
import logging
from collections import Counter
from html import unescape
from io import BytesIO
from typing import Any

import pypdf
import pytest
from django.conf import settings
from django.utils.html import strip_tags

from a3.pdf import Job, TooLong
from a3.pdf.fitting import SMALLEST, layout
from a3.pdf.paper import prepared
from a3.pdf.paper import render as printed

NAMES = ("Žofie Dvořáková", "Łukasz Wiśniewski", "İpek Yıldız", "Søren Ærø", "Ștefan Țurcanu", "Ågot Gästgífvars")
MILLIMETRE = 72 / 25.4


@pytest.fixture(autouse=True)
def complaints(caplog):
    """What WeasyPrint warns of, such as a missing alternative, is an error."""
    with caplog.at_level(logging.WARNING, logger="weasyprint"):
        yield caplog


def job(*bodies: str, owner: str = "Dana Whitlock", **fields) -> Job:
    sections = [
        {"pk": n, "number": n, "name": f"Section {n}", "hint": "Why this, why now?", "body": body}
        for n, body in enumerate(bodies, start=1)
    ]
    sheet = {
        "title": "Leave by noon: discharge flow on 5 West",
        "partner": {"name": "Halden Valley Health"},
        "site": {"name": "Riverside"},
        "owner": {"name": owner},
        "coach": {"name": "Ken Obara"},
        "sponsor": None,
        "started_on": dt.date(2026, 9, 14),
        "round_number": 3,
        "code": "A3-0412",
    }
    half = len(sections) // 2 + 1
    given: dict[str, Any] = {
        "on": dt.date(2026, 11, 22),
        "address": "https://partners.example.org/a3/prints/1/",
        "short_code": "7K3FQ",
    }
    return Job(sheet=sheet, left=sections[:half], right=sections[half:], **given | fields)


def render(job: Job) -> bytes:
    return printed(job).pdf


def read(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    return read(pdf).pages[0].extract_text()


def paragraph(words: int) -> str:
    return f"<p>{'several causes meet here ' * (words // 4)}</p>"


def test_the_paper_says_what_the_sheet_says_letter_by_letter(complaints):
    sheet = job("<p>Why <strong>now</strong>?</p>", "<p>One</p><p>Two</p>", "", "<p>Goal &lt; 2 h &amp; “safe”</p>")
    said = unescape(strip_tags(prepared(sheet)[0].partition("<body>")[2]))
    assert Counter("".join(text_of(render(sheet)).split())) == Counter("".join(said.split()))
    assert complaints.records == []


@pytest.mark.parametrize(("paper", "width", "height"), [("a3", 420, 297), ("ledger", 431.8, 279.4)])
def test_it_is_one_landscape_page_of_exactly_that_paper(paper, width, height):
    pages = read(render(job("<p>One</p>", "<p>Two</p>", paper=paper))).pages
    assert len(pages) == 1
    assert float(pages[0].mediabox.width) == pytest.approx(width * MILLIMETRE, abs=0.02)
    assert float(pages[0].mediabox.height) == pytest.approx(height * MILLIMETRE, abs=0.02)


def test_it_is_tagged_and_says_its_language_and_title():
    reader = read(render(job("<p>One</p>")))
    catalogue = reader.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "en"
    assert reader.metadata.title == "Leave by noon: discharge flow on 5 West · A3-0412, round 3"
    assert b"pdfuaid:part" in catalogue["/Metadata"].get_data()


def test_names_in_every_latin_script_read_back_right():
    found = text_of(render(job(*[f"<p>{name} and <strong>{name}</strong></p>" for name in NAMES], owner=NAMES[0])))
    assert [name for name in NAMES if found.count(name) < 2] == []
    assert found.count(NAMES[0]) == 3


ALPHABETS = {
    "en": "The quick brown fox jumps over the lazy dog £ € “ ” ‘ ’ … – ±",
    "da": "Høj bly gom vandt fræk sexquiz på wc Åse Æble Øl",
    "de": "Falsches Üben von Xylophonmusik quält jeden größeren Zwerg ÄÖÜẞ",
    "es": "El pingüino Wenceslao hizo kilómetros bajo exhaustiva lluvia ¿ñandú? ¡Él añoraba!",
    "fr": "Voix ambiguë d’un cœur qui préfère les jattes de kiwis Çà Œuvre Ÿ «été»",
    "pt": "Luís argüia à Júlia que brações, fé, chá, óxido, pôr, zângão eram palavras",
}


@pytest.mark.parametrize("code", [code for code, _ in settings.LANGUAGES])
def test_every_language_we_speak_is_read_back_from_embedded_faces(code):
    words = ALPHABETS[code]
    pdf = render(job(f"<p>{words}</p>", f"<p><strong>{words}</strong></p>", f"<p><em>{words}</em></p>"))
    assert "".join(text_of(pdf).split()).count("".join(words.split())) == 3
    fonts = [font.get_object() for font in read(pdf).pages[0]["/Resources"]["/Font"].values()]
    faces = [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]
    assert faces
    assert [face["/FontName"] for face in faces if not {"/FontFile", "/FontFile2", "/FontFile3"} & set(face)] == []


def test_the_outline_names_the_sections():
    names = [line.title for line in flat(read(render(job("<p>One</p>", "<p>Two</p>"))).outline)]
    assert names[0].startswith("Leave by noon")
    assert "2 Section 2" in names


def flat(outline):
    return [line for one in outline for line in (flat(one) if isinstance(one, list) else [one])]


def test_in_the_smallest_type_nothing_to_read_is_smaller_than_seven_points():
    cells = "<tr><th><p>Measure</p></th><th><p>Goal</p></th></tr><tr><td><p>Door</p></td><td><p>2 h</p></td></tr>"
    full = job(f"<p>Words</p><table><tbody>{cells}</tbody></table>")
    assert 6.99 <= min(sizes_of(full)) < 8.6


def sizes_of(sheet):
    """The sizes in points of all words, in the smallest type."""
    document = layout(*prepared(sheet), SMALLEST, 420, 297)
    sizes = []

    def note_size(text, matrix, text_matrix, _font, size):
        if text.strip():
            sizes.append(abs(text_matrix[3]) * size * abs(matrix[3]))

    read(document.write_pdf(pdf_variant="pdf/ua-1")).pages[0].extract_text(visitor_text=note_size)
    return sizes


def test_the_same_sheet_is_the_same_file():
    assert render(job("<p>One</p>")) == render(job("<p>One</p>"))


def test_a_dense_sheet_is_set_smaller_and_stays_whole():
    sheet = job(*[paragraph(240)] * 7)
    pdf = render(sheet)
    assert len(read(pdf).pages) == 1
    assert "".join(text_of(pdf).split()).count("severalcausesmeethere") == 7 * 60


def test_a_sheet_too_full_for_any_readable_size_says_which_section_is_too_long_and_by_how_much():
    with pytest.raises(
        TooLong, match=r"^2 Section 2 is about \d+ lines too long, even in the smallest type"
    ) as refused:
        render(job(paragraph(100), paragraph(1600), paragraph(100), paragraph(40)))
    (overflow,) = refused.value.overflows
    less = "several causes meet here " * (400 - overflow.lines * 6)  # a line of the smallest type holds about 24 words
    assert render(job(paragraph(100), f"<p>{less}</p>", paragraph(100), paragraph(40)))
    more = "several causes meet here " * (400 - overflow.lines * 3)
    with pytest.raises(TooLong):
        render(job(paragraph(100), f"<p>{more}</p>", paragraph(100), paragraph(40)))


def test_both_halves_too_long_name_a_section_each():
    with pytest.raises(TooLong, match=r"^1 Section 1 is about .* and 4 Section 4 is about"):
        render(job(paragraph(1500), "", "", paragraph(1500)))


def test_what_is_far_too_much_is_refused_before_it_is_set():
    with pytest.raises(TooLong, match=r"^1 Section 1 is far too long"):
        render(job(paragraph(20_000), "<p>One</p>"))
    with pytest.raises(TooLong, match="far too long"):
        render(job("<p></p>" * 5_000))
