"""Photos of a sheet: adding one, and the file for those who see the sheet."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from a3 import actions
from a3.forms import PhotoForm
from a3.models import MarkedPrint, Photo, Round, Sheet
from a3.views.rounds import round_page
from a3.views.telling import telling
from partners.http import AuthenticatedRequest, picture_answer


@require_POST
def photo_new(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Keep a photo; answers with its address, for the editor to place it where one is writing."""
    sheet = get_object_or_404(Sheet.objects.editable_by(request.user), pk=pk)
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        return HttpResponse(
            " ".join(map(str, form.errors["photo"])), status=422, content_type="text/plain; charset=utf-8"
        )
    photo = actions.add_photo(sheet, form.cleaned_data["photo"], by=request.user)
    found = {"src": photo.get_absolute_url(), "width": photo.width, "height": photo.height}
    return JsonResponse(found, status=201)


@require_safe
def photo_file(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return served(get_object_or_404(Photo.objects.visible_to(request.user), pk=pk), request)


@require_safe
def marked_print_file(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return served(get_object_or_404(MarkedPrint.objects.visible_to(request.user), pk=pk), request)


@telling("pk")
@require_POST
def marked_print_new(request: AuthenticatedRequest, pk: int, number: int) -> HttpResponse:
    """A photo of a print of this round that somebody wrote on; added by those named on the sheet."""
    sheet = get_object_or_404(Sheet.objects.visible_to(request.user).kept().of(request.user), pk=pk)
    frozen = get_object_or_404(Round.objects.visible_to(request.user), sheet=sheet, number=number)
    form = PhotoForm(request.POST, request.FILES)
    if not form.is_valid():
        return round_page(request, frozen, photo_form=form, status=422)
    actions.add_marked_print(frozen, form.cleaned_data["photo"], by=request.user)
    return redirect("a3:round_detail", pk, number)


def served(photo: Photo | MarkedPrint, request: HttpRequest) -> HttpResponse:
    return picture_answer(request, photo.file, name=f"photo-{photo.pk}", sha256=photo.sha256)
