"""How full a sheet is: it is set as for paper, and its halves are measured. Nothing is written as a PDF."""

import logging
import math
from typing import Any

from a3.models import Fullness, Sheet
from a3.pdf.fitting import EM, ENDLESS, LINE, PAPERS, ROUNDING, SMALLEST, TooLong, layout, measured
from a3.pdf.paper import Job, check_length, one_at_a_time, prepared
from a3.pdf.press import CannotPrint
from a3.pdf.prints import pictures_of
from a3.pdf.versions import shown, version_of

logger = logging.getLogger(__name__)
A3 = PAPERS["a3"]
MOST = A3.room + ROUNDING  # millimetres
POINTS = EM * 72 / 25.4  # of type at full size


def measure(sheet_pk: int) -> None:
    """Measure the sheet as it is now, and keep that; a sheet that is gone, or a text that cannot be set, is left."""
    sheet = Sheet.objects.filter(pk=sheet_pk).first()
    if sheet is None:
        return
    rows = Fullness.objects.filter(sheet=sheet)
    rows.update(asked_at=None)  # who saves from now on asks anew
    job = Job(**shown(version_of(sheet_pk)), address="-", short_code="", pictures=pictures_of(sheet_pk))
    try:
        found = fullness_of(job)
    except CannotPrint as refused:
        logger.info("Sheet %s was not measured: %s", sheet_pk, refused)
        return
    Fullness.objects.update_or_create(sheet=sheet, defaults={"measure": found, "measured_for": sheet.updated_at})


def fullness_of(job: Job) -> dict[str, Any]:
    """What `Fullness.measure` keeps, for A3."""
    try:
        check_length(job)
    except TooLong:
        return {"percent": 100, "type": "over", "halves": {}, "sections": {}}
    html, fetcher = prepared(job, bare=False)
    with one_at_a_time():
        depths, heights, texts = measured(layout(html, fetcher, 1.0, A3.width, ENDLESS))
        at_full_size = max(depths.values())
        found = {"percent": _percent(job, depths, texts), "type": "full"}
        size = 1.0
        if at_full_size > MOST:
            size = SMALLEST
            depths, heights, _ = measured(layout(html, fetcher, size, A3.width, ENDLESS))
            fits = max(depths.values()) <= MOST
            points = _points(at_full_size, max(depths.values()))
            found = {"percent": 100, "type": "smaller" if fits else "over", "points": points}
    left = {half: math.floor((MOST - depth) / (LINE * size)) for half, depth in depths.items()}
    shares = {str(number): round(100 * height / A3.room) for number, height in heights.items()}
    return found | {"halves": left, "sections": shares}


def _percent(job: Job, depths: dict[str, float], texts: dict[int, float]) -> int:
    """Of the room that heads leave for text, how much is taken in the fuller half: nothing written is 0 %."""
    taken = {half: sum(texts.get(s["pk"], 0) for s in getattr(job, half)) for half in depths}
    shares = [written / (A3.room - depths[half] + written) for half, written in taken.items() if written]
    return min(round(100 * max(shares, default=0)), 100)


def _points(full: float, smallest: float) -> float:
    """About how large the type will be on paper: between the two depths measured, depth is a power of size."""
    power = math.log(full / smallest) / math.log(1 / SMALLEST)
    return round(POINTS * max(math.pow(A3.room / full, 1 / power), SMALLEST), 1)
