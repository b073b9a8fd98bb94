"""Remarks on a sheet: a new thread, replies, calling one answered, and opening it again."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST
from django_htmx.http import trigger_client_event

from a3 import actions
from a3.forms import RemarkAnswerForm, RemarkForm, ReplyForm
from a3.models import Remark, Sheet
from a3.views.pages import sheet_for, sheet_page
from a3.views.telling import telling
from partners.http import AuthenticatedRequest


@telling("pk")
@require_POST
def remark_new(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    sheet = get_object_or_404(Sheet.objects.remarkable_by(request.user), pk=pk)
    form = RemarkForm(request.POST, sections=list(sheet.sections.in_order()))
    if not form.is_valid():
        return sheet_page(request, sheet_for(request, pk), remark_form=form, status=422)
    found = {name: form.cleaned_data[name] for name in ("kind", "text", "passage")}
    remark = actions.remark(form.cleaned_data["section"], by=request.user, **found)
    return redirect(f"{sheet.get_absolute_url()}#remark-{remark.pk}")


@telling("remarks")
@require_POST
def remark_reply(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    sheets = Sheet.objects.remarkable_by(request.user)
    thread = get_object_or_404(Remark.objects.visible_to(request.user).threads(), pk=pk, sheet__in=sheets)
    form = ReplyForm(request.POST, auto_id=False)
    if form.is_valid():
        actions.reply(thread, text=form.cleaned_data["text"], by=request.user)
        return _back(request, thread)
    sheet = sheet_for(request, thread.sheet_id)
    return sheet_page(request, sheet, reply_form=form, replying=thread.pk, status=422)


@telling("remarks")
@require_POST
def remark_answer(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Answered: by the owner, who can say by which change, or for its author, who is content."""
    thread = get_object_or_404(Remark.objects.answerable_by(request.user), pk=pk)
    sheet = sheet_for(request, thread.sheet_id)
    form = RemarkAnswerForm(request.POST, sheet=sheet, auto_id=False)
    if not form.is_valid():
        return sheet_page(request, sheet, bad_answer=form, answering=thread.pk, status=422)
    found = {name: form.cleaned_data[name] for name in ("section", "quote", "note")}
    actions.answer(thread, by=request.user, **found)
    return _back(request, thread)


@telling("remarks")
@require_POST
def remark_reopen(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    thread = get_object_or_404(Remark.objects.answerable_by(request.user), pk=pk)
    actions.reopen(thread)
    return _back(request, thread)


def _back(request: AuthenticatedRequest, thread: Remark) -> HttpResponse:
    """The panel as it is now, and which section's marks are others; the rest stays, somebody may be writing there."""
    if request.htmx:
        response = sheet_page(request, sheet_for(request, thread.sheet_id))
        return trigger_client_event(response, "remarks:changed", {"section": thread.section_id})
    return redirect(f"{thread.sheet.get_absolute_url()}#remark-{thread.pk}")
