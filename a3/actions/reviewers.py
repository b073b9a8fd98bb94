"""Reviewers by link: asking one, ending the link, and what comes in by it."""

import datetime as dt

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from a3 import mails
from a3.actions.holding import kept
from a3.actions.remarks import remark, reply
from a3.actions.twice import sent_before
from a3.models import Remark, Reviewer, Section, Sheet
from a3.passages import Passage
from partners.actions import post
from partners.lib.tokens import hash_token, make_token
from partners.models import Person

MOST_A_DAY = 10  # reviewers asked by one person
MOST_AN_HOUR = 30  # remarks and replies by one link


class TooManyReviewers(Exception):
    """More links, hence mails, than one person sends in good faith."""


class TooManyRemarks(Exception):
    """More by one link than a person writes in an hour."""


class LinkOver(Exception):
    """The link was ended or ran out while somebody wrote."""


@transaction.atomic
def ask_reviewer(reviewer: Reviewer, *, sheet: Sheet, by: Person, days: int) -> Reviewer:
    """Keep a reviewer of this sheet and mail them their link, which works for so many days.

    Raises TooManyReviewers, NotAsSeen. Asked once more within a minute, they get one link.
    """
    now, token = timezone.now(), make_token()
    # asked twice at once, they are counted one after the other
    Person.objects.select_for_update(no_key=True).get(pk=by.pk)
    kept(sheet)
    reviewer.email = reviewer.email.strip().lower()
    asked = {"sheet": sheet, "email": reviewer.email, "asked_by": by}
    if before := sent_before(Reviewer.objects.open(), at="asked_at", **asked):
        return before
    if Reviewer.objects.filter(asked_by=by, asked_at__gt=now - dt.timedelta(days=1)).count() >= MOST_A_DAY:
        raise TooManyReviewers(f"You have asked {MOST_A_DAY} reviewers today. Go on tomorrow.")
    reviewer.sheet, reviewer.asked_by, reviewer.asked_at = sheet, by, now
    reviewer.expires_at, reviewer.token_hash = now + dt.timedelta(days=days), hash_token(token)
    reviewer.save(force_insert=True)
    link = settings.SITE_URL + reverse("a3:by_link", args=[token])
    words = mails.reviewer_asked(reviewer, link)
    post(words, key=f"reviewer:{reviewer.pk}", address=reviewer.email, is_secret=True)
    return reviewer


def end_link(reviewer: Reviewer) -> bool:
    """Make a link stop working at once; False when it had ended already. What was said by it stays."""
    return bool(Reviewer.objects.open().filter(pk=reviewer.pk).update(revoked_at=timezone.now()))


@transaction.atomic
def remark_by_link(
    reviewer: Reviewer, section: Section, *, kind: str, text: str, passage: Passage | None = None
) -> Remark:
    """Start a thread as a reviewer. Raises LinkOver, TooManyRemarks, NotAsSeen."""
    _use(reviewer)
    made = remark(section, kind=kind, text=text, by=reviewer, passage=passage)
    _tell_owner(reviewer, made)
    return made


@transaction.atomic
def reply_by_link(reviewer: Reviewer, thread: Remark, *, text: str) -> Remark:
    """Add to a thread as a reviewer. Raises LinkOver, TooManyRemarks, NotAsSeen."""
    _use(reviewer)
    made = reply(thread, text=text, by=reviewer)
    _tell_owner(reviewer, made)
    return made


def _use(reviewer: Reviewer) -> None:
    """Hold the row, so that ending the link and counting wait for each other."""
    now = timezone.now()
    if not Reviewer.objects.open().filter(pk=reviewer.pk).update(last_used_at=now):
        raise LinkOver
    if reviewer.remarks.filter(made_at__gt=now - dt.timedelta(hours=1)).count() >= MOST_AN_HOUR:
        raise TooManyRemarks


def _tell_owner(reviewer: Reviewer, made: Remark) -> None:
    """One mail a day, however much they write."""
    sheet = reviewer.sheet
    key = f"reviewer:{reviewer.pk}:remarked:{made.made_at:%Y-%m-%d}"
    post(mails.reviewer_remarked(reviewer, made), key=key, to=sheet.owner)
