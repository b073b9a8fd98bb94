"""One sheet for a reviewer without an account: read and remark, nothing else. It acts by POST only."""

from collections.abc import Callable
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from a3 import actions
from a3.forms import RemarkForm, ReplyForm
from a3.models import Reviewer, Sheet
from a3.threads import count_open, pens_of, shown_to_reviewer, threads_of
from a3.views.pages import halves
from a3.views.photos import served

type View = Callable[..., HttpResponse]


def by_open_link(view: View) -> View:
    """Give the view the reviewer behind the token; where there is none (any more), say what to do.

    The address is a secret: no other site hears it, no search engine keeps it. "no-referrer" would have browsers send
    `Origin: null` with forms, which the protection against forged requests refuses.
    """

    @wraps(view)
    def guarded(request: HttpRequest, token: str, **rest: int) -> HttpResponse:
        reviewer = Reviewer.objects.for_token(token).select_related("asked_by").first()
        try:
            response = view(request, reviewer, token, **rest) if reviewer else _over(request)
        except (Http404, actions.LinkOver, actions.NotAsSeen):
            response = _over(request)
        except actions.TooManyRemarks:
            response = render(request, "429.html", status=429)
        response["X-Robots-Tag"] = "noindex, nofollow"
        response["Referrer-Policy"] = "same-origin"
        return response

    return login_not_required(guarded)


@by_open_link
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, reviewer: Reviewer, token: str) -> HttpResponse:
    """The sheet with its remarks; POST adds one."""
    sheet = _sheet(reviewer)
    if request.method != "POST":
        return _page(request, reviewer, token, sheet)
    form = RemarkForm(request.POST, sections=list(sheet.sections.in_order()))
    if not form.is_valid():
        return _page(request, reviewer, token, sheet, remark_form=form, status=422)
    found = {name: form.cleaned_data[name] for name in ("kind", "text", "passage")}
    made = actions.remark_by_link(reviewer, form.cleaned_data["section"], **found)
    return redirect(f"{reverse('a3:by_link', args=[token])}#remark-{made.pk}")


@by_open_link
@require_POST
def by_link_reply(request: HttpRequest, reviewer: Reviewer, token: str, pk: int) -> HttpResponse:
    sheet = _sheet(reviewer)
    thread = get_object_or_404(sheet.remarks.open(), pk=pk)
    form = ReplyForm(request.POST, auto_id=False)
    if not form.is_valid():
        return _page(request, reviewer, token, sheet, reply_form=form, replying=pk, status=422)
    actions.reply_by_link(reviewer, thread, text=form.cleaned_data["text"])
    return redirect(f"{reverse('a3:by_link', args=[token])}#remark-{thread.pk}")


@by_open_link
@require_safe
def by_link_photo(request: HttpRequest, reviewer: Reviewer, token: str, pk: int) -> HttpResponse:
    """A photo of this very sheet."""
    return served(get_object_or_404(_sheet(reviewer).photos.all(), pk=pk), request)


def _sheet(reviewer: Reviewer) -> Sheet:
    """The sheet, as long as whoever asked may still write on it."""
    return get_object_or_404(Sheet.objects.editable_by(reviewer.asked_by).with_people(), pk=reviewer.sheet_id)


def _page(
    request: HttpRequest, reviewer: Reviewer, token: str, sheet: Sheet, *, status: int = 200, **forms: object
) -> HttpResponse:
    sections, remarks = list(sheet.sections.in_order()), list(sheet.remarks.with_speakers())
    threads = threads_of(remarks, sections)
    shown_to_reviewer(remarks, reviewer, sheet)
    count_open(remarks, sections)
    context = halves(sections) | {"sheet": sheet, "reviewer": reviewer, "token": token, "threads": threads}
    context |= {"pens": pens_of(remarks), "is_guest": True, "reply_form": ReplyForm(auto_id=False)}
    context |= {"remark_form": RemarkForm(sections=sections)} | forms
    context["photos_at"] = reverse("a3:by_link", args=[token]) + "photos/"
    return render(request, "a3/by_link.html", context, status=status)


def _over(request: HttpRequest) -> HttpResponse:
    return render(request, "a3/by_link_over.html", status=404)
