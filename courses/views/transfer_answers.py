"""Answers from a mail, without signing in: GET shows the question, as scanners of mail follow links; POST answers."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.core import ratelimit
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from courses import actions, answers
from courses.answers import Agreement, Answer
from courses.transfer_forms import AskBackForm, FollowUpForm
from courses.views.transfer import answer as keep_answer


def by_link[A](read: Callable[[str], A | None]) -> Callable[[Callable[..., HttpResponse]], Any]:
    """Give the view what the link stands for; where that is nothing (any more), say what to do.

    The address is a secret: no other site hears it, no search engine keeps it.
    """

    def wrapped(view: Callable[[HttpRequest, A, str], HttpResponse]) -> Callable[[HttpRequest, str], HttpResponse]:
        @wraps(view)
        def guarded(request: HttpRequest, token: str) -> HttpResponse:
            found = read(token)
            if request.method == "POST" and not ratelimit.consume(request, action="answer"):
                response = render(request, "429.html", status=429)
            elif found is None:
                response = render(request, "courses/answer_over.html", status=404)
            else:
                response = view(request, found, token)
            response["X-Robots-Tag"] = "noindex, nofollow"
            response["Referrer-Policy"] = "same-origin"
            return response

        return login_not_required(guarded)

    return wrapped


@by_link(answers.read_agreement)
@require_http_methods(["GET", "HEAD", "POST"])
def purpose_answer(request: HttpRequest, found: Agreement, token: str) -> HttpResponse:
    """The manager agrees, or asks back."""
    is_open = found.is_open(timezone.now())
    asks = request.POST.get("deed") == "ask"
    form = AskBackForm(request.POST if asks else None)
    context: dict[str, Any] = {"found": found, "form": form, "is_open": is_open, "purpose": found.purpose}
    status = 422 if form.errors else 200
    if request.method == "POST" and not is_open:
        status = 409
    elif request.method == "POST" and (not asks or form.is_valid()):
        try:
            if asks:
                words = form.cleaned_data["words"]
                actions.ask_back(found.purpose, by=found.person, version=found.version, words=words)
            else:
                actions.agree_to_purpose(found.purpose, by=found.person, version=found.version)
        except actions.Refused as refusal:
            context["refusal"], status = refusal, 409
        else:
            return redirect("courses:purpose_answer", token)
    return render(request, "courses/purpose_answer.html", context, status=status)


@by_link(answers.read_answer)
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up_by_link(request: HttpRequest, found: Answer, token: str) -> HttpResponse:
    """Did you do it? Two questions; answered once, and corrected by who signs in."""
    row, now = found.follow_up, timezone.now()
    if request.method != "POST" and request.user == found.person:
        return redirect("courses:follow_up_answer", row.pk)
    is_open = found.is_open(now)
    form = FollowUpForm(request.POST or None, instance=row, person=found.person)
    context: dict[str, Any] = {"found": found, "row": row, "form": form, "is_open": is_open, "now": now}
    status = 422 if form.errors else 200
    if request.method == "POST" and not is_open:
        status = 409
    elif form.is_valid():
        try:
            keep_answer(row, form, by=found.person)
        except actions.Refused as refusal:
            context["refusal"], status = refusal, 409
        else:
            return redirect("courses:follow_up_by_link", token)
    return render(request, "courses/follow_up_by_link.html", context, status=status)
