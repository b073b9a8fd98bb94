"""The record of a walk: its page, and what is written on it, with a connection or after there was none."""

import uuid
from typing import Any

from django import forms
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from a3.forms import RevisionForm
from coaching import actions, words
from coaching.forms import PieceForm
from coaching.forms.records import sent_by
from coaching.models import Promise, Visit, Walk
from coaching.models.written import Revised
from coaching.promised import before
from coaching.records import PIECES, THEME, Piece, both, differences, forms_for, record_of
from partners.http import AuthenticatedRequest, shown

PAGE = "coaching/piece_edit.html"


@require_safe
def walk_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The record of one visit, to read and to write on; the browser keeps it for where there is no connection."""
    visits = Visit.objects.with_record_visible_to(request.user).with_record_rights_of(request.user)
    visit = get_object_or_404(visits.select_related("site__partner", "coach", "walk"), pk=pk)
    today = timezone.localdate(timezone=visit.site.tzinfo)
    promises = Promise.objects.visible_to(request.user).with_answer_right_of(request.user)
    context = {
        "visit": visit,
        "place": words.place(visit),
        "when": words.when(visit),
        "today": today,
        "before": before(visit, promises, today),
        **record_of(visit, writable=visit.may_record),
    }
    if visit.may_record and not request.htmx:
        context["forms"] = forms_for(visit)
    response = render(request, shown(request, "coaching/walk_detail.html", part="record"), context)
    response["X-Keep"] = "yes"  # off line the browser may show it to this very person: static/js/worker.js
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def walk_edit(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Theme, route, and what was learned."""
    visit = _writable(request, pk)
    walk = Walk.objects.editable_by(request.user).filter(visit=visit).first()
    return _edit(request, THEME, walk or Walk(visit=visit), address=reverse("coaching:walk_edit", args=[pk]))


@require_safe
def piece_new(request: AuthenticatedRequest, pk: int, kind: str) -> HttpResponse:
    """A form for one more piece, on a page of its own, for browsers without scripts."""
    visit, piece = _writable(request, pk), _piece(kind)
    return _edit(request, piece, piece.model(visit=visit), address=_address(visit, kind, uuid.uuid4()))


@require_http_methods(["GET", "HEAD", "POST"])
def piece_edit(request: AuthenticatedRequest, pk: int, kind: str, uid: uuid.UUID) -> HttpResponse:
    """One piece, by the id that its phone made: written for the first time, changed, or removed."""
    visit, piece = _writable(request, pk), _piece(kind)
    row = piece.model.objects.editable_by(request.user).filter(uid=uid, visit=visit).first()
    if row is None and request.method != "POST":
        raise Http404
    row = row or piece.model(uid=uid)
    row.visit = visit
    return _edit(request, piece, row, address=_address(visit, kind, uid))


def _edit(request: AuthenticatedRequest, piece: Piece, row: Any, *, address: str) -> HttpResponse:
    if piece.only_on_site and not row.visit.is_on_site:
        raise Http404
    context = {"visit": row.visit, "piece": piece, "row": row, "action": address, "photo_uid": uuid.uuid4()}
    if request.method == "POST":
        return _write(request, piece, row, context)
    initial = sent_by(row, piece.form) if row.pk else {"revision": 0, "step": 0}
    return render(request, PAGE, context | {"form": piece.form(visit=row.visit, initial=initial)})


def _write(request: AuthenticatedRequest, piece: Piece, row: Any, context: dict[str, Any]) -> HttpResponse:
    """Write or remove; a phone hears the new revision, or why not: what was refused stays there."""
    form = RevisionForm(request.POST) if "remove" in request.POST else piece.form(request.POST, visit=row.visit)
    is_from_phone = "X-Autosave" in request.headers
    if not form.is_valid() and is_from_phone:
        return HttpResponse(_sentences(form), status=422, content_type="text/plain; charset=utf-8")
    if not form.is_valid():
        return render(request, PAGE, context | {"form": form}, status=422)
    how = {"revision": form.cleaned_data["revision"], "writing": form.cleaned_data["writing"], "by": request.user}
    try:
        now = piece.write(row, form.said, **how) if isinstance(form, PieceForm) else piece.remove(row, **how)
    except piece.model.DoesNotExist as error:
        raise Http404 from error
    except actions.Clash as clash:
        page = "coaching/_clash.html" if is_from_phone or request.htmx else PAGE
        return render(request, page, context | _both(form, clash.now), status=409)
    if is_from_phone:
        return JsonResponse({"revision": now.revision})
    return redirect("coaching:walk_detail", row.visit.pk)


def _writable(request: AuthenticatedRequest, pk: int) -> Visit:
    visits = Visit.objects.with_record_editable_by(request.user).select_related("site__partner", "coach")
    return get_object_or_404(visits, pk=pk)


def _piece(kind: str) -> Piece:
    if kind not in PIECES:
        raise Http404
    return PIECES[kind]


def _address(visit: Visit, kind: str, uid: uuid.UUID) -> str:
    return reverse("coaching:piece_edit", args=[visit.pk, kind, uid])


def _sentences(form: forms.Form) -> str:
    """What was wrong, with the names of the fields."""
    return " ".join(f"{form[name].label}: {' '.join(map(str, errors))}" for name, errors in form.errors.items())


def _both(form: Any, now: Revised) -> dict[str, Any]:
    """Both versions, and the ways on."""
    if not isinstance(form, PieceForm):
        return {"clash": True, "now": now, "choices": [("Remove it all the same", {"remove": "1"})]}
    mine = {name: form[name].data or "" for name in form.said}
    choices = [("Put both", both(form, now)), ("Keep mine", mine)]
    return {"clash": True, "now": now, "differences": differences(form, now), "choices": choices}
