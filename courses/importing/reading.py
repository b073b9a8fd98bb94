"""Having a list read in a process of its own, so that no file can take the server's memory or time."""

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from courses.importing import books
from courses.importing.lines import Line, Unreadable

ROOT = Path(__file__).resolve().parent.parent.parent
PROGRAM = "import sys; sys.path.insert(0, sys.argv[1]); from courses.importing.child import main; main(sys.argv[2])"
SECONDS = 10
MOST_BYTES = 5 * 1024 * 1024
NOTHING = "There is nothing in this list."


@dataclass(frozen=True)
class Read:
    """The lines of a list, at least one; `read_as` names the letters of a text, `sheet` that of a book with several."""

    lines: list[Line]
    read_as: str = ""
    sheet: str = ""


def read(content: bytes, *, encoding: str = "") -> Read:
    """Return what a file or a pasted text says. It ends within ten seconds; raises Unreadable, with a sentence."""
    if len(content) > MOST_BYTES:
        raise Unreadable("The list is larger than 5 MB. Split it, or keep only the columns that matter.")
    command = [sys.executable, "-I", "-c", PROGRAM, str(ROOT), encoding]
    try:
        child = subprocess.run(command, input=content, capture_output=True, timeout=SECONDS, check=False)
    except subprocess.TimeoutExpired as late:
        raise Unreadable(books.TOO_SLOW) from late
    if child.returncode:
        raise Unreadable(books.TOO_BIG if b"MemoryError" in child.stderr else books.TOO_SLOW)
    said = json.loads(child.stdout)
    if "refused" in said:
        raise Unreadable(said["refused"])
    if not said["lines"]:
        raise Unreadable(NOTHING)
    lines = [(number, cells) for number, cells in said["lines"]]
    return Read(lines=lines, read_as=said["read_as"], sheet=said["sheet"])
