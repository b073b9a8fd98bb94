"""When something is: moments in UTC, and the zone in whose days and clocks people agreed on them."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.db import models

from coaching.times import Slot
from partners.lib.calendars import zone_named
from partners.lib.fields import ZoneField

INSTANT = dt.timedelta(microseconds=1)


class Timed(models.Model):
    """Something that lasts some days, half days or hours.

    Times are UTC and are entered and shown in `zone`. Whole days run from midnight there to the midnight after the last
    day.
    """

    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    zone = ZoneField("time zone", default=None)  # none by itself: what has none would be in UTC
    is_whole_days = models.BooleanField("whole days", default=False)

    class Meta:
        abstract = True

    @property
    def interval(self) -> str:
        """The time as one word, by which a page says which time its reader saw."""
        return f"{self.starts_at:%Y%m%dT%H%M%SZ}/{self.ends_at:%Y%m%dT%H%M%SZ}"

    @property
    def slot(self) -> Slot:
        return Slot(self.starts_at, self.ends_at, self.zone, self.is_whole_days)

    @property
    def tzinfo(self) -> ZoneInfo:
        """The zone of the people there when this was agreed on."""
        return zone_named(self.zone)

    @property
    def local_start(self) -> dt.datetime:
        """The start on the clock there."""
        return self.starts_at.astimezone(self.tzinfo)

    @property
    def local_end(self) -> dt.datetime:
        """The end on the clock there; of whole days, the midnight after the last one."""
        return self.ends_at.astimezone(self.tzinfo)

    @property
    def local_last(self) -> dt.datetime:
        """The last instant on the clock there; where clocks skip midnight, the day before it ends with the skip."""
        return (self.ends_at - INSTANT).astimezone(self.tzinfo)

    @property
    def first_day(self) -> dt.date:
        return self.local_start.date()

    @property
    def last_day(self) -> dt.date:
        """The last day of it, on the clock there: what ends at midnight ends on the day before."""
        return self.local_last.date()
