"""The faces of the PDF hold what the page's faces hold, and print names as they are written."""

import io
import re
from pathlib import Path

import pypdf
import weasyprint

CSS = Path("static/css")
NAMES = ["Ana Štefaničić", "Çağrı Şahin", "Søren Åkesson", "Łukasz Żółć", "Zoë Núñez", "Ōtani Ñuñoa", "Jürgen Groß"]


def faces(name: str) -> set[tuple[str, str, bool]]:
    blocks = re.findall(r"@font-face {(.*?)}", (CSS / name).read_text(), re.DOTALL)
    stems = [re.search(r"/([\w-]+)\.(?:woff2|ttf)", block) for block in blocks]
    families = [re.search(r'font-family: "(.*?)"', block) for block in blocks]
    return {(f[1], s[1], "italic" in b) for f, s, b in zip(families, stems, blocks, strict=True) if f and s}


def test_print_and_page_have_the_same_faces():
    assert faces("print-fonts.css") == faces("fonts.css")
    assert len(faces("fonts.css")) == 10


def test_every_face_is_there():
    for stem in {stem for _, stem, _ in faces("fonts.css")}:
        assert Path(f"static/fonts/{stem}.woff2").exists()
        assert Path(f"static/fonts/print/{stem}.ttf").exists()


def test_names_come_back_from_the_pdf():
    rows = "".join(f"<p>{name}</p><p><b>{name}</b></p><h1>{name}</h1><p><em>{name}</em></p>" for name in NAMES)
    styles = [weasyprint.CSS(CSS / name) for name in ("print-fonts.css", "tokens.css")]
    styles.append(
        weasyprint.CSS(string="body{font-family:var(--sans)} h1{font:600 2em var(--serif)} b{font-weight:600}")
    )
    pdf = weasyprint.HTML(string=f"<html lang=en><body>{rows}</body></html>").write_pdf(stylesheets=styles)
    text = "".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages)
    assert {name: text.count(name) for name in NAMES} == dict.fromkeys(NAMES, 4)
