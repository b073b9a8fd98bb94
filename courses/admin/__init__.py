"""Django's admin for the catalogue, offerings and enrollments; enrollments are run here all day."""

from courses.admin.catalogue import CourseAdmin, OfferingAdmin
from courses.admin.enrollments import EnrollmentAdmin
from courses.admin.holds import HoldAdmin

__all__ = ["CourseAdmin", "EnrollmentAdmin", "HoldAdmin", "OfferingAdmin"]
