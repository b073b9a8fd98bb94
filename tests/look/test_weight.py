"""Budgets: what a page makes a phone fetch, compressed."""

import gzip
import re
from functools import cache
from pathlib import Path

import pytest
import rjsmin
from django.contrib.staticfiles import finders
from django.urls import reverse

from leipartners.storage import SmallCompressor
from tests.a3.factories import make_sheet
from tests.browser.looking import Look
from tests.browser.pages import PAGES

KB = 1000
OURS = [look for look in PAGES if not look.url.startswith("admin:")]
SHEETS = re.compile(r'<link[^>]*rel="stylesheet"[^>]*href="/static/([^"]+)"')
SCRIPTS = re.compile(r'<script[^>]*src="/static/([^"]+)"')


@cache
def weight(name: str) -> int:
    """Compressed, as it is sent: our own scripts without comments."""
    sent = rjsmin.jsmin(read(name)) if name.startswith("js/") else read(name)
    return len(SmallCompressor.compress_gzip(sent))


def read(name: str) -> bytes:
    found = finders.find(name)
    assert isinstance(found, str), name
    return Path(found).read_bytes()


def with_imports(name: str, pattern: str) -> set[str]:
    """The file and what it imports, however deep."""
    folder = str(Path(name).parent)
    needed = {name}
    for other in re.findall(pattern, read(name).decode()):
        needed |= with_imports(str(Path(folder) / other.removeprefix("./")), pattern)
    return needed


def scripts_of(html: str) -> int:
    """Weight of the scripts that a page asks for, with what they import."""
    imported = r'^import .*?["\'](\./[^"\']+)["\']'
    return sum(map(weight, {each for name in SCRIPTS.findall(html) for each in with_imports(name, imported)}))


@pytest.mark.parametrize("look", OURS, ids=str)
def test_page_is_light(look: Look, cast, sign_in):
    url = reverse(look.url, args=look.args(cast, look.make(cast)))
    html = sign_in(look.person).get(url, follow=True).content.decode()
    sheets = {each for name in SHEETS.findall(html) for each in with_imports(name, r'@import url\("([^"]+)"\)')}
    assert "css/tokens.css" in sheets
    assert scripts_of(html) <= 25 * KB
    assert sum(map(weight, sheets)) <= 20 * KB


def test_all_style_sheets_together_are_light():
    """What a phone has fetched after visiting every kind of page, each once; the admin's and the PDF's are not among
    them. No single page asks for more than 20 kB (test_page_is_light).
    """
    elsewhere = {"admin.css", "print-fonts.css", "a3-paper.css", "memo-paper.css", "certificate-paper.css"}
    sheets = sorted(path for path in Path("static/css").glob("*.css") if path.name not in elsewhere)
    assert len(gzip.compress(b"".join(path.read_bytes() for path in sheets), mtime=0)) <= 34 * KB


def test_editing_a_sheet_is_affordable(cast, sign_in):
    """The sheet of its owner, the editor, and what comes with it once somebody writes."""
    sheet = make_sheet(cast.change_agent, cast.site)
    html = sign_in("change_agent").get(sheet.get_absolute_url()).text
    editor = next(Path("static/vendor").glob("a3-editor-*/a3-editor.js")).relative_to("static")
    coming = ("js/autosave.js", "js/past.js", "js/sight.js", "js/fullness.js")
    assert scripts_of(html) + sum(map(weight, (str(editor), *coming))) <= 105 * KB


def test_fonts_that_every_page_fetches():
    first = ("ibm-plex-sans-latin-400-normal", "ibm-plex-sans-latin-600-normal", "newsreader-latin-600-normal")
    assert sum(len(read(f"fonts/{name}.woff2")) for name in first) <= 75 * KB
