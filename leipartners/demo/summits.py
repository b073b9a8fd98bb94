"""A Summit to come and one that was: programme, who goes where, teams of two partners, notes, and what they try."""

import datetime as dt
import uuid
from itertools import cycle

from courses.models import Course, Offering, Pick, Session, Team, TeamNote, TeamTrial
from leipartners.demo.people import Ground

PROGRAMME = (  # of each day: hour, title, speaker, room, places
    (
        (9, "Opening: what changes slowly", "Nora Whitfield", "Great hall", None),
        (10, "Starting the day at the board", "A team of nurses", "Room 1", 40),
        (10, "From fire-fighting to asking", "A team leader of the paint shop", "Room 2", 24),
        (13, "Five questions, heard live", "Two coaches", "Room 3", 12),
        (15, "What slipped this year, and who noticed", "Three sponsors", "Great hall", None),
    ),
    (
        (9, "Walk: the hall across the street", "Its own people", "At the door", 15),
        (9, "Standards that their users write", "A laboratory and a bakery", "Room 1", 40),
        (11, "The middle manager's Tuesday", "A manager, hour by hour", "Room 2", 24),
        (13, "Read my A3: eight tables, eight owners", "Owners of sheets", "Great hall", 48),
        (15, "What will you try on Monday?", "All teams", "Great hall", None),
    ),
)
LOOKS_FOR = "How others start their day, and who speaks first. What they do when it does not work."
NOTES = (
    "They stand. Nobody has a chair, and nobody looks for one. It is over in nine minutes.",
    "The board shows yesterday only. Our board shows the last quarter, and nobody reads it.",
    "The supervisor asked what she could take out of their way, and wrote it down herself.",
    "Half of what they tried in spring did not hold. They show that too.",
)
TRIED = dt.timedelta(days=13)  # after the Summit
TRIALS = ("Start at the board at 7:15, standing, for two weeks", "Let the nurse in charge speak first")


def hold_summits(ground: Ground) -> int:
    """Write programme and teams of the last Summit and the next one; returns how many rows."""
    summits = Offering.objects.filter(course__kind=Course.Kind.SUMMIT, cancelled_at=None, partner=None)
    last = summits.filter(ends_on__lt=ground.today).order_by("-starts_on", "pk").first()
    coming = summits.filter(starts_on__gt=ground.today).order_by("starts_on", "pk").first()
    return sum(_summit(ground, row) for row in (last, coming) if row)


def _summit(ground: Ground, offering: Offering) -> int:
    sessions = Session.objects.bulk_create(
        Session(
            offering=offering, day=day, begins=dt.time(hour), ends=dt.time(hour + 1), title=title, speaker=speaker,
            room=room, capacity=places,
        )
        for day, programme in zip(offering.dates_taught, cycle(PROGRAMME), strict=False)
        for hour, title, speaker, room, places in programme
    )  # fmt: skip
    seats = list(offering.enrollments.seated().select_related("person", "partner").order_by("pk"))
    picks = [
        Pick(session=session, person=seat.person)
        for number, seat in enumerate(seats)
        for place, session in enumerate(sessions)
        if (number + place) % 3 and number < 10
    ]
    Pick.objects.bulk_create(picks)
    count = len(sessions) + len(picks)
    for partner in ground.partners[:2]:
        members = [seat for seat in seats if seat.partner == partner][:4]
        if members:
            team = Team.objects.create(
                offering=offering, partner=partner, name=f"Team of {partner.name}", looks_for=LOOKS_FOR
            )
            team.members.set(members)
            count += 1 + (_write(team, sessions) if offering.ends_on < ground.today else 0)
    return count


def _write(team: Team, sessions: list[Session]) -> int:
    """What they noted there, and what they try since."""
    people = [seat.person for seat in team.members.select_related("person").order_by("pk")]
    notes = [
        TeamNote(
            team=team, session=sessions[number], words=words, written_by=people[number % len(people)],
            once=uuid.uuid4(), written_at=team.offering.starts_at + dt.timedelta(hours=number + 1),
        )
        for number, words in enumerate(NOTES)
    ]  # fmt: skip
    trials = [
        TeamTrial(
            team=team, words=words, person=people[-1], made_by=people[0], once=uuid.uuid4(),
            due_on=team.offering.ends_on + dt.timedelta(days=14 * (number + 1)),
            made_at=team.offering.ends_at, done_at=team.offering.ends_at + TRIED if number == 0 else None,
        )
        for number, words in enumerate(TRIALS)
    ]  # fmt: skip
    TeamNote.objects.bulk_create(notes)
    TeamTrial.objects.bulk_create(trials)
    return len(notes) + len(trials)
