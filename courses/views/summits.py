"""A Summit: its programme by day with one's own sessions, and the teams: what they look for, note and try."""

import uuid
from itertools import groupby
from typing import Any

from django.contrib import messages
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from courses import actions
from courses.forms import NoteForm, TeamForm, TrialForm
from courses.models import Enrollment, Offering, Pick, Session, Team, TeamNote, TeamTrial
from courses.views.offerings import may_see_link
from partners.http import AuthenticatedRequest
from partners.lib.addresses import address_of
from partners.models import Partner

LISTED = 200


@require_safe
def programme(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """By day, with the sessions that the reader goes to, and the teams the reader sees."""
    user = request.user
    rows = Offering.objects.visible_to(user).for_page().with_state_of(user)
    offering = get_object_or_404(rows.annotate(leads=Exists(Partner.objects.led_by(user))), pk=pk)
    own = Pick.objects.visible_to(user).filter(session=OuterRef("pk"), person=user)
    sessions = Session.objects.visible_to(user).filter(offering=offering).annotate(is_own=Exists(own))[:LISTED]
    is_over = offering.is_over(timezone.now())
    has_seat = getattr(offering, "own_state", None) in {"enrolled", "attended"}
    context = {
        "offering": offering,
        "days": [(day, list(those)) for day, those in groupby(sessions, key=lambda row: row.day)],
        "may_pick": has_seat and not is_over and not offering.cancelled_at,
        "may_see_link": may_see_link(offering, user),
        "teams": Team.objects.visible_to(user).filter(offering=offering).select_related("partner")[:LISTED],
        "may_team": has_seat or user.sees_all_partners or getattr(offering, "leads", False),
    }
    return render(request, "courses/programme.html", context)


@require_POST
def session_pick(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Go there, or not after all."""
    session = get_object_or_404(Session.objects.visible_to(request.user), pk=pk)
    try:
        if request.POST.get("go") == "1":
            actions.pick(session, by=request.user)
        else:
            actions.unpick(session, by=request.user)
    except actions.Refused as refusal:
        messages.error(request, str(refusal))
    return redirect(f"{_programme(session.offering_id)}#session-{pk}")


@require_http_methods(["GET", "HEAD", "POST"])
def team_new(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """A team of people with a seat whom the reader sees, or works with."""
    offering = get_object_or_404(Offering.objects.visible_to(request.user).select_related("course"), pk=pk)
    seen = Enrollment.objects.teamable_by(request.user).filter(offering=offering)
    if not seen.exists():
        raise Http404
    return _team_form(request, Team(offering=offering), seen)


@require_http_methods(["GET", "HEAD", "POST"])
def team_edit(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Who is in it, and what it looks for."""
    team = get_object_or_404(Team.objects.editable_by(request.user).select_related("offering__course"), pk=pk)
    seen = Enrollment.objects.teamable_by(request.user).filter(offering=team.offering)
    return _team_form(request, team, seen)


def _team_form(request: AuthenticatedRequest, team: Team, seen: Any) -> HttpResponse:
    form = TeamForm(request.POST if request.method == "POST" else None, instance=team, seen=seen)
    if form.is_valid():
        form.save()
        messages.success(request, f"The team {team.name} is kept.")
        return redirect(team)
    context = {"form": form, "offering": team.offering, "team": team}
    return render(request, "courses/team_form.html", context, status=422 if form.is_bound else 200)


@require_safe
def team_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return _team(request, pk)


@require_POST
def team_note(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """What one saw, in a session or anywhere; sent twice it is kept once."""
    team = get_object_or_404(Team.objects.editable_by(request.user), pk=pk)
    form = NoteForm(request.POST, team=team)
    if not form.is_valid():
        return _team(request, pk, status=422, note_form=form)
    sent = form.cleaned_data
    actions.note(team, sent["words"], session=sent["session"], once=sent["once"], by=request.user)
    return redirect(f"{team.get_absolute_url()}#notes")


@require_POST
def team_try(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """What the team tries, who, and by when."""
    team = get_object_or_404(Team.objects.editable_by(request.user), pk=pk)
    form = TrialForm(request.POST, team=team)
    if not form.is_valid():
        return _team(request, pk, status=422, trial_form=form)
    actions.try_out(team, actions.Trial(**form.cleaned_data), by=request.user)
    return redirect(f"{team.get_absolute_url()}#trials")


@require_POST
def trial_done(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    trial = get_object_or_404(TeamTrial.objects.editable_by(request.user).select_related("team"), pk=pk)
    actions.tried(trial)
    return redirect(f"{trial.team.get_absolute_url()}#trials")


def _team(request: AuthenticatedRequest, pk: int, *, status: int = 200, **more: Any) -> HttpResponse:
    user = request.user
    team = get_object_or_404(Team.objects.visible_to(user).for_page(user), pk=pk)
    context = {
        "team": team,
        "offering": team.offering,
        "may_write": getattr(team, "may_write", False),
        "notes": TeamNote.objects.visible_to(user).filter(team=team).select_related("session", "written_by")[:LISTED],
        "trials": TeamTrial.objects.visible_to(user).filter(team=team).select_related("person")[:LISTED],
        "note_form": NoteForm(team=team, initial={"once": uuid.uuid4()}),
        "trial_form": TrialForm(team=team, initial={"once": uuid.uuid4()}),
    }
    return render(request, "courses/team_detail.html", context | more, status=status)


def _programme(pk: int) -> str:
    return address_of("courses:programme", pk)
