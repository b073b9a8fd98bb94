"""The process of its own in which a list is read: bytes come in, lines go out as JSON, memory and time are limited.

Started by `reading.read`, without Django; what a hostile workbook breaks is this process alone.
"""

import json
import resource
import sys
from contextlib import suppress
from typing import Any

from courses.importing import books, letters, texts
from courses.importing.lines import Unreadable

MEMORY = 512 * 1024 * 1024
SECONDS = 9  # of processor time
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
OLD = "This is a workbook of the old kind (.xls), or one with a password. Save it as XLSX without one, or as CSV."
OTHER_BOOK = "This is no Excel workbook. Save it as XLSX or CSV, or copy the cells and paste them."


def lines_of(content: bytes, encoding: str = "") -> dict[str, Any]:
    """Return the `lines`, how they were `read_as` where that was a guess, and the `sheet` where there were several.

    What it is, the first bytes say, not the file's name. Raises Unreadable.
    """
    if content.startswith(OLD_OFFICE):
        raise Unreadable(OLD)
    if content.startswith(ZIP):
        if b"opendocument" in content[:200]:
            raise Unreadable(OTHER_BOOK)
        lines, sheet = books.lines_of(content)
        return {"lines": lines, "read_as": "", "sheet": sheet}
    text, read_as = letters.text_of(content, encoding)
    return {"lines": texts.lines_of(text), "read_as": read_as, "sheet": ""}


def main(encoding: str) -> None:
    """Read what stands on the standard input, and say it on the standard output."""
    limit()
    try:
        answer = lines_of(sys.stdin.buffer.read(), encoding)
    except Unreadable as refused:
        answer = {"refused": str(refused)}
    except MemoryError:
        answer = {"refused": books.TOO_BIG}
    json.dump(answer, sys.stdout)


def limit() -> None:
    """Bound what this process may take, as far as the machine can: some systems know no limit of memory."""
    for what, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        with suppress(OSError, ValueError):
            resource.setrlimit(what, (most, most))
