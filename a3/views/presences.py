"""Who else is at a sheet now."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from a3 import actions
from a3.forms import PresenceForm
from a3.models import Presence, Sheet
from partners.http import AuthenticatedRequest


@require_POST
def presence_new(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Say that I am here, and hear who else is."""
    sheet = get_object_or_404(Sheet.objects.visible_to(request.user), pk=pk)
    form = PresenceForm(request.POST, sheet=sheet)
    if not form.is_valid():
        return HttpResponse(status=422)
    actions.be_at(sheet, by=request.user, **form.cleaned_data)
    others = Presence.objects.visible_to(request.user).filter(sheet=sheet).exclude(person=request.user)
    here = others.here(timezone.now()).select_related("person").order_by("pk")
    return render(request, "a3/_presence.html#others", {"here": here})
