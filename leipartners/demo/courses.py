"""The catalogue, six years of offerings and who took them, and the offerings that are open now."""

import datetime as dt
from collections import defaultdict
from typing import Any

from coaching.models import Leave, TravelDay, Visit
from courses.models import Course, Enrollment, Offering
from courses.models.enrollments import State
from leipartners.demo.catalogue import BOSTON, CATALOGUE, ONLINE, PLACES, PRICES
from leipartners.demo.people import Ground
from partners.models import Assignment, Person, Role

MISSES = (2, 19)


def teach(ground: Ground, *, scale: int) -> tuple[int, int]:
    """Write catalogue, offerings and enrollments; returns how many of the last two."""
    courses = Course.objects.bulk_create(
        Course(name=p.name, kind=p.kind, summary=p.summary, before=p.before, practice=p.practice) for p in CATALOGUE
    )
    offerings = Offering.objects.bulk_create(
        [row for lap in range(scale) for row in _offerings(ground, courses, lap)], batch_size=5000
    )
    own = Offering.objects.bulk_create(_at_partners(ground, courses))
    Offering.instructors.through.objects.bulk_create(_instructors(ground, offerings + own), batch_size=5000)
    rows = _enrollments(ground, offerings) + _enrollments_at_partners(ground, own)
    Enrollment.objects.bulk_create(rows, batch_size=5000)
    return len(offerings) + len(own), len(rows)


def _instructors(ground: Ground, offerings: list[Offering]) -> list[Any]:
    """Each is taught by the next coach who is free then, if there is one."""
    coaches = [person for lap in ground.coaches for person in lap.values()]
    taken: dict[int, list[tuple[dt.datetime, dt.datetime]]] = defaultdict(list)
    for rows_away in (Visit.objects.active(), Leave.objects.standing(), TravelDay.objects.standing()):
        for coach_pk, start, end in rows_away.values_list("coach_id", "starts_at", "ends_at"):
            taken[coach_pk].append((start, end))
    link, rows = Offering.instructors.through, []
    for number, offering in enumerate(offerings):
        span = offering.starts_at, offering.ends_at
        for coach in (coaches[(number + step) % len(coaches)] for step in range(6)):
            if not any(start < span[1] and span[0] < end for start, end in taken[coach.pk]):
                taken[coach.pk].append(span)
                rows.append(link(offering_id=offering.pk, person_id=coach.pk))
                break
    return rows


def _offerings(ground: Ground, courses: list[Course], lap: int) -> list[Offering]:
    """Every three and a half weeks in the past six years, every week and a half in the months to come."""
    rows = []
    monday = ground.today - dt.timedelta(days=ground.today.weekday())
    for number in range(-88, 13):
        plan, course = CATALOGUE[number % 6], courses[number % 6]
        weeks = number * 7 // 2 if number < 0 else number * 3 // 2
        starts_on = monday + dt.timedelta(weeks=weeks, days=1 + number % 2)
        place, zone = PLACES[(number + lap) % len(PLACES)]
        if plan.kind == Course.Kind.SUMMIT and not place:
            place, zone = BOSTON  # all in one room
        rows.append(
            Offering(
                course=course,
                starts_on=starts_on,
                ends_on=starts_on + dt.timedelta(days=plan.days - 1),
                place=place,
                link="" if place else f"{ONLINE}/{lap}-{number + 88}",
                zone=zone,
                capacity=plan.seats,
                price_note=PRICES[plan.kind],
                enroll_until=starts_on - dt.timedelta(days=3 if place else 0),
                language="pt" if "Betim" in place else "en",
            )
        )
    return rows


def _at_partners(ground: Ground, courses: list[Course]) -> list[Offering]:
    """For each of the first six partners two at a site of its own and for its people alone: in spring, and to come."""
    monday = ground.today - dt.timedelta(days=ground.today.weekday())
    sites = {site.partner_id: site for site in reversed(ground.sites)}
    return [
        Offering(
            course=courses[(number + weeks) % 2],
            starts_on=(starts_on := monday + dt.timedelta(weeks=weeks + number, days=1)),
            ends_on=starts_on + dt.timedelta(days=1),
            site=sites[partner.pk],
            zone=sites[partner.pk].zone,
            partner=partner,
            capacity=12,
            enroll_until=starts_on - dt.timedelta(days=7),
        )
        for number, partner in enumerate(ground.partners[:6])
        for weeks in (-38, 2)
    ]


def _enrollments_at_partners(ground: Ground, offerings: list[Offering]) -> list[Enrollment]:
    return [
        _taken(ground, offering, who, (offering.starts_on - ground.today).days)
        for offering in offerings
        if offering.partner
        for who in ground.people_of(offering.partner)[: 11 if offering.starts_on < ground.today else 7]
    ]


def _enrollments(ground: Ground, offerings: list[Offering]) -> list[Enrollment]:
    """Past offerings were nearly full; of those to come the first is full with a line, the later ones fill slowly."""
    by_lap = defaultdict(list)
    for assignment in ground.assignments:
        if assignment.ended_on is None:
            by_lap[(assignment.site.partner_id - ground.partners[0].pk) // 6].append(assignment)
    per_lap = len(offerings) // max(len(by_lap), 1)
    rows: list[Enrollment] = []
    to_come = 0
    for number, offering in enumerate(offerings):
        learners = by_lap[number // per_lap]
        ahead = (offering.starts_on - ground.today).days
        to_come = to_come + 1 if ahead > 0 else 0
        share = ground.random.uniform(0.8, 1) if ahead <= 0 else max(1.0 - 0.12 * (to_come - 1), 0.1)
        seats = min(round(offering.capacity * share), len(learners))
        chosen = ground.random.sample(learners, min(seats + 5, len(learners)))
        rows += [_taken(ground, offering, who, ahead) for who in chosen[:seats]]
        rows += [_not_taken(ground, offering, who, ahead, seats) for who in chosen[seats:]]
    return rows


def _base(ground: Ground, offering: Offering, who: Assignment, ahead: int) -> Enrollment:
    asked_at = offering.starts_at - dt.timedelta(days=max(ahead, 0) + ground.random.randrange(8, 40))
    return Enrollment(
        offering=offering, person=who.person, partner_id=who.site.partner_id, asked_at=asked_at, asked_by=who.person
    )


def _agent(ground: Ground, who: Assignment) -> Person:
    return ground.people_of(who.site.partner, Role.CHANGE_AGENT)[0].person


def _taken(ground: Ground, offering: Offering, who: Assignment, ahead: int) -> Enrollment:
    row = _base(ground, offering, who, ahead)
    row.approved_at = row.enrolled_at = row.asked_at + dt.timedelta(days=1)
    row.approved_by = _agent(ground, who)
    row.state = State.ENROLLED
    if offering.ends_on < ground.today and not misses_a_day(who.person_id, offering):
        row.state, row.attended_at = State.ATTENDED, offering.ends_at
    return row


def misses_a_day(person_pk: int, offering: Offering) -> bool:
    """Two of nineteen were not there on some day."""
    return (person_pk * 7 + offering.starts_on.toordinal()) % MISSES[1] < MISSES[0]


def _not_taken(ground: Ground, offering: Offering, who: Assignment, ahead: int, seats: int) -> Enrollment:
    """Before a past offering somebody cancelled; before one to come some wait, and some have only asked."""
    row = _base(ground, offering, who, ahead)
    if offering.ends_on < ground.today or ahead <= 0:
        row.state, row.reason = (
            State.CANCELLED,
            ground.random.choice(("Ill that week.", "The line needed me.", "Moved to a later date.")),
        )
        row.cancelled_at, row.cancelled_by = offering.starts_at - dt.timedelta(days=2), who.person
    elif seats >= offering.capacity:
        row.state, row.approved_at, row.approved_by = (
            State.APPROVED,
            row.asked_at + dt.timedelta(days=1),
            _agent(ground, who),
        )
    return row
