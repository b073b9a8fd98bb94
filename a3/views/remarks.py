"""Remarks on a sheet: a new thread, replies, calling one answered, and opening it again."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from a3 import actions
from a3.forms import RemarkAnswerForm, RemarkForm, ReplyForm
from a3.models import Remark, Sheet
from a3.views.sheets import PAGE, around
from a3.views.sides import side_of
from partners.http import AuthenticatedRequest


@require_POST
def remark_new(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    sheets = Sheet.objects.remarkable_by(request.user).with_people().with_rights_of(request.user)
    sheet = get_object_or_404(sheets, pk=pk)
    form = RemarkForm(request.POST, sections=list(sheet.sections.in_order()))
    if not form.is_valid():
        return _page(request, sheet, remark_form=form, status=422)
    found = {name: form.cleaned_data[name] for name in ("kind", "text", "passage")}
    remark = actions.remark(form.cleaned_data["section"], by=request.user, **found)
    return redirect(f"{sheet.get_absolute_url()}#remark-{remark.pk}")


@require_POST
def remark_reply(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    sheets = Sheet.objects.remarkable_by(request.user)
    thread = get_object_or_404(Remark.objects.visible_to(request.user).threads(), pk=pk, sheet__in=sheets)
    form = ReplyForm(request.POST, auto_id=False)
    if form.is_valid():
        actions.reply(thread, text=form.cleaned_data["text"], by=request.user)
        return _back(request, thread)
    sheet = _sheet(request, thread)
    return _page(request, sheet, reply_form=form, replying=thread.pk, status=422)


@require_POST
def remark_answer(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Answered: by the owner, who can say by which change, or for its author, who is content."""
    thread = get_object_or_404(Remark.objects.answerable_by(request.user), pk=pk)
    sheet = _sheet(request, thread)
    form = RemarkAnswerForm(request.POST, sheet=sheet, auto_id=False)
    if not form.is_valid():
        return _page(request, sheet, bad_answer=form, answering=thread.pk, status=422)
    found = {name: form.cleaned_data[name] for name in ("section", "quote", "note")}
    actions.answer(thread, by=request.user, **found)
    return _back(request, thread)


@require_POST
def remark_reopen(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    thread = get_object_or_404(Remark.objects.answerable_by(request.user), pk=pk)
    actions.reopen(thread)
    return _back(request, thread)


def _back(request: AuthenticatedRequest, thread: Remark) -> HttpResponse:
    """The panel as it is now; the rest of the page stays, somebody may be writing there."""
    sheet = _sheet(request, thread)
    if request.htmx:
        return _page(request, sheet)
    return redirect(f"{sheet.get_absolute_url()}#remark-{thread.pk}")


def _sheet(request: AuthenticatedRequest, thread: Remark) -> Sheet:
    sheets = Sheet.objects.visible_to(request.user).with_people().with_rights_of(request.user)
    return get_object_or_404(sheets, pk=thread.sheet_id)


def page_with(request: AuthenticatedRequest, pk: int, side: str, *, status: int = 200, **forms: Any) -> HttpResponse:
    """The sheet with this tab beside it, or for htmx the panel alone; `forms` are bound ones to show again."""
    sheets = Sheet.objects.visible_to(request.user).with_people().with_rights_of(request.user)
    return _page(request, get_object_or_404(sheets, pk=pk), status=status, name=side, **forms)


def _page(request: AuthenticatedRequest, sheet: Sheet, *, status: int = 200, **forms: Any) -> HttpResponse:
    side = side_of(sheet, request, **forms)
    if request.htmx:
        return render(request, f"{PAGE}#side", side, status=status)
    return render(request, PAGE, side | around(side, sheet, request), status=status)
