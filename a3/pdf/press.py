"""What every printed sheet shares: the fonts, the style sheet, and a fetcher that opens nothing else.

WeasyPrint is imported late: the app starts on a machine without Pango and says what is missing when asked to print.
"""

import atexit
import base64
import hashlib
import re
from collections.abc import Callable, Mapping
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles import finders

from a3.pdf.lettering import set_whole_lines

TEMPLATES = ("_sheet.html", "sheet_print.html", "remarks_print.html")
STYLES = ("css/print-fonts.css", "css/tokens.css", "css/a3.css", "css/figures.css", "css/a3-paper.css")
TOKEN = re.compile(r"(--[\w-]+):\s*([^;]+);")
USE = re.compile(r"var\((--[\w-]+)\)")
LIGHT = re.compile(r"light-dark\(((?:[^(),]|\([^()]*\))+),(?:[^()]|\([^()]*\))*\)")


class CannotPrint(Exception):
    """The sheet was not printed; the sentence says why and what to do.

    Trying the same again helps only where `may_try_again`: what keeps it from being printed lies elsewhere.
    """

    may_try_again = False


class PangoMissing(CannotPrint):
    """WeasyPrint cannot load the library it sets text with."""

    may_try_again = True


class Fetcher:
    """What WeasyPrint may open: the pictures it is given, by their exact address; no file, no network."""

    _fail_on_errors = False

    def __init__(self, known: Mapping[str, Callable[[], bytes]]) -> None:
        self.known = known

    @property
    def drawings(self) -> dict[str, bytes]:
        return {url: give() for url, give in self.known.items() if url.endswith(".svg")}

    def __call__(self, url: str) -> Any:
        if url not in self.known:
            raise ValueError(f"Not of this sheet: {url[:80]}")
        kind = {"Content-Type": "image/svg+xml"} if url.endswith(".svg") else None
        return import_module("weasyprint.urls").URLFetcherResponse(url, self.known[url](), kind)


@cache
def press() -> tuple[Any, Any]:
    """The fonts and the parsed style sheet, once per process."""
    try:
        weasyprint = import_module("weasyprint")
    except OSError as error:
        raise PangoMissing(
            "This machine cannot print: the library Pango is missing. Ask whoever runs it to install libpango-1.0-0, "
            "libpangoft2-1.0-0 and libharfbuzz-subset0 (on a Mac: brew install pango)."
        ) from error
    atexit.register(press.cache_clear)  # Pango wants its fonts back before Python is gone
    set_whole_lines()
    fonts = import_module("weasyprint.text.fonts").FontConfiguration()
    files = [Path(str(finders.find(name))) for name in STYLES]
    faces = (files[0].parents[1] / "fonts/print").glob("*.ttf")
    text = "\n".join(path.read_text() for path in files)
    text = plain(text).replace("../fonts/print/", "print:")
    fetcher = Fetcher({f"print:{path.name}": path.read_bytes for path in faces})
    return fonts, weasyprint.CSS(string=text, font_config=fonts, url_fetcher=fetcher)


def plain(css: str) -> str:
    """Write the light value of each token where it is used: looking them up for every box takes a tenth longer."""
    tokens = dict(TOKEN.findall(LIGHT.sub(r"\1", css)))
    return USE.sub(lambda use: USE.sub(lambda inner: tokens[inner[1]], tokens[use[1]]), LIGHT.sub(r"\1", css))


@cache
def design() -> str:
    """A hash of templates, figures and style sheets: a sheet printed after a change of design is another file."""
    drawing = sorted((settings.BASE_DIR / "a3/figures").glob("*.py"))
    templates = [settings.BASE_DIR / "templates/a3" / name for name in TEMPLATES]
    styles = [Path(str(finders.find(name))) for name in STYLES]
    whole = b"".join(path.read_bytes() for path in drawing + templates + styles)
    return base64.b32encode(hashlib.sha256(whole).digest()).decode()
