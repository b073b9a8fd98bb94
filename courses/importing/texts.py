"""From text to lines: whatever separates the cells, and lists of addresses as mail programs write them."""

import csv
import re
from collections import Counter
from collections.abc import Iterator

from courses.importing.lines import Lines

SEPARATORS = ("\t", ";", ",", "|")
SAMPLE = 60  # lines that say what separates cells
ADDRESS = r"[^\s<>,;@\"()]+@[^\s<>,;@\"()]+"
AFTER_ADDRESS = re.compile(rf"(<{ADDRESS}>)[ \t]*[;,][ \t]*(?=\S)")
ONLY_ADDRESSES = re.compile(rf"^[ \t]*{ADDRESS}(?:[ \t]*[;, \t][ \t]*{ADDRESS})+[ \t]*[;,]?[ \t]*$", re.M)
BETWEEN = re.compile(r"[;,\s]+")
NAMED = re.compile(rf"<{ADDRESS}>[\s;,]*$")
TOLD = re.compile(r"^sep=(.)\s*$", re.I)  # how Excel says it in the first line
csv.field_size_limit(100_000)


def lines_of(text: str) -> Lines:
    """Return the lines of a CSV or of what was pasted, with their numbers; raises Unreadable when they are too many."""
    text = one_person_a_line(text.replace("\r\n", "\n").replace("\r", "\n"))
    told = TOLD.match(text.partition("\n")[0])
    separator = told[1] if told else separator_of(text)
    lines = Lines()
    for number, cells in _cells(text, separator):
        if not (told and number == 1):
            lines.take(number, cells)
    return lines


def one_person_a_line(text: str) -> str:
    """Recipients of a mail, "Ann <ann@x>; Bo <bo@y>" or bare addresses side by side, each on a line of their own."""
    text = AFTER_ADDRESS.sub(r"\1\n", text)
    return ONLY_ADDRESSES.sub(lambda found: BETWEEN.sub("\n", found[0].strip(" \t;,")), text)


def separator_of(text: str) -> str:
    """The sign that cuts most lines into the same number of cells; "" when none does."""
    sample = [line for line in text[:64_000].split("\n") if line.strip()][:SAMPLE]
    if sample and all(NAMED.search(line) for line in sample):
        return ""
    best = max(SEPARATORS, key=lambda sign: _fits(sample, sign))
    return best if _fits(sample, best) > (0, 0) else ""


def _fits(sample: list[str], sign: str) -> tuple[int, int]:
    """How many lines have the number of cells that is most frequent, and that number."""
    try:
        counts = Counter(len(row) for row in csv.reader(sample, delimiter=sign) if len(row) > 1)
    except csv.Error:
        return (0, 0)
    cells, lines = max(counts.items(), key=lambda item: item[1], default=(0, 0))
    return (lines, cells)


def _cells(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    """Each line with its number; a quote that nobody closes is a letter like others."""
    if not separator:
        yield from ((number, [line.strip().strip(";,")]) for number, line in enumerate(text.split("\n"), start=1))
        return
    try:
        rows = list(_quoted(text, separator))
    except csv.Error:
        rows = [(number, line.split(separator)) for number, line in enumerate(text.split("\n"), start=1)]
    yield from rows


def _quoted(text: str, separator: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader((f"{line}\n" for line in text.split("\n")), delimiter=separator, skipinitialspace=True)
    number = 1
    for cells in reader:
        yield number, cells
        number = reader.line_num + 1
