"""Sheets as other pages show them: those of a partner, those of a person; none from the archive."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from a3.models import Sheet
from a3.models.sheets import SheetQuerySet
from partners.http import AuthenticatedRequest
from partners.models import Partner, Person

SHOWN = 12


@require_safe
def sheets_of_partner(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    partner = get_object_or_404(Partner.objects.visible_to(request.user), pk=pk)
    return _shown(request, Sheet.objects.visible_to(request.user).kept().filter(partner=partner), partner.name)


@require_safe
def sheets_of_person(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    return _shown(request, Sheet.objects.visible_to(request.user).kept().of(person), person.name)


def _shown(request: AuthenticatedRequest, sheets: SheetQuerySet, name: str) -> HttpResponse:
    context = {"sheets": sheets.select_related("site", "owner", "ball")[:SHOWN], "name": name}
    return render(request, "a3/sheets_of.html", context)
