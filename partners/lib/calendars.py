"""Days and hours as the recipient lives them: quiet hours, weekends, and words for dates."""

import datetime as dt
from zoneinfo import ZoneInfo

SATURDAY = 5


def polite_moment(moment: dt.datetime, *, zone: ZoneInfo, quiet_from: dt.time, quiet_until: dt.time) -> dt.datetime:
    """Return the first moment at or after `moment` that is neither in a quiet hour nor on a weekend, in UTC.

    Quiet hours run from `quiet_from` to `quiet_until` on the recipient's own clock, mostly across midnight; equal
    times mean none. A local time that a clock change skips becomes the first one after the gap.
    """
    local = moment.astimezone(zone)
    for _ in range(5):  # night, Saturday, Sunday and the night between them are over after at most four steps
        if local.weekday() >= SATURDAY:
            local = _at(local.date() + dt.timedelta(days=1), quiet_until, zone)
        elif _is_quiet(local.time(), quiet_from, quiet_until):
            later = quiet_from > quiet_until and local.time() >= quiet_from
            local = _at(local.date() + dt.timedelta(days=later), quiet_until, zone)
        else:
            break
    return local.astimezone(dt.UTC)


def _is_quiet(clock: dt.time, quiet_from: dt.time, quiet_until: dt.time) -> bool:
    if quiet_from <= quiet_until:
        return quiet_from <= clock < quiet_until
    return clock >= quiet_from or clock < quiet_until


def _at(day: dt.date, clock: dt.time, zone: ZoneInfo) -> dt.datetime:
    """The local time of that day; through UTC and back, so that a skipped hour becomes a real one."""
    return dt.datetime.combine(day, clock, zone).astimezone(dt.UTC).astimezone(zone)


def zone_name(moment: dt.datetime, zone: ZoneInfo) -> str:
    """Return what people call the zone at that moment: "CET", "EST", or "Sao Paulo time" where it has only a number."""
    short = moment.astimezone(zone).tzname() or zone.key
    return short if short.isalpha() else f"{zone.key.rsplit('/', 1)[-1].replace('_', ' ')} time"


def day_words(day: dt.date, *, year: bool = False) -> str:
    """Return "Wed 25 Nov", with the year when asked."""
    return f"{day:%a} {day.day} {day:%b}" + (f" {day.year}" if year else "")


def ends_before(began: dt.date | None, ended: dt.date | None) -> bool:
    """Tell whether both days are known and the end lies before the beginning."""
    return began is not None and ended is not None and ended < began
