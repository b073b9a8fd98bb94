"""Answers from a mail, without signing in: GET shows the question, as scanners of mail follow links; POST answers."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from courses import actions, answers
from courses.answers import Agreement, Answer
from courses.forms import AskBackForm, FollowUpForm
from courses.views.transfer import answer as keep_answer
from partners.views.mail_links import by_link

OVER = "courses/answer_over.html"


@by_link(answers.read_agreement, over=OVER)
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


@by_link(answers.read_answer, over=OVER)
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
            keep_answer(row, form, by=found.person, is_first=True)
        except actions.Refused as refusal:
            context["refusal"], status = refusal, 409
        else:
            return redirect("courses:follow_up_by_link", token)
    return render(request, "courses/follow_up_by_link.html", context, status=status)
