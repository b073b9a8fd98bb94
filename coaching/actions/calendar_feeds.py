"""Making and revoking the secret address of a calendar feed."""

from django.utils import timezone

from coaching.models import CalendarFeed
from partners.lib.tokens import hash_token, make_token
from partners.models import Person


def make_feed(*, by: Person) -> str:
    """Give this person a new secret token and return it, the only time it is known; an older one stops working."""
    token = make_token()
    CalendarFeed.objects.update_or_create(
        person=by, defaults={"token_hash": hash_token(token), "made_at": timezone.now(), "revoked_at": None}
    )
    return token


def revoke_feed(*, by: Person) -> None:
    """Make the address stop working."""
    CalendarFeed.objects.active().filter(person=by).update(revoked_at=timezone.now())
