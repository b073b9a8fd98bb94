"""Who met this before: while a problem is typed, and beside a sheet."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from a3.likeness import similar
from a3.models import Half, Section, Sheet
from partners.http import AuthenticatedRequest, shown

PAGE = "a3/similar.html"
MOST_LETTERS = 2000


@require_safe
def similar_to_text(request: AuthenticatedRequest) -> HttpResponse:
    """What is typed as title and purpose of a sheet that is not there yet, or is being changed (`apart`)."""
    title, purpose = (request.GET.get(name, "").replace("\x00", "")[:MOST_LETTERS] for name in ("title", "purpose"))
    apart = request.GET.get("apart", "")
    number = int(apart) if apart.isascii() and apart.isdigit() and len(apart) < 19 else None
    found = similar(request.user, title=title, text=purpose, apart_from=number)
    context = {"found": found, "typed": bool(title.strip())}
    return render(request, shown(request, PAGE, part="found"), context)


@require_safe
def similar_to_sheet(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """As its title and its left half say the problem now."""
    sheet = get_object_or_404(Sheet.objects.visible_to(request.user), pk=pk)
    sections = Section.objects.visible_to(request.user).filter(sheet=sheet, type__half=Half.LEFT).in_order()
    text = " ".join(section.body for section in sections)
    found = similar(request.user, title=sheet.title, text=text, apart_from=sheet.pk)
    return render(request, shown(request, PAGE, part="found"), {"found": found, "sheet": sheet, "typed": True})
