"""Page and paper agree: the palette is the tokens', each class has its rule, WeasyPrint sets all words in our faces."""

import io
import re
from importlib import import_module
from pathlib import Path

import pytest
from pypdf import PdfReader

from a3 import figures
from a3.figures.svg import PALETTE
from a3.pdf.press import press
from tests.a3.figures.samples import SAMPLES
from tests.a3.figures.seeing import TODAY, Seen

TOKENS = dict(re.findall(r"--([\w-]+):\s*(?:light-dark\()?(#\w{6})", Path("static/css/tokens.css").read_text()))
RULES = dict(
    re.findall(r"\.([fs]-\w+) \{ (?:fill|stroke): var\(--([\w-]+)\)", Path("static/css/figures.css").read_text())
)


@pytest.mark.parametrize("slug", SAMPLES)
def test_each_class_of_a_shape_is_a_token_of_the_same_colour(slug):
    seen = Seen(slug, SAMPLES[slug])
    for shape in seen.figure.iter():
        for name in set(shape.get("class", "").split()) - {"f-none"}:
            if re.fullmatch(r"[fs]-\w+", name):
                colour = shape.get("fill" if name[0] == "f" else "stroke")
                assert colour == PALETTE[name[2:]] == TOKENS[RULES[name]]


def test_paper_sets_every_kind_in_our_faces(caplog):
    drawings = [
        figures.draw(slug, figures.parse(slug, data), title=slug, description="Łódź, Ğ", uid=slug, today=TODAY)
        for slug, data in SAMPLES.items()
    ]
    fonts, style = press()
    html = (
        f'<html lang="en"><title>All</title><div class="sheet"><div class="rt">{"".join(drawings)}</div></div></html>'
    )
    document = import_module("weasyprint").HTML(string=html).render(stylesheets=[style], font_config=fonts)
    reader = PdfReader(io.BytesIO(document.write_pdf(pdf_variant="pdf/ua-1")))
    text = "".join(page.extract_text() for page in reader.pages)
    assert "goal 2 h" in text
    faces = {
        str(font.get_object()["/BaseFont"]) for page in reader.pages for font in page["/Resources"]["/Font"].values()
    }
    assert {re.sub(r"^/\w+\+|-.*", "", face) for face in faces} <= {"IBM", "Newsreader"} | {"IBM-Plex", "IBM-Plex-Sans"}
    assert [record.message for record in caplog.records if record.name == "weasyprint"] == []
