"""Countermeasures: each against its cause, with what is expected of it before it is tried, and who does it."""

from html import escape

from a3.figures.kinds import Asked, Column, Drawn, Kind, Parsed, Row, Table

KIND = Kind(
    "countermeasures",
    "Countermeasures",
    "What will be tried against which cause, by whom, and what you expect to see.",
    columns=(
        Column("cause", "Cause", most=120),
        Column("countermeasure", "Countermeasure", required=True, most=240),
        Column("prediction", "Prediction", most=120, help="What you expect to see: saves 40 min"),
        Column("who", "Who", "who", most=60),
    ),
)
WIDTHS = {"cause": 9, "countermeasure": 18, "prediction": 7, "who": 6}  # fortieths: the classes w1 to w40
LONG, WIDER = 20, 10  # from so many characters on, a prediction gets so many fortieths


def table(parsed: Parsed) -> Table:
    """Return cause, countermeasure, prediction, who."""
    rows = tuple(tuple(_text(row, column.name) for column in KIND.columns) for row in parsed.rows)
    return Table(tuple(column.label for column in KIND.columns), rows)


def drawn(parsed: Parsed, asked: Asked) -> Drawn:
    """Return a table; columns without a word are left out, but the countermeasure and its cause."""
    shown = [
        column
        for column in KIND.columns
        if column.name in {"cause", "countermeasure"} or any(row[column.name] for row in parsed.rows)
    ]
    widths = {column.name: WIDTHS[column.name] for column in shown}
    if any(len(_text(row, "prediction")) >= LONG for row in parsed.rows):
        widths["prediction"] = WIDER
    widths["countermeasure"] += 40 - sum(widths.values())
    columns = "".join(f'<col class="w{width}"/>' for width in widths.values())
    head = "".join(f'<th scope="col">{column.label}</th>' for column in shown)
    body = "".join(f"<tr>{''.join(_cell(row, column) for column in shown)}</tr>" for row in parsed.rows)
    listing = (
        f'<table class="set cards"><colgroup>{columns}</colgroup>'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    )
    return Drawn(f"{asked.title}: {len(parsed.rows)}.", listing, classes=["full"])


def _text(row: Row, name: str) -> str:
    value = row[name]
    return getattr(value, "name", value) or ""


def _cell(row: Row, column: Column) -> str:
    words = escape(_text(row, column.name)).replace(" %", "&nbsp;%")
    if column.name == "countermeasure":
        words = f"<strong>{words}</strong>"
    return f'<td data-label="{column.label}">{words}</td>'
