"""Answers from a mail, without signing in: the link of one person, for one proposal of one visit."""

import datetime as dt
import re

import pytest
import time_machine
from django.urls import reverse

from coaching import actions, answers
from coaching.answers import signer
from coaching.models import Kind, Visit
from coaching.times import Slot
from partners.models import Mail
from tests.coaching.factories import NINE, make_confirmed, make_visit, token_of

HOUR = dt.timedelta(hours=1)
LATER = Slot(NINE + 48 * HOUR, NINE + 50 * HOUR, "America/New_York")
MONDAY = dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC)


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(MONDAY, tick=False):
        yield


@pytest.fixture
def visit(cast):
    fields = {"site": cast.site, "coach": cast.coach, "kind": Kind.GEMBA, "purpose": "Walk the discharge."}
    return actions.place(Visit(**fields, starts_at=NINE, ends_at=NINE + 2 * HOUR, zone=cast.site.zone), by=cast.staff)


def links(person, about="placed"):
    """The paths of the links to answer by, in the plain part of the person's mail."""
    text = Mail.objects.get(person=person, key__contains=f":{about}:").text
    return re.findall(r"(?:Accept|Decline): \S*?(/coaching/answers/\S+)", text)


def said(response):
    return " ".join(response.content.decode().split())


def test_the_mail_that_asks_has_both_links_and_says_what_is_not_read(cast, visit, settings):
    for person in (cast.coach, cast.change_agent):
        accept, decline = links(person)
        assert decline == f"{accept}decline/"
        mail = Mail.objects.get(person=person)
        assert f'href="{settings.SITE_URL}{accept}"' in mail.html
        assert f'href="{settings.SITE_URL}{decline}"' in mail.html
        assert "A reply to it, or an answer from your calendar, does not reach us." in mail.text
        assert mail.is_secret


def test_looking_changes_nothing_however_often(cast, visit, client):
    accept, decline = links(cast.change_agent)
    before = Visit.objects.values().get()
    for _ in range(3):
        assert client.get(accept).status_code == client.head(accept).status_code == 200
        assert client.get(decline).status_code == 200
    assert Visit.objects.values().get() == before


def test_accepting_confirms_for_that_side(cast, visit, client):
    accept, _ = links(cast.change_agent)
    assert "Please confirm as Change Agent, for Halden Valley Health." in said(client.get(accept))
    assert client.post(accept, {"seen": visit.interval}).url == accept
    assert "Confirmed for Halden Valley Health. Thank you." in said(client.get(accept))
    visit.refresh_from_db()
    assert (visit.partner_confirmed_by, visit.coach_confirmed_by) == (cast.change_agent, None)


def test_both_links_together_confirm_the_visit(cast, visit, client):
    for person in (cast.coach, cast.change_agent):
        client.post(links(person)[0], {"seen": visit.interval})
    visit.refresh_from_db()
    assert visit.is_confirmed
    assert "Confirmed for LEI. Thank you." in said(client.get(links(cast.coach)[0]))


def test_declining_needs_a_reason(cast, visit, client):
    accept, decline = links(cast.change_agent)
    missing = client.post(decline, {"seen": visit.interval, "reason": " "})
    assert (missing.status_code, missing.context["form"].errors) == (422, {"reason": ["This field is required."]})
    assert client.post(decline, {"seen": visit.interval, "reason": "An audit."}).url == accept
    assert "Declined by Halden Valley Health: An audit." in said(client.get(accept))
    visit.refresh_from_db()
    assert visit.cancelled_by == cast.change_agent


def test_a_moved_visit_says_so_and_what_is_so_now(cast, visit, client):
    accept, decline = links(cast.change_agent)
    actions.move(visit, by=cast.staff, slot=LATER)
    for page in (accept, decline):
        text = said(client.get(page))
        assert "This visit was changed after the mail you came from. Now it is:" in text
        assert "Fri 27 Nov, 09:00 to 11:00 EST" in text
        assert client.post(page, {"seen": visit.interval, "reason": "No."}).status_code == 409
    visit.refresh_from_db()
    assert visit.is_tentative
    assert "Please confirm" in said(client.get(links(cast.change_agent, about="moved")[0]))


def test_moved_there_and_back_the_old_link_stays_closed(cast, visit, client):
    accept, _ = links(cast.change_agent)
    moved = actions.move(visit, by=cast.staff, slot=LATER)
    actions.move(moved, by=cast.staff, slot=visit.slot)
    assert client.post(accept, {"seen": visit.interval}).status_code == 409


def test_a_cancelled_visit_says_why(cast, visit, client):
    actions.cancel(visit, by=cast.staff, reason="Flood at the site.")
    accept, _ = links(cast.change_agent)
    assert "This visit will not take place." in said(client.get(accept))
    assert "Cancelled: Flood at the site." in said(client.get(accept))
    assert client.post(accept, {"seen": visit.interval}).status_code == 409


def test_it_ends_when_the_visit_begins(cast, visit, client):
    accept, _ = links(cast.change_agent)
    with time_machine.travel(NINE, tick=False):
        assert "This visit has begun: there is nothing left to answer." in said(client.get(accept))
        assert client.post(accept, {"seen": visit.interval}).status_code == 409


@pytest.mark.parametrize("name", ["coach", "change_agent"])
def test_it_ends_with_the_persons_role(cast, visit, client, name):
    accept, decline = links(cast[name])
    cast.change_agent.assignments.update(role="learner")
    cast.coach.is_coach = False
    cast.coach.save()
    for page in (accept, decline):
        answer = client.get(page)
        assert (answer.status_code, "Riverside" in said(answer)) == (404, False)
        assert client.post(page, {"seen": visit.interval, "reason": "No."}).status_code == 404


def test_it_ends_with_the_account(cast, visit, client):
    accept, _ = links(cast.change_agent)
    cast.change_agent.is_active = False
    cast.change_agent.save()
    assert client.get(accept).status_code == 404


def test_a_coach_who_was_replaced_has_no_word_any_more(cast, visit, client):
    accept, _ = links(cast.coach)
    Visit.objects.filter(pk=visit.pk).update(coach=cast.staff)
    assert client.get(accept).status_code == 404


@pytest.mark.parametrize("change", [slice(1, None), slice(None, -1)])
def test_a_link_that_was_not_copied_whole_opens_nothing(cast, visit, client, change):
    token = token_of(visit, cast.coach)
    assert client.get(reverse("coaching:answer", args=[token[change]])).status_code == 404


def test_nobody_makes_such_a_link_for_another_side_person_or_visit(cast, visit):
    other = make_visit(cast.site, cast.coach)
    for changed in (
        [visit.pk, cast.change_agent.pk, "coach", 0],
        [visit.pk, cast.coach.pk, "partner", 0],
        [visit.pk, cast.outsider.pk, "partner", 0],
        [visit.pk, cast.staff.pk, "coach", 0],
        [0, cast.coach.pk, "coach", 0],
    ):
        assert answers.read(signer.sign_object(changed)) is None
    assert answers.read(token_of(other, cast.coach)).visit == other


def test_people_for_whose_side_it_does_not_wait_get_no_link(cast, visit):
    assert answers.address_for(visit, cast.staff) == answers.address_for(visit, cast.learner) == ""
    actions.confirm(visit, by=cast.coach)
    assert answers.address_for(visit, cast.coach) == ""


def test_another_visit_in_the_way_is_said(cast, visit, client):
    make_confirmed(cast.other_site, cast.coach, starts_at=NINE + HOUR)
    accept, _ = links(cast.change_agent)
    assert "Coach is elsewhere until Wed 25 Nov, 12:00 EST." in said(client.get(accept))
    answer = client.post(accept, {"seen": visit.interval})
    assert (answer.status_code, "Corvane" in said(answer)) == (422, False)


def test_it_is_kept_from_search_engines_caches_and_other_sites(cast, visit, client):
    answer = client.get(links(cast.coach)[0])
    assert (answer["X-Robots-Tag"], answer["Referrer-Policy"]) == ("noindex, nofollow", "same-origin")
    assert "no-store" in answer["Cache-Control"]


def test_trying_is_limited(cast, visit, client):
    made_up = [reverse("coaching:answer", args=[f"made-up{number}"]) for number in range(30)]
    assert {client.post(page).status_code for page in made_up} == {404}
    accept, decline = links(cast.change_agent)
    assert client.get(accept).status_code == 200
    for page in (accept, decline):
        assert client.post(page, {"seen": visit.interval, "reason": "No."}).status_code == 429
