"""The catalogue, the dates on which it is taught, who has a seat, and who was there."""

from courses.models.attendances import Attendance
from courses.models.certificate_books import CertificateBook
from courses.models.certificates import Certificate
from courses.models.courses import Course
from courses.models.enrollments import Enrollment
from courses.models.groups import Group
from courses.models.holds import Hold
from courses.models.imports import EnrollmentImport, ImportRow
from courses.models.materials import Material, Progress
from courses.models.offerings import Offering
from courses.models.plans import ApplicationPlan, FollowUp, Reaction
from courses.models.purposes import Purpose
from courses.models.summits import Pick, Session, Team, TeamNote, TeamTrial

__all__ = [
    "ApplicationPlan",
    "Attendance",
    "Certificate",
    "CertificateBook",
    "Course",
    "Enrollment",
    "EnrollmentImport",
    "FollowUp",
    "Group",
    "Hold",
    "ImportRow",
    "Material",
    "Offering",
    "Pick",
    "Progress",
    "Purpose",
    "Reaction",
    "Session",
    "Team",
    "TeamNote",
    "TeamTrial",
]
