"""Signing in: by password, remembered or not, refused, limited, logged, and never to another site."""

import logging
import time

import pytest
from django.core.cache import cache
from django.urls import reverse

LOGIN = "/accounts/login/"
PASSWORD = "seven-quiet-quarters-at-lakeshore"


@pytest.fixture
def learner(cast):
    cache.clear()
    cast.learner.set_password(PASSWORD)
    cast.learner.save()
    return cast.learner


def sign_in(client, email, password=PASSWORD, **more):
    return client.post(LOGIN, {"login": email, "password": password, **more})


def test_signs_in_with_a_new_session_key(client, learner):
    client.get(LOGIN)
    client.session["seen"] = True
    before = client.session.session_key
    response = sign_in(client, learner.email.upper())
    assert (response.status_code, response.url) == (302, "/")
    assert client.session.session_key != before
    assert client.get("/partners/profile/").status_code == 200


def test_is_remembered_only_when_asked(client, learner):
    sign_in(client, learner.email)
    assert client.session.get_expire_at_browser_close()
    client.logout()
    sign_in(client, learner.email, remember="on")
    assert client.session.get_expiry_age() == 14 * 24 * 3600


def test_unknown_and_known_addresses_get_the_same_answer(client, learner):
    known = sign_in(client, learner.email, "not the password at all")
    unknown = sign_in(client, "nobody.here@example.com", "not the password at all")
    words = "E-mail and password do not match."
    assert words in known.text
    assert words in unknown.text
    assert known.status_code == unknown.status_code


def test_unknown_addresses_take_as_long_as_known_ones(client, learner):
    def cost(email):
        cache.clear()
        began = time.process_time()
        sign_in(client, email, "not the password at all")
        return time.process_time() - began

    cost(learner.email)
    known = min(cost(learner.email) for _ in range(4))
    unknown = min(cost("nobody.here@example.com") for _ in range(4))
    assert 0.5 < known / unknown < 2


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "\\\\evil.example"]
)
def test_goes_to_own_pages_only(client, learner, target):
    response = client.post(LOGIN, {"login": learner.email, "password": PASSWORD, "next": target})
    assert response.url == "/"


def test_goes_on_to_the_page_that_was_asked_for(client, learner):
    page = reverse("partners:partner_list")
    assert client.get(page).url == f"{LOGIN}?next={page}"
    assert client.post(LOGIN, {"login": learner.email, "password": PASSWORD, "next": page}).url == page


def test_the_sixth_wrong_password_is_not_even_tried(client, learner):
    for _ in range(5):
        sign_in(client, learner.email, "not the password at all")
    response = sign_in(client, learner.email)
    assert "Too many tries" in response.text
    assert "_auth_user_id" not in client.session


def test_unknown_addresses_are_limited_alike(client, learner):
    for _ in range(5):
        sign_in(client, "nobody.here@example.com")
    assert "Too many tries" in sign_in(client, "nobody.here@example.com").text


def test_an_inactive_account_is_refused_and_its_sessions_end_at_once(client, learner):
    sign_in(client, learner.email)
    learner.is_active = False
    learner.save()
    assert client.get("/partners/").status_code == 302
    assert sign_in(client, learner.email).url == reverse("account_inactive")
    assert client.get("/partners/").status_code == 302


@pytest.mark.parametrize("bad", ["a\x00b@example.com", "x" * 5000 + "@example.com", "' OR 1=1 --", "Ω" * 300])
def test_strange_addresses_get_an_answer(client, learner, bad):
    assert sign_in(client, bad).status_code == 200
    assert client.post("/accounts/password/reset/", {"email": bad}).status_code == 200


def test_a_very_long_password_is_refused_before_it_is_hashed(client, learner):
    assert "at most 128 characters" in sign_in(client, learner.email, "x" * 100_000).text


def test_what_happens_is_logged_without_secrets(client, learner, caplog):
    with caplog.at_level(logging.INFO, logger="leipartners.sign_in"):
        sign_in(client, learner.email, "not the password at all")
        sign_in(client, learner.email)
        client.post("/accounts/logout/")
    lines = [record.getMessage().split(":")[0] for record in caplog.records]
    assert lines == ["sign-in failed", "signed in", "signed out"]
    assert "password" not in caplog.text
    assert learner.email not in caplog.text


def test_demo_sign_ins_are_shown_in_demo_mode_only(client, learner, settings):
    assert "Or look around as" not in client.get(LOGIN).text
    settings.DEMO = True
    assert "Or look around as" in client.get(LOGIN).text


@pytest.mark.parametrize("path", ["signup/", "email/", "confirm-email/", "3rdparty/", "login/code/", ""])
def test_what_we_do_not_use_is_not_there(client, learner, path):
    client.force_login(learner)
    assert client.get(f"/accounts/{path}").status_code == 404
