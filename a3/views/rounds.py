"""Catchball: handing a sheet over, and what it said each time."""

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from a3 import actions
from a3.drawings import drawings_of_round
from a3.forms import HandOverForm, PhotoForm, TakeBackForm
from a3.models import MarkedPrint, Remark, Round, Sheet
from a3.views.prints import choice_of
from a3.views.telling import telling
from partners.http import AuthenticatedRequest


@telling("pk")
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Open to all who are named on the sheet: whose turn it is may have changed since they opened the page."""
    sheet = get_object_or_404(Sheet.objects.visible_to(request.user).kept().of(request.user).with_people(), pk=pk)
    form = HandOverForm(request.POST or None, sheet=sheet)
    if sheet.ball_id != request.user.pk:
        return _page(request, sheet, form, refused=f"It is {sheet.ball.name}'s turn now.", status=409)
    if not form.is_valid():
        return _page(request, sheet, form, status=422 if form.is_bound else 200)
    try:
        actions.hand_over(sheet, to=form.cleaned_data["to"], by=request.user, note=form.cleaned_data["note"])
    except (actions.NotYourBall, actions.NotNamed) as refused:
        return _page(request, sheet, form, refused=str(refused), status=409)
    return redirect(sheet)


def _page(
    request: AuthenticatedRequest, sheet: Sheet, form: HandOverForm, *, refused: str = "", status: int = 200
) -> HttpResponse:
    context = {"sheet": sheet, "form": form, "refused": refused, "questions": _waiting(request, sheet)}
    context["enters"] = bool(sheet.coach_id) and sheet.state in actions.BEFORE_COACHING
    return render(request, "a3/hand_over.html", context, status=status)


def _waiting(request: AuthenticatedRequest, sheet: Sheet) -> QuerySet[Remark]:
    waiting = Remark.objects.visible_to(request.user).open().questions().filter(sheet=sheet)
    return waiting.select_related("author", "guest", "section__type")


@telling("pk")
@require_http_methods(["GET", "HEAD", "POST"])
def take_back(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The owner takes the ball back, unless it has moved since the page was opened."""
    sheet = get_object_or_404(Sheet.objects.editable_by(request.user).with_people(), pk=pk)
    form = TakeBackForm(request.POST or None, sheet=sheet)
    context: dict[str, object] = {"sheet": sheet, "form": form}
    if sheet.ball_id == request.user.pk:
        refused = "It is your turn already: the ball came back to you."
        return render(request, "a3/take_back.html", context | {"refused": refused}, status=409)
    if not form.is_valid():
        return render(request, "a3/take_back.html", context, status=422 if form.is_bound else 200)
    try:
        found = form.cleaned_data
        actions.take_back(sheet, holder=found["holder"], by=request.user, words=found["words"])
    except actions.NotYourBall as refused:
        return render(request, "a3/take_back.html", context | {"refused": str(refused)}, status=409)
    return redirect(f"{sheet.get_absolute_url()}?side=rounds")


@require_safe
def round_detail(request: AuthenticatedRequest, pk: int, number: int) -> HttpResponse:
    rounds = Round.objects.visible_to(request.user).select_related("handed_over_by", "handed_over_to")
    return round_page(request, get_object_or_404(rounds, sheet=pk, number=number))


def round_page(
    request: AuthenticatedRequest, frozen: Round, *, photo_form: PhotoForm | None = None, status: int = 200
) -> HttpResponse:
    """What the sheet said, its marked-up prints, and a form to add one for those named on the sheet."""
    sheets = Sheet.objects.visible_to(request.user).with_people()
    sheet = get_object_or_404(sheets, pk=frozen.sheet_id)
    may_add = request.user in (*sheet.named, sheet.ball) and not sheet.is_archived
    sheet.title, sheet.round_number = frozen.content["title"], frozen.number
    sections = [section | {"pk": section["number"]} for section in frozen.content["sections"]]
    context = {
        "sheet": sheet,
        "frozen": frozen,
        "left": [section for section in sections if section["half"] == "left"],
        "right": [section for section in sections if section["half"] == "right"],
        "on": timezone.localtime(frozen.handed_over_at),
        "drawings": drawings_of_round(frozen),
        "choice": choice_of(request),
        "marked": MarkedPrint.objects.visible_to(request.user).filter(round=frozen).select_related("added_by"),
        "photo_form": (photo_form or PhotoForm()) if may_add else None,
    }
    return render(request, "a3/round_detail.html", context, status=status)
