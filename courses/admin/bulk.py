"""One deed on many rows, each through the same action as on the pages, and a report of what became of them."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from courses.actions import Refused
from courses.forms import ReasonForm
from courses.models import Enrollment

LISTED = 10  # reasons in one message
NAMED = 20  # rows on the page that asks for a reason
State = Enrollment.State


def standing(row: Enrollment) -> tuple[object, ...]:
    """What a deed changes: the same afterwards means that nothing was to do."""
    return row.state, row.passed_on_at, row.waived_at, row.moved_up_at


def do_to_each(request: HttpRequest, rows: Iterable[Enrollment], deed: Callable[[Enrollment], Enrollment]) -> None:
    """Do it to each row and say how many it changed, and which were skipped and why."""
    became: Counter[str] = Counter()
    skipped: list[str] = []
    for row in rows:
        try:
            after = deed(row)
        except Refused as refusal:
            skipped.append(f"{row}: {refusal}")
        else:
            if after.pk == row.pk and standing(after) == standing(row):
                skipped.append(f"{row}: {row.get_state_display().lower()} already.")
            else:
                became[after.get_state_display()] += 1
    if became:
        messages.success(request, ". ".join(f"{state}: {number}" for state, number in became.items()) + ".")
    report_skipped(request, skipped)


def report_skipped(request: HttpRequest, skipped: list[str]) -> None:
    if not skipped:
        return
    more = f" And {len(skipped) - LISTED} more." if len(skipped) > LISTED else ""
    messages.warning(request, f"Skipped: {len(skipped)}. {' '.join(skipped[:LISTED])}{more}")


def reason_for(request: HttpRequest, rows: Any, *, admin: Any, title: str) -> str | HttpResponse:
    """Return the reason that was given, or the page that asks for it."""
    form = ReasonForm(request.POST if "reason" in request.POST else None)
    if form.is_valid():
        return str(form.cleaned_data["reason"])
    return page_that_asks(request, rows, form, admin=admin, title=title)


class SureForm(forms.Form):
    """Nothing to enter: the button says yes."""

    sure = forms.CharField(widget=forms.HiddenInput, initial="yes")


def ask_if_several(request: HttpRequest, rows: Any, *, admin: Any, title: str) -> HttpResponse | None:
    """The page that shows which they are, before something is done that nothing takes back together; None to go on."""
    if "sure" in request.POST or len(rows[:2]) < 2:
        return None
    return page_that_asks(request, rows, SureForm(), admin=admin, title=title)


def do_when_sure(
    request: HttpRequest, rows: Any, deed: Callable[[Enrollment], Enrollment], *, admin: Any, title: str
) -> HttpResponse | None:
    """Do it to one at once, to several once that is confirmed."""
    asks = ask_if_several(request, rows, admin=admin, title=title)
    if asks is None:
        do_to_each(request, rows, deed)
    return asks


def page_that_asks(request: HttpRequest, rows: Any, form: forms.Form, *, admin: Any, title: str) -> HttpResponse:
    """The page that asks for what a deed on these rows needs; it sends the ticks and the action once more.

    The title is the verb, a colon and the question.
    """
    context = admin.admin_site.each_context(request) | {
        "title": title,
        "verb": title.partition(":")[0],
        "form": form,
        "rows": rows[:NAMED],
        "more": max(rows.count() - NAMED, 0),
        "opts": admin.model._meta,
        "action": request.POST["action"],
        "selected": request.POST.getlist(ACTION_CHECKBOX_NAME),
        "select_across": request.POST.get("select_across", "0"),
        "checkbox": ACTION_CHECKBOX_NAME,
    }
    return TemplateResponse(request, "admin/courses/reason.html", context, status=422 if form.is_bound else 200)
