"""The admin: for administrators only, with errors beside the fields, and no counting of big tables."""

import pytest
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from partners.admin.base import CappedPaginator
from partners.models import Assignment, Invitation, Mail, Partner, Person
from tests.cast import PEOPLE
from tests.factories import make_person, make_site

OURS = [model for model in admin.site._registry if model._meta.app_label == "partners"]


def list_of(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")


@pytest.mark.parametrize("name", PEOPLE)
def test_only_administrators_find_it(cast, sign_in, name):
    expected = {"administrator": 200, "nobody": 302}.get(name, 404)
    client = sign_in(name)
    for url in (
        reverse("admin:index"),
        list_of(Person),
        reverse("admin:partners_person_change", args=[cast.learner.pk]),
    ):
        response = client.get(url)
        assert response.status_code == expected
        if name == "nobody":
            assert client.get(url, follow=True).redirect_chain[-1][0] == f"/accounts/login/?next={url}"


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_list_and_search_opens(cast, sign_in, model):
    client = sign_in("administrator")
    assert client.get(list_of(model)).status_code == 200
    assert client.get(list_of(model), {"q": "river"}).status_code == 200


@pytest.mark.parametrize("model", [Person, Assignment, Partner], ids=lambda model: model.__name__)
def test_lists_cost_the_same_at_one_row_and_at_four(cast, sign_in, model):
    client = sign_in("administrator")

    def queries():
        with CaptureQueriesContext(connection) as found:
            client.get(list_of(model))
        return len(found)

    queries()
    few = queries()
    for _ in range(3):
        make_person(site=make_site(Partner.objects.create(name=str(Partner.objects.count()), joined_on="2020-01-01")))
    assert queries() == few


def test_nothing_is_counted_beyond_a_thousand(cast, monkeypatch):
    monkeypatch.setattr("partners.admin.base.COUNTED", 3)
    paginator = CappedPaginator(Person.objects.order_by("pk"), 2)
    with CaptureQueriesContext(connection) as found:
        assert (paginator.count, paginator.is_capped, paginator.num_pages) == (3, True, 2)
    assert "LIMIT 4" in found[0]["sql"]


def test_whoever_is_added_has_no_password_and_is_invited(cast, sign_in):
    url = reverse("admin:partners_person_add")
    client = sign_in("administrator")
    assert "password" not in client.get(url).context["adminform"].form.fields
    none = {"assignments-TOTAL_FORMS": 0, "assignments-INITIAL_FORMS": 0}
    data = {"name": "Mei Tan", "email": "Mei.Tan@LEI.example", "is_coach": "on", "zone": "Asia/Singapore"}
    data |= {"language": "en", "quiet_from": "18:00", "quiet_until": "07:00"}
    assert client.post(url, data | none).status_code == 302
    person = Person.objects.get(email="mei.tan@lei.example")
    assert not person.has_usable_password()
    assert Invitation.objects.get().email == person.email
    assert Mail.objects.get().address == person.email


def person_form(person, **fields):
    names = ("name", "email", "zone", "language", "quiet_from", "quiet_until")
    none = {"assignments-TOTAL_FORMS": 0, "assignments-INITIAL_FORMS": 0}
    return {name: getattr(person, name) for name in names} | {"based_in": "", "is_active": "on"} | none | fields


def test_deactivating_ends_every_session(cast, sign_in):
    cache.clear()
    cast.learner.set_password("a quiet huddle at six in the morning")
    cast.learner.save()
    theirs = Client()
    data = {"login": cast.learner.email, "password": "a quiet huddle at six in the morning"}
    theirs.post("/accounts/login/", data)
    assert UserSession.objects.count() == 1
    url = reverse("admin:partners_person_change", args=[cast.learner.pk])
    assert sign_in("administrator").post(url, person_form(cast.learner, is_active="")).status_code == 302
    assert UserSession.objects.count() == 0
    assert theirs.get("/partners/").status_code == 302


@pytest.mark.parametrize(
    ("field", "value"), [("zone", "Mars/Olympus"), ("email", "coach@example.com"), ("name", "\x00")]
)
def test_a_bad_person_is_answered_beside_the_field(cast, sign_in, field, value):
    url = reverse("admin:partners_person_change", args=[cast.learner.pk])
    response = sign_in("administrator").post(url, person_form(cast.learner, **{field: value}))
    assert list(response.context["adminform"].form.errors) == [field]


def test_an_end_before_the_start_is_answered_beside_the_field(cast, sign_in):
    data = {"person": cast.learner.pk, "site": cast.site.pk, "role": "learner", "level": 1, "began_on": "2026-03-02"}
    response = sign_in("administrator").post(
        reverse("admin:partners_assignment_add"), data | {"ended_on": "2026-03-01"}
    )
    assert list(response.context["adminform"].form.errors) == ["ended_on"]


def test_an_overlapping_assignment_is_refused_in_words(cast, sign_in):
    data = {"person": cast.learner.pk, "site": cast.site.pk, "role": "learner", "level": 1, "began_on": "2026-03-02"}
    response = sign_in("administrator").post(reverse("admin:partners_assignment_add"), data)
    assert "already has this role at this site in these days" in response.text


def test_people_are_never_deleted(cast, sign_in):
    url = reverse("admin:partners_person_delete", args=[cast.learner.pk])
    assert sign_in("administrator").post(url, {"post": "yes"}).status_code == 403


def test_the_history_names_who_changed_what(cast, sign_in):
    client = sign_in("administrator")
    url = reverse("admin:partners_person_change", args=[cast.learner.pk])
    client.post(url, person_form(cast.learner, name="Luis Ferrer"))
    page = client.get(reverse("admin:partners_person_history", args=[cast.learner.pk]), follow=True)
    assert "Administrator" in page.text
    assert "changed" in page.text


def test_accounts_and_sessions_of_others_are_not_managed_here():
    labels = {model._meta.app_label for model in admin.site._registry}
    assert labels <= {"partners", "a3", "coaching", "courses"}


def test_secret_mails_are_not_shown(cast, sign_in):
    mail = Mail.objects.create(key="k", address="a@example.com", subject="S", text="https://link", is_secret=True)
    page = sign_in("administrator").get(reverse("admin:partners_mail_change", args=[mail.pk])).text
    assert "https://link" not in page
