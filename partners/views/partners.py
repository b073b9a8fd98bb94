"""Partners: the list, the page of one, and its people."""

from django.db.models import Prefetch, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from partners.forms import PeopleFilter
from partners.http import AuthenticatedRequest
from partners.lib.pages import page_of
from partners.models import Assignment, Invitation, Partner, Person

EACH_LEVEL = 5


def people_by_partner(assignments: QuerySet[Assignment]) -> dict[int, list[Person]]:
    """The people of these assignments by partner and name, each once."""
    found: dict[int, dict[int, Person]] = {}
    for assignment in assignments.select_related("person", "site").order_by("person__sort_name", "pk"):
        found.setdefault(assignment.site.partner_id, {})[assignment.person_id] = assignment.person
    return {partner: list(people.values()) for partner, people in found.items()}


@require_safe
def partner_list(request: AuthenticatedRequest) -> HttpResponse:
    partners = Partner.objects.visible_to(request.user).with_site_count().prefetch_related("coaches")
    page = page_of(partners, "sort_name", "pk", after=request.GET.get("after", ""))
    agents = Assignment.objects.visible_to(request.user).current().as_change_agent()
    agents_of = people_by_partner(agents.filter(site__partner__in=page.rows, person__is_active=True))
    rows = [(partner, agents_of.get(partner.pk, [])) for partner in page]
    return render(request, "partners/partner_list.html", {"page": page, "rows": rows})


@require_safe
def partner_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    partners = Partner.objects.visible_to(request.user).with_rights_of(request.user).with_priorities()
    partner = get_object_or_404(partners.prefetch_related("coaches", "sites"), pk=pk)
    assignments = Assignment.objects.visible_to(request.user).current().filter(site__partner=partner)
    shown = list(assignments.first_of_each_level(EACH_LEVEL).select_related("person", "site"))
    sponsor = next((row for row in shown if row.role == "sponsor"), None)
    context = {"partner": partner, "people": shown, "sponsor": sponsor, "now": timezone.now()}
    return render(request, "partners/partner_detail.html", context)


@require_safe
def invitations_of_partner(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Invitations that wait for an answer: a part of the partner page."""
    partner = get_object_or_404(Partner.objects.manageable_by(request.user), pk=pk)
    waiting = Invitation.objects.visible_to(request.user).waiting().filter(site__partner=partner)
    context = {"partner": partner, "invitations": waiting.select_related("site", "invited_by")[:50]}
    return render(request, "partners/_invitations.html", context)


@require_safe
def person_list(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """People of one partner, by level, site and name."""
    partner = get_object_or_404(Partner.objects.visible_to(request.user).with_rights_of(request.user), pk=pk)
    form = PeopleFilter(request.GET, partner=partner)
    form.is_valid()  # a filter that makes no sense is left out
    chosen = form.cleaned_data
    people = Person.objects.visible_to(request.user).named(chosen.get("q", ""))
    people = people.at_partner(partner, level=chosen.get("level"), site=chosen.get("site"))
    here = Assignment.objects.visible_to(request.user).current().filter(site__partner=partner).select_related("site")
    people = people.prefetch_related(Prefetch("assignments", here, to_attr="here"))
    page = page_of(people, "sort_name", "pk", after=request.GET.get("after", ""))
    return render(request, "partners/person_list.html", {"partner": partner, "form": form, "page": page})
