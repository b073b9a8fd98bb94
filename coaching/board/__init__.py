"""The schedule board: which days it shows, what stands on them, and what is wrong there. It makes no queries."""

from coaching.board.building import Board, Sight, build
from coaching.board.marks import of_busy_times, of_holidays, of_visits
from coaching.board.ranges import Range, range_of
from coaching.board.tray import Tray

__all__ = ["Board", "Range", "Sight", "Tray", "build", "of_busy_times", "of_holidays", "of_visits", "range_of"]
