"""Rows that fill My work and the outbox, for tests and for looking at."""

import datetime as dt
from typing import Any

from django.utils import timezone

from coaching.models import Kind
from courses.models import Enrollment
from partners import actions
from partners.models import Mail, Obligation, Person
from tests.a3.factories import make_remark, make_sheet
from tests.cast import Cast
from tests.coaching.factories import make_confirmed, make_visit
from tests.courses.factories import make_course, make_enrollment, make_offering
from tests.factories import make_mail

LONG = "<p>" + "Patients who may go home wait for the letter until the afternoon. " * 8 + "</p>"
TABLE = f"{LONG}<table><tr><td>Mon</td><td>14:10</td></tr></table>"


def make_owed(person: Person, key: str, **fields: Any) -> Obligation:
    given = {"words": "Answer Ken on Leave by noon", "why": "You own this sheet.", "url": "/a3/1/"} | fields
    return actions.owe(person, key=key, **given)


def owe_much(person: Person, asker: Person) -> None:
    """Something late, something for this week, something later."""
    now = timezone.now()
    late = {"due_at": now - dt.timedelta(days=2), "verb": "Answer", "asked_by": asker}
    make_owed(person, "late", words="“Who signs if the junior is off sick?”", **late)
    make_owed(
        person, "visit", words="Confirm the visit to Riverside", verb="Confirm", due_at=now + dt.timedelta(hours=1)
    )
    make_owed(person, "new", words="A colleague asks for a seat", verb="Approve", asked_by=asker)
    make_owed(person, "later", words="Is bedside handover still held?", due_at=now + dt.timedelta(days=25))


def lay_sheets(owner: Person, cast: Cast) -> None:
    full = {number: LONG if number % 2 else TABLE for number in range(1, 8)}
    first = make_sheet(owner, cast.site, title="Leave by noon: discharge flow", bodies=full, coach=cast.coach)
    make_remark(first, cast.coach, number=2)
    make_remark(first, cast.coach, number=5)
    make_sheet(owner, cast.site, title="Saturday huddle: who leads it?", bodies={1: LONG, 2: TABLE, 3: LONG})
    make_sheet(owner, cast.site, title="Bedside handover at 07:00", bodies=full, coach=cast.coach, ball=cast.coach)


def fill_desk(cast: Cast, person: Person | None = None) -> None:
    """A full day and two full weeks of the change agent and the coach."""
    person = person or cast.change_agent
    Person.objects.filter(pk=person.pk).update(zone="America/New_York")
    now = timezone.now().replace(minute=0, second=0, microsecond=0)
    hour, day = dt.timedelta(hours=1), dt.timedelta(days=1)
    make_confirmed(cast.site, cast.coach, starts_at=now - hour, ends_at=now - hour / 2, purpose="Who holds the letter?")
    make_confirmed(cast.site, cast.coach, starts_at=now + hour / 2, ends_at=now + hour, kind=Kind.REVIEW)
    make_visit(cast.site, cast.coach, starts_at=now + day, ends_at=now + day + hour, kind=Kind.REMOTE)
    make_visit(cast.site, cast.coach, starts_at=now + 3 * day, ends_at=now + 5 * day, kind=Kind.ONSITE)
    course = make_course("Managing to Learn")
    offering = make_offering(course, in_days=4, days=3, zone="America/Los_Angeles")
    make_enrollment(offering, person, Enrollment.State.ENROLLED)
    owe_much(person, cast.coach)
    lay_sheets(person, cast)


def fill_outbox(cast: Cast) -> list[Mail]:
    """One mail in each state, the newest failed."""
    now = timezone.now()
    mails = [make_mail(person) for person in (cast.learner, cast.coach, cast.sponsor, cast.change_agent)]
    mails += [make_mail(address="new.person@example.com", is_secret=True), make_mail(cast.outsider)]
    refused = "The mail server refused the address: 550 No such person here"
    states: list[dict[str, Any]] = [
        {"sent_at": now},
        {"claimed_at": now},
        {"claimed_at": now - dt.timedelta(minutes=11)},
        {"called_off_at": now},
        {},
        {"given_up_at": now, "attempts": 1, "failure": refused},
    ]
    for number, (mail, state) in enumerate(zip(mails, states, strict=True)):
        Mail.objects.filter(pk=mail.pk).update(created_at=now - dt.timedelta(minutes=60 - number), **state)
    return [Mail.objects.get(pk=mail.pk) for mail in mails]


def fill_office(cast: Cast) -> None:
    """What LEI's staff keep an eye on."""
    fill_outbox(cast)
    soon = timezone.now() + dt.timedelta(days=3)
    make_visit(cast.site, cast.coach, starts_at=soon, ends_at=soon + dt.timedelta(hours=2))
    make_visit(cast.other_site, cast.coach, starts_at=soon + dt.timedelta(days=7))
