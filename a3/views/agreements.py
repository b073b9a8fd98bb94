"""Agreement: the owner asks named people, each says yes or not yet."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from a3 import actions
from a3.forms import AgreementForm, AnswerForm
from a3.models import Agreement, Sheet
from a3.views.pages import sheet_for, sheet_page
from a3.views.telling import telling
from partners.http import AuthenticatedRequest


@telling("pk")
@require_http_methods(["GET", "HEAD", "POST"])
def agreement_new(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Ask people to agree on what the sheet says now."""
    sheet = get_object_or_404(Sheet.objects.editable_by(request.user).with_people(), pk=pk)
    form = AgreementForm(request.POST or None, sheet=sheet)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        found = form.cleaned_data
        try:
            asked = actions.ask_to_agree(sheet, people=found["asked"], by=request.user, note=found["note"])
        except actions.NotReader as refused:
            form.add_error(None, str(refused))
            status = 409
        else:
            messages.success(request, _asked(asked))
            return redirect(f"{sheet.get_absolute_url()}?side=agreement")
    context = {"form": form, "sheet": sheet, "enters": sheet.state in actions.BEFORE_AGREEMENT}
    return render(request, "a3/agreement_new.html", context, status=status)


def _asked(asked: list[Agreement]) -> str:
    if not asked:
        return "They were asked about this very round already."
    return f"Asked: {', '.join(agreement.person.name for agreement in asked)}. They are told by mail."


@telling("agreements")
@require_POST
def agreement_agree(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _answered(request, pk, AnswerForm(request.POST), actions.agree)


@telling("agreements")
@require_POST
def agreement_not_yet(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _answered(request, pk, AnswerForm(request.POST, is_needed=True), actions.not_yet)


def _answered(request: AuthenticatedRequest, pk: int, form: AnswerForm, answer: Callable[..., None]) -> HttpResponse:
    mine = Agreement.objects.answerable_by(request.user).select_related("sheet", "round")
    agreement = get_object_or_404(mine, pk=pk)
    if not form.is_valid():
        return _shown(request, agreement, status=422, answer_form=form)
    try:
        answer(agreement, by=request.user, words=form.cleaned_data["words"])
    except actions.NotAsked as refused:
        return _shown(request, agreement, status=409, refused=str(refused))
    return _back(request, agreement)


@require_POST
def agreement_stop(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The owner does not ask this person any more."""
    ours = Agreement.objects.visible_to(request.user).current()
    agreement = get_object_or_404(ours, pk=pk, sheet__in=Sheet.objects.editable_by(request.user))
    actions.stop_asking(agreement)
    return _back(request, agreement)


def _back(request: AuthenticatedRequest, agreement: Agreement) -> HttpResponse:
    if request.htmx:
        return _shown(request, agreement)
    return redirect(f"{agreement.sheet.get_absolute_url()}?side=agreement")


def _shown(request: AuthenticatedRequest, agreement: Agreement, *, status: int = 200, **more: Any) -> HttpResponse:
    return sheet_page(request, sheet_for(request, agreement.sheet_id), name="agreement", status=status, **more)
