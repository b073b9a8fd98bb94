"""One's own account: a new password by mail, changing it, devices, and the second factor."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from partners.models import Mail

OLD, NEW = "seven-quiet-quarters-at-lakeshore", "the huddle lives as long as asked"


@pytest.fixture
def learner(cast):
    cache.clear()
    cast.learner.set_password(OLD)
    cast.learner.save()
    return cast.learner


def sign_in(client, email, password=OLD):
    return client.post("/accounts/login/", {"login": email, "password": password})


def asked_link(client, learner):
    client.post("/accounts/password/reset/", {"email": learner.email})
    link = re.search(r"/accounts/password/reset/key/\S+/", Mail.objects.latest("pk").text)
    assert link
    return link.group()


def code_for(secret):
    return format_hotp_value(hotp_value(secret, next(yield_hotp_counters_from_time())))


def test_a_lost_password_is_set_anew_by_a_link_that_works_once(client, learner):
    elsewhere = Client()
    sign_in(elsewhere, learner.email)
    link = asked_link(client, learner)
    assert Mail.objects.latest("pk").is_secret
    form = client.get(link, follow=True)
    page = form.redirect_chain[-1][0]
    assert client.post(page, {"password1": "short", "password2": "short"}).status_code == 200
    assert client.post(page, {"password1": NEW, "password2": NEW}).status_code == 302
    assert "no longer works" in client.get(link, follow=True).text
    assert sign_in(client, learner.email, NEW).status_code == 302
    assert elsewhere.get("/partners/").status_code == 302
    assert "Your password was set anew" in set(Mail.objects.values_list("subject", flat=True))


def test_an_unknown_address_gets_the_same_page_and_no_mail(client, learner):
    known = client.post("/accounts/password/reset/", {"email": learner.email})
    mails = Mail.objects.count()
    unknown = client.post("/accounts/password/reset/", {"email": "nobody.here@example.com"})
    assert (unknown.status_code, unknown.url) == (known.status_code, known.url)
    assert Mail.objects.count() == mails


def test_asking_for_the_link_is_limited(client, learner):
    codes = [client.post("/accounts/password/reset/", {"email": learner.email}).status_code for _ in range(6)]
    assert codes == [302] * 5 + [429]


def test_an_inactive_account_gets_no_link(client, learner):
    learner.is_active = False
    learner.save()
    client.post("/accounts/password/reset/", {"email": learner.email})
    assert not Mail.objects.exists()


@pytest.mark.parametrize("key", ["1-x", "zzzzzzzzzzzzz-set-password", "1-a%00b", "0-" + "x" * 3000])
def test_a_wrong_link_says_what_to_do(client, learner, key):
    assert "Send a new link" in client.get(f"/accounts/password/reset/key/{key}/").text


def test_changing_the_password_ends_other_sessions_and_is_told(client, learner):
    elsewhere = Client()
    sign_in(elsewhere, learner.email)
    sign_in(client, learner.email)
    url = reverse("account_change_password")
    assert "not your password" in client.post(url, {"oldpassword": "x", "password1": NEW, "password2": NEW}).text
    assert client.post(url, {"oldpassword": OLD, "password1": NEW, "password2": NEW}).status_code == 302
    assert client.get("/partners/").status_code == 200
    assert elsewhere.get("/partners/").status_code == 302
    assert Mail.objects.get().subject == "Your password was changed"


def test_devices_are_listed_and_ended_one_by_one(client, learner):
    elsewhere = Client(headers={"user-agent": "Mozilla/5.0 (Windows NT 10.0) Gecko Firefox/140.0"})
    sign_in(elsewhere, learner.email)
    sign_in(client, learner.email)
    assert "Firefox on Windows" in client.get(reverse("usersessions_list")).text
    other = UserSession.objects.get(session_key=elsewhere.session.session_key)
    stranger = Client()
    stranger.force_login(learner.__class__.objects.get(email="outsider@example.com"))
    assert stranger.post(reverse("session_end", args=[other.pk])).status_code == 404
    assert client.post(reverse("session_end", args=[other.pk])).status_code == 302
    assert elsewhere.get("/partners/").status_code == 302
    assert client.get("/partners/").status_code == 200


def test_all_other_devices_are_ended_at_once(client, learner):
    elsewhere = Client()
    sign_in(elsewhere, learner.email)
    sign_in(client, learner.email)
    client.post(reverse("usersessions_list"))
    assert elsewhere.get("/partners/").status_code == 302
    assert client.get("/partners/").status_code == 200


def set_up_app(client):
    url = reverse("mfa_activate_totp")
    client.post(client.get(url).url, {"password": OLD})
    assert "not right" in client.post(url, {"code": "000000"}).text
    secret = client.get(url).context["form"].secret
    return secret, client.post(url, {"code": code_for(secret)})


def test_a_second_factor_is_asked_for_and_recovery_codes_stand_in(client, learner):
    sign_in(client, learner.email)
    secret, response = set_up_app(client)
    assert response.url == reverse("mfa_view_recovery_codes")
    assert secret not in str(Authenticator.objects.get(type="totp").data)
    codes = client.get(response.url).context["unused_codes"]
    client.post("/accounts/logout/")
    cache.clear()
    assert sign_in(client, learner.email).url == reverse("mfa_authenticate")
    assert client.get("/partners/").status_code == 302
    assert client.get(reverse("mfa_authenticate")).status_code == 200
    assert "not right" in client.post(reverse("mfa_authenticate"), {"code": "123"}).text
    assert client.post(reverse("mfa_authenticate"), {"code": codes[0]}).url == "/"
    assert client.get("/partners/").status_code == 200


def test_what_protects_the_account_asks_once_more_who_it_is(client, learner):
    sign_in(client, learner.email)
    response = client.get(reverse("mfa_activate_totp"))
    assert response.url.startswith(reverse("account_reauthenticate"))
    assert "not your password" in client.post(response.url, {"password": "wrong wrong wrong"}).text
    assert client.post(response.url, {"password": OLD}).url == reverse("mfa_activate_totp")
    assert client.get(reverse("mfa_activate_totp")).status_code == 200


@pytest.mark.parametrize("name", ["mfa_index", "mfa_add_webauthn", "mfa_list_webauthn", "mfa_generate_recovery_codes"])
def test_each_page_of_the_second_factor_opens(client, learner, name):
    sign_in(client, learner.email)
    set_up_app(client)
    assert client.get(reverse(name)).status_code == 200
