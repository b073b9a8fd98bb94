"""What stands beside a drawing in words: the table of its numbers, or the list that a phone shows instead."""

from collections.abc import Iterable, Sequence
from html import escape

from a3.figures.kinds import Table


def numbers(table: Table, title: str) -> str:
    """Return the table of a chart behind the word "Numbers"."""
    of = f'<span class="vh"> of {escape(title)}</span>'
    return f'<details class="fig-numbers"><summary>Numbers{of}</summary>{grid(table)}</details>'


def grid(table: Table) -> str:
    """Return a plain table."""
    head = "".join([f'<th scope="col">{escape(cell)}</th>' for cell in table.head])
    body = "".join([f"<tr>{''.join([f'<td>{escape(cell)}</td>' for cell in row])}</tr>" for row in table.rows])
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"


def items(name: str, lines: Iterable[str]) -> str:
    """Return a list of ready lines of mark-up, seen on a phone and heard everywhere."""
    return f'<ul class="fig-list {name}">{"".join(f"<li>{line}</li>" for line in lines)}</ul>'


def sign(state: str) -> str:
    """Return the sign of a state: done, half, open or late; the words stand beside it."""
    return f'<span class="fig-sign {state}" aria-hidden="true">{"!" if state == "late" else ""}</span>'


def and_list(words: Sequence[str]) -> str:
    """Return "a, b and c"."""
    return " and ".join(", ".join(words).rsplit(", ", 1)) if len(words) > 1 else "".join(words)
