"""Documents of a visit: adding one, the file for those who see the visit, taking one away."""

from django.contrib import messages
from django.http import FileResponse, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from a3.documents import TYPES
from coaching import actions
from coaching.forms import DocumentForm
from coaching.models import Visit, VisitDocument
from coaching.views.changes import RELATED, facts_of, status_of
from partners.http import AuthenticatedRequest


@require_http_methods(["GET", "POST"])
def visit_document_new(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Add a document, for whoever sees the visit."""
    visit = get_object_or_404(Visit.objects.editable_by(request.user).select_related(*RELATED), pk=pk)
    form = DocumentForm(request.POST, request.FILES) if request.method == "POST" else DocumentForm()
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            row = actions.add_document(visit, form.cleaned_data["file"], by=request.user)
        except actions.Refused as refused:
            form.add_error("file", str(refused))
            status = status_of(refused)
        else:
            messages.success(request, f"{row.name} stands with the visit.")
            return redirect(visit)
    return render(request, "coaching/visit_document_new.html", {"form": form} | facts_of(visit), status=status)


@require_safe
def visit_document_file(request: AuthenticatedRequest, pk: int) -> FileResponse:
    """The file, as a download that no browser takes for a page."""
    row = get_object_or_404(VisitDocument.objects.visible_to(request.user), pk=pk)
    kind = TYPES.get(row.ending, "application/octet-stream")
    response = FileResponse(row.file.open("rb"), as_attachment=True, filename=row.name, content_type=kind)
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@require_http_methods(["GET", "POST"])
def visit_document_remove(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Take a document away for everybody, once that is confirmed."""
    rows = VisitDocument.objects.editable_by(request.user).select_related("visit__site__partner", "added_by")
    row = get_object_or_404(rows, pk=pk)
    if request.method == "POST":
        actions.remove_document(row, by=request.user)
        messages.success(request, f"{row.name} is removed.")
        return redirect(row.visit)
    return render(request, "coaching/visit_document_remove.html", {"document": row} | facts_of(row.visit))
