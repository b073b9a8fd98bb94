"""What a browser fetches of scripts to write on a sheet, as they are sent: pressed, each once."""

from __future__ import annotations

import re
import urllib.request
from gzip import decompress
from urllib.parse import urljoin

from devstack.bench.visitor import Request, Visitor

BUDGET = 105.0  # kB
SCRIPT = re.compile(r'<script[^>]*\bsrc="([^"]+)"')
EDITOR = re.compile(r'\bdata-editor="([^"]+)"')
IMPORT = re.compile(r"""\b(?:from|import)\s*\(?["'](\./[^"']+)["']""")
LATER = (
    "/recording.",
    "/entries.",
    "/leaving.",
    "/moving.",
    "/figure-table.",
    "/figures.",
    "/photos.",
    "/remarking.",
)  # only once something else is done


def editing(visitor: Visitor) -> float:
    """Kilobytes of the scripts with which its owner writes on a sheet, the editor among them, with what they import."""
    sheet = visitor.links_on("/a3/?show=mine", r"/a3/\d+/")[0]
    page = visitor.ask(Request(sheet)).text
    forms = visitor.ask(Request(f"{sheet}sections/", headers={"HX-Request": "true"})).text
    wanted = [urljoin(sheet, found) for found in (*SCRIPT.findall(page), *EDITOR.findall(forms)[:1])]
    weights: dict[str, int] = {}
    while wanted:
        address = wanted.pop()
        if address in weights or any(name in address for name in LATER):
            continue
        sent = _fetched(visitor, address)
        weights[address] = len(sent)
        wanted += [urljoin(address, found) for found in IMPORT.findall(decompress(sent).decode())]
    return sum(weights.values()) / 1000


def _fetched(visitor: Visitor, address: str) -> bytes:
    url = f"http://127.0.0.1:{visitor.connection.port}{address}"
    asked = urllib.request.Request(url, headers={"Accept-Encoding": "gzip"})
    with urllib.request.urlopen(asked, timeout=30) as answer:
        sent: bytes = answer.read()
    return sent
