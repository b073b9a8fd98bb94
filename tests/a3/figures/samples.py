"""One figure of each kind, as somebody might enter it."""

import datetime as dt

from hypothesis import strategies as st

from a3.figures import KINDS

DAY = dt.date(2026, 6, 1)
HOURS = (5.2, 4.4, 5.5, 4.8, 4.6, 5.3, 4.9, 4.1, 5.8, 4.7, 4.5, 5.2, 4.0, 3.8, 4.1, 3.5, 3.2, 2.9)


def rows(names: str, *cells: tuple) -> list[dict]:
    return [dict(zip(names.split(), row, strict=True)) for row in cells]


SAMPLES: dict[str, dict] = {
    "run_chart": {
        "options": {"unit": "h", "goal": "2", "median": "before"},
        "rows": [
            {
                "when": (DAY + dt.timedelta(7 * n)).isoformat(),
                "value": str(value),
                "change": "Huddle" if n == 12 else "",
            }
            for n, value in enumerate(HOURS)
        ],
    },
    "pareto": {"rows": rows("what count", ("Ride home", 23), ("Letter", 61), ("Medicines", 44), ("Equipment", 6))},
    "fishbone": {
        "options": {"effect": "Patients leave 4.6 h after the order"},
        "rows": rows(
            "group cause root",
            ("Method", "letter after rounds", True),
            ("", "rounds vary", False),
            ("People", "shared pharmacist", False),
            ("Materials", "batch picking", True),
        ),
    },
    "whys": {
        "rows": rows(
            "level words ground root",
            ("1", "The letter waits until rounds end", "evidence", False),
            ("2", "It needs the plan agreed on rounds", "evidence", False),
            ("3", "There is no moment in the day to ask", "assumption", True),
            ("2", "One junior writes all letters", "evidence", True),
        )
    },
    "countermeasures": {
        "rows": rows(
            "cause countermeasure prediction who", ("Letter late", "Draft it at the huddle", "50 min", "D. Whitlock")
        )
    },
    "plan": {
        "rows": rows(
            "what who kind from until done_on",
            ("Huddle, one bay", "L. Ferrer", "step", "2026-10-05", "2026-10-18", "2026-10-18"),
            ("Check 1", "team", "check", "", "2026-10-23", ""),
            ("Letter at the huddle", "D. Whitlock", "step", "2026-11-02", "2026-11-29", ""),
        )
    },
    "measures": {
        "rows": rows(
            "measure unit start values goal who when",
            ("Order to door", "h", "4.6", "4.6 4.1 3.6 2.9", "2.0", "K. Obara", "2026-12-18"),
            ("Left before noon", "%", "17", "18; 24; 31", "40", "", ""),
        )
    },
    "trend": {
        "options": {"unit": "h"},
        "rows": rows("when value", ("Week 1", "4.6"), ("Week 2", "3.9"), ("Week 3", "2.9")),
    },
    "before_after": {"rows": rows("what before after unit better", ("Order to door", "4,6", "2,9", "h", "lower"))},
}

WORDS = st.text(max_size=30) | st.sampled_from(["<b>&\"'</b>", "x" * 90, "Ж" * 40, "日本語の長い言葉" * 5, "a b " * 20])
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=3).map(str)
DAYS = st.dates().map(str)


def cells(column) -> st.SearchStrategy:
    """What may be typed into a cell of a column, most of it sensible."""
    kinds = {
        "text": WORDS | DAYS if column.name == "when" else WORDS,
        "number": NUMBERS,
        "numbers": st.lists(NUMBERS, max_size=8).map("; ".join),
        "date": DAYS,
        "flag": st.booleans(),
        "who": st.fixed_dictionaries({"person": st.none() | st.integers(), "name": WORDS}) | WORDS,
        "choice": st.sampled_from([value for value, _ in column.choices] or [""]),
    }
    return kinds[column.type] if column.required else st.just("") | kinds[column.type]


def data_of(slug: str, most: int = 12) -> st.SearchStrategy:
    """Data of one kind, as entered."""
    kind = KINDS[slug]
    row = st.fixed_dictionaries({column.name: cells(column) for column in kind.columns})
    options = st.fixed_dictionaries({column.name: cells(column) for column in kind.options})
    return st.fixed_dictionaries({"options": options, "rows": st.lists(row, max_size=most)})
