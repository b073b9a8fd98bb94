"""What pages of accounts show: links that came by mail."""

import re

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str

from partners import actions
from partners.models import Invitation, Mail
from tests.cast import Cast

PASSWORD = "a quiet huddle at six in the morning"


def with_password(cast: Cast) -> None:
    cast.learner.set_password(PASSWORD)
    cast.learner.save()


def reset_link(cast: Cast) -> list[str]:
    with_password(cast)
    return [user_pk_to_url_str(cast.learner), default_token_generator.make_token(cast.learner)]


def invitation_token(cast: Cast) -> list[str]:
    invitation = Invitation(email="noor.haddad@example.com", name="Noor Haddad", site=cast.site)
    actions.invite(invitation, by=cast.change_agent)
    found = re.search(r"/accept/([^/\s]+)/", Mail.objects.latest("pk").text)
    assert found
    return [found[1]]
