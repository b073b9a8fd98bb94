"""How django-allauth works here: nobody signs up, every mail goes through our outbox, and what happens is logged."""

import base64
import hashlib
import logging
import secrets
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme

from partners import actions
from partners.lib.mailing import words_of
from partners.models import Person

logger = logging.getLogger("leipartners.sign_in")

NOTICES = {  # allauth's name of a notice -> what happened
    "account/email/password_changed": "Your password was changed",
    "account/email/password_reset": "Your password was set anew",
    "account/email/password_set": "Your password was set",
    "mfa/email/totp_activated": "An authenticator app was added to your account",
    "mfa/email/totp_deactivated": "The authenticator app was removed from your account",
    "mfa/email/webauthn_added": "A passkey was added to your account",
    "mfa/email/webauthn_removed": "A passkey was removed from your account",
    "mfa/email/recovery_codes_generated": "New recovery codes were made for your account",
}


def display_name(person: Person) -> str:
    return person.name


class AccountAdapter(DefaultAccountAdapter):
    """People come in by invitation only; their address is the one on the person, nowhere else."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "email_password_mismatch": "E-mail and password do not match. Check both, or set a new password.",
        "too_many_login_attempts": "Too many tries. Wait five minutes, or set a new password.",
        "incorrect_password": "This is not your password.",
        "enter_current_password": "This is not your password.",
        "rate_limited": "Too many tries at once. Wait a minute, then try again.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def is_safe_url(self, url: str) -> bool:
        """Redirect within this site only."""
        request = context.request
        return url_has_allowed_host_and_scheme(
            url, allowed_hosts={request.get_host()}, require_https=request.is_secure()
        )

    def reauthenticate(self, user: Person, password: str) -> bool:
        found = self.authenticate(context.request, email=user.email, password=password)
        return found is not None and found.pk == user.pk

    # --- mail

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Post the reset link to the person it is for; every other mail is a notice with a person of its own."""
        person: Person = context["user"]
        words = words_of("account/mail/password_reset", {"person": person, "url": context["password_reset_url"]})
        actions.post(words, key=_once("reset", person), to=person, is_secret=True)

    def send_notification_mail(
        self, template_prefix: str, user: Person, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        notice = {
            "person": user,
            "what": NOTICES[template_prefix],
            "ip": self.get_client_ip(self.request),
            "browser": self.get_http_user_agent(self.request)[:200],
        }
        actions.post(words_of("account/mail/notice", notice), key=_once("notice", user), to=user)

    # --- log: who and whence, never what was typed

    def login(self, request: HttpRequest, user: Person) -> None:
        super().login(request, user)
        logger.info("signed in: person %s from %s", user.pk, self.get_client_ip(request))

    def logout(self, request: HttpRequest) -> None:
        logger.info("signed out: person %s", request.user.pk)
        super().logout(request)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        address = hashlib.sha256(str(credentials.get("email", "")).encode()).hexdigest()[:12]
        logger.warning("sign-in failed: address %s from %s", address, self.get_client_ip(request))

    def respond_user_inactive(self, request: HttpRequest, user: Person) -> HttpResponse:
        logger.warning("sign-in refused, not active: person %s from %s", user.pk, self.get_client_ip(request))
        response: HttpResponse = super().respond_user_inactive(request, user)
        return response


def pretend_to_mail() -> None:
    """Do the work of a reset mail for nobody: write it and take it back, so that an unknown address takes as long."""
    with transaction.atomic():
        words = words_of("account/mail/password_reset", {"person": Person(name="Nobody"), "url": "/"})
        actions.post(words, key=f"account:nobody:{secrets.token_hex(8)}", address="nobody@localhost", is_secret=True)
        transaction.set_rollback(True)


class SecondFactorAdapter(DefaultMFAAdapter):
    """Keeps the secrets of authenticator apps encrypted at rest, with a key made from SECRET_KEY."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "incorrect_code": "This code is not right. Wait for the next one and try again."
    }

    def get_totp_issuer(self) -> str:
        return "LEI Partners"

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    key = hashlib.sha256(b"second factor" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


def _once(what: str, person: Person) -> str:
    return f"account:{what}:{person.pk}:{secrets.token_hex(8)}"
