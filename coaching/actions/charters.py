"""A charter from its first proposal to its end: versions, acknowledging, the yearly reflection, renewing."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from coaching.actions import charter_telling as telling
from coaching.actions.days import grant_years, keep_days_of
from coaching.actions.refusals import AlreadyRenewed, AnotherCharter, HasChanged, NothingChanged, NotYourSide
from coaching.models import Charter, CharterVersion, Reflection, Side
from coaching.models.charter_versions import speaks_for
from coaching.models.charters import today
from coaching.terms import LISTS, Terms, terms_of
from partners.lib.calendars import day_words
from partners.models import Partner, Person


@transaction.atomic
def start_charter(partner: Partner, *, by: Person, terms: Terms, renews: Charter | None = None) -> Charter:
    """Propose a new charter, perhaps one that renews another, and ask both sides to acknowledge it.

    Raises AlreadyRenewed.
    """
    if renews:
        renews = Charter.objects.select_for_update().get(pk=renews.pk)
        if renews.renewals.filter(ended_at__isnull=True).exists():
            raise AlreadyRenewed
        telling.settle_renewal(renews)
    charter = Charter.objects.create(
        partner=partner, begins_on=terms.begins_on, ends_on=terms.ends_on, renews=renews, made_by=by
    )
    telling.ask_to_acknowledge(_write(charter, 1, by=by, terms=terms))
    return charter


@transaction.atomic
def propose_charter(charter: Charter, *, by: Person, terms: Terms, why: str, seen: int) -> CharterVersion:
    """Propose another version; a former proposal is set aside. Both sides are asked to acknowledge it.

    `seen` is the number of the version that `by` changed. The first day stays what it is once a version was in force.
    Raises HasChanged, NothingChanged.
    """
    charter = _standing(charter)
    last = charter.versions.for_page().first()
    if last is None or last.number != seen:
        raise HasChanged("charter")
    if charter.in_force:
        terms = replace(terms, begins_on=charter.begins_on)
    if terms == terms_of(last):
        raise NothingChanged
    charter.versions.proposed().update(set_aside_at=timezone.now())
    if not charter.in_force:
        charter.begins_on, charter.ends_on = terms.begins_on, terms.ends_on
        charter.save(update_fields=["begins_on", "ends_on"])
    version = _write(charter, last.number + 1, by=by, terms=terms, why=why)
    telling.ask_to_acknowledge(version)
    return version


@transaction.atomic
def acknowledge_charter(version: CharterVersion, *, by: Person) -> CharterVersion:
    """Acknowledge for the side that `by` speaks for; the second side puts it in force. Doing it twice is no error.

    Coming into force grants the days of the year, and lets the coaches that it names see the partner. Raises
    HasChanged when another version was proposed meanwhile, NotYourSide, AnotherCharter.
    """
    charter = _standing(version.charter)
    found = charter.versions.proposed().for_page().filter(pk=version.pk).first()
    if found is None:
        raise HasChanged("charter")
    side = speaks_for(by, charter.partner)
    if side is None:
        raise NotYourSide
    if found.acknowledged(side):
        return found
    now = timezone.now()
    setattr(found, f"{side}_acknowledged_at", now)
    setattr(found, f"{side}_acknowledged_by", by)
    if not found.missing:
        found.in_force_at = now
    found.save(update_fields=[f"{side}_acknowledged_at", f"{side}_acknowledged_by", "in_force_at"])
    telling.settle_acknowledging(found, side)
    if found.in_force_at:
        _put_in_force(charter, found, by)
    return found


def _put_in_force(charter: Charter, version: CharterVersion, by: Person) -> None:
    charter.in_force, charter.begins_on, charter.ends_on = version, version.begins_on, version.ends_on
    _refuse_second(charter)
    try:
        with transaction.atomic():
            charter.save(update_fields=["in_force", "begins_on", "ends_on"])
    except IntegrityError:  # somebody else's, at this very moment
        raise AnotherCharter("Another charter of this partner has just come into force in these days.") from None
    charter.partner.coaches.add(*version.coaches.all())
    if charter.asked_end_for and charter.asked_end_for != charter.ends_on:
        telling.settle_renewal(charter)
    grant_years(charter, day=today(), by=by)
    keep_days_of(charter.partner)
    telling.tell_in_force(version)


def _refuse_second(charter: Charter) -> None:
    others = Charter.objects.agreed().filter(partner=charter.partner_id).exclude(pk=charter.pk)
    overlapping = others.not_over(charter.begins_on).filter(begins_on__lte=charter.ends_on)
    if other := overlapping.first():
        until = day_words(other.last_on, year=True)
        raise AnotherCharter(f"The charter before is in force until {until}: end it, or begin this one later.")


@transaction.atomic
def end_charter(charter: Charter, *, by: Person, on: dt.date, reason: str) -> Charter:
    """End it on a day before the one agreed, or withdraw what was only proposed; everybody it names hears why.

    What was granted stays. Raises HasChanged when somebody ended it meanwhile.
    """
    charter = _standing(charter)
    now = timezone.now()
    version = charter.in_force or charter.versions.for_page().first()
    charter.versions.proposed().update(set_aside_at=now)
    charter.ended_on, charter.ended_at, charter.ended_by, charter.end_reason = min(on, charter.ends_on), now, by, reason
    charter.save(update_fields=["ended_on", "ended_at", "ended_by", "end_reason"])
    keep_days_of(charter.partner)
    if version:
        version.charter = charter
        telling.tell_ended(charter, version)
    return charter


@transaction.atomic
def reflect_on_charter(charter: Charter, number: int, *, side: Side, by: Person, **texts: str) -> Reflection:
    """Keep what a side writes about a year; written again it is replaced, and the history keeps both."""
    fields: dict[str, Any] = {**texts, "written_by": by, "written_at": timezone.now()}
    reflection, _ = Reflection.objects.update_or_create(charter=charter, year=number, side=side, defaults=fields)
    telling.settle_reflection(charter, number, side)
    return reflection


def _standing(charter: Charter) -> Charter:
    """The charter as it is now, held until the end of the transaction."""
    rows = Charter.objects.standing(today()).select_for_update(of=("self",)).select_related("partner", "in_force")
    found = rows.filter(pk=charter.pk).first()
    if found is None:
        raise HasChanged("charter")
    return found


def _write(charter: Charter, number: int, *, by: Person, terms: Terms, why: str = "") -> CharterVersion:
    version = CharterVersion.objects.create(charter=charter, number=number, why=why, proposed_by=by, **terms.single)
    for name in LISTS:
        _list(version, name, getattr(terms, name))
    return version


def _list(version: CharterVersion, name: str, rows: Iterable[Any]) -> None:
    getattr(version, name).set(rows)
