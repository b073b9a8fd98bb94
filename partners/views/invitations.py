"""Inviting people, and accepting: the link shows on GET and acts on POST, since mail scanners follow links."""

from allauth.account.utils import perform_login
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from partners import actions
from partners.forms import AcceptForm, InvitationForm
from partners.http import AuthenticatedRequest
from partners.models import Invitation, Partner, Person


@require_http_methods(["GET", "HEAD", "POST"])
def invitation_new(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    partner = get_object_or_404(Partner.objects.manageable_by(request.user), pk=pk)
    form = InvitationForm(request.POST or None, partner=partner, by=request.user)
    if request.method == "POST" and form.is_valid():
        try:
            actions.invite(form.save(commit=False), by=request.user)
        except actions.NotInvited as no:
            form.add_error(no.field, str(no))
        else:
            messages.success(request, f"{form.cleaned_data['name']} is invited. The link works for 14 days.")
            return redirect(partner)
    status = 422 if form.is_bound else 200
    return render(request, "partners/invitation_new.html", {"partner": partner, "form": form}, status=status)


@require_POST
def invitation_resend(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    invitation = _manageable(request, pk)
    try:
        actions.invite_again(invitation)
    except actions.InvitationOver:
        messages.error(request, f"The invitation of {invitation.name} is no longer open.")
    except actions.TooMany as no:
        messages.error(request, str(no))
    else:
        messages.success(request, f"{invitation.name} gets a new link. The former one no longer works.")
    return redirect(invitation.site.partner if invitation.site else "partners:partner_list")


@require_POST
def invitation_withdraw(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    invitation = _manageable(request, pk)
    try:
        actions.withdraw_invitation(invitation)
    except actions.InvitationOver:
        messages.error(request, f"The invitation of {invitation.name} is no longer open.")
    else:
        messages.success(request, f"The invitation of {invitation.name} is withdrawn.")
    return redirect(invitation.site.partner if invitation.site else "partners:partner_list")


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def invitation_accept(request: HttpRequest, token: str) -> HttpResponse:
    invitation = Invitation.objects.for_token(token).select_related("site__partner", "invited_by").first()
    if invitation is None:
        return render(request, "partners/invitation_over.html", status=404)
    situation = invitation.situation_of(request.user)
    new = situation == "new"
    form = AcceptForm(request.POST or None, email=invitation.email, initial={"name": invitation.name}) if new else None
    if request.method == "POST" and (form.is_valid() if form else situation == "own"):
        return _accepted(request, token, form)
    status = 422 if request.method == "POST" else 200
    context = {"invitation": invitation, "form": form, "situation": situation}
    return render(request, "partners/invitation_accept.html", context, status=status)


def _accepted(request: HttpRequest, token: str, form: AcceptForm | None) -> HttpResponse:
    by = request.user if isinstance(request.user, Person) else None
    try:
        person = actions.accept_invitation(token, by=by, **(form.cleaned_data if form else {}))
    except (actions.InvitationOver, actions.SignInFirst):
        return render(request, "partners/invitation_over.html", status=409)
    messages.success(request, "Welcome. You are in.")
    if by:
        return redirect("/")
    response: HttpResponse = perform_login(request, person, redirect_url="/")
    return response


def _manageable(request: AuthenticatedRequest, pk: int) -> Invitation:
    return get_object_or_404(Invitation.objects.visible_to(request.user).select_related("site__partner"), pk=pk)
