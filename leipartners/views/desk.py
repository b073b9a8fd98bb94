"""My work: what is dated for the person who looks, what waits for them, and their sheets."""

from typing import Any

from django.db.models import Q
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from a3.models import Sheet
from coaching.models import Visit
from courses.models import Enrollment
from leipartners.desk.agenda import Agenda, agenda_of
from leipartners.desk.office import MOST as MOST_MAILS
from leipartners.desk.office import office_of
from leipartners.desk.sheets import Sheetlet, sheetlets, with_shapes
from leipartners.desk.waiting import MOST, Waiting, waiting_of
from partners.http import AuthenticatedRequest
from partners.models import Mail, Obligation, Partner, Person


@require_safe
def my_work(request: AuthenticatedRequest) -> HttpResponse:
    """The home page of everyone who signs in."""
    person = request.user
    context = {
        "now": timezone.now(),
        "agenda": _agenda(person),
        "waiting": _waiting(person),
        "sheets": _sheets(person),
        "leads": not person.is_at_lei and Partner.objects.led_by(person).exists(),
    }
    return render(request, "desk/my_work.html", context | _office(person))


def _agenda(person: Person) -> Agenda:
    now = timezone.now()
    midnight = timezone.localtime(now, person.tzinfo).replace(hour=0, minute=0, second=0, microsecond=0)
    visits = Visit.objects.visible_to(person).of(person).upcoming(midnight).select_related("site__partner", "coach")
    enrollments = Enrollment.objects.visible_to(person).of(person).upcoming(midnight).for_page()
    return agenda_of(person, visits[:60], enrollments.order_by("offering__starts_on", "pk")[:20], now)


def _waiting(person: Person) -> Waiting:
    owed = Obligation.objects.visible_to(person).open().deeds().select_related("asked_by")
    return waiting_of(owed[: MOST + 1], person.tzinfo, timezone.now())


def _sheets(person: Person) -> list[Sheetlet]:
    """Those where it is this person's turn first, then the ones that changed last."""
    mine = Sheet.objects.visible_to(person).kept().of(person).annotate(is_held=Q(ball=person))
    newest = mine.order_by("-is_held", "-updated_at", "-pk").select_related("site", "ball")
    return sheetlets(with_shapes(newest)[:3], person)


def _office(person: Person) -> dict[str, Any]:
    if not person.sees_all_partners:
        return {}
    now = timezone.now()
    troubled = len(Mail.objects.manageable_by(person).in_trouble(now).values_list("pk")[:MOST_MAILS])
    tentative = Visit.objects.visible_to(person).tentative().upcoming(now).select_related("site__partner", "coach")
    return {"office": office_of(troubled, tentative[:5])}
