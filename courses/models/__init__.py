"""The catalogue, the dates on which it is taught, and who has a seat."""

from courses.models.courses import Course
from courses.models.enrollments import Enrollment
from courses.models.groups import Group
from courses.models.holds import Hold
from courses.models.imports import EnrollmentImport, ImportRow
from courses.models.offerings import Offering

__all__ = ["Course", "Enrollment", "EnrollmentImport", "Group", "Hold", "ImportRow", "Offering"]
