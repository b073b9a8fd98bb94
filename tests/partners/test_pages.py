"""The pages of partners and people: what they show, and that they cost the same however much there is."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partners.models import Level, Priority, Role
from tests.factories import LONG_AGO, make_assignment, make_partner, make_person, make_site


def queries(client, url):
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(url).status_code == 200
    return len(found)


def words_of(response):
    return " ".join(response.text.split())


def many_partners(cast, number):
    for _ in range(number):
        partner = make_partner()
        partner.coaches.add(cast.coach)
        make_person(site=make_site(partner), role=Role.CHANGE_AGENT)


def many_people(cast, number):
    for _ in range(number):
        site = make_site(cast.partner)
        make_person(site=site, level=Level.MIDDLE)
        make_assignment(cast.learner, site)
        Priority.objects.create(partner=cast.partner, name=site.name, began_on=LONG_AGO)


@pytest.mark.parametrize(
    ("name", "most", "grow"),
    [("partner_list", 5, many_partners), ("partner_detail", 6, many_people), ("person_list", 6, many_people)],
)
def test_costs_the_same_at_one_row_and_at_four(cast, sign_in, name, most, grow):
    client = sign_in("staff")
    url = reverse(f"partners:{name}", args=[] if name == "partner_list" else [cast.partner.pk])
    grow(cast, 1)
    one = queries(client, url)
    grow(cast, 3)
    assert queries(client, url) == one <= most


def test_a_person_costs_the_same_at_one_assignment_and_at_four(cast, sign_in):
    client, url = sign_in("staff"), cast.learner.get_absolute_url()
    one = queries(client, url)
    many_people(cast, 3)
    assert queries(client, url) == one <= 5


def test_a_partner_person_finds_their_own_partner_and_no_other(cast, sign_in):
    page = sign_in("learner").get(reverse("partners:partner_list")).text
    assert "Halden Valley Health" in page
    assert "Corvane" not in page


def test_without_a_partner_the_list_says_what_it_will_show(cast, client):
    client.force_login(make_person("new_here"))
    assert "No partner yet" in client.get(reverse("partners:partner_list")).text


def test_the_partner_page_shows_the_first_of_each_level_and_counts_all(cast, sign_in):
    for number in range(7):
        make_person(f"Nurse {number}", site=cast.site, level=Level.SUPERVISOR)
    page = words_of(sign_in("learner").get(cast.partner.get_absolute_url()))
    assert page.count("Nurse ") == 5
    assert "All 7" in page
    assert "Riverside" in page
    assert "Sponsor" in page


def test_people_are_found_by_any_of_their_names_however_written(cast, sign_in):
    make_person("Märta Ærø Ölund", site=cast.site)
    url = reverse("partners:person_list", args=[cast.partner.pk])
    client = sign_in("change_agent")
    for text in ("marta", "MÄRTA", "aero", "olu"):
        assert "Ölund" in client.get(url, {"q": text}).text
    assert "Ölund" not in client.get(url, {"q": "arta"}).text
    assert "Nobody found" in client.get(url, {"q": "zzz"}).text


@pytest.mark.parametrize(
    "query", [{"q": "a\x00b"}, {"level": "nine"}, {"site": "-1"}, {"after": "%00"}, {"q": "x" * 9999}]
)
def test_filters_that_make_no_sense_are_left_out(cast, sign_in, query):
    response = sign_in("learner").get(reverse("partners:person_list", args=[cast.partner.pk]), query)
    assert response.status_code == 200


def test_people_can_be_narrowed_to_level_and_site(cast, sign_in):
    url = reverse("partners:person_list", args=[cast.partner.pk])
    page = sign_in("staff").get(url, {"level": Level.EXECUTIVE, "site": cast.site.pk}).context["page"]
    assert [person.name for person in page] == ["Sponsor"]


def test_a_person_page_shows_the_path_through_sites_and_roles(cast, sign_in):
    make_assignment(cast.learner, make_site(cast.partner, "Lakeshore"), ended_on=dt.date(2022, 3, 1))
    make_assignment(cast.learner, cast.other_site, ended_on=dt.date(2021, 12, 1))
    page = words_of(sign_in("change_agent").get(cast.learner.get_absolute_url()))
    assert "Lakeshore" in page
    assert "Feb 2021 to Mar 2022" in page
    assert "Wichita" not in page
    assert "Wichita" in sign_in("staff").get(cast.learner.get_absolute_url()).text


def test_the_profile_is_saved_with_the_theme_in_a_cookie(cast, sign_in):
    data = {"name": "Luis", "zone": "Europe/Paris", "language": "fr", "quiet_from": "19:00", "quiet_until": "08:00"}
    client = sign_in("learner")
    response = client.post(reverse("partners:profile"), data | {"theme": "dark"})
    assert (response.status_code, response.cookies["theme"].value) == (302, "dark")
    cast.learner.refresh_from_db()
    assert (cast.learner.zone, cast.learner.quiet_from) == ("Europe/Paris", dt.time(19))
    assert 'data-theme="dark"' in client.get(reverse("partners:profile")).text


@pytest.mark.parametrize(
    ("field", "value"),
    [("zone", "Mars/Olympus"), ("zone", "a\x00"), ("name", ""), ("quiet_from", "25:00"), ("theme", "x")],
)
def test_a_bad_profile_is_answered_beside_the_field(cast, sign_in, field, value):
    data = {"name": "L", "zone": "UTC", "language": "en", "quiet_from": "19:00", "quiet_until": "8:00", "theme": "dark"}
    response = sign_in("learner").post(reverse("partners:profile"), data | {field: value})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    cast.learner.refresh_from_db()
    assert cast.learner.zone == "UTC"


def test_nobody_raises_themselves_by_their_profile(cast, sign_in):
    data = {"name": "L", "zone": "UTC", "language": "en", "quiet_from": "19:00", "quiet_until": "8:00", "theme": "dark"}
    sign_in("learner").post(reverse("partners:profile"), data | {"is_administrator": "on", "email": "evil@example.com"})
    cast.learner.refresh_from_db()
    assert (cast.learner.is_administrator, cast.learner.email) == (False, "learner@example.com")
