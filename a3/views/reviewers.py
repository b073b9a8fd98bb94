"""Reviewers of a sheet, as its owner asks them and ends their links."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from a3 import actions
from a3.forms import ReviewerForm
from a3.models import Reviewer, Sheet
from a3.views.telling import telling
from partners.http import AuthenticatedRequest


@telling("pk")
@require_http_methods(["GET", "HEAD", "POST"])
def reviewer_list(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Who was asked, until when; and asking one more."""
    sheet = get_object_or_404(Sheet.objects.editable_by(request.user).with_people(), pk=pk)
    form = ReviewerForm(request.POST or None)
    if form.is_valid():
        try:
            made = actions.ask_reviewer(
                form.save(commit=False), sheet=sheet, by=request.user, days=form.cleaned_data["days"]
            )
        except actions.TooManyReviewers as no:
            form.add_error("email", str(no))
        else:
            messages.success(request, f"{made.name} gets the link by mail.")
            return redirect("a3:reviewer_list", sheet.pk)
    reviewers = Reviewer.objects.visible_to(request.user).filter(sheet=sheet)[:50]
    context = {"sheet": sheet, "form": form, "reviewers": reviewers}
    return render(request, "a3/reviewer_list.html", context, status=422 if form.is_bound else 200)


@require_POST
def reviewer_end(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    reviewer = get_object_or_404(Reviewer.objects.visible_to(request.user), pk=pk)
    if actions.end_link(reviewer):
        messages.success(request, f"The link of {reviewer.name} no longer works.")
    return redirect("a3:reviewer_list", reviewer.sheet_id)
