"""Files as people have them, each of a kind that is told by what is in it."""

from io import BytesIO
from zipfile import ZipFile

from PIL import Image

from a3.documents import Document
from coaching import actions
from coaching.models import Visit, VisitDocument
from partners.models import Person

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2048


def archive(**parts: str) -> bytes:
    """An archive of parts; two underscores stand for a slash, one for a dot."""
    out = BytesIO()
    with ZipFile(out, "w") as made:
        for name, text in parts.items():
            made.writestr(name.replace("__", "/").replace("_", "."), text)
    return out.getvalue()


def picture(kind: str = "PNG") -> bytes:
    out = BytesIO()
    Image.new("RGB", (40, 30), "teal").save(out, kind)
    return out.getvalue()


DOCX = archive(word__document_xml="<w/>")
XLSX = archive(xl__workbook_xml="<x/>")
PPTX = archive(ppt__presentation_xml="<p/>")
ODT = archive(mimetype="application/vnd.oasis.opendocument.text", content_xml="<o/>")


def make_document(
    visit: Visit, by: Person, *, content: bytes = PDF, name: str = "Plan of the ward.pdf"
) -> VisitDocument:
    return actions.add_document(visit, Document(content, "pdf", name), by=by)
