"""Who was there: on the days of all past offerings, with the certificates for it; and a course that runs today."""

import datetime as dt
from zoneinfo import ZoneInfo

from django.utils import timezone

from courses.account import keep
from courses.actions import ask_for_door_list
from courses.models import Attendance, Certificate, Course, Enrollment, Offering
from courses.models.enrollments import State
from leipartners.demo.catalogue import BOSTON
from leipartners.demo.people import Ground
from leipartners.demo.transfers import say_why
from partners.models import BusyTime, Person

LEARNER, TEACHER, COURSE = "Luis Ferrer", "Ken Obara", "Managing with A3s"
BATCH = 5000
FROM_EACH = 3  # people of each partner in the course that runs
SEATS = 14


def note_attendance(ground: Ground) -> int:
    """Write each day of each past enrollment, and a certificate for who was there on all; returns how many days."""
    _let_the_learner_miss_one(ground)
    past = Enrollment.objects.seated().filter(offering__ends_on__lt=ground.today).select_related("offering")
    rows, certificates = [], []
    for row in past.order_by("pk"):
        has_attended = row.state == State.ATTENDED
        rows += _days(row, has_attended=has_attended, by=row.approved_by_id or row.person_id)
        if has_attended:
            ended = row.offering.ends_at
            certificates.append(Certificate(enrollment=row, issued_at=ended, told_at=ended))
    Attendance.objects.bulk_create(rows, batch_size=BATCH)
    Certificate.objects.bulk_create(certificates, batch_size=BATCH)
    return len(rows)


def _let_the_learner_miss_one(ground: Ground) -> None:
    """The learner who signs in has certificates, and a letter for a part."""
    his = Enrollment.objects.filter(person__name=LEARNER, state=State.ATTENDED, offering__ends_on__lt=ground.today)
    row = his.exclude(offering__course__kind=Course.Kind.SUMMIT).exclude(
        offering__course__name__in=("Value stream basics", "Coaching with questions")
    )
    for one in row.order_by("-offering__starts_on")[:1]:
        Enrollment.objects.filter(pk=one.pk).update(state=State.ENROLLED, attended_at=None)


def _days(row: Enrollment, *, has_attended: bool, by: int) -> list[Attendance]:
    """Who missed a day missed the last one; noted in the morning of each."""
    days = row.offering.dates_taught
    return [
        Attendance(
            enrollment=row,
            day=start.date(),
            present=has_attended or start.date() != days[-1],
            noted_at=start,
            noted_by_id=by,
        )
        for start, _ in row.offering.days
    ]


def run_a_course(ground: Ground) -> int:
    """Three days, of which one is today: what is past is marked, today half. Returns how many have a seat."""
    offering = _running(ground)
    people = [who for partner in ground.partners for who in ground.people_of(partner)[4 : 4 + FROM_EACH]]
    asked_at = offering.starts_at - dt.timedelta(days=30)
    led_here = {"asked_at": asked_at, "approved_at": asked_at, "enrolled_at": asked_at, "state": State.ENROLLED}
    rows = Enrollment.objects.bulk_create(
        Enrollment(
            offering=offering,
            person=who.person,
            partner_id=who.site.partner_id,
            asked_by=who.person,
            approved_by=who.person,
            **led_here,
        )
        for who in people[:SEATS]
    )
    now = timezone.now()
    past = offering.dates_taught.index(offering.today(now))
    marks = [(row, day, number != 4) for number, row in enumerate(rows) for day in range(past)]
    marks += [(row, past, number != 4) for number, row in enumerate(rows[: SEATS // 2])]
    Attendance.objects.bulk_create(
        Attendance(
            enrollment=row,
            day=offering.dates_taught[day],
            present=there,
            noted_at=min(offering.days[day][0], now),
            noted_by=ground.lei["Nora Whitfield"],
        )
        for row, day, there in marks
    )
    say_why(ground, rows)
    keep(*[row.pk for row in rows])
    ask_for_door_list(offering, now)
    return len(rows)


def _running(ground: Ground) -> Offering:
    """With the coach who signs in, when they are free; else with the first who is."""
    place, zone = BOSTON
    course, today = Course.objects.get(name=COURSE), timezone.localdate(timezone=ZoneInfo(zone))
    coaches = sorted(Person.objects.coaches().order_by("pk"), key=lambda person: person.name != TEACHER)
    for coach, ago in ((coach, ago) for coach in coaches for ago in (1, 2, 0)):
        offering = Offering(
            course=course,
            starts_on=today - dt.timedelta(days=ago),
            ends_on=today + dt.timedelta(days=2 - ago),
            enroll_until=today - dt.timedelta(days=8),
            place=place,
            zone=zone,
            capacity=SEATS + 2,
        )
        if not BusyTime.objects.in_the_way_of(coach.pk, offering.starts_at, offering.ends_at).exists():
            break
    offering.save()
    offering.instructors.add(coach)
    return offering
