"""Who was there on which day of an offering: one row for each, told by the last tap; the database keeps the others."""

import datetime as dt
import uuid
from typing import TYPE_CHECKING, Self

import pghistory
from django.conf import settings
from django.db import models

from courses.models.enrollments import Enrollment
from courses.models.offerings import Offering

if TYPE_CHECKING:
    from partners.models import Someone


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    def visible_to(self, user: "Someone") -> Self:
        """Of the enrollments that this person sees."""
        return self.filter(enrollment__in=Enrollment.objects.visible_to(user))

    def present(self) -> Self:
        return self.filter(present=True)

    def of_days(self, offering: Offering) -> Self:
        """Of an offering's days as they are now; it may have been moved since."""
        return self.filter(enrollment__offering=offering, day__range=(offering.starts_on, offering.ends_on))


@pghistory.track(append_only=True)
class Attendance(models.Model):
    """`tap` is the id that a phone gave what was noted last, `noted_at` when that was, by a clock set right."""

    enrollment = models.ForeignKey(Enrollment, on_delete=models.PROTECT, related_name="attendances")
    day = models.DateField()
    present = models.BooleanField("was there")
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    tap = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ("day", "pk")
        constraints = [models.UniqueConstraint(fields=["enrollment", "day"], name="courses_attendance_once_a_day")]

    def __str__(self) -> str:
        return f"{self.day:%a %-d %b %Y}: {'there' if self.present else 'not there'}"

    def is_before(self, at: dt.datetime, tap: uuid.UUID) -> bool:
        """What was noted at this moment came later. Of two at the very same moment the ids decide, everywhere alike."""
        return (self.noted_at, self.tap) < (at, tap)
