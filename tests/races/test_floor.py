"""Claims, checks, invitations and profiles, when two connections come to them in one moment."""

import datetime as dt

import pytest
from django.db.models.signals import pre_save
from django.utils import timezone

from partners import actions
from partners.lib.tokens import hash_token
from partners.models import Assignment, Check, Claim, Invitation, Mail, Obligation, Person
from tests.factories import make_claim, make_person


@pytest.fixture
def owner(cast):
    return make_person(site=cast.site)


@pytest.fixture
def due(cast, owner):
    """A claim with a check that falls due tomorrow."""
    claim = make_claim(owner, cast.site, days=[1, 400])
    return claim, claim.checks.order_by("due_on")[0]


def answer(check, by, outcome="holding"):
    return actions.answer_check(check, outcome=outcome, value=None, made_it_so="The board", by=by)


def ask():
    return actions.ask_checks(timezone.now(), limit=50)


def owed(check):
    return Obligation.objects.open().filter(key=check.key).exists()


def test_answered_twice_it_is_answered_once(hands, owner, due):
    _claim, check = due
    history = Check._meta.get_field("events").related_model.objects.filter(pgh_obj=check)
    before = history.count()
    assert hands.at_once(*[lambda: answer(check, owner)] * 2) == [None, None]
    assert (history.count() - before, Check.objects.get(pk=check.pk).outcome) == (1, "holding")


def test_whoever_answers_a_claim_that_is_just_ended_is_told(hands, owner, due):
    claim, check = due
    late = hands.overtaken(lambda: actions.end_claim(claim, by=owner, reason="Closed"), lambda: answer(check, owner))
    assert (type(late), "ended in the meantime" in str(late)) == (actions.ClaimOver, True)
    assert Check.objects.get(pk=check.pk).outcome == ""


def test_whoever_answers_on_a_day_that_is_just_dropped_is_told(hands, owner, due):
    claim, check = due
    later = [timezone.localdate() + dt.timedelta(days=90)]
    late = hands.overtaken(lambda: actions.reschedule(claim, on=later), lambda: answer(check, owner))
    assert (type(late), "days of the checks were changed" in str(late)) == (actions.ClaimOver, True)
    assert list(claim.checks.values_list("due_on", flat=True)) == later


def test_an_answer_stays_though_the_days_are_changed_at_once(hands, owner, due):
    claim, check = due
    hands.overtaken(lambda: answer(check, owner), lambda: actions.reschedule(claim, on=[]))
    assert list(claim.checks.values_list("pk", "outcome")) == [(check.pk, "holding")]


@pytest.mark.parametrize("end", ["end", "drop", "answer"])
def test_nobody_is_asked_about_what_ends_while_the_planner_asks(hands, owner, due, end):
    claim, check = due
    deed = {
        "end": lambda: actions.end_claim(claim, by=owner, reason="Closed"),
        "drop": lambda: actions.reschedule(claim, on=[]),
        "answer": lambda: answer(check, owner),
    }[end]
    assert not isinstance(hands.overtaken(ask, deed), Exception)
    assert not owed(check)
    Check.objects.filter(pk=check.pk).update(asked_at=None)
    hands.at_once(ask, lambda: None)
    assert not owed(check)


@pytest.mark.parametrize("_again", range(3))
def test_planner_and_end_at_once_leave_nothing_owed(hands, owner, due, _again):
    claim, check = due
    outcomes = hands.at_once(ask, lambda: actions.end_claim(claim, by=owner, reason="Closed"))
    assert [outcome for outcome in outcomes if isinstance(outcome, Exception)] == []
    assert not owed(check)


def test_ended_twice_it_is_ended_once(hands, owner, due):
    claim, _check = due
    assert sorted(hands.at_once(*[lambda: actions.end_claim(claim, by=owner, reason="Closed")] * 2)) == [False, True]
    assert Claim.objects.get(pk=claim.pk).ending == "Closed"


def invited(cast, site, email):
    fields = {"name": "Noor Haddad", "site": site, "role": "learner"}
    return actions.invite(Invitation(email=email, **fields), by=cast.change_agent)


def accepted(token, **fields):
    return actions.accept_invitation(token, **fields)


def token_of(invitation, word):
    """Have this word for the secret in its link, which nobody keeps."""
    Invitation.objects.filter(pk=invitation.pk).update(token_hash=hash_token(word))
    return word


def test_two_invitations_of_one_address_accepted_at_once_make_one_account(hands, cast):
    second = cast.partner.sites.create(name="Hillside", country="US", zone="America/New_York")
    rows = [invited(cast, site, "noor@example.com") for site in (cast.site, second)]
    tokens = [token_of(row, f"word{row.pk}") for row in rows]
    new = {"name": "Noor Haddad", "password": "a quiet huddle at six in the morning"}
    outcomes = hands.at_once(*[lambda t=token: accepted(t, **new) for token in tokens])
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Person", "SignInFirst"]
    person = Person.objects.get(email="noor@example.com")
    waiting = Invitation.objects.waiting().get(email="noor@example.com")
    accepted(f"word{waiting.pk}", by=person)
    assert Assignment.objects.filter(person=person).count() == 2


def test_one_invitation_accepted_twice_is_accepted_once(hands, cast):
    token = token_of(invited(cast, cast.site, "ines@example.com"), "one")
    new = {"name": "Ines Roth", "password": "a quiet huddle at six in the morning"}
    outcomes = hands.at_once(*[lambda: accepted(token, **new)] * 2)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["InvitationOver", "Person"]


def test_withdrawn_while_it_is_accepted_it_is_one_or_the_other(hands, cast):
    invitation = invited(cast, cast.site, "ola@example.com")
    token = token_of(invitation, "two")
    late = hands.overtaken(lambda: actions.withdraw_invitation(invitation), lambda: accepted(token, password="x"))
    assert isinstance(late, actions.InvitationOver)
    assert not Person.objects.filter(email="ola@example.com").exists()


def test_sent_again_by_a_double_click_one_mail_goes_out(hands, cast):
    invitation = invited(cast, cast.site, "pia@example.com")
    hands.at_once(*[lambda: actions.invite_again(invitation)] * 2)
    assert Mail.objects.filter(key__startswith=f"invitation:{invitation.pk}:").count() == 2


def test_invited_twice_at_once_one_mail_goes_out(hands, cast):
    outcomes = hands.at_once(*[lambda: invited(cast, cast.site, "ute@example.com")] * 2)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["AlreadyInvited", "Invitation"]
    assert Mail.objects.filter(address="ute@example.com").count() == 1


def test_a_profile_saved_while_somebody_is_made_inactive_does_not_bring_them_back(hands, cast, client):
    person = make_person(site=cast.site)
    client.force_login(person)
    fields = {"name": "New Name", "zone": "Europe/Paris", "language": "en", "theme": "system"}

    def meanwhile(**_kwargs):
        """Comes between the reading of the person and the saving."""
        Person.objects.filter(pk=person.pk).update(is_active=False, email="other@example.com")

    pre_save.connect(meanwhile, sender=Person)
    try:
        client.post("/partners/profile/", fields | {"quiet_from": "18:00", "quiet_until": "07:00"})
    finally:
        pre_save.disconnect(meanwhile, sender=Person)
    person.refresh_from_db()
    assert (person.is_active, person.email, person.name) == (False, "other@example.com", "New Name")
