"""Signing in where allauth's own views do not suffice."""

from allauth.account.forms import ResetPasswordForm
from allauth.account.views import PasswordResetView
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from partners.accounts import pretend_to_mail
from partners.http import AuthenticatedRequest


class ResetView(PasswordResetView):
    def form_valid(self, form: ResetPasswordForm) -> HttpResponse:
        response: HttpResponse = super().form_valid(form)
        if not form.users and response.status_code == 302:
            pretend_to_mail()
        return response


password_reset = ResetView.as_view()


@require_POST
def session_end(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """End one of my own sessions, on a device that is lost or lent."""
    get_object_or_404(UserSession, pk=pk, user=request.user).end()
    messages.success(request, "That device is signed out.")
    return redirect("usersessions_list")
