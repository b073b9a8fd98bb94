"""What is kept as a document: told by what is in the file, never by its name, and nothing that could run."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from PIL import Image

from a3.documents import MOST_BYTES, NotADocument, look_at
from tests.coaching.documents import DOCX, ODT, OLD, PDF, PPTX, SVG, XLSX, archive, picture

KEPT = {
    "a PDF": (PDF, "pdf"),
    "a letter": (DOCX, "docx"),
    "a table": (XLSX, "xlsx"),
    "slides": (PPTX, "pptx"),
    "an open letter": (ODT, "odt"),
    "a photo": (picture("JPEG"), "jpg"),
    "a drawing": (picture("PNG"), "jpg"),
    "a picture from the web": (picture("WEBP"), "jpg"),
}
REFUSED = {
    "SVG": (SVG, "A web page or an SVG drawing can carry a script. Save it as PDF"),
    "SVG behind a mark": (b"\xef\xbb\xbf\n " + SVG, "A web page or an SVG drawing"),
    "a web page": (b"<!DOCTYPE html><p>Hello", "A web page or an SVG drawing"),
    "a web page in UTF-16": ("<html>".encode("utf-16"), "A web page or an SVG drawing"),
    "old office": (OLD, "This is an office file of the old kind, or one with a password."),
    "macros": (archive(word__document_xml="<w/>", word__vbaProject_bin="x"), "This file carries macros."),
    "macros of an open file": (archive(mimetype="x", Basic__Standard__Module1_xml="x"), "This file carries macros."),
    "an archive": (archive(notes_txt="x"), "An archive is not kept here: add the files in it one by one."),
    "half an archive": (DOCX[:40], "This file cannot be read to its end."),
    "a program": (b"MZ\x90\x00" + b"\0" * 99, "This file is of a kind that is not kept here. Choose a PDF"),
    "a text": (b"Dear Ken,", "This file is of a kind that is not kept here."),
    "nothing": (b"", "This file is of a kind that is not kept here."),
    "half a photo": (picture("JPEG")[:60], "This file is not a picture that can be shown."),
}


def seen(content: bytes, name: str = "x.pdf"):
    return look_at(BytesIO(content), size=len(content), name=name)


@pytest.mark.parametrize("case", KEPT)
def test_what_is_kept_is_told_by_what_is_in_it(case):
    content, ending = KEPT[case]
    document = seen(content, name="Plan.exe")
    assert (document.ending, document.name) == (ending, f"Plan.{ending}")
    assert ending == "jpg" or document.content == content


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_gets_a_sentence(case):
    content, words = REFUSED[case]
    with pytest.raises(NotADocument, match=words):
        seen(content, name="harmless.pdf")


def test_what_is_too_large_is_not_read():
    with pytest.raises(NotADocument, match="larger than 15 MB"):
        look_at(BytesIO(PDF), size=MOST_BYTES + 1, name="x.pdf")


def test_nothing_of_an_archive_is_unpacked_but_a_word():
    """A small file that would fill the memory: its list of parts is enough."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as made:
        made.writestr("mimetype", b"\0" * 50_000_000)
    with pytest.raises(NotADocument, match="An archive is not kept here"):
        seen(out.getvalue())


def test_an_archive_of_very_many_parts_is_refused():
    out = BytesIO()
    with ZipFile(out, "w") as made:
        for number in range(5001):
            made.writestr(f"{number}", b"")
    with pytest.raises(NotADocument, match="too many parts"):
        seen(out.getvalue())


def test_photos_lose_where_they_were_taken():
    out = BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "the ward at night"
    Image.new("RGB", (8, 8)).save(out, "JPEG", exif=exif)
    assert b"the ward at night" in out.getvalue()
    assert b"the ward at night" not in seen(out.getvalue()).content


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("Plan of the ward.PDF", "Plan of the ward.pdf"),
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\temp\\Plan.docx", "Plan.pdf"),
        ("invoice\u202efdp.exe", "invoicefdp.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie x.pdf"),
        ("<script>.pdf", "script.pdf"),
        (".pdf", "Document.pdf"),
        ("", "Document.pdf"),
        ("Grundriß – Süd.pdf", "Grundriß – Süd.pdf"),
        ("x" * 300 + ".pdf", "x" * 100 + ".pdf"),
    ],
)
def test_names_are_cleaned_and_end_as_what_they_are(name, kept):
    assert seen(PDF, name=name).name == kept
