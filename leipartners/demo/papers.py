"""Documents of the next visits: how to find the place, and what to read before."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from django.utils import timezone

from a3.documents import Document
from coaching.actions import add_document
from coaching.models import Visit
from leipartners.demo.people import Ground
from partners.models import Role

VISITS = 3  # the next ones of the first partner
WAY = (
    "Parking on level 2, visitors' row.",
    "Show this page at the gate; a badge waits for you.",
    "Follow the green line on the floor to the lifts.",
    "We meet at the board beside them, ten minutes before.",
)
BEFORE = ("What we tried since the last visit, in one page.", "What we would like you to ask the team about.")
LETTER = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
PARTS = "application/vnd.openxmlformats-package.relationships+xml"


def add_papers(ground: Ground) -> int:
    """Add a way for the coach and a letter for the host to the next visits; returns how many files."""
    partner = ground.partners[0]
    agent = ground.people_of(partner, Role.CHANGE_AGENT)[0].person
    visits = Visit.objects.confirmed().on_site().filter(site__partner=partner).upcoming(timezone.now())
    count = 0
    for visit in visits.select_related("site", "coach")[:VISITS]:
        way = f"The way to {visit.site.name}"
        add_document(visit, Document(page(way, WAY), "pdf", f"{way}.pdf"), by=agent)
        add_document(visit, Document(letter(BEFORE), "docx", "Before the visit.docx"), by=visit.coach)
        count += 2
    return count


def page(title: str, lines: tuple[str, ...]) -> bytes:
    """A PDF of one page, written by hand."""
    rows = "".join(f"0 -24 Td ({line}) Tj " for line in lines)
    text = f"BT /F1 20 Tf 72 760 Td ({title}) Tj /F1 12 Tf 0 -12 Td {rows}ET".encode("latin-1", "replace")
    bodies = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d>>stream\n%s\nendstream" % (len(text), text),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    )
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(bodies, 1):
        places.append(len(out))
        out += b"%d 0 obj%s endobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 6\n0000000000 65535 f \n" + table
    return out + head + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % len(out)


def letter(lines: tuple[str, ...]) -> bytes:
    """An office file of some lines."""
    said = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    parts = {
        "[Content_Types].xml": f'{LETTER}<Types xmlns="{PACKAGE}/content-types">'
        f'<Default Extension="rels" ContentType="{PARTS}"/>'
        f'<Override PartName="/word/document.xml" ContentType="{MAIN}"/></Types>',
        "_rels/.rels": f'{LETTER}<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{OFFICE}" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'{LETTER}<w:document xmlns:w="{WORDS}"><w:body>{said}</w:body></w:document>',
    }
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return out.getvalue()
