"""Loading the demo program, whole or not at all."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.utils import timezone

from courses.models.teaching import TAKE
from leipartners.demo.around import surround_visits
from leipartners.demo.attendance import note_attendance, run_a_course
from leipartners.demo.catchball import write_catchball
from leipartners.demo.charters import write_charters
from leipartners.demo.coming import bring_list
from leipartners.demo.courses import teach
from leipartners.demo.gains import claim_gains
from leipartners.demo.history import write_sheets
from leipartners.demo.late import come_late
from leipartners.demo.line import move_the_line
from leipartners.demo.lists import arrange_sheets
from leipartners.demo.materials import add_materials
from leipartners.demo.owed import owe_what_is_near
from leipartners.demo.papers import add_papers
from leipartners.demo.people import Ground, settle_ground
from leipartners.demo.rich import write_rich_sheets
from leipartners.demo.summits import hold_summits
from leipartners.demo.transfers import bring_to_work
from leipartners.demo.visits import plan_visits
from leipartners.demo.walks import record_walks

SET_ASIDE = (
    "partners_person",
    "partners_assignment",
    "partners_check",
    "partners_claim",
    "coaching_visit",
    "coaching_promise",
    "coaching_memo",
    "a3_sheet",
    "a3_section",
    "a3_remark",
    "a3_agreement",
    "courses_offering",
    "courses_offering_instructors",
    "courses_enrollment",
    "courses_purpose",
    "courses_applicationplan",
    "courses_followup",
    "courses_attendance",
    "courses_certificate",
)


@transaction.atomic
def load_demo(*, scale: int, say: Callable[[str], object]) -> None:
    """Write `scale` times the demo program into an empty database and say how far it has come."""
    began = time.monotonic()

    def told(what: str) -> None:
        say(f"{time.monotonic() - began:6.1f} s  {what}")

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL statement_timeout = 0")  # a large scale writes for minutes
    if scale == 1:
        ground = _load(scale, told)
        told(f"{move_the_line(ground)} people in the line for a seat")
        told(f"{hold_summits(ground)} sessions, picks, teams and notes of Summits")
        told(f"{come_late(ground)} who came late: requests, and a seat given back")
        told(f"{run_a_course(ground)} people in a course today")
        return
    with _without_triggers():
        _load(scale, told)
        _count_seats()
        _take_times()
        _index_words()


def _load(scale: int, told: Callable[[str], None]) -> Ground:
    ground = settle_ground(timezone.localdate(), scale=scale)
    told(f"{len(ground.partners)} partners, {len(ground.sites)} sites, {len(ground.assignments)} assignments")
    told(f"{plan_visits(ground)} visits")
    told(f"{write_charters(ground)} charters")
    told(f"{write_sheets(ground)} plain sheets, {write_rich_sheets(ground)} rich ones")
    offerings, enrollments = teach(ground, scale=scale)
    told(f"{offerings} offerings, {enrollments} enrollments")
    told(f"{note_attendance(ground)} days on which somebody was there, or was not")
    told(f"{add_materials(ground)} learning materials, and how far people are")
    told(f"{claim_gains(ground)} checks of what was gained")
    told(f"{bring_to_work(ground)} plans after courses")
    told(f"{write_catchball(ground)} changes of a sheet's state")
    told(f"{arrange_sheets(ground)} sheets that are part of others")
    told(f"{record_walks(ground)} records of walks")
    told(f"{surround_visits(ground)} visits with who asked for them, sheets and what is prepared")
    told(f"{add_papers(ground)} documents of visits")
    told(f"{bring_list(ground)} rows of a list of people, to be looked at")
    told(f"{owe_what_is_near(ground)} things that wait for somebody")
    return ground


@contextmanager
def _without_triggers() -> Iterator[None]:
    """A scale above one is for measuring: no history is written, and what triggers check or count is right already."""
    _switch_triggers("DISABLE")
    yield
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # PostgreSQL alters no table with checks pending
    _switch_triggers("ENABLE")


def _switch_triggers(word: str) -> None:
    with connection.cursor() as cursor:
        for table in SET_ASIDE:
            cursor.execute(f"ALTER TABLE {table} {word} TRIGGER USER")


def _count_seats() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE courses_offering SET seats_taken = taken.n
            FROM (SELECT offering_id, count(*) AS n FROM courses_enrollment
                  WHERE state IN ('offered', 'enrolled', 'attended') GROUP BY offering_id) AS taken
            WHERE courses_offering.id = taken.offering_id
            """
        )


def _take_times() -> None:
    """What the triggers of visits and instructors write row by row (partners/models/busy.py, courses/models)."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO partners_busytime (key, person_id, kind, starts_at, ends_at, is_whole_days, zone, words)
            SELECT 'visit:' || id, coach_id, 'visit', starts_at, ends_at, is_whole_days, zone, '' FROM coaching_visit
            WHERE confirmed_at IS NOT NULL AND cancelled_at IS NULL
            """
        )
        cursor.execute(TAKE.replace("[which]", "true"))


def _index_words() -> None:
    """What the triggers of sheets and sections write row by row (a3/models/rules.py), at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO a3_sheetwords (sheet_id, title, vector)
            SELECT id, title, setweight(to_tsvector('english', title), 'A') FROM a3_sheet;
            INSERT INTO a3_sheetwords (sheet_id, section_id, title, vector)
            SELECT s.sheet_id, s.id, '', setweight(
                to_tsvector('english', regexp_replace(s.body, '<[^>]*>', ' ', 'g')),
                (CASE t.half WHEN 'left' THEN 'B' ELSE 'C' END)::"char")
            FROM a3_section s JOIN a3_sectiontype t ON t.id = s.type_id WHERE s.body <> ''
            """
        )
