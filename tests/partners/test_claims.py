"""Claims and their checks: made, scheduled, asked for once, answered, corrected, ended."""

import datetime as dt
from decimal import Decimal

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError
from django.utils import timezone

from partners import actions
from partners.models import Check, Claim, Obligation, Outcome
from partners.models.claims import trimmed
from partners.templatetags.house import day_year
from tests.cast import PEOPLE
from tests.factories import make_claim

TODAY = dt.date(2026, 11, 22)
NOON = dt.datetime(2026, 11, 22, 12, tzinfo=dt.UTC)
pytestmark = pytest.mark.usefixtures("today")


@pytest.fixture
def today(time_machine):
    time_machine.move_to(NOON, tick=False)


def days_of(claim):
    return [(check.due_on - TODAY).days for check in claim.checks.all()]


def answered(check, outcome, *, by, made_it_so=""):
    actions.answer_check(check, outcome=outcome, value=Decimal("3.1"), made_it_so=made_it_so, by=by)


def test_claim_is_checked_for_two_years(cast):
    assert days_of(make_claim(cast.change_agent, cast.site)) == [30, 60, 90, 180, 365, 730]
    assert days_of(make_claim(cast.change_agent, cast.site, days=[7, 14, 7])) == [7, 14]


def test_rescheduling_keeps_what_was_answered(cast):
    claim = make_claim(cast.change_agent, cast.site, days=[1, 30, 60])
    first = claim.checks.first()
    answered(first, Outcome.HOLDING, by=cast.change_agent)
    actions.reschedule(claim, on=[first.due_on, TODAY + dt.timedelta(days=60), TODAY + dt.timedelta(days=45)])
    assert days_of(claim) == [1, 45, 60]
    assert claim.checks.first().outcome == "holding"


def test_a_check_is_asked_for_once_and_only_the_next_one(cast):
    claim = make_claim(cast.change_agent, cast.site, days=[3, 5, 30])
    assert actions.ask_checks(timezone.now(), limit=100) == 1
    assert actions.ask_checks(timezone.now(), limit=100) == 0
    owed = Obligation.objects.get()
    assert (owed.person, owed.key) == (cast.change_agent, claim.checks.first().key)
    assert owed.due_at == dt.datetime(2026, 11, 25, 13, tzinfo=dt.UTC)  # 8:00 at the site, in New York
    assert len(owed.reminders_at) == 3


def test_an_answer_settles_what_is_owed_and_can_be_corrected(cast):
    claim = make_claim(cast.change_agent, cast.site, days=[3, 30])
    actions.ask_checks(timezone.now(), limit=100)
    check = claim.checks.first()
    answered(check, Outcome.HOLDING, by=cast.change_agent)
    answered(check, Outcome.SLIPPED, by=cast.learner, made_it_so="Nobody leads it on Saturdays")
    check.refresh_from_db()
    assert (check.outcome, check.answered_by) == ("slipped", cast.learner)
    assert not Obligation.objects.open().exists()
    assert Claim.objects.with_checks().get().standing == "slipped"


def test_what_nobody_answers_becomes_unknown(cast, time_machine):
    claim = make_claim(cast.change_agent, cast.site, days=[3, 30])
    assert Claim.objects.with_checks().get().standing == "claimed"
    answered(claim.checks.first(), Outcome.IMPROVING, by=cast.change_agent)
    assert Claim.objects.with_checks().get().standing == "improving"
    time_machine.move_to(NOON + dt.timedelta(days=37), tick=False)
    assert Claim.objects.with_checks().get().standing == "improving"
    time_machine.move_to(NOON + dt.timedelta(days=38), tick=False)
    assert Claim.objects.with_checks().get().standing == "unknown"


def test_a_new_claim_is_not_unknown_until_its_first_check_is_overdue(cast, sign_in, time_machine):
    claim = make_claim(cast.change_agent, cast.site, days=[3, 30])
    client, first = sign_in("change_agent"), claim.checks.first()
    page = " ".join(client.get(claim.get_absolute_url()).text.split())
    assert "Not checked yet" in page
    assert f"first check on {day_year(first.due_on)}" in page
    assert "Unknown" not in page
    time_machine.move_to(NOON + dt.timedelta(days=11), tick=False)
    assert Claim.objects.with_checks().get().standing == "unknown"
    assert "Unknown" in sign_in("change_agent").get(claim.get_absolute_url()).text


def test_what_no_check_is_planned_for_is_unknown(cast):
    make_claim(cast.change_agent, cast.site).checks.all().delete()
    assert Claim.objects.with_checks().get().standing_words == "unknown"


def test_an_ended_claim_asks_nothing_more(cast):
    claim = make_claim(cast.change_agent, cast.site, days=[3, 5])
    actions.ask_checks(timezone.now(), limit=100)
    assert actions.end_claim(claim, by=cast.change_agent, reason="The ward has closed")
    assert not actions.end_claim(claim, by=cast.learner, reason="Again")
    assert not Obligation.objects.open().exists()
    assert actions.ask_checks(timezone.now(), limit=100) == 0
    with pytest.raises(actions.ClaimOver):
        answered(claim.checks.first(), Outcome.HOLDING, by=cast.change_agent)
    with pytest.raises(actions.ClaimOver):
        actions.reschedule(claim, on=[TODAY])


def test_who_left_the_partner_is_not_asked(cast):
    make_claim(cast.change_agent, cast.site, days=[3])
    cast.change_agent.assignments.update(ended_on=dt.date(2026, 11, 1))
    actions.ask_checks(timezone.now(), limit=100)
    assert not Obligation.objects.rightful().exists()


def test_constraints(cast):
    claim = make_claim(cast.change_agent, cast.site, days=[3])
    with pytest.raises(IntegrityError, match="partners_claim_ends_with_a_reason"):
        Claim.objects.filter(pk=claim.pk).update(ended_at=NOON, ended_by=cast.staff)


@pytest.mark.django_db
def test_an_outcome_has_a_name_and_a_day(cast):
    make_claim(cast.change_agent, cast.site, days=[3])
    with pytest.raises(IntegrityError, match="partners_check_answered_at_with_by"):
        Check.objects.update(outcome="holding")


@pytest.fixture
def claims(cast):
    make_claim(cast.change_agent, cast.site, measure="ours")
    make_claim(cast.learner, cast.site, measure="ours for lei", is_shared_with_lei=True)
    make_claim(cast.outsider, cast.other_site, measure="theirs")
    make_claim(cast.outsider, cast.other_site, measure="theirs for lei", is_shared_with_lei=True)


def seen(cast, scope):
    return {name: set(scope(cast[name]).values_list("measure", flat=True)) for name in PEOPLE if name != "nobody"}


def test_visible_to(cast, claims):
    ours, theirs = {"ours", "ours for lei"}, {"theirs", "theirs for lei"}
    assert seen(cast, Claim.objects.visible_to) == {
        "outsider": theirs,
        "learner": ours,
        "change_agent": ours,
        "sponsor": ours,
        "coach": {"ours for lei"},
        "staff": {"ours for lei", "theirs for lei"},
        "administrator": {"ours for lei", "theirs for lei"},
    }
    assert not Claim.objects.visible_to(AnonymousUser()).exists()


def test_editable_by(cast, claims):
    assert seen(cast, Claim.objects.editable_by) == {
        "outsider": {"theirs", "theirs for lei"},
        "learner": {"ours for lei"},
        "change_agent": {"ours", "ours for lei"},
        "sponsor": set(),
        "coach": set(),
        "staff": set(),
        "administrator": set(),
    }


def test_checks_follow_their_claims(cast, claims):
    for name in PEOPLE:
        person = AnonymousUser() if name == "nobody" else cast[name]
        ours = Check.objects.filter(claim__in=Claim.objects.visible_to(person))
        assert set(Check.objects.visible_to(person)) == set(ours)
        mine = Check.objects.filter(claim__in=Claim.objects.editable_by(person))
        assert set(Check.objects.answerable_by(person)) == set(mine)


@pytest.mark.parametrize(
    ("number", "words"), [("4.6000", "4.6"), ("200", "200"), ("200.00", "200"), ("-0.5", "-0.5"), ("0", "0")]
)
def test_trimmed(number, words):
    assert trimmed(Decimal(number)) == words
