"""Promises: those of a partner, and saying what became of one."""

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from coaching import actions
from coaching.forms import OutcomeForm
from coaching.forms.records import OPEN
from coaching.models import Promise
from partners.http import AuthenticatedRequest, shown
from partners.lib.pages import page_of
from partners.models import Partner

FILTERS = {"": "All", "open": "Open", "kept": "Kept", "not_kept": "Not kept"}
RELATED = ("owner", "said_by", "visit__site__partner")


@require_safe
def promise_list(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """All promises made at visits to one partner: the open ones by the day they are due, others the latest first."""
    partner = get_object_or_404(Partner.objects.visible_to(request.user), pk=pk)
    state = request.GET.get("state", "")
    state = state if state in FILTERS else ""
    promises = Promise.objects.visible_to(request.user).of_partner(partner)
    rows = getattr(promises, state)() if state else promises
    page = page_of(
        rows.with_answer_right_of(request.user).select_related(*RELATED),
        "due_on",
        "pk",
        after=request.GET.get("after", ""),
        descending=state != "open",
    )
    today = timezone.localdate()
    context = {"partner": partner, "page": page, "state": state, "filters": FILTERS, "tally": promises.tally(today)}
    context["today"] = today
    return render(request, "coaching/promise_list.html", context)


@require_safe
def promise_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One promise, and what became of it."""
    promise = _promise(request, pk)
    initial = {"outcome": promise.outcome or OPEN, "words": promise.outcome_words, "seen": promise.outcome}
    return _page(request, promise, OutcomeForm(initial=initial))


@require_POST
def promise_answer(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Say what became of a promise: its owner does, the partner's change agents or coaches, or LEI's staff."""
    promise = get_object_or_404(Promise.objects.answerable_by(request.user), pk=pk)
    form = OutcomeForm(request.POST)
    status = 422
    if form.is_valid():
        try:
            actions.answer_promise(promise, **form.cleaned_data, by=request.user)
        except actions.SaidOtherwise as refused:
            form.add_error("outcome", str(refused))
            status = 409
        else:
            return _said(request, pk)
    if "X-Autosave" in request.headers:
        words = " ".join(sentence for errors in form.errors.values() for sentence in map(str, errors))
        return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
    return _page(request, _promise(request, pk), form, status=status)


def _promise(request: AuthenticatedRequest, pk: int) -> Promise:
    promises = Promise.objects.visible_to(request.user).standing().with_answer_right_of(request.user)
    return get_object_or_404(promises.select_related(*RELATED, "written_by"), pk=pk)


def _page(request: AuthenticatedRequest, promise: Promise, form: OutcomeForm, *, status: int = 200) -> HttpResponse:
    context = {"promise": promise, "form": form, "today": timezone.localdate(timezone=promise.visit.site.tzinfo)}
    return render(request, shown(request, "coaching/promise_detail.html", part="row"), context, status=status)


def _said(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    promise = _promise(request, pk)
    if "X-Autosave" in request.headers:
        return JsonResponse({"revision": promise.revision})
    if request.htmx:
        return _page(request, promise, OutcomeForm())
    messages.success(request, "Open again." if promise.is_open else f"{promise.get_outcome_display()}: noted.")
    return redirect(promise)
