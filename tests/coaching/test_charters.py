"""A charter from its proposal to its end: who acknowledges, what is then in force, and what the database refuses."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.db import DatabaseError, IntegrityError, transaction

from coaching import actions
from coaching.charters import in_force
from coaching.models import Charter, CharterVersion, Reflection, Side
from partners.models import Mail, Obligation, Partner
from tests.coaching.charter_factories import BEGINS, acknowledged, change, make_charter, make_proposed, make_terms
from tests.factories import make_person

TODAY = dt.date(2026, 11, 16)
RENEWED = {"begins_on": dt.date(2029, 3, 1), "ends_on": dt.date(2031, 2, 28)}


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC), tick=False):
        yield


def owed(prefix=""):
    rows = Obligation.objects.open().filter(key__contains=prefix)
    return {(row.person.name, row.words) for row in rows.select_related("person")}


def mails(words):
    return set(Mail.objects.filter(subject__startswith=words).values_list("person__name", flat=True))


def test_a_charter_is_in_force_when_both_sides_have_acknowledged_it(cast):
    charter = make_proposed(cast)
    version = charter.versions.get()
    assert owed("acknowledge") == {
        (name, "Acknowledge version 1 of the charter with Halden Valley Health")
        for name in ("Staff", "Sponsor", "Change Agent")
    }
    assert mails("Please read: the charter") == {"Sponsor", "Change Agent"}
    actions.acknowledge_charter(version, by=cast.change_agent)
    assert in_force(cast.partner, on=TODAY) is None
    assert {name for name, _ in owed("acknowledge")} == {"Staff"}
    done = actions.acknowledge_charter(version, by=cast.staff)
    assert (done.in_force_at, done.missing) == (done.lei_acknowledged_at, [])
    assert in_force(cast.partner, on=TODAY).in_force == version
    assert mails("In force") == {"Staff", "Sponsor", "Change Agent", "Coach"}
    assert owed("acknowledge") == set()


def test_the_notice_is_that_of_the_version_in_force(cast):
    charter = acknowledged(cast, change(cast, make_charter(cast), notice_days=21))
    change(cast, charter, notice_days=3)
    assert in_force(cast.partner, on=TODAY).in_force.notice_days == 21
    assert in_force(cast.partner, on=BEGINS - dt.timedelta(days=1)) is None
    assert in_force(cast.elsewhere, on=TODAY) is None


def test_acknowledging_twice_is_no_error(cast):
    version = make_proposed(cast).versions.get()
    first = actions.acknowledge_charter(version, by=cast.sponsor)
    again = actions.acknowledge_charter(version, by=cast.change_agent)
    assert (again.partner_acknowledged_by, again.in_force_at) == (first.partner_acknowledged_by, None)


@pytest.mark.parametrize("name", ["learner", "coach", "administrator", "outsider"])
def test_who_speaks_for_neither_side_acknowledges_nothing(cast, name):
    version = make_proposed(cast).versions.get()
    with pytest.raises(actions.NotYourSide):
        actions.acknowledge_charter(version, by=cast[name])


def test_nobody_acknowledges_for_both_sides(cast):
    version = make_proposed(cast).versions.get()
    fields = {"lei_acknowledged_by": cast.staff, "partner_acknowledged_by": cast.staff}
    at = {"lei_acknowledged_at": version.proposed_at, "partner_acknowledged_at": version.proposed_at}
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        CharterVersion.objects.filter(pk=version.pk).update(**fields, **at)


def test_another_version_sets_the_proposal_aside_and_leaves_the_one_in_force(cast):
    charter = make_charter(cast)
    old = change(cast, charter, days_per_year=Decimal(30)).versions.get(number=2)
    actions.acknowledge_charter(old, by=cast.sponsor)
    change(cast, charter, days_per_year=Decimal(32))
    with pytest.raises(actions.HasChanged, match="this charter"):
        actions.acknowledge_charter(old, by=cast.staff)
    assert {name for name, _ in owed("acknowledge:2")} == set()
    assert in_force(cast.partner, on=TODAY).in_force.number == 1
    states = [(v.number, bool(v.in_force_at), v.is_proposed) for v in charter.versions.all()]
    assert states == [(3, False, True), (2, False, False), (1, True, False)]


def test_changing_what_somebody_else_has_changed_is_refused(cast):
    charter = change(cast, make_charter(cast), notice_days=21)
    with pytest.raises(actions.HasChanged):
        actions.propose_charter(charter, by=cast.staff, terms=make_terms(cast), why="Back.", seen=1)


def test_a_version_that_says_the_same_is_refused(cast):
    with pytest.raises(actions.NothingChanged):
        change(cast, make_charter(cast))


def test_the_first_day_stays_once_a_version_was_in_force(cast):
    charter = change(cast, make_charter(cast), begins_on=dt.date(2026, 9, 1), notice_days=21)
    assert charter.versions.get(number=2).begins_on == BEGINS


def test_before_that_the_first_day_may_still_change(cast):
    charter = change(cast, make_proposed(cast), begins_on=dt.date(2026, 9, 1))
    charter.refresh_from_db()
    assert charter.begins_on == dt.date(2026, 9, 1)


def test_what_a_version_says_cannot_be_rewritten(cast):
    version = make_charter(cast).in_force
    row = CharterVersion.objects.filter(pk=version.pk)
    lists = CharterVersion.sites.through.objects.filter(version=version)
    for write in (
        lambda: row.update(purpose="Something else"),
        lambda: row.update(lei_acknowledged_by=None, lei_acknowledged_at=None, in_force_at=None),
        row.delete,
        lists.delete,
        lambda: lists.update(site=cast.other_site),
        lambda: version.sites.add(cast.other_site),
        lambda: version.change_agents.add(cast.learner),
        lambda: version.coaches.remove(cast.coach),
    ):
        with pytest.raises(DatabaseError, match=r"append_only|Cannot|stays as it is"), transaction.atomic():
            write()


def test_a_partner_has_one_charter_at_a_time(cast):
    make_charter(cast)
    second = make_proposed(cast, begins_on=dt.date(2029, 2, 28), ends_on=dt.date(2031, 2, 27)).versions.get()
    actions.acknowledge_charter(second, by=cast.staff)
    with pytest.raises(actions.AnotherCharter, match="in force until Wed 28 Feb 2029"):
        actions.acknowledge_charter(second, by=cast.sponsor)
    assert CharterVersion.objects.get(pk=second.pk).partner_acknowledged_at is None
    with pytest.raises(IntegrityError, match="one_at_a_time"), transaction.atomic():
        Charter.objects.filter(pk=second.charter_id).update(in_force=second)


def test_its_coaches_see_the_partner_once_it_is_in_force(cast):
    coach = make_person("other_coach", is_coach=True)
    charter = make_proposed(cast, coaches=(cast.coach, coach))
    assert not Partner.objects.visible_to(coach).exists()
    acknowledged(cast, charter)
    assert set(Partner.objects.visible_to(coach)) == {cast.partner}


def test_ending_says_why_and_leaves_nothing_to_do(cast):
    charter = change(cast, make_charter(cast), notice_days=21)
    ended = actions.end_charter(charter, by=cast.staff, on=dt.date(2026, 12, 31), reason="The sponsor has left.")
    assert (ended.last_on, ended.has_ended) == (dt.date(2026, 12, 31), False)
    assert [in_force(cast.partner, on=dt.date(*day)) for day in ((2026, 12, 31), (2027, 1, 1))] == [charter, None]
    assert owed("charter:") == set()
    assert mails("The charter with Halden Valley Health ends on Thu 31 Dec 2026") == {
        "Staff", "Sponsor", "Change Agent", "Coach",
    }  # fmt: skip
    with pytest.raises(actions.HasChanged):
        actions.end_charter(charter, by=cast.staff, on=TODAY, reason="Again.")
    with pytest.raises(actions.HasChanged):
        actions.acknowledge_charter(charter.versions.get(number=2), by=cast.staff)


def test_what_was_only_proposed_is_withdrawn(cast):
    charter = make_proposed(cast, **RENEWED)
    actions.end_charter(charter, by=cast.staff, on=TODAY, reason="They want to wait.")
    assert mails("No longer proposed") == {"Staff", "Sponsor", "Change Agent", "Coach"}
    assert not charter.versions.proposed().exists()


def test_renewing_is_done_once_and_the_new_one_follows_the_old(cast):
    charter = make_charter(cast)
    terms = make_terms(cast, **RENEWED)
    new = actions.start_charter(cast.partner, by=cast.staff, terms=terms, renews=charter)
    with pytest.raises(actions.AlreadyRenewed):
        actions.start_charter(cast.partner, by=cast.staff, terms=terms, renews=charter)
    acknowledged(cast, new)
    days = (dt.date(2029, 2, 28), dt.date(2029, 3, 1))
    assert [in_force(cast.partner, on=day) for day in days] == [charter, new]


def test_a_withdrawn_renewal_can_be_made_again(cast):
    charter = make_charter(cast)
    for _ in range(2):
        new = actions.start_charter(cast.partner, by=cast.staff, terms=make_terms(cast, **RENEWED), renews=charter)
        actions.end_charter(new, by=cast.staff, on=TODAY, reason="Not yet.")
    assert charter.renewals.count() == 2


def test_each_side_writes_one_reflection_a_year_and_may_correct_it(cast):
    charter = make_charter(cast)
    texts = {"expected": "A", "happened": "B", "learned": "C", "change_next": "D"}
    actions.reflect_on_charter(charter, 1, side=Side.LEI, by=cast.coach, **texts)
    actions.reflect_on_charter(charter, 1, side=Side.PARTNER, by=cast.change_agent, **texts)
    actions.reflect_on_charter(charter, 1, side=Side.LEI, by=cast.staff, **texts | {"learned": "More."})
    rows = Reflection.objects.order_by("side").values_list("side", "learned", "written_by__name")
    assert list(rows) == [("lei", "More.", "Staff"), ("partner", "C", "Change Agent")]
    history = Reflection.objects.get(side=Side.LEI).events.order_by("pgh_id")
    assert list(history.values_list("learned", flat=True)) == ["C", "More."]
