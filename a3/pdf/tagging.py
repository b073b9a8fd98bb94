"""What WeasyPrint's tags do not say rightly, said before a file is written.

Heads of tables say what they are the head of. WeasyPrint names them by numbers of objects instead, which the parts of a
book share. And a picture's place on its page is told in points from below, as everything in a PDF.
"""

import re
from typing import Any

HEAD = re.compile(r"-(\d+)-\d+$")  # the end of the name of a head: row and column
POINT = 0.75  # of a CSS pixel


def written(document: Any, to: Any = None, **options: Any) -> bytes | None:
    """The file, or nothing where it goes `to` a file."""
    found: bytes | None = document.write_pdf(to, finisher=_mend, pdf_variant="pdf/ua-1", **options)
    return found


def _mend(document: Any, pdf: Any) -> None:
    height = document.pages[0].height * POINT
    for element in pdf.objects:
        if not isinstance(element, dict) or "A" not in element:
            continue
        kind = element.get("S")
        if kind == "/Figure":
            left, top, right, bottom = (number * POINT for number in element["A"]["BBox"])
            element["A"]["BBox"][:] = (left, height - bottom, right, height - top)
        elif kind == "/TH":
            name = element.pop("ID", None)
            row = HEAD.search(name.string) if name else None
            element["A"]["Scope"] = "/Row" if row and row[1] != "0" else "/Column"
        elif kind == "/TD":
            element["A"].pop("Headers", None)
