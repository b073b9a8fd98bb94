"""The public pages: which offerings they show, what they say to machines, and that they say nothing of anybody."""

import datetime as dt
import json
import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from courses import actions
from courses.models import Enrollment, Offering
from tests.cast import PEOPLE
from tests.courses.factories import make_course, make_enrollment, make_offering
from tests.factories import make_person

DATA = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
LINK = "https://meet.example.com/secret-room"


def page(client, offering):
    return client.get(f"/courses/public/{offering.pk}/")


def data_of(answer):
    (text,) = DATA.findall(answer.text)
    return json.loads(text)


@pytest.fixture
def some(cast):
    rows = {
        "open": make_offering(),
        "just over": make_offering(in_days=-20),
        "long over": make_offering(in_days=-40),
        "cancelled": make_offering(in_days=31),
        "theirs": make_offering(partner=cast.partner),
        "at a site": make_offering(site=cast.site, in_days=32),
    }
    actions.cancel_offering(rows["cancelled"], by=cast.staff, reason="Nobody came forward")
    return rows


@pytest.mark.parametrize("name", PEOPLE)
def test_public_are_those_for_all_partners_whoever_asks(cast, some, sign_in, name):
    user = AnonymousUser() if name == "nobody" else cast[name]
    names, client = {row.pk: name for name, row in some.items()}, sign_in(name)
    shown = {names[row.pk] for row in Offering.objects.shown_to(user, timezone.now())}
    assert shown == {"open", "just over", "cancelled", "at a site"}
    for address in ("/courses/public/{}/", "/courses/public/{}/calendar.ics"):
        found = {name for name, row in some.items() if client.get(address.format(row.pk)).status_code == 200}
        assert found == shown


def test_the_list_has_what_is_to_come(some, client):
    months = client.get("/courses/public/").context["months"]
    assert {row.offering for month in months for row in month.rows} == {some["open"], some["at a site"]}


def test_the_list_goes_on_by_keyset(client, db, monkeypatch):
    monkeypatch.setattr("partners.lib.pages.page_of.__kwdefaults__", {"after": "", "size": 2, "descending": False})
    course = make_course()
    rows = [make_offering(course, in_days=day) for day in (9, 9, 9)]
    first = client.get("/courses/public/")
    assert first.context["page"].rows == rows[:2]
    assert client.get("/courses/public/", {"after": first.context["page"].next}).context["page"].rows == rows[2:]


def test_nothing_of_those_who_come_or_of_partners(cast, client):
    """A site of a partner, a name, a link, a reason: none of them in the page, the list or the file."""
    at_site, online = make_offering(site=cast.site), make_offering(link=LINK)
    for offering in (at_site, online):
        make_enrollment(offering, cast.learner, Enrollment.State.ENROLLED)
    cancelled = make_offering()
    actions.cancel_offering(cancelled, by=cast.staff, reason="Quarrel with Kestrel")
    texts = [client.get("/courses/public/").text]
    for offering in (at_site, online, cancelled):
        address = f"/courses/public/{offering.pk}/"
        texts += [client.get(address).text, client.get(f"{address}calendar.ics").text]
    for word in (cast.partner.name, cast.site.name, cast.learner.name, LINK, "secret-room", "Kestrel", cast.staff.name):
        assert not [text for text in texts if word in text], word


def test_no_cookie_and_kept_by_caches(client, db):
    offering = make_offering()
    for url in ("/courses/public/", f"/courses/public/{offering.pk}/", f"/courses/public/{offering.pk}/calendar.ics"):
        answer = client.get(url)
        assert not answer.cookies
        assert answer["Cache-Control"] == "public, max-age=300"
        assert "csrf" not in answer.text.lower()
        if "ETag" in answer:
            assert client.get(url, headers={"If-None-Match": answer["ETag"]}).status_code == 304
    tag = page(client, offering)["ETag"]
    Offering.objects.update(capacity=11)
    assert page(client, offering)["ETag"] != tag


def test_a_reader_who_is_signed_in_is_in_no_shared_cache(sign_in, cast):
    offering = make_offering()
    for url in (f"/courses/public/{offering.pk}/", f"/courses/public/{offering.pk}/calendar.ics"):
        assert sign_in("learner").get(url)["Cache-Control"] == "private, max-age=300"


def test_queries(client, db, django_assert_max_num_queries):
    for rows in (1, 3):
        for _ in range(rows):
            offering = make_offering()
            offering.instructors.add(make_person(is_coach=True), make_person(is_coach=True))
        for url in ("/courses/public/", f"/courses/public/{offering.pk}/"):
            with django_assert_max_num_queries(2):
                client.get(url)


@pytest.mark.parametrize(("taken", "words"), [(0, "2 of 2 left"), (1, "1 of 2 left"), (2, "Full, waiting list")])
def test_seats_in_words(cast, client, taken, words):
    offering = make_offering(capacity=2)
    for name in ("learner", "sponsor")[:taken]:
        make_enrollment(offering, cast[name], Enrollment.State.ENROLLED)
    answer = page(client, offering)
    assert f"<b>{words}</b>" in answer.text
    stock = data_of(answer)["hasCourseInstance"]["offers"]["availability"]
    assert stock == f"https://schema.org/{'SoldOut' if taken == 2 else 'InStock'}"


def test_what_search_engines_read(client, db, settings):
    when: dict[str, Any] = {
        "starts_on": dt.date(2031, 3, 8),
        "ends_on": dt.date(2031, 3, 10),
    }  # the clocks go forward on the 9th
    offering = make_offering(make_course("A3s", summary="Read it."), language="fr", price_note="Free", **when)
    offering.instructors.add(make_person("Noor Haddad", is_coach=True))
    data = data_of(page(client, offering))
    date = data["hasCourseInstance"]
    assert (data["@context"], data["@type"], date["@type"]) == ("https://schema.org", "Course", "CourseInstance")
    assert (data["name"], data["description"], data["inLanguage"]) == ("A3s", "Read it.", "fr")
    assert data["url"] == f"{settings.SITE_URL}/courses/public/{offering.pk}/"
    assert (date["startDate"], date["endDate"]) == ("2031-03-08T08:30:00-05:00", "2031-03-10T16:30:00-04:00")
    assert date["location"]["name"] == "Lean Enterprise Institute, Boston"
    assert date["instructor"] == [{"@type": "Person", "name": "Noor Haddad"}]
    assert date["organizer"]["name"] == "Lean Enterprise Institute"
    assert date["offers"]["description"] == "Free"
    assert date["courseSchedule"]["repeatCount"] == 3


def test_on_line_the_room_is_the_page(client, db):
    date = data_of(page(client, make_offering(link=LINK)))["hasCourseInstance"]
    assert date["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert date["location"] == {"@type": "VirtualLocation", "url": date["url"]}


def test_a_cancelled_one_says_so(client, some):
    answer = page(client, some["cancelled"])
    date = data_of(answer)["hasCourseInstance"]
    assert date["eventStatus"] == "https://schema.org/EventCancelled"
    assert "offers" not in date
    assert "<b>Cancelled.</b>" in answer.text
    assert "Sign in to ask" not in answer.text


def test_a_name_that_is_markup_stays_a_name(client, db):
    name = '</script><b>"&\u2028<!--<script>'
    answer = page(client, make_offering(make_course(name, summary=name, before=name)))
    assert data_of(answer)["name"] == name
    assert "</script><b>" not in answer.text
    assert answer.text.count("<script") == answer.text.count("</script>") == 1


def test_head_of_the_page(client, db, settings):
    offering = make_offering(make_course('A "3"'))
    text = page(client, offering).text
    address = f"{settings.SITE_URL}/courses/public/{offering.pk}/"
    assert f'<link rel="canonical" href="{address}">' in text
    assert f'<meta property="og:url" content="{address}">' in text
    assert '<meta property="og:title" content="A &quot;3&quot;, ' in text
