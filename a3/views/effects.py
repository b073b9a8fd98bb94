"""Claiming what a sheet achieved."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from a3 import actions
from a3.models import Sheet
from a3.views.telling import telling
from partners.forms import ClaimForm
from partners.http import AuthenticatedRequest
from partners.models import Level


@telling("pk")
@require_http_methods(["GET", "HEAD", "POST"])
def effect_new(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The sheet's owner says what was gained; they or the sponsor answer for it in the years to come."""
    sheet = get_object_or_404(Sheet.objects.editable_by(request.user).with_people(), pk=pk)
    owners = [person for person in (sheet.owner, sheet.sponsor) if person]
    now = sheet.owner.assignments.current().filter(site=sheet.site).first()
    initial = {"owner": sheet.owner, "level": now.level if now else Level.FRONT_LINE}
    form = ClaimForm(request.POST or None, owners=owners, initial=initial)
    if form.is_valid():
        actions.claim_effect(sheet, form.save(commit=False), by=request.user, days=form.cleaned_data["days"])
        messages.success(request, "Kept. You will be asked whether it still holds.")
        return redirect(f"{sheet.get_absolute_url()}?side=effects")
    status = 422 if form.is_bound else 200
    return render(request, "a3/effect_new.html", {"sheet": sheet, "form": form}, status=status)
