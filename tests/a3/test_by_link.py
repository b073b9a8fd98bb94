"""What a reviewer without an account can do by the link: read one sheet and remark on it, nothing else."""

import datetime as dt
import logging

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from a3 import actions
from a3.models import Remark, Reviewer, Section
from leipartners.logs import OneLineFormatter
from partners.models import Mail
from tests.a3.factories import make_photo, make_remark, make_reviewer, make_sheet, section_of
from tests.factories import make_person

TOKEN = "t" * 43
URL = f"/a3/by-link/{TOKEN}/"


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.change_agent, cast.site, coach=cast.coach, bodies={1: "<p>Beds open late.</p>"})


@pytest.fixture
def reviewer(sheet):
    return make_reviewer(sheet, token=TOKEN)


def say(client, sheet, **fields):
    given = {"section": section_of(sheet, 1).pk, "kind": "question", "text": "Since when?"} | fields
    return client.post(URL, given)


def test_the_sheet_is_read_and_nothing_else_is_led_to(reviewer, client):
    page = client.get(URL)
    assert "Beds open late." in page.text
    links = {part.split('"')[0] for part in page.text.split(' href="')[1:]}
    assert {link for link in links if not link.startswith(("#", "/static/"))} == set()
    assert (page["X-Robots-Tag"], page["Referrer-Policy"]) == ("noindex, nofollow", "same-origin")
    assert "no-store" in page["Cache-Control"]


def test_reading_changes_nothing(reviewer, client):
    before = list(Reviewer.objects.values())
    for method in (client.get, client.head):
        method(URL)
    assert (list(Reviewer.objects.values()), Remark.objects.count()) == (before, 0)
    assert client.get(f"{URL}remarks/1/replies/").status_code == 405


def test_remarks_and_replies_carry_the_reviewers_name(reviewer, sheet, cast, client, sign_in):
    made = say(client, sheet, quote="open late")
    remark = Remark.objects.get()
    assert made.url == f"{URL}#remark-{remark.pk}"
    assert (remark.guest, remark.author, remark.quote) == (reviewer, None, "open late")
    thread = make_remark(sheet, cast.coach, number=1)
    client.post(f"{URL}remarks/{thread.pk}/replies/", {"text": "I wondered too."})
    page = " ".join(sign_in("change_agent").get(sheet.get_absolute_url()).text.split())
    assert page.count("Ines Roth<small>, by link</small>") == 2
    reviewer.refresh_from_db()
    assert reviewer.last_used_at
    told = Mail.objects.get()  # one a day
    assert (told.person, "Ines Roth has remarked" in told.subject) == (cast.change_agent, True)


def test_wrong_words_come_back_with_what_to_do(reviewer, sheet, client):
    page = say(client, sheet, text="", quote="nowhere")
    assert (page.status_code, "do not stand in 1 Background" in page.text) == (422, True)


@pytest.mark.parametrize("token", ["x" * 43, "short", "%00", TOKEN + "x"])
def test_no_such_link_is_a_page_with_words(reviewer, client, token):
    for address in (f"/a3/by-link/{token}/", f"/a3/by-link/{token}/photos/1/"):
        page = client.get(address)
        assert (page.status_code, "This link has ended" in page.text) == (404, True)


def test_a_link_ends_by_itself_and_with_its_owners_rights(sheet, cast, client):
    now = timezone.now()
    make_reviewer(sheet, token="e" * 43, asked_at=now - dt.timedelta(days=9), expires_at=now - dt.timedelta(days=1))
    assert client.get(f"/a3/by-link/{'e' * 43}/").status_code == 404
    make_reviewer(sheet, token=TOKEN)
    cast.change_agent.assignments.update(ended_on="2022-01-01")
    assert (client.get(URL).status_code, say(client, sheet).status_code) == (404, 404)


def test_photos_of_this_sheet_only(reviewer, sheet, cast, client):
    ours, theirs = make_photo(sheet), make_photo(make_sheet(cast.change_agent, cast.site))
    body = f'<p>/a3/photos/{ours.pk}/</p><img src="{ours.get_absolute_url()}" alt="x">'
    Section.objects.filter(pk=section_of(sheet, 2).pk).update(body=body)
    page = client.get(URL).text
    assert (f'src="{URL}photos/{ours.pk}/"' in page, f'src="{ours.get_absolute_url()}"' in page) == (True, False)
    found = client.get(f"{URL}photos/{ours.pk}/")
    assert (found.status_code, found["Content-Security-Policy"]) == (200, "default-src 'none'; sandbox")
    assert client.get(f"{URL}photos/{theirs.pk}/").status_code == 404
    assert client.get(ours.get_absolute_url()).status_code == 302  # the sign-in page


def test_remarks_and_sections_of_other_sheets_are_out_of_reach(reviewer, sheet, cast, client):
    other = make_sheet(cast.change_agent, cast.site)
    thread = make_remark(other, cast.coach)
    assert client.post(f"{URL}remarks/{thread.pk}/replies/", {"text": "x"}).status_code == 404
    assert say(client, sheet, section=section_of(other, 1).pk).status_code == 422
    assert Remark.objects.filter(guest=reviewer).count() == 0


def test_no_name_is_learned_that_is_not_on_the_sheet(reviewer, sheet, cast, client):
    lead = make_person("Lena Colleague", site=cast.site)
    for author in (lead, cast.staff, cast.coach):
        make_remark(sheet, author)
    actions.remark_by_link(
        make_reviewer(sheet, token="o" * 43, name="Otto Else"), section_of(sheet, 1), kind="praise", text="!"
    )
    page = client.get(URL).text
    for name, is_shown in ((lead.name, False), ("Otto Else", False), (cast.staff.name, False), (cast.coach.name, True)):
        assert (f"<b>{name}" in page or f">{name}<" in page) == is_shown, name
    assert f"Somebody at {cast.partner.name}" in page
    assert ("Somebody at LEI" in page, "Another reviewer" in page, "@" in page) == (True, True, False)


def test_a_post_needs_the_token_of_its_page(reviewer, sheet):
    strict = Client(enforce_csrf_checks=True)
    assert say(strict, sheet).status_code == 403
    token = strict.get(URL).text.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]
    assert say(strict, sheet, csrfmiddlewaretoken=token).status_code == 302


def test_who_writes_thirty_remarks_in_an_hour_waits(reviewer, sheet, client):
    section = section_of(sheet, 1)
    Remark.objects.bulk_create(Remark(sheet=sheet, section=section, guest=reviewer, text="x") for _ in range(30))
    assert (say(client, sheet).status_code, Remark.objects.count()) == (429, 30)


def test_hostile_words_stay_words(sheet, client):
    make_reviewer(sheet, token=TOKEN, name="<b>Ines</b>", note="<script>alert(1)</script>")
    say(client, sheet, text="<img src=x onerror=alert(1)>")
    page = client.get(URL).text
    assert ("<img src=x" in page, "<script>alert" in page, "<b>Ines" in page) == (False, False, False)


def test_the_secret_stands_in_no_log_line(caplog, reviewer, client):
    with caplog.at_level(logging.DEBUG):
        client.get(URL + "photos/99/")
        client.post(URL, {})
    lines = [OneLineFormatter().format(record) for record in caplog.records]
    assert not [line for line in lines if TOKEN in line and "a3_reviewer" not in line]
    assert [line for line in lines if "/a3/by-link/(secret)/photos/99/" in line]


@pytest.mark.parametrize("rows", [1, 4])
def test_costs_the_same_for_any_number_of_remarks(reviewer, cast, client, django_assert_num_queries, rows):
    for _ in range(rows):
        actions.reply(make_remark(reviewer.sheet, cast.coach), text="Yes", by=cast.change_agent)
    with django_assert_num_queries(4):  # reviewer, sheet, sections, remarks
        client.get(URL)


def test_the_address_is_that_of_the_table():
    assert reverse("a3:by_link", args=[TOKEN]) == URL
