"""Rows of learning materials, one for each audience."""

from typing import Any

from django.core.files.base import ContentFile

from courses.models import Course, Material, Offering
from courses.models.materials import For
from tests.cast import Cast
from tests.coaching.documents import PDF
from tests.courses.factories import make_course, make_enrollment, make_offering


def make_material(
    of: Course | Offering, audience: str = For.EVERYBODY, *, file: bool = False, **fields: Any
) -> Material:
    """A link, or a file; of a course, or of one offering."""
    usual: dict[str, Any] = {"title": f"For {audience}", "audience": audience}
    usual |= {"offering": of} if isinstance(of, Offering) else {"course": of}
    if not file:
        return Material.objects.create(**usual | {"kind": "link", "url": "https://example.com/kata"} | fields)
    known = {"kind": "file", "name": "Plan.pdf", "ending": "pdf", "size": len(PDF)}
    return Material.objects.create(**usual | known | {"file": ContentFile(PDF, name="Plan.pdf")} | fields)


def an_offering(cast: Cast) -> Offering:
    """The learner has a seat; the coach teaches."""
    offering = make_offering(make_course("Kata for Leaders"), partner=cast.partner)
    offering.instructors.add(cast.coach)
    make_enrollment(offering, cast.learner, "enrolled")
    make_material(offering.course, For.EVERYBODY, file=True, title="What kata is, in one page", place=1)
    make_material(offering.course, For.SEATED, title="Film: a coach asks five questions", kind="video", place=2)
    make_material(offering, For.SEATED, title="Your target condition: the sheet", file=True, place=3)
    make_material(offering, For.STAFF, title="How the day runs", place=4)
    return offering


def course_of(_cast: Cast, offering: Offering) -> list[int]:
    return [offering.course_id]
