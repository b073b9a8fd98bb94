"""A Summit with its programme, and two teams."""

import datetime as dt
import uuid
from typing import Any

from courses import actions
from courses.models import Offering, Session, Team
from partners.models import Person
from tests.cast import Cast
from tests.courses.factories import make_course, make_enrollment, make_offering


def make_session(offering: Offering, hour: int = 9, **fields: Any) -> Session:
    usual = {"day": offering.starts_on, "begins": dt.time(hour), "ends": dt.time(hour + 1), "title": f"Session {hour}"}
    return Session.objects.create(offering=offering, **usual | fields)


def make_team(offering: Offering, *people: Person, **fields: Any) -> Team:
    team = Team.objects.create(offering=offering, **{"name": "Team"} | fields)
    team.members.set(offering.enrollments.filter(person__in=people))
    return team


def a_summit(cast: Cast) -> Offering:
    """The learner has a seat and is in a team of the cast's partner; somebody elsewhere in one of theirs."""
    offering = make_offering(make_course("Summit", kind="summit"), days=2, in_days=0)
    for person in (cast.learner, cast.outsider):
        make_enrollment(offering, person, "enrolled")
    make_session(offering, 9, title="Opening: what changes slowly", speaker="Nora Whitfield", room="Hall 1")
    make_session(offering, 10, title="Kata at the bedside", capacity=12, room="Room 4")
    make_session(offering, 10, title="Planning by hand", link="https://example.com/room", capacity=1)
    team = make_team(
        offering, cast.learner, partner=cast.partner, name="Riverside", looks_for="How others start a day."
    )
    make_team(offering, cast.outsider, partner=cast.elsewhere, name="Wichita")
    session = offering.sessions.first()
    actions.note(team, "They begin at the board, standing.", session=session, once=uuid.uuid4(), by=cast.learner)
    actions.try_out(
        team, actions.Trial("Stand at the board at 7:15", cast.learner, offering.ends_on, uuid.uuid4()), by=cast.learner
    )
    return offering


def team_of_learner(_cast: Cast, offering: Offering) -> list[int]:
    return [offering.teams.get(name="Riverside").pk]
