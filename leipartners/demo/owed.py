"""What waits for people today, owed through the same functions that the pages use."""

import datetime as dt

from django.utils import timezone

from a3.actions.catchball import remind_holder
from a3.actions.steps import follow_steps
from a3.models import Sheet
from coaching.actions.memos import ask_for_memos
from coaching.actions.promises import follow
from coaching.actions.telling import owe_being_there, owe_confirmation
from coaching.models import Promise, Visit
from courses.actions.telling import ask_for_answer
from courses.models import Enrollment
from leipartners.demo.people import Ground
from partners.models import Person

NEAR = dt.timedelta(days=14)
FRESH = dt.timedelta(days=30)


def owe_what_is_near(ground: Ground) -> int:
    """Confirmations, visits of the next fortnight, balls of the last month and requests for seats; returns how many."""
    now = timezone.now()
    first = ground.partners[:6]
    agents = {partner.pk: list(Person.objects.change_agents_of(partner)) for partner in first}
    visits = (
        Visit.objects.filter(site__partner__in=first)
        .upcoming(now)
        .select_related("site__partner", "coach", "placed_by")
    )
    waiting, coming = list(visits.tentative()), list(visits.confirmed().filter(starts_at__lte=now + NEAR))
    for visit in waiting:
        owe_confirmation(visit)
    for visit in coming:
        owe_being_there(visit, [visit.coach, *agents[visit.site.partner_id][:1]])
    held = Sheet.objects.kept().filter(partner__in=first, ball_since__gte=now - FRESH).with_people()
    for sheet in held:
        remind_holder(sheet, asked_by=sheet.coach if sheet.ball_id == sheet.owner_id else sheet.owner)
    asked = Enrollment.objects.filter(partner__in=first).asked().upcoming(now).for_page()
    for enrollment in asked:
        ask_for_answer(enrollment, agents[enrollment.partner_id or first[0].pk][:2])
    ask_for_memos(now, limit=100)
    for promise in Promise.objects.open().filter(visit__site__partner__in=first).select_related("visit__site__partner"):
        follow(promise)
    planned = Sheet.objects.filter(partner__in=first, figures__kind__in=("plan", "measures")).distinct()
    for sheet in planned:
        follow_steps(sheet.pk)
    return len(waiting) + len(coming) + len(held) + len(asked)
