"""Confirming a visit: each side for itself; the second confirmation makes it certain."""

from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from coaching import mails, words
from coaching.actions import telling
from coaching.actions.days import keep_days
from coaching.actions.refusals import CoachIsElsewhere, HasChanged, NotYours
from coaching.models import Visit, VisitSide
from partners import actions as floor
from partners.models import Partner, Person


def confirm(visit: Visit, *, by: Person, seen: str = "") -> Visit:
    """Confirm for the side that `by` speaks for, and return the visit as it is then. Doing it twice is no error.

    `seen` is the interval that `by` was shown, by default that of `visit`. Raises CoachIsElsewhere when something else
    takes the coach's time then, HasChanged when the visit was moved or cancelled meanwhile, NotYours
    for anybody who speaks for neither side.
    """
    try:
        with transaction.atomic():
            floor.queue_up(visit.coach_id)
            return _confirm(visit, by, seen or visit.interval)
    except IntegrityError:  # somebody else's confirmation, written past our lock
        raise CoachIsElsewhere(words.in_the_way(visit, reader=by)) from None


def refuse_if_elsewhere(visit: Visit, *, by: Person) -> None:
    """Raise CoachIsElsewhere when the coach is taken then: by a confirmed visit, travel, leave or a course."""
    if sentence := words.in_the_way(visit, reader=by):
        raise CoachIsElsewhere(sentence)


def _confirm(shown: Visit, by: Person, seen: str) -> Visit:
    rows = Visit.objects.active().select_related("coach", "site__partner", "request__asked_by", "placed_by")
    visit = rows.filter(pk=shown.pk, coach=shown.coach_id).first()
    if visit is None or visit.interval != seen:
        raise HasChanged
    deed = _deed(visit, by)
    if not deed:
        return visit
    refuse_if_elsewhere(visit, by=by)
    if not Visit.objects.active().filter(pk=visit.pk, sequence=visit.sequence).update(**deed):
        raise HasChanged
    for name, value in deed.items():
        setattr(visit, name, value)
    keep_days(visit, by=by)
    _tell(visit)
    return visit


def side_of(visit: Visit, by: Person) -> VisitSide:
    """Return the side for which this person speaks; raises NotYours."""
    if by == visit.coach:
        return VisitSide.COACH
    if Partner.objects.led_by(by).filter(pk=visit.site.partner_id).exists():
        return VisitSide.PARTNER
    raise NotYours


def _deed(visit: Visit, by: Person) -> dict[str, Any]:
    """The fields that change; none when this side has confirmed before."""
    now = timezone.now()
    side = side_of(visit, by)
    other = VisitSide.PARTNER if side == VisitSide.COACH else VisitSide.COACH
    if getattr(visit, f"{side}_confirmed_at"):
        return {}
    deed = {f"{side}_confirmed_at": now, f"{side}_confirmed_by": by, "changed_at": now, "sequence": visit.sequence + 1}
    if getattr(visit, f"{other}_confirmed_at"):
        deed |= {"confirmed_at": now, "invited_at": visit.invited_at or now}
    return deed


def _tell(visit: Visit) -> None:
    if visit.coach_confirmed_at:
        telling.settle_confirmation_of_coach(visit)
    if visit.partner_confirmed_at:
        telling.settle_confirmation_of_partner(visit)
    if visit.is_confirmed:
        telling.call_off_another_time(visit)
        people = visit.people()
        telling.tell(visit, people, say=mails.confirmed, about="confirmed", calendar="REQUEST")
        telling.owe_being_there(visit, people)
