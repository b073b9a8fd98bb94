"""The memo of a visit: drafted from its record, edited, shown to oneself, sent once, and read."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from a3 import merging
from a3.models.printing import OfficePaper
from coaching import actions, words
from coaching.forms import MemoForm, SendForm
from coaching.models import Memo, Visit
from coaching.models.memos import memo_due_at
from partners.http import AuthenticatedRequest, shown

PAGE = "coaching/memo_edit.html"
RELATED = ("visit__site__partner", "visit__coach", "visit__walk", "sent_by", "changed_by")


@require_safe
def visit_memo(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Where the memo of a visit stands: its draft for who writes it, else the last one sent; or none yet."""
    visits = Visit.objects.with_record_visible_to(request.user).with_record_rights_of(request.user)
    visit = get_object_or_404(visits.select_related("site__partner", "coach"), pk=pk)
    if memo := Memo.objects.visible_to(request.user).filter(visit=visit).first():
        return redirect(memo)
    context = {"visit": visit, "place": words.place(visit), "when": words.when(visit), "due_at": memo_due_at(visit)}
    return render(request, "coaching/visit_memo.html", context | {"now": timezone.now()})


@require_POST
def memo_draft(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Begin the memo with what the record says; or a correction, with what was sent last."""
    visits = Visit.objects.with_record_editable_by(request.user).select_related("site__partner", "coach", "walk")
    return redirect(actions.draft_memo(get_object_or_404(visits, pk=pk), by=request.user))


@require_safe
def memo_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A sent memo to read; a draft to write on."""
    memo = get_object_or_404(Memo.objects.visible_to(request.user).select_related(*RELATED), pk=pk)
    if not memo.is_sent:
        return _editor(request, memo)
    versions = Memo.objects.visible_to(request.user).filter(visit=memo.visit_id).only("version", "sent_at", "visit")
    writable = Visit.objects.with_record_editable_by(request.user).filter(pk=memo.visit_id)
    context = _about(memo) | {
        "versions": list(versions),
        "may_record": writable.exists(),
        "papers": OfficePaper,
        "usual": OfficePaper.usual_in(memo.visit.site.country),
    }
    return render(request, "coaching/memo_detail.html", context)


@require_POST
def memo_save(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Save as one types (`X-Autosave`) or by a button; nobody overwrites what they have not seen."""
    memo = get_object_or_404(Memo.objects.editable_by(request.user).select_related(*RELATED), pk=pk)
    form = MemoForm(request.POST)
    if not form.is_valid():
        return _refused(request, memo, form)
    body, how = form.cleaned_data["body"], {"revision": form.cleaned_data["revision"], "by": request.user}
    try:
        memo = actions.record(memo, {"body": body}, writing=form.cleaned_data["writing"], **how)
    except Memo.DoesNotExist as error:  # it was sent at this moment
        raise Http404 from error
    except actions.Clash as clash:
        return _both_shown(request, clash.now, body)
    if "X-Autosave" in request.headers:
        return JsonResponse({"revision": memo.revision, "words": f"Saved {timezone.localtime():%H:%M}"})
    return _editor(request, memo) if request.htmx else redirect(memo)


@require_POST
def memo_again(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Write the draft anew from the record; what was edited in it goes."""
    memo = get_object_or_404(Memo.objects.editable_by(request.user).select_related(*RELATED), pk=pk)
    said = {"body": actions.text_of_record(memo.visit)}
    try:
        actions.record(memo, said, revision=memo.revision, by=request.user)
    except (actions.Clash, Memo.DoesNotExist):
        messages.error(request, "The memo was changed in the meantime: look at it again.")
    return redirect(memo)


@require_http_methods(["GET", "HEAD", "POST"])
def memo_send(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The memo as it will be read, who gets it, and the button that sends it."""
    memo = get_object_or_404(Memo.objects.editable_by(request.user).select_related(*RELATED), pk=pk)
    form = SendForm(request.POST or None, is_first=memo.version == 1, initial={"revision": memo.revision})
    refusal, status = "", 422 if form.errors else 200
    if form.is_valid():
        try:
            actions.send_memo(memo, by=request.user, **form.cleaned_data)
        except actions.Refused as refused:
            refusal, status = str(refused), 409 if isinstance(refused, actions.MemoHasChanged) else 422
            form = SendForm(is_first=memo.version == 1, initial={"revision": memo.revision} | form.cleaned_data)
        else:
            messages.success(request, "Sent. From now on this memo stays as it is.")
            return redirect(memo)
    context = _about(memo) | {"form": form, "people": memo.visit.people(), "refusal": refusal}
    return render(request, "coaching/memo_send.html", context, status=status)


def _about(memo: Memo) -> dict[str, Any]:
    visit = memo.visit
    about = {"memo": memo, "visit": visit, "place": words.place(visit), "when": words.when(visit)}
    return about | {"due_at": memo_due_at(visit), "now": timezone.now()}


def _editor(request: AuthenticatedRequest, memo: Memo, **more: Any) -> HttpResponse:
    context = _about(memo) | {"body": memo.body} | more
    return render(request, shown(request, PAGE, part="form"), context, status=422 if more else 200)


def _refused(request: AuthenticatedRequest, memo: Memo, form: MemoForm) -> HttpResponse:
    """Say why, and give the text back: nothing typed is lost."""
    sentence = " ".join(sentence for errors in form.errors.values() for sentence in map(str, errors))
    if "X-Autosave" in request.headers:
        return HttpResponse(sentence, status=422, content_type="text/plain; charset=utf-8")
    return _editor(request, memo, refused=sentence, sent=form.data.get("body", ""))


def _both_shown(request: AuthenticatedRequest, now: Any, mine: str) -> HttpResponse:
    context = _about(now) | {"mine": mine, "both": merging.together(now.body, mine), "conflict": True}
    context |= {"row": now, "what": "memo", "place": "memo-text", "save": reverse("coaching:memo_save", args=[now.pk])}
    alone = "X-Autosave" in request.headers or request.htmx
    return render(request, "a3/_clash.html" if alone else PAGE, context, status=409)
