"""Figures of the demo's sheets: tables as people would enter them, their days moved along with the program's."""

import datetime as dt
import re
from dataclasses import dataclass, field
from typing import Any

WRITTEN_ON = dt.date(2026, 11, 22)  # the day on which the dates in the files are right
DAY = re.compile(r"\b\d{4}-\d\d-\d\d\b")


@dataclass(frozen=True)
class RichFigure:
    """One figure: `rows` is a table in lines, cells parted by |, its first line the names of the columns.

    `earlier` are the rows as all rounds but the last have them, where they were others.
    """

    kind: str
    rows: str
    title: str = ""
    note: str = ""
    options: dict[str, Any] = field(default_factory=dict)
    earlier: str = ""

    def data(self, today: dt.date) -> dict[str, Any]:
        """What somebody entered, with all days moved by whole weeks towards today."""
        return self._entered(self.rows, today)

    def data_then(self, today: dt.date) -> dict[str, Any]:
        """The same as the earlier rounds have it."""
        return self._entered(self.earlier or self.rows, today)

    def _entered(self, table: str, today: dt.date) -> dict[str, Any]:
        weeks = dt.timedelta(weeks=(today - WRITTEN_ON).days // 7)
        moved = DAY.sub(lambda day: (dt.date.fromisoformat(day[0]) + weeks).isoformat(), table)
        head, *lines = ([cell.strip() for cell in line.split("|")] for line in moved.strip().splitlines())
        rows = [{"id": f"r{n}", **dict(zip(head, cells, strict=False))} for n, cells in enumerate(lines, start=1)]
        return {"options": self.options, "rows": rows}
