"""The catalogue, the dates on which it is taught, who has a seat, and who was there."""

from courses.models.attendances import Attendance
from courses.models.certificate_books import CertificateBook
from courses.models.certificates import Certificate
from courses.models.courses import Course
from courses.models.enrollments import Enrollment
from courses.models.groups import Group
from courses.models.holds import Hold
from courses.models.imports import EnrollmentImport, ImportRow
from courses.models.offerings import Offering

__all__ = [
    "Attendance",
    "Certificate",
    "CertificateBook",
    "Course",
    "Enrollment",
    "EnrollmentImport",
    "Group",
    "Hold",
    "ImportRow",
    "Offering",
]
