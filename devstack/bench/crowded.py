"""What a crowd wants: `python -m devstack.bench.crowded COACH_EMAIL` makes it, and prints what was made as JSON.

With `--count` instead: how many got it. Everything lies two years ahead, out of the way of the measured pages.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
from importlib import import_module
from typing import Any

SEATS = 20
REQUESTS = 600
VISITS = 50
COURSE = "The last seats, for ./bench"
AHEAD = dt.timedelta(days=730)


def main() -> None:
    """Make both crowds, or count what became of them."""
    import_module("django").setup()
    parser = argparse.ArgumentParser()
    parser.add_argument("coach")
    parser.add_argument("--count", action="store_true")
    options = parser.parse_args()
    print(json.dumps(counted() if options.count else {"seats": requests(), "day": visits(options.coach)}))


def requests() -> list[int]:
    """600 requests of as many people for 20 seats of a new offering, as they wait for an answer."""
    courses, partners = import_module("courses.models"), import_module("partners.models")
    staff = partners.Person.objects.filter(is_lei_staff=True).earliest("pk")
    course, _ = courses.Course.objects.get_or_create(name=COURSE)
    day = dt.datetime.now(dt.UTC).date() + AHEAD
    offering = courses.Offering.objects.create(
        course=course, starts_on=day, ends_on=day, enroll_until=day, zone="UTC", place="A hall", capacity=SEATS
    )
    people = people_of(partners.Person)
    asked = [
        courses.Enrollment(
            offering=offering, person=person, partner=partners.Partner.objects.earliest("pk"), asked_by=staff
        )
        for person in people
    ]
    return [row.pk for row in courses.Enrollment.objects.bulk_create(asked)]


def people_of(person: Any) -> list[Any]:
    """So many, made the first time."""
    emails = [f"crowd{n}@example.org" for n in range(REQUESTS)]
    person.objects.bulk_create(
        [person(email=email, name=f"Crowd {n}", is_active=False) for n, email in enumerate(emails)],
        ignore_conflicts=True,
    )
    return list(person.objects.filter(email__in=emails))


def visits(coach_email: str) -> list[int]:
    """50 visits of one coach on one day, each confirmed by the partner, none by the coach."""
    coaching, partners = import_module("coaching.models"), import_module("partners.models")
    coach = partners.Person.objects.get(email=coach_email)
    at = dt.datetime.now(dt.UTC).replace(hour=14, minute=0, second=0, microsecond=0) + AHEAD
    coaching.Visit.objects.filter(coach=coach, confirmed_at__isnull=False, starts_at__gte=at).update(
        confirmed_at=None, coach_confirmed_at=None, coach_confirmed_by=None
    )  # the winner of the last time
    by = {"placed_by": coach, "partner_confirmed_by": coach, "partner_confirmed_at": dt.datetime.now(dt.UTC)}
    sites = partners.Site.objects.order_by("pk")[:VISITS]
    made = [
        coaching.Visit(
            site=site,
            coach=coach,
            kind=coaching.Kind.GEMBA,
            purpose="All on one day, for ./bench",
            starts_at=at,
            ends_at=at + dt.timedelta(hours=2),
            zone=site.zone,
            **by,
        )
        for site in (list(sites) * VISITS)[:VISITS]
    ]
    return [visit.pk for visit in coaching.Visit.objects.bulk_create(made)]


def counted() -> dict[str, int]:
    """Seats taken and people waiting of the newest offering; visits of the newest crowd that are confirmed."""
    courses, coaching = import_module("courses.models"), import_module("coaching.models")
    offering = courses.Offering.objects.filter(course__name=COURSE).latest("pk")
    states = list(offering.enrollments.values_list("state", flat=True))
    newest = coaching.Visit.objects.filter(purpose="All on one day, for ./bench").order_by("-pk")[:VISITS]
    confirmed = coaching.Visit.objects.filter(pk__in=list(newest.values_list("pk", flat=True))).confirmed()
    return {
        "seats": states.count("enrolled"),
        "waiting": states.count("approved"),
        "taken": offering.seats_taken,
        "confirmed": confirmed.count(),
    }


if __name__ == "__main__":
    main()
