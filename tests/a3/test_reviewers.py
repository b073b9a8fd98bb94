"""Asking a reviewer without an account: the link, its end, its mails, and who sees it."""

import datetime as dt
import re

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from a3 import actions
from a3.models import Remark, Reviewer
from partners.models import Mail
from tests.a3.factories import make_reviewer, make_sheet, section_of
from tests.cast import PEOPLE

ASKED = {"name": "Ines Roth", "email": "Ines@Outside.example", "note": "Is it clear?", "days": "20"}


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.change_agent, cast.site, coach=cast.coach)


def ask(client, sheet, **fields):
    return client.post(reverse("a3:reviewer_list", args=[sheet.pk]), ASKED | fields)


def test_the_link_is_mailed_and_only_its_hash_is_kept(sheet, sign_in):
    assert ask(sign_in("change_agent"), sheet).status_code == 302
    mail, reviewer = Mail.objects.get(), Reviewer.objects.get()
    token = re.search(r"/a3/by-link/([\w-]{43})/", mail.text)[1]
    assert (mail.address, mail.is_secret, "Is it clear?" in mail.text) == ("ines@outside.example", True, True)
    assert reviewer.token_hash != token
    assert list(Reviewer.objects.for_token(token)) == [reviewer]
    assert round((reviewer.expires_at - timezone.now()) / dt.timedelta(days=1)) == 20
    page = " ".join(sign_in("change_agent").get(reverse("a3:reviewer_list", args=[sheet.pk])).text.split())
    assert ("Ines Roth" in page, "no remark yet" in page, token in page) == (True, True, False)


@pytest.mark.parametrize("wrong", [{"days": "61"}, {"days": "0"}, {"email": "no"}, {"name": ""}])
def test_what_cannot_be_is_refused_beside_its_field(sheet, sign_in, wrong):
    page = ask(sign_in("change_agent"), sheet, **wrong)
    assert (page.status_code, "errorlist" in page.text, Reviewer.objects.count()) == (422, True, 0)


def test_nobody_sends_more_than_ten_a_day(sheet, sign_in):
    for number in range(10):
        make_reviewer(sheet, token=f"{number}" * 43, email=f"reviewer{number}@outside.example")
    page = ask(sign_in("change_agent"), sheet)
    assert (page.status_code, "Go on tomorrow" in page.text) == (422, True)


def test_links_are_seen_by_the_owner_alone(sheet, cast):
    make_reviewer(sheet)
    make_reviewer(make_sheet(cast.outsider, cast.other_site, coach=cast.coach), token="o" * 43)
    seen = {name: Reviewer.objects.visible_to(cast[name]).count() for name in PEOPLE[1:]}
    assert {name: n for name, n in seen.items() if n} == {"change_agent": 1, "outsider": 1}


def test_an_ended_link_stops_at_once(sheet, sign_in):
    reviewer = make_reviewer(sheet)
    url = reverse("a3:by_link", args=["t" * 43])
    assert sign_in("nobody").get(url).status_code == 200
    sign_in("change_agent").post(reverse("a3:reviewer_end", args=[reviewer.pk]))
    page = sign_in("nobody").get(url)
    assert (page.status_code, "ask whoever sent it for a new one" in " ".join(page.text.split())) == (404, True)
    assert not actions.end_link(reviewer)
    with pytest.raises(actions.LinkOver):
        actions.remark_by_link(reviewer, section_of(sheet, 1), kind="question", text="Why?")


def test_a_remark_is_of_a_person_or_a_reviewer_of_this_sheet(sheet, cast):
    other = make_reviewer(make_sheet(cast.outsider, cast.other_site))
    given = {"sheet": sheet, "section": section_of(sheet, 1), "text": "Why?"}
    for speaker in ({}, {"author": cast.coach, "guest": other}, {"guest": other}):
        with pytest.raises((IntegrityError, ValidationError)), transaction.atomic():
            Remark.objects.create(**given, **speaker)


def test_no_link_lives_longer_than_sixty_days(sheet):
    with pytest.raises(IntegrityError), transaction.atomic():
        make_reviewer(sheet, expires_at=timezone.now() + dt.timedelta(days=61))
