"""A coach's private notes: pages for their author and nobody else."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from a3 import actions
from a3.forms import CoachNoteForm
from a3.models import CoachNote, Sheet
from partners.http import AuthenticatedRequest, shown
from partners.models import Person


@require_http_methods(["GET", "HEAD", "POST"])
def coach_notes(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """One's own notes about a person, newest first, and a new one; also a fragment for other pages."""
    person = get_object_or_404(Person.objects.visible_to(request.user), pk=pk)
    if not request.user.is_coach or person == request.user:
        raise Http404
    form = CoachNoteForm(request.POST or None)
    if form.is_valid():
        note = form.save(commit=False)
        note.about, note.sheet = person, _sheet(request)
        actions.write_note(note, by=request.user)
        if not request.htmx:
            return redirect(reverse("a3:coach_notes", args=[pk]))
        form = CoachNoteForm()
    notes = CoachNote.objects.visible_to(request.user).filter(about=person).select_related("sheet")
    context = {"person": person, "notes": notes, "form": form, "on_sheet": _sheet(request)}
    status = 422 if form.is_bound else 200
    return render(request, shown(request, "a3/coach_notes.html", part="notes"), context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def coach_note_edit(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    note = get_object_or_404(CoachNote.objects.visible_to(request.user).select_related("about"), pk=pk)
    form = CoachNoteForm(request.POST or None, instance=note)
    if form.is_valid():
        try:
            actions.change_note(form.save(commit=False))
        except actions.NoteGone as gone:
            raise Http404 from gone
        return redirect(reverse("a3:coach_notes", args=[note.about_id]))
    context = {"note": note, "form": form}
    return render(request, "a3/coach_note_edit.html", context, status=422 if form.is_bound else 200)


@require_POST
def coach_note_delete(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    note = get_object_or_404(CoachNote.objects.visible_to(request.user), pk=pk)
    note.delete()
    return redirect(reverse("a3:coach_notes", args=[note.about_id]))


def _sheet(request: AuthenticatedRequest) -> Sheet | None:
    """The sheet beside which the note is written, if it is one that the coach sees."""
    asked = request.GET.get("sheet", "")
    if not (asked.isascii() and asked.isdigit() and len(asked) < len(str(2**63))):
        return None
    return Sheet.objects.visible_to(request.user).filter(pk=int(asked)).first()
