"""Visits planned together."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from coaching import actions, words
from coaching.forms import SeriesForm
from coaching.models import Visit, VisitSeries
from coaching.series import Proposed, dates_of, proposed, weighed
from coaching.views.changes import say_why_not
from partners.http import AuthenticatedRequest
from partners.models import Person, Site

FIELDS = ("site", "coach", "kind", "purpose")


@require_http_methods(["GET", "POST"])
def series_new(request: AuthenticatedRequest) -> HttpResponse:
    """Plan several visits at once; dates that cannot be are shown, and left out when asked. Only LEI's staff do."""
    get_object_or_404(Person.objects.visible_to(request.user).filter(is_lei_staff=True), pk=request.user.pk)
    form = SeriesForm(
        request.POST or None,
        initial=request.GET.dict(),
        coaches=Person.objects.visible_to(request.user).coaches(),
        sites=Site.objects.visible_to(request.user),
    )
    rows = rows_of(form, request.user) if form.is_valid() and form.slot else []
    if rows and (series := placed(form, rows, request.user)):
        messages.success(
            request, f"Placed: {series.visits.count()} visits. Coach and partner are asked to confirm them."
        )
        return redirect(series)
    context = {"form": form, "rows": weighed(rows)}
    return render(request, "coaching/series_new.html", context, status=422 if form.errors else 200)


def rows_of(form: SeriesForm, reader: Person) -> list[Proposed]:
    """The dates that the form asks for, each with what stands in its way."""
    given = form.cleaned_data
    dates = dates_of(form.slot, every_weeks=given["every_weeks"], times=given["times"]) if form.slot else []
    return proposed(dates, reader=reader, **{name: given[name] for name in FIELDS})


def placed(form: SeriesForm, rows: list[Proposed], by: Person) -> VisitSeries | None:
    """Place what can be placed; None with the reason on the form."""
    free = [row.visit for row in rows if row.visit and not row.conflict]
    given = form.cleaned_data
    if not free:
        form.add_error("coach", "The coach is taken on every one of these dates: choose another coach or day.")
        return None
    if len(free) < len(rows) and not given["skip"]:
        form.add_error("skip", f"{len(rows) - len(free)} of {len(rows)} dates cannot be: see above why.")
        return None
    try:
        return actions.place_series(free, by=by, every_weeks=given["every_weeks"], reason=given["reason"])
    except actions.Refused as refused:
        say_why_not(form, refused, beside="coach")
    return None


@require_http_methods(["GET", "POST"])
def series_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The visits of a series as they are now; POST confirms for one's side what is still tentative."""
    rows = VisitSeries.objects.visible_to(request.user).select_related("site__partner", "placed_by")
    series = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        done, refusals = actions.confirm_series(series, by=request.user)
        for refusal in refusals:
            messages.error(request, refusal)
        messages.success(request, f"Confirmed: {done} visit{'' if done == 1 else 's'}.")
        return redirect(series)
    visits = Visit.objects.visible_to(request.user).filter(series=series).select_related("coach", "site__partner")
    context = {
        "series": series,
        "visits": [(visit, words.when(visit), words.state(visit)) for visit in visits.order_by("starts_at", "pk")],
        "waiting": Visit.objects.confirmable_by(request.user).filter(series=series).count(),
    }
    return render(request, "coaching/series_detail.html", context)
