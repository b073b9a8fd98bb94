"""Asking to talk: proposing times, taking one, declining, proposing others, calling it off."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from a3 import actions, clocks
from a3.forms import AcceptForm, EndForm, TalkForm, TimesForm
from a3.models import Sheet, Talk
from a3.views.telling import telling
from partners.http import AuthenticatedRequest

WITH = ("sheet__partner", "sheet__site", "asked_by", "asked_of", "offered_by", "ended_by")


@telling("pk")
@require_http_methods(["GET", "HEAD", "POST"])
def talk_new(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """For those named on the sheet: ask another of them."""
    sheet = get_object_or_404(Sheet.objects.visible_to(request.user).kept().of(request.user).with_people(), pk=pk)
    form = TalkForm(request.POST or None, sheet=sheet, reader=request.user)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            talk = actions.ask_to_talk(form.talk(), by=request.user)
        except actions.CannotTalk as refused:
            form.add_error(None, str(refused))
            status = 409
        else:
            messages.success(request, f"{talk.asked_of.name} is asked, by mail and on their list.")
            return redirect(talk)
    return render(request, "a3/talk_new.html", {"form": form, "sheet": sheet}, status=status)


@require_safe
def talk_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _page(request, _mine(request, pk))


@require_POST
def talk_accept(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    talk = _mine(request, pk)
    form = AcceptForm(request.POST, talk=talk, reader=request.user)
    if not form.is_valid():
        return _page(request, talk, accept=form, status=422)
    try:
        actions.accept_time(talk, at=form.cleaned_data["at"], by=request.user)
    except actions.TalkChanged as refused:
        return _page(request, _mine(request, pk), refused=str(refused), status=409)
    messages.success(request, "Agreed. Both of you get an invitation for your calendars.")
    return redirect(talk)


@require_http_methods(["GET", "HEAD", "POST"])
def talk_times(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Propose other times: instead of those on offer, or to move a talk that is agreed."""
    talk = _mine(request, pk)
    form = TimesForm(request.POST or None, reader=request.user, other=talk.other(request.user))
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            found = form.cleaned_data
            actions.offer_times(talk, times=found["times"], by=request.user, note=found["note"])
        except actions.TalkChanged as refused:
            form.add_error(None, str(refused))
            status = 409
        else:
            messages.success(request, "Proposed. The other one is told by mail.")
            return redirect(talk)
    return render(request, "a3/talk_times.html", _about(request, talk) | {"form": form}, status=status)


@require_POST
def talk_decline(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _ended(request, pk, actions.decline, "declining")


@require_POST
def talk_cancel(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _ended(request, pk, actions.cancel_talk, "cancelling")


def _ended(request: AuthenticatedRequest, pk: int, end: Any, name: str) -> HttpResponse:
    talk = _mine(request, pk)
    form = EndForm(request.POST, prefix=name)
    if not form.is_valid():
        return _page(request, talk, status=422, **{name: form})
    try:
        end(talk, by=request.user, words=form.cleaned_data["words"])
    except actions.TalkChanged as refused:
        return _page(request, _mine(request, pk), refused=str(refused), status=409)
    return redirect(talk)


def _mine(request: AuthenticatedRequest, pk: int) -> Talk:
    return get_object_or_404(Talk.objects.visible_to(request.user).select_related(*WITH), pk=pk)


def _page(request: AuthenticatedRequest, talk: Talk, *, status: int = 200, **forms: object) -> HttpResponse:
    context = _about(request, talk)
    if talk.awaited == request.user:
        context |= {"accept": AcceptForm(talk=talk, reader=request.user), "declining": EndForm(prefix="declining")}
    if not talk.ended_at:
        context["cancelling"] = EndForm(prefix="cancelling")
    return render(request, "a3/talk_detail.html", context | forms, status=status)


def _about(request: AuthenticatedRequest, talk: Talk) -> dict[str, Any]:
    """Who and when, as the reader's clock and the other's have it."""
    other = talk.other(request.user)
    times = [clocks.words_for(time, request.user, other) for time in talk.offered_times]
    when = clocks.words_for(talk.starts_at, request.user, other) if talk.starts_at else ""
    return {"talk": talk, "sheet": talk.sheet, "other": other, "times": times, "when": when}
