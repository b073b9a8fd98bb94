"""Inviting: who may, what is mailed, and a link that works once."""

import datetime as dt
import re
import threading

import pytest
from django.core.cache import cache
from django.db import connection
from django.db.models import F
from django.urls import reverse
from django.utils import timezone

from partners import actions
from partners.models import Assignment, Invitation, Mail, Person
from tests.factories import make_assignment, make_person

PASSWORD = "a quiet huddle at six in the morning"


def invite(cast, by="change_agent", email="new.one@example.com", site=None, **fields):
    site = cast.site if site is None else site
    return actions.invite(Invitation(email=email, name="Noor Haddad", site=site, **fields), by=cast[by])


def link_of(invitation):
    mail = Mail.objects.filter(key__startswith=f"invitation:{invitation.pk}:").latest("pk")
    link = re.search(r"/partners/invitations/accept/\S+/", mail.text)
    assert link
    return link.group()


def form(cast, **fields):
    return {
        "name": "Noor Haddad",
        "email": "noor@example.com",
        "site": cast.site.pk,
        "role": "learner",
        "level": 1,
    } | fields


def test_a_change_agent_invites_to_own_sites_only(cast, sign_in):
    url = reverse("partners:invitation_new", args=[cast.partner.pk])
    client = sign_in("change_agent")
    assert client.post(url, form(cast, site=cast.other_site.pk)).status_code == 422
    assert client.post(url, form(cast, email="Noor@Example.com")).status_code == 302
    invitation = Invitation.objects.get()
    assert (invitation.email, invitation.invited_by) == ("noor@example.com", cast.change_agent)
    assert Mail.objects.get().is_secret
    assert "Noor Haddad" in client.get(reverse("partners:invitations_of_partner", args=[cast.partner.pk])).text


def test_the_token_is_stored_only_as_a_hash(cast):
    invitation = invite(cast)
    token = link_of(invitation).split("/")[-2]
    assert len(token) >= 43
    assert token not in str(Invitation.objects.values().get())


def test_accepting_makes_person_and_assignment_and_signs_in(cast, client):
    cache.clear()
    link = link_of(invite(cast, role="learner", level=2, position="Night shift"))
    assert client.get(link).status_code == client.get(link).status_code == 200
    assert client.post(link, {"name": "Noor Haddad", "password": PASSWORD}).url == "/"
    person = Person.objects.get(email="new.one@example.com")
    assignment = person.assignments.get()
    assert (assignment.site, assignment.level, assignment.position) == (cast.site, 2, "Night shift")
    assert (assignment.began_on, person.zone) == (timezone.now().date(), "America/New_York")
    assert client.get(reverse("partners:partner_detail", args=[cast.partner.pk])).status_code == 200
    client.logout()
    assert client.get(link).status_code == 404


@pytest.mark.parametrize("bad", ["short", "password1234", "new.one@example.com", "x" * 129, "with a \x00 in it, long"])
def test_bad_passwords_are_refused_beside_the_field(cast, client, bad):
    link = link_of(invite(cast))
    response = client.post(link, {"name": "Noor", "password": bad})
    assert response.status_code == 422
    assert "id_password_error" in response.text
    assert not Person.objects.filter(email="new.one@example.com").exists()


def test_expired_withdrawn_and_replaced_links_say_what_to_do(cast, client):
    invitation = invite(cast)
    first = link_of(invitation)
    actions.invite_again(invitation)
    assert "Ask whoever invited you" in client.get(first).text
    second = link_of(invitation)
    assert client.get(second).status_code == 200
    Invitation.objects.update(expires_at=timezone.now())
    assert client.get(second).status_code == 404
    actions.withdraw_invitation(invitation)
    with pytest.raises(actions.InvitationOver):
        actions.invite_again(invitation)


def test_an_expired_invitation_does_not_stand_in_the_way(cast):
    invite(cast)
    with pytest.raises(actions.AlreadyInvited):
        invite(cast)
    Invitation.objects.update(expires_at=timezone.now())
    invite(cast)
    assert Invitation.objects.waiting().count() == 1


def test_a_known_address_is_told_only_to_who_may_see_its_owner(cast):
    with pytest.raises(actions.AlreadyHere, match="Learner"):
        invite(cast, email="Learner@example.com")
    assert invite(cast, email="outsider@example.com").email == "outsider@example.com"


def test_the_owner_of_an_account_accepts_only_when_signed_in(cast, client, sign_in):
    cast.outsider.set_password(PASSWORD)
    cast.outsider.save()
    link = link_of(invite(cast, email="outsider@example.com", role="change_agent"))
    assert "Sign in with it, then accept" in client.get(link).text
    assert client.post(link, {"name": "Evil", "password": PASSWORD}).status_code == 422
    assert "You are signed in as Learner" in sign_in("learner").get(link).text
    assert sign_in("outsider").post(link).url == "/"
    assert Assignment.objects.current().filter(person=cast.outsider).count() == 2


def test_one_person_invites_thirty_a_day_and_mails_one_address_five_times(cast):
    for number in range(30):
        last = invite(cast, email=f"number{number}@example.com")
    with pytest.raises(actions.TooMany):
        invite(cast, email="number30@example.com")
    for _ in range(4):
        actions.invite_again(last)
        Mail.objects.update(created_at=F("created_at") - dt.timedelta(hours=1))
    with pytest.raises(actions.TooMany):
        actions.invite_again(last)


def test_others_neither_see_nor_touch_an_invitation(cast, sign_in):
    invitation = invite(cast)
    for deed in ("resend", "withdraw"):
        url = reverse(f"partners:invitation_{deed}", args=[invitation.pk])
        for name in ("outsider", "learner", "sponsor", "coach"):
            assert sign_in(name).post(url).status_code == 404
    assert sign_in("change_agent").post(url).status_code == 302
    assert not Invitation.objects.waiting().exists()


def test_a_person_added_in_the_admin_sets_a_password_by_the_link(cast, client):
    cache.clear()
    coach = make_person("new_coach", is_coach=True)
    coach.set_unusable_password()
    coach.save()
    invitation = actions.invite(Invitation(email=coach.email, name=coach.name), by=cast.administrator)
    assert client.post(link_of(invitation), {"name": "New Coach", "password": PASSWORD}).url == "/"
    coach.refresh_from_db()
    assert coach.check_password(PASSWORD)
    make_assignment(coach, cast.site)


@pytest.mark.django_db(transaction=True)
def test_of_two_acceptances_at_once_one_wins(request):
    cast = request.getfixturevalue("cast")
    token = link_of(invite(cast)).split("/")[-2]
    outcomes = []

    def accept():
        try:
            actions.accept_invitation(token, name="Noor", password=PASSWORD)
            outcomes.append("in")
        except actions.InvitationOver:
            outcomes.append("over")
        finally:
            connection.close()

    threads = [threading.Thread(target=accept) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(outcomes) == ["in", "over"]
    assert Person.objects.filter(email="new.one@example.com").count() == 1
