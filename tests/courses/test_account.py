"""The account of course seats: granted, added, carried over, held, released, used; proved against the enrollments."""

import datetime as dt
from decimal import Decimal
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from courses import actions, schedules, tasks
from courses.account import Year, balance_of, keep
from courses.actions.refusals import NotSoManyLeft, YearsOverlap
from courses.models import Enrollment
from partners.models import Allotment
from tests.courses.factories import make_enrollment, make_offering
from tests.factories import make_person

TODAY = timezone.localdate(timezone=dt.UTC)
YEAR = Year(TODAY - dt.timedelta(days=100), TODAY + dt.timedelta(days=264))
NEXT = Year(YEAR.ends_on + dt.timedelta(days=1), YEAR.ends_on + dt.timedelta(days=365))


def give(deed, cast, amount, *, year=YEAR, once="1"):
    deed(actions.GivenSeats(cast.partner, year, amount, "The charter says so.", once), by=cast.staff)


@pytest.fixture
def granted(cast):
    give(actions.grant_seats, cast, 4)


def balance(cast, day=TODAY):
    found = balance_of(cast.partner, day)
    return found and (found.allotted, found.held, found.used, found.left)


def written():
    rows = Allotment.objects.exclude(about="").order_by("pk").select_related("made_by")
    return [(row.kind, row.why, row.made_by and row.made_by.name) for row in rows]


def reconcile(**options):
    out = StringIO()
    call_command("reconcile_seats", stdout=out, **options)
    return out.getvalue()


def test_without_a_grant_nothing_is_counted(cast):
    row = actions.enroll(make_offering(), person=cast.learner, by=cast.change_agent)
    tasks.tell(row.pk)
    assert (balance(cast), Allotment.objects.count()) == (None, 0)


def test_a_seat_is_held_and_released(cast, granted):
    row = actions.enroll(make_offering(), person=cast.learner, by=cast.change_agent)
    for _ in range(2):
        tasks.tell(row.pk)
    assert balance(cast) == (4, 1, 0, 3)
    actions.cancel(row, by=cast.learner, reason="No time")
    tasks.tell(row.pk)
    assert balance(cast) == (4, 0, 0, 4)
    assert written() == [
        ("held", "A seat was given.", cast.change_agent.name),
        ("released", "It was cancelled: No time", cast.learner.name),
    ]


def test_what_waits_or_is_only_offered_takes_none(cast, granted):
    offering = make_offering(capacity=1)
    rows = [actions.enroll(offering, person=person, by=cast.staff) for person in (cast.sponsor, cast.learner)]
    actions.cancel(rows[0], by=cast.sponsor, reason="Ill")
    keep(*[row.pk for row in rows])
    assert (Enrollment.objects.get(pk=rows[1].pk).state, balance(cast)) == ("offered", (4, 0, 0, 4))


def test_a_seat_is_used_once_it_is_over_whoever_came(cast, granted):
    begun = make_offering(in_days=-1)
    came, stayed = (make_enrollment(begun, person, "enrolled") for person in (cast.learner, cast.sponsor))
    ahead = actions.enroll(make_offering(in_days=5), person=cast.learner, by=cast.staff)
    keep(ahead.pk)
    actions.mark_attended(came, by=cast.administrator)
    for _ in range(2):
        schedules.keep_seats()
    assert balance(cast) == (4, 1, 2, 1)
    with time_machine.travel(timezone.now() + dt.timedelta(days=7)):
        schedules.keep_seats()
    assert balance(cast) == (4, 0, 3, 1)
    assert {row[1] for row in written() if row[0] == "used"} == {"Attendance was noted.", "It took place."}
    assert stayed.partner == cast.partner


def test_granting_counts_what_is_enrolled_already_and_years_do_not_overlap(cast):
    actions.enroll(make_offering(), person=cast.learner, by=cast.change_agent)
    for _ in range(2):
        give(actions.grant_seats, cast, 4)
    assert balance(cast) == (4, 1, 0, 3)
    with pytest.raises(YearsOverlap, match="Add to that year"):
        give(actions.grant_seats, cast, 4, once="2")


def test_seats_are_added_taken_back_and_carried_over_once(cast, granted):
    give(actions.grant_seats, cast, 2, year=NEXT)
    for _ in range(2):
        give(actions.add_seats, cast, 3)
        give(actions.add_seats, cast, -1, once="2")
        give(actions.carry_seats, cast, 5, year=NEXT)
    assert balance(cast) == (1, 0, 0, 1)
    assert balance(cast, NEXT.begins_on) == (7, 0, 0, 7)
    with pytest.raises(NotSoManyLeft, match="has 1 left"):
        give(actions.carry_seats, cast, 2, year=NEXT, once="2")
    with pytest.raises(NotSoManyLeft, match="nothing to carry"):
        give(actions.carry_seats, cast, 1)


def test_the_ledger_is_proved_against_the_enrollments(cast, granted):
    rows = [actions.enroll(make_offering(), person=cast.learner, by=cast.staff) for _ in range(3)]
    keep(rows[0].pk)
    with pytest.raises(CommandError, match="2 entries are lacking"):
        reconcile()
    reconcile(write=True)
    assert "1 partners, 3 enrollments" in reconcile()
    assert balance(cast) == (4, 3, 0, 1)


def test_beyond_the_allotment_one_says_why(cast, sign_in, granted):
    offering = make_offering()
    people = [make_person(site=cast.site) for _ in range(5)]
    client, address = sign_in("change_agent"), f"/courses/{offering.pk}/enroll/"
    ticked = {"who": [person.pk for person in people]}
    answer = client.post(address, ticked)
    assert (answer.status_code, Enrollment.objects.count()) == (409, 0)
    assert "has 4 of 4 seats left in that year, and this takes 5" in answer.text
    assert 'name="because"' in answer.text
    assert [one.is_chosen for one in answer.context["people"][:5]] == [True] * 5
    assert client.post(address, ticked | {"because": "A new line starts"}).status_code == 302
    keep(*Enrollment.objects.values_list("pk", flat=True))
    assert balance(cast) == (4, 5, 0, -1)
    assert written()[0][1] == "A seat was given beyond what was allotted: A new line starts"


def test_the_account_is_seen_and_written_on_its_pages(cast, sign_in, django_assert_max_num_queries):
    staff, address = sign_in("staff"), f"/courses/of-partner/{cast.partner.pk}/seats/"
    assert "No seats were granted yet." in staff.get(address).text
    entered = {"amount": 4, "why": "The charter says so.", "once": "c9bf9e57-1685-4c89-bafb-ff5af830be8a"}
    wrong = staff.post(f"{address}new/", entered | {"deed": "grant", "begins_on": "2026-01-01"})
    assert wrong.context["form"].errors == {"ends_on": ["Give the last day of the new year."]}
    none = staff.post(f"{address}new/", entered | {"deed": "add", "begins_on": "2026-05-01"})
    assert (none.status_code, list(none.context["form"].errors)) == (409, ["begins_on"])
    year = {"begins_on": YEAR.begins_on, "ends_on": YEAR.ends_on}
    for _ in range(2):
        staff.post(f"{address}new/", entered | {"deed": "grant"} | year)
    staff.post(f"{address}new/", entered | {"deed": "take", "begins_on": TODAY, "amount": 1})
    row = actions.enroll(make_offering(), person=cast.learner, by=cast.staff)
    tasks.tell(row.pk)
    sponsor = sign_in("sponsor")
    with django_assert_max_num_queries(9):
        page = sponsor.get(address)
    assert page.context["balance"].left == Decimal(2)
    assert [entry.amount for entry in page.context["page"]] == [1, -1, 4]
    assert "carry over" not in page.text
