"""Another type for a draft: first what goes where, then the change."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from a3 import actions
from a3.models import Section, Sheet, SheetType, State
from a3.retyping import moves, token
from a3.views.telling import telling
from partners.http import AuthenticatedRequest


@telling("pk")
@require_http_methods(["GET", "HEAD", "POST"])
def sheet_type_edit(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    drafts = Sheet.objects.editable_by(request.user).filter(state=State.DRAFT).with_people()
    sheet = get_object_or_404(drafts, pk=pk)
    kinds = SheetType.objects.visible_to(request.user).filter(sections__isnull=False).distinct()
    others = [kind for kind in kinds if kind.pk != sheet.type_id]
    asked = request.POST.get("type") or request.GET.get("type")
    to = next((kind for kind in others if kind.slug == asked), None)
    refused = ""
    if request.method == "POST" and to:
        try:
            actions.change_type(sheet, to, seen=request.POST.get("seen", ""), by=request.user)
            messages.success(request, f"The sheet is now of the type “{to.name}”.")
            return redirect(f"{sheet.get_absolute_url()}?side=details")
        except actions.CannotRetype as error:
            refused = str(error)
    sections = list(Section.objects.visible_to(request.user).filter(sheet=sheet).in_order())
    plan = {"moves": moves(sections, to), "seen": token(sections)} if to else {}
    context = {"sheet": sheet, "others": others, "to": to, "refused": refused}
    return render(request, "a3/sheet_type_edit.html", context | plan, status=409 if refused else 200)
