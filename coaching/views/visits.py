"""A visit: planning one, its page, and what a partner's page shows of visits."""

from typing import Any
from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from coaching import actions, words
from coaching.fixes import conflict_of, fixes_for
from coaching.forms import VisitForm
from coaching.history import history_of
from coaching.models import Override, Preparation, SheetTouched, ShortNotice, TravelDay, Visit, VisitDocument
from coaching.notice import counted, missed
from coaching.views.changes import say_why_not
from partners.http import AuthenticatedRequest, shown
from partners.models import Partner, Person, Site

SHOWN = 3  # visits ahead and behind on a partner's page


@require_http_methods(["GET", "POST"])
def visit_new(request: AuthenticatedRequest) -> HttpResponse:
    """Plan a visit, tentative until both sides confirm. Only LEI's staff do."""
    get_object_or_404(Person.objects.visible_to(request.user).filter(is_lei_staff=True), pk=request.user.pk)
    form = VisitForm(
        request.POST or None,
        initial=request.GET.dict(),
        coaches=Person.objects.visible_to(request.user).coaches(),
        sites=Site.objects.visible_to(request.user),
    )
    if form.is_valid() and form.slot:
        fields = {name: form.cleaned_data[name] for name in ("site", "coach", "kind", "purpose")}
        visit, reason = Visit(**vars(form.slot), **fields), form.cleaned_data["reason"]
        try:
            actions.place(visit, by=request.user, reason=reason)
        except actions.Refused as refused:
            say_why_not(form, refused, beside="coach")
        else:
            messages.success(request, "Placed. Coach and partner are asked to confirm it.")
            return redirect(visit)
    return render(request, "coaching/visit_new.html", {"form": form}, status=422 if form.errors else 200)


@require_safe
def visit_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The page of a visit; for htmx its card on the board."""
    rows = Visit.objects.visible_to(request.user).with_rights_of(request.user)
    if not request.htmx:
        rows = rows.with_record_rights_of(request.user)
    visit = get_object_or_404(rows.select_related("coach", "site__partner", "placed_by"), pk=pk)
    here = request.htmx.current_url_abs_path or ""
    context = {
        "visit": visit,
        "place": words.place(visit),
        "state": words.state(visit),
        "clocks": words.clocks(visit, request.user),
        "overrides": Override.objects.visible_to(request.user).filter(visit=visit).select_related("by"),
        "touched": SheetTouched.objects.visible_to(request.user).filter(visit=visit).select_related("sheet"),
        "back": here,
        "query": f"?{urlsplit(here).query}" if here else "",
    }
    context |= _trouble_of(visit, request.user)
    if not request.htmx:
        context |= around(visit, request.user)
    return render(request, shown(request, "coaching/visit_detail.html", part="card"), context)


def _trouble_of(visit: Visit, reader: Person) -> dict[str, Any]:
    """What is in its way; and for who places visits, what would solve that."""
    conflict = conflict_of(visit, reader=reader, now=timezone.now())
    may_fix = conflict and visit.is_tentative and reader.is_lei_staff
    return {"conflict": conflict, "fixes": fixes_for(visit) if may_fix else []}


def around(visit: Visit, reader: Person) -> dict[str, Any]:
    """What stands on the page of a visit beside its facts: who comes, what is prepared, the ways there, its history."""
    return {
        "co_workers": Person.objects.visible_to(reader).filter(pk__in=visit.co_workers.values("pk")),
        "preparations": Preparation.objects.visible_to(reader).filter(visit=visit).select_related("done_by"),
        "travel": ways_to(visit, reader),
        "short_notices": short_notices_of(visit, reader),
        "documents": VisitDocument.objects.visible_to(reader).filter(visit=visit).for_page(reader),
        "history": history_of(visit),
        "is_over": visit.ends_at <= timezone.now(),
    }


def short_notices_of(visit: Visit, reader: Person) -> list[tuple[ShortNotice, str, str]]:
    """What was given up of it too late, each with what was missed and what follows, in words."""
    rows = ShortNotice.objects.visible_to(reader).filter(visit=visit).for_page(reader)
    return [(late, missed(late), counted(late)) for late in rows]


def ways_to(visit: Visit, reader: Person) -> list[tuple[TravelDay, str]]:
    """The travel days of a visit, each with its time in words; for LEI's people."""
    rows = TravelDay.objects.visible_to(reader).standing().filter(visit=visit).order_by("starts_at", "pk")
    return [(way, words.when(way)) for way in rows]


@require_safe
def visits_of_partner(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """What is next and what was last, for the partner's page."""
    partner = get_object_or_404(Partner.objects.visible_to(request.user), pk=pk)
    visits = Visit.objects.visible_to(request.user).filter(site__partner=partner)
    visits = visits.select_related("site__partner", "coach")
    now = timezone.now()
    context = {
        "partner": partner,
        "next": [(visit, words.when(visit)) for visit in visits.upcoming(now)[:SHOWN]],
        "last": [(visit, words.when(visit)) for visit in visits.past(now)[:SHOWN]],
        "may_ask": Partner.objects.led_by(request.user).filter(pk=pk).exists(),
    }
    return render(request, "coaching/visits_of_partner.html", context)
