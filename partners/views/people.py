"""One person: who they are, and where they worked when."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partners.http import AuthenticatedRequest
from partners.models import Assignment, Partner, Person


@require_safe
def person_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    assignments = Assignment.objects.visible_to(request.user).filter(person=person).select_related("site__partner")
    coached = Partner.objects.visible_to(request.user).filter(coaches=person) if person.is_coach else []
    context = {"person": person, "assignments": list(assignments), "coached": coached, "now": timezone.now()}
    return render(request, "partners/person_detail.html", context)
