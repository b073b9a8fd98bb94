"""The faces of the PDF hold what the page's faces hold, and print names as they are written."""

import io
import re
from pathlib import Path

import pypdf
import weasyprint
from weasyprint.text.fonts import FontConfiguration

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


def printed(body: str) -> pypdf.PdfReader:
    fonts = FontConfiguration()
    styles = [weasyprint.CSS(CSS / name, font_config=fonts) for name in ("print-fonts.css", "tokens.css")]
    styles.append(
        weasyprint.CSS(string="body{font-family:var(--sans)} h1{font:600 2em var(--serif)} b{font-weight:600}")
    )
    html = weasyprint.HTML(string=f"<html lang=en><body>{body}</body></html>")
    return pypdf.PdfReader(io.BytesIO(html.write_pdf(stylesheets=styles, font_config=fonts)))


def test_names_come_back_from_the_pdf():
    pdf = printed("".join(f"<p>{n}</p><p><b>{n}</b></p><h1>{n}</h1><p><em>{n}</em></p>" for n in NAMES))
    text = "".join(page.extract_text() for page in pdf.pages)
    assert {name: text.count(name) for name in NAMES} == dict.fromkeys(NAMES, 4)


def test_pdf_uses_our_faces_only():
    pdf = printed("".join(f"<p>{n} <b>{n}</b> <em>{n}</em></p><h1>{n}</h1>" for n in NAMES))
    fonts = [page["/Resources"].get_object()["/Font"] for page in pdf.pages]
    used = {font.get_object()["/BaseFont"] for of_page in fonts for font in of_page.values()}
    assert {re.sub(r"^/\w+\+", "", name) for name in used} == {
        "IBM-Plex-Sans",
        "IBM-Plex-Sans-Italic",
        "IBM-Plex-Sans-Semi-Bold",
        "IBM-Plex-Sans-Ext",
        "IBM-Plex-Sans-Ext-Italic",
        "IBM-Plex-Sans-Ext-Semi-Bold",
        "Newsreader-Semi-Bold",
        "Newsreader-Ext-Semi-Bold",
    }
