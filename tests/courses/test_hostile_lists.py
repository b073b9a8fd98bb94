"""Workbooks made to harm: each ends with a sentence, within the time and the memory that reading has."""

import io
import sys
import time
import zipfile

import pytest

from courses.importing import reading
from courses.importing.lines import Unreadable
from courses.importing.reading import read
from tests.courses.lists import altered, book_of

SHEET = "xl/worksheets/sheet1.xml"
STRINGS = "xl/sharedStrings.xml"
NAMESPACE = b'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
PLAIN = book_of([["Name", "E-mail"], ["Ann Lee", "a@x.org"]])


def sheet(rows: bytes, before: bytes = b"") -> bytes:
    return (
        b"<?xml version='1.0'?>" + before + b"<worksheet %s><sheetData>%s</sheetData></worksheet>" % (NAMESPACE, rows)
    )


def strings(texts: bytes) -> bytes:
    return b"<sst %s>%s</sst>" % (NAMESPACE, texts)


def entities(name: bytes, target: bytes) -> bytes:
    return b"<!DOCTYPE w [<!ENTITY %s SYSTEM '%s'>]>" % (name, target)


LAUGHS = b"<!DOCTYPE w [<!ENTITY a 'ha'>%s]>" % b"".join(
    b"<!ENTITY %c '%s'>" % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)
)
TEXT = b"<row><c t='inlineStr'><is><t>%s</t></is></c></row>"


def many(one: bytes, megabytes: int) -> bytes:
    return one * (megabytes * 1024 * 1024 // len(one))


def lying() -> bytes:
    """The directory says ten bytes; unpacked it is ninety megabytes."""
    book = altered(PLAIN, {SHEET: sheet(many(b"<row/>", 90))})
    size = next(i for i in zipfile.ZipFile(io.BytesIO(book)).infolist() if i.filename == SHEET).file_size
    return book.replace(size.to_bytes(4, "little"), (10).to_bytes(4, "little"))


HARM = {
    "a file named": lambda: altered(PLAIN, {SHEET: sheet(TEXT % b"&x;", entities(b"x", b"file:///etc/passwd"))}),
    "an address named": lambda: altered(PLAIN, {SHEET: sheet(TEXT % b"&x;", entities(b"x", b"http://127.0.0.1:9/"))}),
    "billions of laughs": lambda: altered(PLAIN, {SHEET: sheet(TEXT % b"&j;", LAUGHS)}),
    "a gigabyte of rows": lambda: altered(PLAIN, {SHEET: sheet(many(b"<row/>", 200))}),
    "a text of 200 MB": lambda: altered(PLAIN, {STRINGS: strings(b"<si><t>%s</t></si>" % (b"a" * 2 * 10**8))}),
    "seventy megabytes of empty cells": lambda: altered(PLAIN, {SHEET: sheet(many(b"<row><c/></row>", 70))}),
    "one tag of seventy megabytes": lambda: altered(PLAIN, {SHEET: sheet(b"<row x='%s'/>" % (b"a" * 70 * 2**20))}),
    "deep": lambda: altered(PLAIN, {SHEET: sheet(b"<row>" * 1_000_000)}),
    "very many strings": lambda: altered(PLAIN, {STRINGS: strings(many(b"<si/>", 40))}),
    "one long text very often": lambda: altered(
        book_of([["x" * 300]]), {SHEET: sheet(b"<row>%s</row>" % (b"<c t='s'><v>0</v></c>" * 40) * 40_000)}
    ),
    "very many parts": lambda: altered(PLAIN, {f"x/{number}": b"" for number in range(5000)}),
    "sizes that lie": lying,
}


@pytest.mark.parametrize("harm", HARM)
def test_it_ends_with_a_sentence(harm):
    content = HARM[harm]()
    assert len(content) < reading.MOST_BYTES
    before = time.monotonic()
    with pytest.raises(Unreadable, match=r"workbook|nothing|list"):
        read(content)
    assert time.monotonic() - before < reading.SECONDS + 5  # a busy machine starts a process late


SMALL = {
    "a row far below": b"<row r='1048576'><c r='XFD1048576' t='inlineStr'><is><t>far</t></is></c></row>",
    "rows that go back": b"<row r='9'/><row r='2'>" + TEXT[5:] % b"b@x.org" + b"<row r='2'>" + TEXT[5:] % b"c@x.org",
    "a string that is not there": b"<row><c t='s'><v>99</v></c><c t='s'><v>-1</v></c><c t='s'><v>x</v></c></row>",
}


@pytest.mark.parametrize("harm", SMALL)
def test_odd_numbers_do_no_harm(harm):
    content = altered(PLAIN, {SHEET: sheet(TEXT % b"a@x.org" + SMALL[harm])})
    found = read(content).lines
    assert found[0] == (1, ["a@x.org"])
    numbers = [number for number, _cells in found]
    assert numbers == sorted(set(numbers))


LIMITED = "import sys; sys.path.insert(0, sys.argv[1]); from courses.importing.child import limit; limit(); "


@pytest.mark.skipif(sys.platform != "linux", reason="other systems know no limit of memory")
def test_memory_is_limited(monkeypatch):
    monkeypatch.setattr(reading, "PROGRAM", f"{LIMITED} b'x' * 600_000_000")
    with pytest.raises(Unreadable, match="unpacks to far more"):
        read(b"a@x.org")


def test_a_reader_that_hangs_is_ended(monkeypatch):
    monkeypatch.setattr(reading, "SECONDS", 0.5)
    monkeypatch.setattr(reading, "PROGRAM", "while True: pass")
    with pytest.raises(Unreadable, match="takes too long"):
        read(b"a@x.org")
