"""Writing in a section: open it, save it as one types, and what to do when somebody else saved first."""

from typing import Any

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from a3 import actions, merging
from a3.drawings import drawings_in
from a3.forms import AddedTextForm, SectionForm
from a3.models import Section, Sheet
from a3.sanitising import paragraphs
from a3.threads import count_open, pens_of
from partners.http import AuthenticatedRequest, shown

PAGE = "a3/section_edit.html"


@require_safe
def section_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The section as it reads: what the editor gives way to when one is done."""
    sections = Section.objects.visible_to(request.user).select_related("type", "sheet")
    section = get_object_or_404(sections, pk=pk)
    if not request.htmx:
        return _back(section)
    may_edit = section.sheet.owner_id == request.user.pk and not section.sheet.is_archived
    remarks = list(section.sheet.remarks.threads())
    count_open(remarks, [section])
    pens = pens_of(remarks, address=section.sheet.get_absolute_url())
    context = {"section": section, "may_edit": may_edit, "drawings": drawings_in([section]), "pens": pens}
    return render(request, "a3/_sheet.html#section", context)


@require_safe
def section_edit(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _editor(request, _mine(request, pk))


@require_safe
def section_forms(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """The editors of all sections of a sheet, for a phone that will write where there is no connection."""
    sheet = get_object_or_404(Sheet.objects.editable_by(request.user), pk=pk)
    sections = Section.objects.editable_by(request.user).filter(sheet=sheet).in_order().select_related("sheet", "type")
    return render(request, "a3/section_forms.html", {"sections": sections})


@require_POST
def section_save(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Save as one types (`X-Autosave`) or by a button. The scope stands in the one UPDATE of the action."""
    form = SectionForm(request.POST)
    if not form.is_valid():
        return _refused(request, pk, form)
    try:
        revision = actions.save_section(pk, by=request.user, **form.cleaned_data)
    except Section.DoesNotExist as error:
        raise Http404 from error
    except actions.Conflict as conflict:
        return _both_shown(request, conflict.section, form.cleaned_data["body"])
    except actions.NotOfThisSheet as refused:
        form.add_error("body", str(refused))
        return _refused(request, pk, form)
    if "X-Autosave" in request.headers:
        words = f"Saved {timezone.localtime():%H:%M}"
        return JsonResponse({"revision": revision, "words": words})
    section = _mine(request, pk)
    return _editor(request, section) if request.htmx else _back(section)


@require_POST
def section_add(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Add plain paragraphs below what stands there: writing without scripts, which loses no table or photo."""
    section = _mine(request, pk)
    form = AddedTextForm(request.POST)
    if not form.is_valid():
        return _refused(request, pk, form)
    body = section.body + paragraphs(form.cleaned_data["added"])
    together = SectionForm({"body": body, "revision": form.cleaned_data["revision"]})
    if not together.is_valid():
        return _refused(request, pk, together)
    try:
        actions.save_section(pk, by=request.user, **together.cleaned_data)
    except actions.Conflict as conflict:
        return _both_shown(request, conflict.section, together.cleaned_data["body"])
    return _back(section)


def _mine(request: AuthenticatedRequest, pk: int) -> Section:
    sections = Section.objects.editable_by(request.user).select_related("type", "sheet")
    return get_object_or_404(sections, pk=pk)


def _editor(request: AuthenticatedRequest, section: Section) -> HttpResponse:
    context = {"section": section, "body": section.body, "revision": section.revision}
    return render(request, shown(request, PAGE, part="form"), context)


def _back(section: Section) -> HttpResponse:
    return redirect(f"{section.sheet.get_absolute_url()}#section-{section.pk}")


def _refused(request: AuthenticatedRequest, pk: int, form: Any) -> HttpResponse:
    """Say why, and give the text back: nothing typed is lost."""
    section = _mine(request, pk)
    sentence = " ".join(sentence for errors in form.errors.values() for sentence in errors)
    if "X-Autosave" in request.headers:
        return HttpResponse(sentence, status=422, content_type="text/plain; charset=utf-8")
    sent = form.data.get("body") or form.data.get("added", "")
    context = {
        "section": section,
        "revision": section.revision,
        "body": section.body,
        "refused": sentence,
        "sent": sent,
    }
    return render(request, shown(request, PAGE, part="form"), context, status=422)


def _both_shown(request: AuthenticatedRequest, section: Section, mine: str) -> HttpResponse:
    both = merging.together(section.body, mine)
    context: dict[str, Any] = {
        "section": section,
        "mine": mine,
        "both": both,
        "conflict": True,
        "row": section,
        "what": "section",
    }
    context |= {"place": f"section-{section.pk}-text", "save": reverse("a3:section_save", args=[section.pk])}
    alone = "X-Autosave" in request.headers or request.htmx
    return render(request, "a3/_clash.html" if alone else PAGE, context, status=409)
