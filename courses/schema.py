"""An offering in the words of schema.org, for search engines: what its public page says, and nothing else."""

from typing import Any

from django.conf import settings

from courses.models import Offering

LEI = {"@type": "Organization", "name": "Lean Enterprise Institute", "url": "https://www.lean.org/"}
WORDS = "https://schema.org/"


def course_of(offering: Offering, *, is_open: bool) -> dict[str, Any]:
    """Return the course with this one date of it; `course` and `instructors` are loaded."""
    course = offering.course
    return {
        "@context": WORDS.rstrip("/"),
        "@type": "Course",
        "name": course.name,
        "description": course.summary or f"{course.get_kind_display()} of the {LEI['name']}.",
        "url": offering.public_url,
        "inLanguage": offering.language,
        "provider": LEI,
        "hasCourseInstance": _instance(offering, is_open=is_open),
    }


def _instance(offering: Offering, *, is_open: bool) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "CourseInstance",
        "name": offering.course.name,
        "description": offering.course.summary or offering.course.name,
        "url": offering.public_url,
        "startDate": offering.starts_at.isoformat(),
        "endDate": offering.ends_at.isoformat(),
        "eventStatus": WORDS + ("EventCancelled" if offering.cancelled_at else "EventScheduled"),
        "eventAttendanceMode": WORDS + ("Online" if offering.link else "Offline") + "EventAttendanceMode",
        "courseMode": "online" if offering.link else "onsite",
        "courseSchedule": _schedule(offering),
        "location": _location(offering),
        "organizer": LEI,
        "inLanguage": offering.language,
        "maximumAttendeeCapacity": offering.capacity,
        "remainingAttendeeCapacity": offering.left,
    }
    teachers = [{"@type": "Person", "name": person.name} for person in offering.instructors.all()]
    return found | ({"instructor": teachers} if teachers else {}) | ({"offers": _offer(offering)} if is_open else {})


def _location(offering: Offering) -> dict[str, Any]:
    """A room on line is where one asks for a seat: how to join is told with it."""
    if offering.link:
        return {"@type": "VirtualLocation", "url": offering.public_url}
    return {"@type": "Place", "name": offering.public_where, "address": offering.public_where}


def _schedule(offering: Offering) -> dict[str, Any]:
    return {
        "@type": "Schedule",
        "repeatFrequency": "Daily",
        "repeatCount": len(offering.days),
        "startDate": offering.starts_on.isoformat(),
        "endDate": offering.ends_on.isoformat(),
        "startTime": offering.daily_from.isoformat("seconds"),
        "endTime": offering.daily_until.isoformat("seconds"),
        "scheduleTimezone": offering.zone,
    }


def _offer(offering: Offering) -> dict[str, Any]:
    found = {
        "@type": "Offer",
        "url": f"{settings.SITE_URL}{offering.get_absolute_url()}",
        "availability": WORDS + ("SoldOut" if offering.is_full else "InStock"),
        "availabilityEnds": offering.enroll_until.isoformat(),
    }
    return found | ({"description": offering.price_note} if offering.price_note else {})
