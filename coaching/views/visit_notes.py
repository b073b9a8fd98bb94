"""A coach's private notes on a visit: pages for their author and nobody else."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from coaching.forms import VisitNoteForm
from coaching.models import Visit, VisitNote
from partners.http import AuthenticatedRequest, shown


@require_http_methods(["GET", "HEAD", "POST"])
def visit_notes(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One's own notes on a visit, newest first, and a new one; also a fragment for the page of the visit."""
    visit = get_object_or_404(Visit.objects.visible_to(request.user).select_related("site__partner"), pk=pk)
    if not request.user.is_coach:
        raise Http404
    form = VisitNoteForm(request.POST or None)
    status = 422 if form.errors else 200
    if form.is_valid():
        form.instance.author, form.instance.visit = request.user, visit
        form.save()
        if not request.htmx:
            return redirect("coaching:visit_notes", pk)
        form = VisitNoteForm()
    notes = VisitNote.objects.visible_to(request.user).filter(visit=visit)
    context = {"visit": visit, "notes": notes, "form": form}
    return render(request, shown(request, "coaching/visit_notes.html", part="notes"), context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def visit_note_edit(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    notes = VisitNote.objects.visible_to(request.user).select_related("visit__site__partner")
    note = get_object_or_404(notes, pk=pk)
    form = VisitNoteForm(request.POST or None, instance=note)
    if form.is_valid():
        form.instance.changed_at = timezone.now()
        form.save()
        return redirect("coaching:visit_notes", note.visit_id)
    context = {"note": note, "form": form}
    return render(request, "coaching/visit_note_edit.html", context, status=422 if form.errors else 200)


@require_POST
def visit_note_delete(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    note = get_object_or_404(VisitNote.objects.visible_to(request.user), pk=pk)
    note.delete()
    return redirect("coaching:visit_notes", note.visit_id)
