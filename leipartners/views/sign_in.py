"""The sign-in page: allauth's, and in demo mode with one sign-in per kind of person."""

from typing import Any

from allauth.account.views import LoginView
from django.conf import settings

from leipartners.demo.accounts import demo_accounts


class SignInView(LoginView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {"demo_accounts": demo_accounts() if settings.DEMO else []}


sign_in = SignInView.as_view()
