"""Exactly which rows each person of the cast sees, and nothing of a partner they have left."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from partners import actions
from partners.models import Assignment, Invitation, Level, Partner, Person, Priority, Role, Site
from tests.cast import PEOPLE
from tests.factories import LONG_AGO, make_assignment, make_person, make_site

HERE, ELSEWHERE = {"Halden Valley Health"}, {"Corvane Aerospace"}
BOTH = HERE | ELSEWHERE
NONE: set[str] = set()
PARTNERS = {
    "nobody": NONE,
    "outsider": ELSEWHERE,
    "learner": HERE,
    "change_agent": HERE,
    "sponsor": HERE,
    "coach": HERE,
    "staff": BOTH,
    "administrator": BOTH,
    "leaver": NONE,
    "other_coach": ELSEWHERE,
}
EVERYBODY = tuple(PARTNERS)
AT_LEI = {"coach", "staff", "administrator", "other_coach"}
AT = {
    "Halden Valley Health": {"learner", "change_agent", "sponsor"},
    "Corvane Aerospace": {"outsider"},
}
MANAGED = dict.fromkeys(EVERYBODY, NONE) | {
    "outsider": ELSEWHERE,
    "change_agent": HERE,
    "staff": BOTH,
    "administrator": BOTH,
}


@pytest.fixture
def program(cast):
    """The cast, with somebody who left Halden, the coach of Corvane, and a row of each kind at both partners."""
    cast.leaver = make_person("leaver")
    make_assignment(cast.leaver, cast.site, role=Role.CHANGE_AGENT, level=Level.MIDDLE, ended_on=dt.date(2024, 5, 1))
    cast.other_coach = make_person("other_coach", is_coach=True)
    cast.elsewhere.coaches.add(cast.other_coach)
    for partner in (cast.partner, cast.elsewhere):
        Priority.objects.create(partner=partner, name=partner.name, began_on=LONG_AGO)
    for site, by in ((cast.site, cast.change_agent), (cast.other_site, cast.outsider)):
        actions.invite(Invitation(email=f"new@{site.pk}.example", name="New", site=site), by=by)
    return cast


def person(program, name):
    return AnonymousUser() if name == "nobody" else program[name]


def partners_of(rows, path):
    return set(rows.values_list(path, flat=True))


@pytest.mark.parametrize("name", EVERYBODY)
def test_partners_sites_priorities_and_assignments(program, name):
    user, partners = person(program, name), PARTNERS[name]
    assert partners_of(Partner.objects.visible_to(user), "name") == partners
    assert partners_of(Site.objects.visible_to(user), "partner__name") == partners
    assert partners_of(Priority.objects.visible_to(user), "partner__name") == partners
    seen = Assignment.objects.visible_to(user)
    assert set(seen) == set(Assignment.objects.filter(site__partner__name__in=partners))


@pytest.mark.parametrize("name", EVERYBODY)
def test_people(program, name):
    seen = {p.email.split("@")[0] for p in Person.objects.visible_to(person(program, name))}
    everyone = set(EVERYBODY) - {"nobody"}
    colleagues = {other for partner in PARTNERS[name] for other in AT[partner]}
    expected = {"nobody": set(), "staff": everyone, "administrator": everyone}
    assert seen == expected.get(name, AT_LEI | colleagues | {name})


@pytest.mark.parametrize("name", EVERYBODY)
def test_invitations_and_the_right_to_invite(program, name):
    user, partners = person(program, name), MANAGED[name]
    assert partners_of(Invitation.objects.visible_to(user), "site__partner__name") == partners
    assert partners_of(Partner.objects.manageable_by(user), "name") == partners
    assert partners_of(Site.objects.manageable_by(user), "partner__name") == partners
    rights = Partner.objects.visible_to(user).with_rights_of(user)
    assert {partner.name for partner in rights if vars(partner)["may_invite"]} == partners


def test_only_lei_sees_an_invitation_to_lei(program):
    invitation = actions.invite(Invitation(email="staff2@example.com", name="Staff"), by=program.administrator)
    seen = {n for n in EVERYBODY if invitation in Invitation.objects.visible_to(person(program, n))}
    assert seen == {"staff", "administrator"}


def test_an_assignment_holds_on_its_last_day_and_no_longer(program):
    today = timezone.localdate(timezone=dt.UTC)
    row = program.learner.assignments.get()
    for ended_on, seen in ((today, HERE), (today - dt.timedelta(days=1), NONE)):
        row.ended_on = ended_on
        row.save()
        assert partners_of(Partner.objects.visible_to(program.learner), "name") == seen


def test_an_assignment_of_the_future_shows_nothing_yet(program):
    late = make_person("late")
    make_assignment(late, make_site(program.partner), began_on=timezone.now().date() + dt.timedelta(days=2))
    assert not Partner.objects.visible_to(late).exists()


def test_the_cast_is_whole():
    assert set(PEOPLE) < set(EVERYBODY)
