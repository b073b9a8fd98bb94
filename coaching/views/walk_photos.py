"""Photos of a walk: adding one to an observation, taking it away, and the file for those who read the record."""

import uuid

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST, require_safe

from a3.forms import PhotoForm
from coaching import actions
from coaching.models import Observation, WalkPhoto
from partners.http import AuthenticatedRequest, picture_answer


@require_POST
def walk_photo_new(request: AuthenticatedRequest, pk: int, uid: uuid.UUID, photo: uuid.UUID) -> HttpResponse:
    """Keep a photo, by the id that its phone made, with the observation it belongs to."""
    observations = Observation.objects.editable_by(request.user)
    observation = get_object_or_404(observations, visit=pk, uid=uid)
    form = PhotoForm(request.POST, request.FILES)
    refusal = "" if form.is_valid() else " ".join(map(str, form.errors["photo"]))
    if not refusal:
        try:
            actions.add_walk_photo(observation, form.cleaned_data["photo"], uid=photo, by=request.user)
        except actions.TooManyPhotos as refused:
            refusal = str(refused)
    if "X-Autosave" not in request.headers:
        if refusal:
            messages.error(request, refusal)
        return redirect("coaching:piece_edit", pk, "observations", uid)
    if refusal:
        return HttpResponse(refusal, status=422, content_type="text/plain; charset=utf-8")
    return JsonResponse({"revision": 1}, status=201)


@require_POST
def walk_photo_remove(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    photo = get_object_or_404(WalkPhoto.objects.editable_by(request.user).select_related("observation"), pk=pk)
    actions.remove_walk_photo(photo, by=request.user)
    if "X-Autosave" in request.headers:
        return JsonResponse({"revision": 1})
    return redirect("coaching:walk_detail", photo.observation.visit_id)


@require_safe
def walk_photo(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    photo = get_object_or_404(WalkPhoto.objects.visible_to(request.user), pk=pk)
    return picture_answer(request, photo.file, name=f"photo-{pk}", sha256=photo.sha256)
