"""Who may open which page of courses; see tests/test_access.py.

The offering is kept for the cast's partner; the learner has asked for a seat.
"""

import datetime as dt
import uuid
from typing import Any

from courses import actions, pdf
from courses.models import Certificate, CertificateBook, Enrollment
from tests.access import ALL, EVERYONE, Row, only
from tests.cast import Cast
from tests.courses.attendances import attended_by_learner, make_taught
from tests.courses.factories import given_back_late, make_course, make_enrollment, make_offering
from tests.courses.lists import make_import, row
from tests.courses.materials import make_material
from tests.courses.summits import a_summit, team_of_learner
from tests.courses.transfer_access import ROWS as TRANSFER

LEI = ("coach", "staff", "administrator")
INSIDERS = ("learner", "change_agent", "sponsor")
LEADERS = ("change_agent", "staff", "administrator")


def offering(cast: Cast) -> list[int]:
    return [make_offering(partner=cast.partner).pk]


def request_of_learner(cast: Cast) -> list[int]:
    return [make_enrollment(make_offering(partner=cast.partner), cast.learner).pk]


def late_request(cast: Cast) -> list[int]:
    offering = make_offering(partner=cast.partner, in_days=5, enroll_until=dt.date(2026, 1, 1), late_code="LATE-1")
    return [make_enrollment(offering, cast.learner, late_because="The first one fell ill").pk]


def material_of_learner(cast: Cast) -> list[int]:
    """For those with a seat in what the coach teaches."""
    of = make_taught(cast)
    make_enrollment(of, cast.learner, "enrolled")
    return [make_material(of, "seated", file=True).pk]


NOTE = {"words": "Seen", "once": str(uuid.uuid4())}


def summit_of(cast: Cast) -> list[int]:
    return [a_summit(cast).pk]


def session_of_summit(cast: Cast) -> list[int]:
    return [a_summit(cast).sessions.all()[0].pk]


def team_of(cast: Cast) -> list[int]:
    return team_of_learner(cast, a_summit(cast))


def trial_in_team(cast: Cast) -> list[int]:
    return [a_summit(cast).teams.get(name="Riverside").trials.get().pk]


def trial_of_learner(cast: Cast) -> dict[str, Any]:
    return {"words": "x", "person": cast.learner.pk, "due_on": "2031-01-14", "once": str(uuid.uuid4())}


def late_seat(cast: Cast) -> list[int]:
    return [given_back_late(make_offering(partner=cast.partner, in_days=5), cast.learner).pk]


def offer_to_learner(cast: Cast) -> list[int]:
    return [make_enrollment(make_offering(partner=cast.partner), cast.learner, "offered").pk]


def group_of_learner(cast: Cast) -> list[int]:
    """The learner and the sponsor wait together for two seats where there is one."""
    people = [cast.learner, cast.sponsor]
    offering = make_offering(partner=cast.partner, capacity=1)
    rows = actions.enroll_all(offering, people=people, by=cast.change_agent, together=True)
    return [group.pk for group in {row.group for row in rows} if group]


def own_import(cast: Cast) -> list[int]:
    """The change agent's own list."""
    text = f"{cast.learner.email}\nnobody@example.com"
    return [make_import(make_offering(partner=cast.partner), cast.change_agent, text).pk]


def own_row(cast: Cast) -> list[int]:
    text = f"{cast.learner.email}\nnobody@example.com"
    return [row(make_import(make_offering(partner=cast.partner), cast.change_agent, text), 2).pk]


def taught_by_coach(cast: Cast) -> list[int]:
    return [make_taught(cast).pk]


def seat_at_the_door(cast: Cast) -> list[Any]:
    seat = make_enrollment(make_taught(cast), cast.learner, "enrolled")
    return [seat.offering_id, uuid.uuid4()]


def mark_of_the_seat(_cast: Cast) -> dict[str, Any]:
    seat = Enrollment.objects.get()
    return {"enrollment": seat.pk, "day": seat.offering.starts_on.isoformat(), "present": "1"}


def book_of_coach(cast: Cast) -> list[int]:
    offering = attended_by_learner(cast).offering
    return [CertificateBook.objects.create(offering=offering, asked_by=cast.coach).pk]


def ready_book_of_coach(cast: Cast) -> list[int]:
    book = CertificateBook.objects.create(offering=attended_by_learner(cast).offering, asked_by=cast.coach)
    pdf.make_book(book.pk)
    return [book.pk]


def certificate_of_learner(cast: Cast) -> list[int]:
    return [attended_by_learner(cast).pk]


def code_of_learner(cast: Cast) -> list[str]:
    attended_by_learner(cast)
    return [Certificate.objects.get().short_code]


ROWS = {
    "courses:offering_list": Row(ALL),
    "courses:enrollment_list": Row(ALL),
    "courses:approval_list": Row(ALL),
    "courses:public_list": Row(EVERYONE),
    "courses:public_detail": Row(EVERYONE, lambda _cast: [make_offering().pk]),
    "courses:public_calendar": Row(EVERYONE, lambda _cast: [make_offering().pk]),
    "courses:offering_calendar": Row(only(*INSIDERS, *LEI), offering),
    "courses:offering_detail": Row(only(*INSIDERS, *LEI), offering),
    "courses:offerings_of_partner": Row(only(*INSIDERS, *LEI), lambda cast: [cast.partner.pk]),
    "courses:offering_people": Row(only(*LEADERS), offering),
    # People of a partner ask; the others get the sentence that says who enrolls them.
    "courses:enrollment_ask": Row(only(*INSIDERS, status=302) | dict.fromkeys(LEI, 409), offering, {}),
    "courses:enrollment_enroll": Row(only(*LEADERS, status=302), offering, lambda cast: {"who": [cast.sponsor.pk]}),
    "courses:enrollment_approve": Row(only(*LEADERS, status=302), request_of_learner, {}),
    # A list is its maker's alone.
    "courses:import_new": Row(only(*LEADERS), offering),
    "courses:import_detail": Row(only("change_agent"), own_import),
    "courses:import_columns": Row(only("change_agent", status=302), own_import, {"column-0": "email", "headings": 0}),
    "courses:import_confirm": Row(only("change_agent", status=302), own_import, {}),
    "courses:import_drop": Row(only("change_agent", status=302), own_import, {}),
    "courses:import_report": Row(only("change_agent"), own_import),
    "courses:import_row_mend": Row(only("change_agent", status=302), own_row, {"email": "nobody@example.com"}),
    # The door list is for who teaches and LEI's staff; walking in is put down by staff.
    "courses:door": Row(only(*LEI), taught_by_coach),
    "courses:door_mark": Row(only(*LEI, status=302), seat_at_the_door, mark_of_the_seat),
    "courses:door_walk_in": Row(only("staff", "administrator"), taught_by_coach),
    "courses:book_new": Row(only(*LEI, status=302), taught_by_coach, {}),
    "courses:book_detail": Row(only("coach"), book_of_coach),
    "courses:book_again": Row(only("coach", status=302), book_of_coach, {}),
    "courses:book_here": Row(only("coach", status=302), book_of_coach, {}),
    "courses:book_file": Row(only("coach"), ready_book_of_coach),
    "courses:paper_file": Row(only("learner", "change_agent", *LEI), certificate_of_learner),
    "courses:certificate_find": Row(EVERYONE),
    "courses:certificate_check": Row(EVERYONE, code_of_learner),
    "courses:enrollment_decline": Row(only(*LEADERS), request_of_learner),
    "courses:seats_of_partner": Row(only("change_agent", "sponsor", *LEI), lambda cast: [cast.partner.pk]),
    "courses:report_of_year": Row(ALL),
    "courses:report_of_partner": Row(only("change_agent", "sponsor", *LEI), lambda cast: [cast.partner.pk]),
    "courses:seats_new": Row(only("staff", "administrator"), lambda cast: [cast.partner.pk]),
    "courses:enrollment_substitute": Row(only(*LEADERS), offer_to_learner),
    "courses:enrollment_accept": Row(only("learner", *LEADERS, status=302), offer_to_learner, {}),
    "courses:enrollment_turn_down": Row(only("learner", *LEADERS, status=302), offer_to_learner, {}),
    # A Summit: teams are read by their members and who leads or coaches; written by members, change agents, staff.
    "courses:programme": Row(only(*INSIDERS, *LEI), offering),
    "courses:session_pick": Row(only("outsider", *INSIDERS, *LEI, status=302), session_of_summit, {"go": "0"}),
    "courses:team_new": Row(only("outsider", "learner", "change_agent", *LEI), summit_of),
    "courses:team_detail": Row(only(*INSIDERS, *LEI), team_of),
    "courses:team_edit": Row(only("learner", *LEADERS), team_of),
    "courses:team_note": Row(only("learner", *LEADERS, status=302), team_of, NOTE),
    "courses:team_try": Row(only("learner", *LEADERS, status=302), team_of, trial_of_learner),
    "courses:trial_done": Row(only("learner", *LEADERS, status=302), trial_in_team, {}),
    # Materials: for those they are for; who teaches and staff see all.
    "courses:offering_materials": Row(only(*INSIDERS, *LEI), offering),
    "courses:course_materials": Row(ALL, lambda _cast: [make_course().pk]),
    "courses:material_open": Row(only("learner", *LEI), material_of_learner),
    "courses:material_done": Row(only("learner", *LEI, status=302), material_of_learner, {"done": "1"}),
    "courses:enrollment_code": Row(only("learner", *LEADERS, status=302), late_request, {"code": "wrong"}),
    "courses:enrollment_waive": Row(only("staff", "administrator"), late_seat),
    "courses:group_split": Row(only(*LEADERS, status=302), group_of_learner, {}),
    "courses:enrollment_cancel": Row(only("learner", *LEADERS), request_of_learner),
} | TRANSFER
