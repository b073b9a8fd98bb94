"""The demo program: what it holds, that it is the same each time, and that it never touches a database in use."""

import datetime as dt
import json
from io import StringIO

import pytest
from django.contrib.auth import authenticate
from django.core.management import CommandError, call_command
from django.db import transaction
from django.utils import timezone

from a3.changes import changes_between
from a3.models import SavedList, Sheet
from coaching.models import Charter, CharterVersion, ShortNotice, Visit, VisitDocument, VisitRequest
from courses.models import ApplicationPlan, Attendance, Enrollment, FollowUp, Group, Hold, ImportRow, Offering, Purpose
from courses.models.plans import PATIENCE, Done
from courses.papers import papers_of
from leipartners.demo.people import settle_ground
from leipartners.demo.visits import plan_visits
from partners.models import Assignment, Level, Obligation, Partner, Person, Site


def demo(**options) -> str:
    out = StringIO()
    call_command("demo", stdout=out, **options)
    return out.getvalue()


def picture() -> dict[str, object]:
    """Enough of the program to tell two of them apart; nothing of it stays."""
    with transaction.atomic():
        ground = settle_ground(dt.date(2026, 11, 23), scale=1)
        plan_visits(ground)
        seen: dict[str, object] = {
            "people": sorted(
                Person.objects.values_list("name", "email", "assignments__site__name", "assignments__role")
            ),
            "visits": list(Visit.objects.order_by("starts_at", "coach__email").values_list("starts_at", "purpose")),
        }
        transaction.set_rollback(True)
    return seen


@pytest.mark.django_db
def test_six_partners_and_six_years():
    demo()
    assert Partner.objects.count() == 6
    assert Site.objects.count() == 40
    assert 380 <= Person.objects.filter(assignments__isnull=False).distinct().count() <= 430
    levels = set(Assignment.objects.values_list("level", flat=True))
    assert levels >= {Level.FRONT_LINE, Level.SUPERVISOR, Level.MIDDLE}
    assert Visit.objects.confirmed().count() > 1500
    assert Sheet.objects.count() > 300
    assert Sheet.objects.filter(parent__isnull=False).count() > 10
    assert (Sheet.objects.archived().exists(), SavedList.objects.exists()) == (True, True)
    assert Sheet.objects.filter(copied_from__isnull=False).count() == 1
    assert Enrollment.objects.seated().count() > 1500
    assert [row.needs_look for row in ImportRow.objects.shown()].count(True) == 3
    assert VisitRequest.objects.to_place().count() == 5
    assert Visit.objects.filter(request__isnull=False, touched__isnull=False).exists()
    assert Obligation.objects.open().count() > 50
    each_partner_has_a_charter_and_its_days_add_up()
    assert [late.waived_at is None for late in ShortNotice.objects.order_by("starts_at")] == [False, True]
    assert not Visit.objects.filter(placed_at__gt=timezone.now()).exists()
    assert VisitDocument.objects.exists()
    for offering in Offering.objects.all():
        assert offering.seats_taken == offering.enrollments.taking().count()
    assert Enrollment.objects.get(state="offered").person.name == "Luis Ferrer"
    assert Group.objects.get().enrollments.waiting().count() == 2
    assert Hold.objects.standing().get().seats == 3
    who_was_there_has_certificates_and_a_course_runs()
    each_kind_of_person_can_sign_in()
    two_rounds_show_a_figure_then_and_now()


def courses_came_to_work():
    """Some did it, some gave it up, some never answered; some plans became sheets, and some managers asked back."""
    assert ApplicationPlan.objects.count() > 300
    assert set(ApplicationPlan.objects.values_list("latest", flat=True)) == {"", *Done.values}
    assert ApplicationPlan.objects.filter(sheet__isnull=False).count() > 20
    old = FollowUp.objects.filter(due_at__lt=timezone.now() - PATIENCE)
    assert 0.1 < old.filter(done="").count() / old.count() < 0.6
    assert Purpose.objects.exclude(asked_back="").exists()
    assert Obligation.objects.open().filter(key__startswith="follow-up:").exists()


def who_was_there_has_certificates_and_a_course_runs():
    """The learner has some, and letters; of today's list half is marked."""
    courses_came_to_work()
    now = timezone.now()
    his = Enrollment.objects.seated().filter(person__name="Luis Ferrer").for_page()
    assert {paper.kind for paper in papers_of(his, now).values()} == {"Certificate", "Letter of participation"}
    assert Enrollment.objects.filter(state="attended", certificate=None).count() == 0
    running = Offering.objects.latest("pk")
    marked = Attendance.objects.filter(enrollment__offering=running, day=running.today(now))
    assert (running.seats_taken, marked.count(), running.instructors.count()) == (14, 7, 1)


def two_rounds_show_a_figure_then_and_now():
    """The fourth why was a word without ground; on the coach's question it became two with some."""
    rounds = Sheet.objects.get(title="Leave by noon: discharge flow on 5 West", owner__name="Dana Whitlock").rounds
    then, now = (rounds.get(number=number).content for number in (2, 3))
    (analysis,) = changes_between(then, now, today=timezone.localdate(), only=4)
    assert analysis.html.count("figure-then") == analysis.html.count("figure-now") == 1
    assert "<del>Lack of awareness</del>" in analysis.html
    assert "<ins>There is no moment in the day to ask it</ins>" in analysis.html


def each_partner_has_a_charter_and_its_days_add_up():
    now = timezone.localdate()
    assert Charter.objects.in_force(now).values("partner").distinct().count() == 6
    assert Charter.objects.ending(now).count() == 1
    assert CharterVersion.objects.proposed().get().missing == ["Corvane Aerospace"]
    call_command("reconcile_days", stdout=StringIO())
    call_command("reconcile_seats", stdout=StringIO())


def each_kind_of_person_can_sign_in():
    accounts = json.loads(demo(accounts=True))
    roles = {"staff", "coach", "administrator", "change_agent", "learner", "sponsor"}
    assert {account["role"] for account in accounts} == roles
    assert len({account["partner"] for account in accounts if account["role"] == "change_agent"}) == 2
    for account in accounts:
        person = authenticate(email=account["email"], password=account["password"])
        assert person is not None
        assert person.name == account["name"]


@pytest.mark.django_db
def test_it_is_the_same_each_time():
    assert picture() == picture()


@pytest.mark.django_db
def test_a_database_in_use_is_left_alone():
    Person.objects.create(email="someone@example.com", name="Someone")
    with pytest.raises(CommandError, match="empty"):
        demo()
    assert not Partner.objects.exists()
