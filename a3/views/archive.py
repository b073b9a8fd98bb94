"""The archive: putting a sheet there, and taking it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from a3 import actions
from a3.forms import ArchiveForm
from a3.models import Sheet
from partners.http import AuthenticatedRequest


@require_http_methods(["GET", "HEAD", "POST"])
def archive_new(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    sheet = get_object_or_404(Sheet.objects.archivable_by(request.user).with_people(), pk=pk)
    form = ArchiveForm(request.POST or None)
    if request.method == "POST":
        form = ArchiveForm(request.POST)
        if form.is_valid():
            try:
                actions.archive(sheet, by=request.user, reason=form.cleaned_data["reason"])
            except actions.ArchivedAlready as refused:
                messages.info(request, str(refused))
            return redirect(sheet)
    status = 422 if form.is_bound else 200
    return render(request, "a3/archive_new.html", {"form": form, "sheet": sheet}, status=status)


@require_POST
def archive_end(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Take a sheet back: Undo, however much later."""
    sheet = get_object_or_404(Sheet.objects.archivable_by(request.user), pk=pk)
    try:
        actions.take_from_archive(sheet)
        messages.success(request, "Taken back from the archive: the sheet goes on where it was.")
    except actions.ArchivedAlready as refused:
        messages.info(request, str(refused))
    return redirect(sheet)
