"""Many sheets as one book: choosing, watching it being made, opening it."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from a3 import actions, filtering
from a3.choices import PrintChoice
from a3.forms import FilterForm
from a3.models import Book, Sheet
from a3.models.books import MOST_SHEETS
from a3.models.sheets import SheetQuerySet
from a3.views.prints import choice_of
from partners.http import AuthenticatedRequest, pdf_answer, shown


@require_http_methods(["GET", "HEAD", "POST"])
def book_new(request: AuthenticatedRequest) -> HttpResponse:
    """Of the sheets named in the address (`?sheet=1&sheet=2`), or of all that its filters and `year` leave."""
    sheets = _wanted(request).order_by("partner__name", "site__name", "title", "pk")
    rows = list(sheets.select_related("partner", "site", "owner")[: MOST_SHEETS + 1])
    title = request.POST.get("title", "").replace("\x00", "").strip()[:120]
    refused, status = "", 200
    if request.method == "POST" and rows:
        try:
            paper = PrintChoice.asked(request.POST).paper
            return redirect(actions.ask_for_book(rows, by=request.user, title=title or "A3 sheets", paper=paper))
        except actions.TooManyBooks as error:
            refused, status = str(error), 422
    year = request.GET.get("year", "")
    context = {
        "sheets": rows[:MOST_SHEETS],
        "is_more": len(rows) > MOST_SHEETS,
        "refused": refused,
        "most": MOST_SHEETS,
    }
    context |= {"title": title or f"A3 sheets {year}".strip(), "choice": choice_of(request)}
    return render(request, "a3/book_new.html", context, status=status)


def _wanted(request: AuthenticatedRequest) -> SheetQuerySet:
    visible = Sheet.objects.visible_to(request.user)
    chosen = request.POST.getlist("sheet") if request.method == "POST" else request.GET.getlist("sheet")
    if chosen or request.method == "POST":
        numbers = [int(number) for number in chosen if number.isascii() and number.isdigit() and len(number) < 18]
        return visible.filter(pk__in=numbers)
    form = FilterForm(request.GET, reader=request.user)
    sheets = filtering.narrowed(visible, form.chosen, reader=request.user, now=timezone.now())
    year = request.GET.get("year", "")
    if year.isascii() and year.isdigit() and len(year) == 4:
        sheets = sheets.filter(started_on__year__lte=int(year), updated_at__year__gte=int(year))
    return sheets


@require_safe
def book_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """How far it is, asked again every two seconds until it has ended."""
    book = get_object_or_404(Book.objects.visible_to(request.user), pk=pk)
    items = list(book.items.select_related("sheet"))
    seen = set(
        Sheet.objects.visible_to(request.user).filter(pk__in=[i.sheet_id for i in items]).values_list("pk", flat=True)
    )
    context = {
        "book": book,
        "done": sum(item.done_at is not None for item in items),
        "count": len(items),
        "failed": [item for item in items if item.failure],
        "seen": seen,
    }
    return render(request, shown(request, "a3/book_detail.html", part="progress"), context)


@require_POST
def book_again(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    book = get_object_or_404(Book.objects.visible_to(request.user), pk=pk)
    actions.make_book_again(book)
    return redirect(book)


@require_safe
def book_file(request: AuthenticatedRequest, pk: int) -> HttpResponse | FileResponse:
    """For whoever asked for it, while they may see every sheet in it."""
    book = get_object_or_404(Book.objects.visible_to(request.user), pk=pk)
    if book.state != "ready":
        raise Http404
    try:
        actions.open_book(book, by=request.user)
    except actions.BookWithdrawn:
        return redirect(book)
    return pdf_answer(book.file, name=f"{book.title}.pdf")
