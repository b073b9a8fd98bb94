"""Inviting: the only way in. A link by mail that expires, works once, and can be withdrawn."""

import datetime as dt

from django.conf import settings
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from partners.actions.mail import post
from partners.lib.mailing import words_of
from partners.lib.tokens import hash_token, make_token
from partners.models import Assignment, Invitation, Mail, Person, Role, Site
from partners.models.invitations import VALID_FOR

A_MINUTE = dt.timedelta(minutes=1)
A_DAY = dt.timedelta(days=1)
MOST_A_DAY = 30
MOST_MAILS_EACH = 5


class NotInvited(Exception):
    """Why an invitation was not made; `field` is the field of the form that can change it."""

    field = "email"


class AlreadyHere(NotInvited):
    """The address belongs to somebody whom the inviter can see."""


class AlreadyInvited(NotInvited):
    """An open invitation of this address to this site exists."""


class TooMany(NotInvited):
    """More invitations, or mails for one, than one person sends in good faith."""


class InvitationOver(Exception):
    """The link was used, withdrawn or replaced, is too old, or never was one."""


class SignInFirst(Exception):
    """The address has an account with a password: only who is signed in with it may accept."""


@transaction.atomic
def invite(invitation: Invitation, *, by: Person) -> Invitation:
    """Save a new invitation and mail its link. Without a site it is for somebody of LEI.

    Raises `AlreadyHere`, `AlreadyInvited` or `TooMany`. An account that the inviter may not see is no obstacle and
    stays unknown to them: its owner signs in to accept.
    """
    now, token = timezone.now(), make_token()
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)  # invited at once, they are counted one by one
    invitation.email = invitation.email.strip().lower()
    _check(invitation, by, now)
    former = Invitation.objects.waiting().filter(email=invitation.email, site=invitation.site, expires_at__lte=now)
    former.update(withdrawn_at=now)
    invitation.invited_by, invitation.expires_at, invitation.token_hash = by, now + VALID_FOR, hash_token(token)
    try:
        with transaction.atomic():
            invitation.save(force_insert=True)
    except IntegrityError:
        raise AlreadyInvited(
            "This address has an open invitation to this site. Send it again from the partner's page."
        ) from None
    _mail(invitation, token)
    return invitation


def _check(invitation: Invitation, by: Person, now: dt.datetime) -> None:
    if Invitation.objects.filter(invited_by=by, invited_at__gt=now - A_DAY).count() >= MOST_A_DAY:
        raise TooMany(f"You have sent {MOST_A_DAY} invitations today. Go on tomorrow, or ask LEI to invite them.")
    known = Person.objects.visible_to(by).filter(email=invitation.email).first() if invitation.site else None
    if known:
        raise AlreadyHere(f"{known.name} has this address and is here already.")


@transaction.atomic
def invite_again(invitation: Invitation) -> None:
    """Mail a new link for two more weeks; the former one stops working. Raises `InvitationOver` or `TooMany`.

    Once more within a minute it is a second click: nothing is sent, the link that is on its way stays good.
    """
    now, waiting = timezone.now(), Invitation.objects.waiting().filter(pk=invitation.pk)
    if not waiting.select_for_update(no_key=True):
        raise InvitationOver
    sent = Mail.objects.filter(key__startswith=f"invitation:{invitation.pk}:")
    if sent.count() >= MOST_MAILS_EACH:
        raise TooMany(f"{invitation.name} got {MOST_MAILS_EACH} mails from us. Ask them by phone whether they arrive.")
    if sent.count() > 1 and sent.order_by("-pk")[0].created_at > now - A_MINUTE:
        return
    token = make_token()
    invitation.expires_at = now + VALID_FOR
    waiting.update(token_hash=hash_token(token), expires_at=invitation.expires_at)
    _mail(invitation, token)


def withdraw_invitation(invitation: Invitation) -> None:
    """Make the link useless. Raises `InvitationOver` when it was accepted or withdrawn meanwhile."""
    if not Invitation.objects.waiting().filter(pk=invitation.pk).update(withdrawn_at=timezone.now()):
        raise InvitationOver


@transaction.atomic
def accept_invitation(token: str, *, name: str = "", password: str = "", by: Person | None = None) -> Person:
    """Let the invited person in: with a new account, or `by` the account that already has the address.

    The assignment begins today. Raises `InvitationOver`, also for the slower of two at once, and `SignInFirst`.
    """
    _hold_all_of(Invitation.objects.for_token(token).first())
    invitation = Invitation.objects.for_token(token).select_related("site").first()
    if invitation is None:
        raise InvitationOver
    person = _account_of(invitation, name=name, password=password, by=by)
    if invitation.site:
        _assign(person, invitation, invitation.site)
    invitation.accepted_at, invitation.accepted_by = timezone.now(), person
    invitation.save(update_fields=["accepted_at", "accepted_by"])
    return person


def _hold_all_of(invitation: Invitation | None) -> None:
    """Have whoever accepts another invitation of this address at the same moment wait: it is one account."""
    if invitation:
        waiting = Invitation.objects.waiting().filter(email=invitation.email).order_by("pk")
        list(waiting.select_for_update(of=("self",), no_key=True))


def _account_of(invitation: Invitation, *, name: str, password: str, by: Person | None) -> Person:
    person = Person.objects.filter(email=invitation.email).first()
    if person is None:
        zone = invitation.site.zone if invitation.site else "UTC"
        return Person.objects.create_user(invitation.email, password, name=name or invitation.name, zone=zone)
    if not person.is_active:
        raise InvitationOver
    if not person.has_usable_password():  # made in the admin: this is how its owner gets a password
        person.set_password(password)
        person.save(update_fields=["password"])
    elif person != by:
        raise SignInFirst
    return person


def _assign(person: Person, invitation: Invitation, site: Site) -> None:
    role = Role(invitation.role)
    if Assignment.objects.current().filter(person=person, site=site, role=role).exists():
        return
    today = timezone.localdate(timezone=dt.UTC)
    Assignment.objects.create(
        person=person, site=site, role=role, level=invitation.level, position=invitation.position, began_on=today
    )


def _mail(invitation: Invitation, token: str) -> None:
    path = reverse("partners:invitation_accept", args=[token])
    words = words_of("partners/mail/invitation", {"invitation": invitation, "link": settings.SITE_URL + path})
    key = f"invitation:{invitation.pk}:{hash_token(token)[:16]}"
    post(words, key=key, address=invitation.email, is_secret=True)
