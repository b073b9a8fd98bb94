"""The list of sheets, narrowed by its address; and lists that a person keeps under a name."""

from typing import Any

from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from a3 import actions, filtering, pieces
from a3.forms import FilterForm, SavedListForm
from a3.models import SavedList, Sheet
from partners.http import AuthenticatedRequest
from partners.lib.pages import page_of

PAGE = "a3/sheet_list.html"


@require_safe
def sheet_list(request: AuthenticatedRequest) -> HttpResponse:
    """What the address asks for, newest change first; the form to choose filters comes when it is asked for."""
    form = FilterForm.asked(request.GET, reader=request.user)
    chosen = form.chosen if form else {}
    context: dict[str, Any] = {"form": form, "chosen": chosen, "chips": filtering.chips(chosen)}
    context["query"] = filtering.address(chosen)
    if form and "choose" in request.GET:
        form.offer_choices()
        if request.htmx:
            return render(request, f"{PAGE}#choose", context)
    now = timezone.now()
    sheets = filtering.narrowed(Sheet.objects.visible_to(request.user), chosen, reader=request.user, now=now)
    page = page_of(sheets.for_list(), "updated_at", "pk", after=request.GET.get("after", ""), descending=True)
    context |= {"page": page, "rows": pieces.rows_html(page, request.user), "choosing": "choose" in request.GET}
    return render(request, PAGE, context | {"saved": SavedList.objects.visible_to(request.user)})


@require_http_methods(["GET", "HEAD", "POST"])
def saved_list_new(request: AuthenticatedRequest) -> HttpResponse:
    """Keep the filters of an address under a name."""
    chosen = FilterForm(_asked(request), reader=request.user).chosen
    if not chosen:
        return redirect("a3:sheet_list")
    saved = SavedList(query=filtering.address(chosen))
    return _named(request, saved, {"chips": filtering.chips(chosen), "query": saved.query})


def _asked(request: AuthenticatedRequest) -> QueryDict:
    return QueryDict(request.POST.get("query", "")) if request.method == "POST" else request.GET


@require_http_methods(["GET", "HEAD", "POST"])
def saved_list_edit(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    saved = get_object_or_404(SavedList.objects.visible_to(request.user), pk=pk)
    return _named(request, saved, {"saved": saved})


def _named(request: AuthenticatedRequest, saved: SavedList, context: dict[str, object]) -> HttpResponse:
    form = SavedListForm(request.POST if request.method == "POST" else None, instance=saved)
    if form.is_valid():
        try:
            return redirect(actions.save_list(form.save(commit=False), by=request.user))
        except actions.CannotSave as refused:
            form.add_error("name", str(refused))
    status = 422 if form.is_bound else 200
    return render(request, "a3/saved_list_edit.html", context | {"form": form}, status=status)


@require_POST
def saved_list_delete(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    get_object_or_404(SavedList.objects.visible_to(request.user), pk=pk).delete()
    return redirect("a3:sheet_list")
