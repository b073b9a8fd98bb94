"""How the rich text of a section is set, the same on page and paper: column widths, figures, whys in a row.

The text comes from the sanitiser, so it is well formed and holds no class of its own. Everything here only adds
attributes; a table that is not a plain grid is left as it is.
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from html import unescape

from django.utils.html import escape, strip_tags

ROWS = re.compile(r"<tr>(.*?)</tr>", re.DOTALL)
CELLS = re.compile(r"<(th|td)>(.*?)</\1>", re.DOTALL)
TABLE = re.compile(r"<table>(.*?)</table>", re.DOTALL)
WHYS = re.compile(r"(whys?\b[^<]*(?:</strong>)?[^<]*</p>\s*)<ol>(.*?)</ol>", re.DOTALL | re.IGNORECASE)
ALONE = re.compile(r"<(td|th|li)([^>]*)><p>((?:(?!<p>|<[uo]l>).)*)</p></\1>", re.DOTALL)
LEARNED = re.compile(r"<p>(?=<strong>Learned)")
MONTH = "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
UNIT = rf"\s?(?!({MONTH})\b)\S{{1,6}}"
FIGURE = re.compile(
    rf"((under|over|about) |[<>≤≥~±+−-]\s?)?[$€£]?\d[\d.,:]*({UNIT})?( (of|in) \d+)?|none|daily|weekly|-|",
    re.IGNORECASE,
)
MEASURED = ("Measure", "Goal")  # in a table of these, the bold figures at the end are what is aimed at
PARTS = 40  # a column is some fortieths of its table wide: the classes w1 to w40 of the style sheet
LINE = 88  # characters of one line of a table across half a sheet
NARROW = 40  # characters of one line on a phone
WORD = 14  # a longer word may be broken
SHORT = 16  # a column whose cells are all as short as this keeps them on one line


@dataclass(frozen=True)
class Column:
    """What decides how wide a column is: its longest word, its longest cell, whether it holds figures."""

    word: int
    line: int
    figures: bool


@lru_cache(maxsize=4096)
def typeset(html: str) -> str:
    """Return sanitised rich text with the classes by which the style sheet sets it."""
    html = ALONE.sub(r"<\1\2>\3</\1>", html)
    if "<table" in html:
        html = TABLE.sub(_set_table, html)
    html = WHYS.sub(_set_whys, html)
    return LEARNED.sub('<p class="learn">', html)


def _set_whys(match: re.Match[str]) -> str:
    count = match[2].count("<li>")
    return f'{match[1]}<ol class="whys n{count}">{match[2]}</ol>' if 3 <= count <= 6 else match[0]


def _set_table(match: re.Match[str]) -> str:
    grid = [CELLS.findall(row) for row in ROWS.findall(match[1])]
    if not grid or "span=" in match[1] or "<table" in match[1] or len({len(row) for row in grid}) != 1 or not grid[0]:
        return match[0]
    has_head = all(tag == "th" for tag, _ in grid[0])
    texts = [[unescape(strip_tags(body)).strip() for _, body in row] for row in grid]
    columns = [_measure([row[i] for row in texts], head=has_head) for i in range(len(grid[0]))]
    cards = len(columns) > 2 and sum(column.word + 2 for column in columns) > NARROW
    heads = texts[0] if has_head else [""] * len(columns)
    widths = "".join(f'<col class="w{width}">' for width in _widths(columns))
    rows = "".join(_set_row(row, columns, heads, scope="row" if number else "col") for number, row in enumerate(grid))
    kind = f"set{' cards' if cards else ''}{' goal' if heads[0] in MEASURED else ''}"
    return f'<table class="{kind}"><colgroup>{widths}</colgroup><tbody>{rows}</tbody></table>'


def _set_row(row: list[tuple[str, str]], columns: list[Column], heads: list[str], *, scope: str) -> str:
    cells = []
    for (tag, body), column, head in zip(row, columns, heads, strict=True):
        of = f' scope="{scope}"' if tag == "th" else f' data-label="{escape(head)}"' if head else ""
        cells.append(f"<{tag}{' class="r"' if column.figures else ''}{of}>{body}</{tag}>")
    return f"<tr>{''.join(cells)}</tr>"


def _measure(cells: list[str], *, head: bool) -> Column:
    under = cells[1:] if head else cells
    words = [len(word) for cell in cells for word in cell.split()]
    return Column(
        word=min(max(words, default=1), WORD),
        line=max([len(cell) for cell in cells], default=1),
        figures=any(under) and all(FIGURE.fullmatch(cell) for cell in under),
    )


def _widths(columns: list[Column]) -> list[int]:
    """Share the table's width: each column gets its longest word, or its whole line when that is short; what is left
    goes to the columns in proportion to what they still want.
    """
    least = [column.line if column.line <= SHORT else column.word for column in columns]
    wants = [max(min(column.line, LINE) - low, 1) for column, low in zip(columns, least, strict=True)]
    spare = max(LINE - sum(least) - 2 * len(columns), 0)
    shares = [low + 2 + spare * want / sum(wants) for low, want in zip(least, wants, strict=True)]
    parts = [max(round(PARTS * share / sum(shares)), 1) for share in shares]
    parts[parts.index(max(parts))] += PARTS - sum(parts)
    return parts
