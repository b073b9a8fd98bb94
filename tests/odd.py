"""Odd input, and what a page looks at; see tests/test_odd_input.py."""

import base64
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils.datastructures import MultiValueDict

ODD = {
    "nothing": "",
    "nul": "a\x00b",
    "long": "x" * 9000,
    "huge": "9" * 40,
    "below": "-1",
    "infinite": "Infinity",
    "other digits": "²٣",
    "no such day": "2026-02-30",
    "no such moment": "9999-99-99T99:99",
    "first moment": "0001-01-01T00:00",
    "deep": "[" * 3000,
    "mark-up": "\"'><script>\u202e%s{{x}}\n\r\t",
}


def cursor(*values: Any) -> str:
    return base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")


CURSORS = {
    "no base64": "%%%",
    "no letters": "é\ud7ff",
    "no JSON": base64.urlsafe_b64encode(b"\xff\xfe").decode(),
    "infinite": cursor("2026-01-01T00:00:00Z", float("inf")),
    "not a number": cursor("a", float("nan")),
    "half a letter": cursor("\ud800", 1),
    "nul": cursor("\x00", 1),
    "huge": cursor("2026-01-01T00:00:00Z", 10**40),
    "first moment": cursor("0001-01-01T00:00:00+14:00", 1),
    "last moment": cursor("9999-12-31T23:59:59-14:00", 1),
    "no zone": cursor("2026-01-01T00:00:00", 1),
    "lists": cursor([[]], {"a": []}),
    "nothing": cursor(None, None),
    "deep": base64.urlsafe_b64encode(b"[" * 3000).decode(),
}
ODD_IN = {"after": CURSORS}  # what is odd there in particular


FORM, PIECES, JSON = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "application/json"


def piece(head: bytes, content: bytes, end: bytes = b"--") -> bytes:
    return b"--x\r\nContent-Disposition: form-data; " + head + b"\r\n\r\n" + content + b"\r\n--x" + end + b"\r\n"


# Whole bodies that are not what a browser sends: content type, then what comes under it.
BODIES = {
    "deep JSON": (JSON, b"[" * 100_000),
    "JSON with a key twice": (JSON, b'{"name": 1, "name": 2}'),
    "bytes of no text": (FORM, b"name=%ff%fe&text=%c3%28&login=%ed%a0%80"),
    "another encoding": (f"{FORM}; charset=utf-16", b"name=a"),
    "half letters": (f"{PIECES}; charset=unicode_escape", piece(b'name="name"', b"\\ud800")),
    "an encoding of bytes": (f"{PIECES}; charset=rot13", piece(b'name="name"', b"a")),
    "no boundary": ("multipart/form-data", b"name"),
    "no end": (PIECES, piece(b'name="name"', b"a", end=b"")),
    "a file without a name": (PIECES, piece(b'name="photo"; filename="\x00"', b"a")),
    "a file where none belongs": (PIECES, piece(b'name="name"; filename="a.txt"', b"a")),
    "very many fields": (FORM, b"&".join(b"f%d=1" % number for number in range(1500))),
    "the same field often": (FORM, b"&".join(b"name=1" for _ in range(900))),
    "nothing": (FORM, b""),
}
COOKIES = {"nul": '"aaaaaaaaaa\\000b"', "other letters": '"aaaaaaaa\\355\\240\\200"', "long": "x" * 3000, "half": '"'}


@contextmanager
def watched(monkeypatch: Any) -> Iterator[set[str]]:
    """Collects the names under which anything is looked for in a query or a form."""
    asked: set[str] = set()
    with monkeypatch.context() as patch:
        for deed in ("__getitem__", "__contains__", "get", "getlist"):
            patch.setattr(MultiValueDict, deed, _noting(getattr(MultiValueDict, deed), asked))
        yield asked


def _noting(looks: Any, asked: set[str]) -> Any:
    def noted(self: Any, key: str, *default: Any) -> Any:
        if isinstance(key, str):  # Django keeps other things in such dictionaries too
            asked.add(key)
        return looks(self, key, *default)

    return noted
