"""The pages of a list: sent, looked at, mended in place, confirmed."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from courses import actions, schedules
from courses.models import Enrollment, EnrollmentImport
from courses.views import imports
from tests.courses.factories import hold_for, make_course, make_enrollment, make_offering
from tests.courses.lists import book_of, lines, make_import, outcomes, row
from tests.factories import make_person

HTMX = {"HX-Request": "true"}


def words(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def offering(cast):
    return make_offering(make_course("Managing with A3s"), capacity=2)


def sent(client, offering, **data):
    return client.post(f"/courses/{offering.pk}/import/", data, follow=True)


def test_from_a_pasted_list_to_seats(cast, sign_in, offering):
    client = sign_in("change_agent")
    page = sent(client, offering, people="Learner <learner@example.com>; Sponsor <sponsor@example.com>; Ann <x@y.org>")
    assert '<b>2 will be put down</b>, <b class="look">1 needs a look</b>' in words(page)
    assert "Nobody has this address." in words(page)
    assert f"/partners/{cast.partner.pk}/" in words(page)
    assert Enrollment.objects.count() == 0
    of = EnrollmentImport.objects.get()
    done = client.post(f"{of.get_absolute_url()}confirm/", follow=True)
    assert "2 are put down" in words(done)
    again = client.post(f"{of.get_absolute_url()}confirm/", follow=True)
    assert (again.status_code, Enrollment.objects.count()) == (200, 2)


def test_a_workbook(cast, sign_in, offering):
    book = book_of([["Participant", "E-Mail"], ["Learner", "LEARNER@EXAMPLE.COM"], ["=1+1", "sponsor@example.com"]])
    client = sign_in("staff")
    page = sent(client, offering, file=SimpleUploadedFile("who comes.xlsx", book))
    assert "who comes.xlsx" in words(page)
    assert outcomes(EnrollmentImport.objects.get()) == ["heading", "ready", "differs"]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ({}, "Paste a list or choose a file, so that"),
        ({"people": "a@x.org", "file": SimpleUploadedFile("a.csv", b"a@x.org")}, "not both"),
        ({"file": SimpleUploadedFile("a.xlsx", b"PK\x03\x04nothing")}, "This workbook is damaged."),
        ({"file": SimpleUploadedFile("a.csv", b"")}, "There is nothing in this list."),
        ({"file": SimpleUploadedFile("a.csv", b"x" * (5 * 1024 * 1024 + 1))}, "larger than 5 MB"),
        ({"people": " \n\n"}, "Paste a list or choose a file"),
        ({"people": ";;\n;"}, "There is nothing in this list."),
    ],
)
def test_what_is_wrong_with_it_stands_beside_the_field(cast, sign_in, offering, data, expected):
    answer = sign_in("change_agent").post(f"/courses/{offering.pk}/import/", data)
    assert (answer.status_code, EnrollmentImport.objects.count()) == (422, 0)
    assert expected in words(answer)


def test_lists_are_limited(cast, sign_in, offering, settings):
    settings.ACCOUNT_RATE_LIMITS = settings.ACCOUNT_RATE_LIMITS | {"import": "2/m/user"}
    client, url = sign_in("change_agent"), f"/courses/{offering.pk}/import/"
    answers = [client.post(url, {"people": f"a{n}@x.org"}).status_code for n in range(3)]
    assert answers == [302, 302, 429]


def test_a_closed_offering_says_so(cast, sign_in):
    offering = make_offering(enroll_until="2026-01-01")
    assert "Enrollment is closed." in words(sign_in("change_agent").get(f"/courses/{offering.pk}/import/"))
    answer = sign_in("change_agent").post(f"/courses/{offering.pk}/import/", {"people": "a@x.org"})
    assert (answer.status_code, EnrollmentImport.objects.count()) == (409, 0)
    assert sent(sign_in("staff"), offering, people="learner@example.com").status_code == 200


def test_who_gets_a_seat_and_who_waits_is_said_before(cast, sign_in, offering):
    make_enrollment(offering, make_person(site=cast.site), "enrolled")
    of = make_import(offering, cast.change_agent, "learner@example.com\nsponsor@example.com\nchange_agent@example.com")
    page = words(sign_in("change_agent").get(of.get_absolute_url()))
    assert "The first 1 gets a seat, 2 wait in line." in page
    assert [page.count(said) for said in ("gets a seat</span", "waits, number 1<", "waits, number 2<")] == [1, 1, 1]


def test_with_held_seats_the_engine_alone_says_who_gets_one(cast, sign_in, offering):
    hold_for(offering, cast.elsewhere, 1, by=cast.staff)
    of = make_import(offering, cast.change_agent, "learner@example.com\nsponsor@example.com")
    client = sign_in("change_agent")
    page = words(client.get(of.get_absolute_url()))
    assert "Some seats are held for partners" in page
    assert page.count("gets a seat or waits") == 2
    client.post(f"{of.get_absolute_url()}confirm/")
    assert outcomes(of) == ["seated", "waits"]


def test_a_row_is_mended_in_place(cast, sign_in, offering):
    of = make_import(offering, cast.change_agent, "learnr@example.com\nsponsor@example.com")
    client, url = sign_in("change_agent"), f"/courses/imports/rows/{row(of, 1).pk}/"
    answer = client.post(url, {"email": "Learner@example.com"}, headers=HTMX)
    assert (answer.status_code, "<html" in words(answer)) == (200, False)
    assert "gets a seat" in words(answer)
    assert 'hx-swap-oob="true"' in words(answer)
    assert "2 will be put down" in words(answer)
    assert client.post(url, {"leave_out": "1"}).status_code == 302
    assert outcomes(of) == ["left_out", "ready"]
    assert client.post(url, {"email": "x" * 301}, headers=HTMX).status_code == 409


def test_no_name_of_another_partner_is_ever_shown(cast, sign_in, offering):
    """Neither by address nor by name does a change agent learn that somebody is here."""
    cast.outsider.name = "Zebulon Quist"
    cast.outsider.save()
    of = make_import(offering, cast.change_agent, "|outsider@example.com\nQuist, Z.|\n|nobody@example.com")
    assert len({(one.outcome, one.says) for one in of.rows.exclude(number=2)}) == 1
    assert "Zebulon" not in words(sign_in("change_agent").get(of.get_absolute_url()))


def test_what_a_cell_says_is_text(cast, sign_in, offering):
    of = make_import(offering, cast.change_agent, "<script>alert(1)</script> Lee|\n=cmd|=1+1@x.org\n+1 Ann|-2@x.org")
    client = sign_in("change_agent")
    assert "<script>alert" not in words(client.get(of.get_absolute_url()))
    report = client.get(f"{of.get_absolute_url()}report.csv").getvalue().decode()
    assert [line[:4] for line in report.splitlines()] == ["\ufeffRow", "1,<s", "2,'=", "3,'+"]
    assert "'-2@x.org" in report


def test_the_page_costs_the_same_for_one_and_forty_rows(cast, sign_in, offering, django_assert_max_num_queries):
    client = sign_in("change_agent")
    for number in (1, 40):
        text = "\n".join(f"{make_person(site=cast.site).email}\nnobody{n}@x.org" for n in range(number))
        of = make_import(offering, cast.change_agent, text)
        with django_assert_max_num_queries(13):
            client.get(of.get_absolute_url())


def test_a_long_list_is_paged_and_worked_on_behind(cast, sign_in, offering, monkeypatch):
    monkeypatch.setattr(imports, "AT_ONCE", 10)
    people = [make_person(site=cast.site) for _ in range(60)]
    client = sign_in("change_agent")
    page = sent(client, offering, people="\n".join(["who@x.org", *(person.email for person in people)]))
    assert "0 of 61 rows" in words(page)
    of = EnrollmentImport.objects.get()
    assert 'id="working"' in words(client.get(of.get_absolute_url(), headers=HTMX))
    schedules.work_on_imports()
    assert client.get(of.get_absolute_url(), headers=HTMX).headers["HX-Refresh"] == "true"
    first = client.get(of.get_absolute_url())
    assert [one.row.outcome for one in first.context["rows"]] == ["unknown"] + ["ready"] * 49
    rest = client.get(of.get_absolute_url(), {"after": first.context["page"].next})
    assert [one.row.number for one in rest.context["rows"]] == list(range(51, 62))
    assert "0 done, 60 to go" in words(client.post(f"{of.get_absolute_url()}confirm/", follow=True))
    schedules.work_on_imports()
    assert Enrollment.objects.count() == 60


def test_what_is_worked_on_is_left_alone(cast, sign_in, offering):
    of = make_import(offering, cast.change_agent, "learner@example.com")
    actions.confirm(of)
    client = sign_in("change_agent")
    data = {"column-0": "email", "headings": "0"}
    assert client.post(f"{of.get_absolute_url()}columns/", data).status_code == 409
    assert client.post(f"/courses/imports/rows/{row(of, 1).pk}/", {"email": "x"}).status_code == 409


def test_columns_are_said_by_selects(cast, sign_in, offering):
    of = make_import(offering, cast.change_agent, "Sponsor|Learner|learner@example.com")
    client, url = sign_in("change_agent"), f"{of.get_absolute_url()}columns/"
    client.post(url, {"column-0": "", "column-1": "name", "column-2": "email", "headings": "0"})
    assert row(of, 1).person == cast.learner
    assert client.post(url, {"column-0": "wrong"}).status_code == 422
    assert lines("a|b") == [(1, ["a", "b"])]


def test_the_way_to_it_stands_on_the_offering(cast, sign_in, offering):
    link = f"/courses/{offering.pk}/import/"
    found = {
        name: link in words(sign_in(name).get(offering.get_absolute_url())) for name in ("learner", "change_agent")
    }
    assert found == {"learner": False, "change_agent": True}
