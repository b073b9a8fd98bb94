"""A light notation for the texts of the demo: what people would type, turned into what the editor would save.

Blank lines part the blocks. `- ` begins a bullet, `1. ` a numbered line, `| a | b |` a row of a table whose first row
is its head; `::1 ::2` places the first and the second figure of the file; **strong** and *emphasis* inside.
"""

import re
from collections.abc import Callable
from html import escape

STRONG = re.compile(r"\*\*(.+?)\*\*")
EMPHASIS = re.compile(r"\*(.+?)\*")
FIGURE = re.compile(r"::(\d+)")
NUMBERED = re.compile(r"\d+\. ")


def html_of(text: str) -> str:
    """Return the blocks of `text` as HTML that the sanitiser of a3 keeps as it is."""
    return "".join(_block(block.strip().splitlines()) for block in re.split(r"\n\s*\n", text.strip()) if block.strip())


def _block(lines: list[str]) -> str:
    first = lines[0]
    if first.startswith("::"):
        return "".join(f'<figure data-figure="{number}"></figure>' for number in FIGURE.findall(first))
    if first.startswith("|"):
        return _table(lines)
    if first.startswith("- "):
        return _list("ul", [line.removeprefix("- ") for line in lines])
    if NUMBERED.match(first):
        return _list("ol", [NUMBERED.sub("", line, count=1) for line in lines])
    return f"<p>{_inline(' '.join(line.strip() for line in lines))}</p>"


def _list(tag: str, items: list[str]) -> str:
    return f"<{tag}>{''.join(f'<li><p>{_inline(item)}</p></li>' for item in items)}</{tag}>"


def _table(lines: list[str]) -> str:
    rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in lines]
    head, *body = rows
    return f"<table><tbody>{_row(head, 'th')}{''.join(_row(row, 'td') for row in body)}</tbody></table>"


def _row(cells: list[str], tag: str) -> str:
    return f"<tr>{''.join(f'<{tag}><p>{_inline(cell)}</p></{tag}>' for cell in cells)}</tr>"


def _inline(text: str) -> str:
    marks: list[tuple[re.Pattern[str], Callable[[re.Match[str]], str]]] = [
        (STRONG, lambda match: f"<strong>{match[1]}</strong>"),
        (EMPHASIS, lambda match: f"<em>{match[1]}</em>"),
    ]
    html = escape(text, quote=False)
    for pattern, mark in marks:
        html = pattern.sub(mark, html)
    return html
