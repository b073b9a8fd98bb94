"""Answers from a mail, without signing in: GET shows the question, as scanners of mail follow links; POST answers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from coaching import actions, answers, words
from coaching.answers import Answer
from coaching.forms import DeclineForm
from coaching.views.changes import status_of
from partners.views.mail_links import by_link

by_answer_link = by_link(answers.read, over="coaching/answer_over.html")


@by_answer_link
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: HttpRequest, answer: Answer, token: str) -> HttpResponse:
    """The question, or how it stands now; POST confirms."""
    refusal, status = "", 200
    if request.method == "POST":
        if not answer.is_open(timezone.now()):
            return _page(request, answer, token, status=409)
        try:
            actions.confirm(answer.visit, by=answer.person, seen=request.POST.get("seen", ""))
        except actions.Refused as refused:
            refusal, status = str(refused), status_of(refused)
        else:
            return redirect("coaching:answer", token)
    return _page(request, answer, token, status=status, refusal=refusal)


@by_answer_link
@require_http_methods(["GET", "HEAD", "POST"])
def answer_decline(request: HttpRequest, answer: Answer, token: str) -> HttpResponse:
    """Why not? POST declines."""
    if not answer.is_open(timezone.now()):
        return _page(request, answer, token, status=409 if request.method == "POST" else 200)
    form = DeclineForm(request.POST or None, initial={"seen": answer.visit.interval})
    status = 422 if form.errors else 200
    if form.is_valid():
        try:
            actions.decline(answer.visit, by=answer.person, **form.cleaned_data)
        except actions.Refused as refused:
            form.add_error("reason", str(refused))
            status = status_of(refused)
        else:
            return redirect("coaching:answer", token)
    return _page(request, answer, token, status=status, form=form)


def _page(request: HttpRequest, answer: Answer, token: str, *, status: int, **more: Any) -> HttpResponse:
    """What of the visit its mail has told, as it is now."""
    visit, is_open = answer.visit, answer.is_open(timezone.now())
    context = {
        "answer": answer,
        "token": token,
        "visit": visit,
        "place": words.place(visit),
        "clocks": words.clocks(visit, answer.person),
        "state": words.state(visit),
        "is_open": is_open,
        "conflict": words.in_the_way(visit, reader=answer.person) if is_open else "",
    }
    return render(request, "coaching/answer.html", context | more, status=status)
