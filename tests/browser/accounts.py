"""What pages of accounts show: a password to ask for, a second factor, a link that came by mail, other devices."""

import re

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from allauth.usersessions.models import UserSession
from django.test import Client

from partners import actions
from partners.models import Invitation, Mail, Person
from tests.cast import Cast

PASSWORD = "a quiet huddle at six in the morning"
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


def with_password(cast: Cast) -> None:
    cast.learner.set_password(PASSWORD)
    cast.learner.save()


def with_second_factor(cast: Cast) -> None:
    with_password(cast)
    TOTP.activate(cast.learner, generate_totp_secret())
    RecoveryCodes.activate(cast.learner)


def reset_link(cast: Cast) -> list[str]:
    with_password(cast)
    return [user_pk_to_url_str(cast.learner), default_token_generator.make_token(cast.learner)]


def invitation_token(cast: Cast) -> list[str]:
    invitation = Invitation(email="noor.haddad@example.com", name="Noor Haddad", site=cast.site)
    actions.invite(invitation, by=cast.change_agent)
    found = re.search(r"/accept/([^/\s]+)/", Mail.objects.latest("pk").text)
    assert found
    return [found[1]]


def signed_in_elsewhere(cast: Cast) -> None:
    for _device in range(2):
        _sign_in(cast.learner)


def _sign_in(person: Person) -> None:
    client = Client()
    client.force_login(person)
    session = client.session
    UserSession.objects.create(user=person, session_key=session.session_key, ip="192.0.2.17", user_agent=FIREFOX)
