"""Learning materials of the demo's courses, and how far its people are with them."""

import datetime as dt

from django.core.files.base import ContentFile
from django.utils import timezone

from courses.models import Course, Enrollment, Material, Progress
from courses.models.materials import For
from leipartners.demo.papers import page
from leipartners.demo.people import Ground

SHEETS = (
    ("Read this first: what we will do, and what you bring", For.SEATED, ("Bring one problem of your own.",)),
    ("The exercise sheets of the day", For.ATTENDED, ("One page for each exercise.", "Write on them.")),
)
LINKS = (
    ("Where to read on, from LEI", Material.Kind.LINK, "https://www.lean.org/explore-lean/", For.EVERYBODY),
    ("Film: a walk through a value stream", Material.Kind.VIDEO, "https://www.lean.org/the-lean-post/", For.PARTNERS),
    ("How the days run: notes for who teaches", Material.Kind.LINK, "https://www.lean.org/events-training/", For.STAFF),
)
PEOPLE = 12  # of each course, those to come


def add_materials(_ground: Ground) -> int:
    """Write five materials for each course, and what people opened of them; returns how many of both."""
    rows = []
    for course in Course.objects.order_by("pk"):
        for place, (title, audience, lines) in enumerate(SHEETS, 1):
            content = page(course.name, (title, *lines))
            row = Material(course=course, place=place, title=title, audience=audience, kind=Material.Kind.FILE)
            row.name, row.ending, row.size = f"{title[:40].partition(':')[0]}.pdf", "pdf", len(content)
            row.file.save(row.name, ContentFile(content), save=False)
            rows.append(row)
        rows += [
            Material(course=course, place=place, title=title, kind=kind, url=url, audience=audience)
            for place, (title, kind, url, audience) in enumerate(LINKS, 3)
        ]
    Material.objects.bulk_create(rows)
    return len(rows) + len(Progress.objects.bulk_create(_progress(), ignore_conflicts=True))


def _progress() -> list[Progress]:
    now = timezone.now()
    found = []
    for course in Course.objects.order_by("pk"):
        seats = Enrollment.objects.seated().upcoming(now).filter(offering__course=course).order_by("pk")[:PEOPLE]
        materials = [row for row in course.materials.all() if row.audience in {For.SEATED, For.EVERYBODY, For.PARTNERS}]
        for number, seat in enumerate(seats):
            for step, material in enumerate(materials[: number % 4]):
                opened = now - dt.timedelta(days=number % 9 + 1, hours=step)
                done = opened + dt.timedelta(hours=1) if (number + step) % 3 else None
                found.append(Progress(material=material, person_id=seat.person_id, opened_at=opened, done_at=done))
    return found
