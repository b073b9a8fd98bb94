"""Django's admin as part of the product: its title, and sign-in through the product's own page."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse

OURS = {"partners", "a3", "coaching", "courses"}


class OwnAdminSite(AdminSite):
    """Our own models only: groups mean nothing here, and sessions and second factors belong to their owners."""

    site_header = "LEI Partners, administration"
    site_title = "LEI Partners"
    index_title = "Administration"
    site_url = "/"

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        models: list[Any] = [model_or_iterable] if isinstance(model_or_iterable, type) else list(model_or_iterable)
        super().register([model for model in models if model._meta.app_label in OURS], admin_class, **options)

    def has_permission(self, request: HttpRequest) -> bool:
        """Administrators only. To others who are signed in the admin is not there."""
        allowed = super().has_permission(request)
        if request.user.is_authenticated and not allowed:
            raise Http404
        return allowed

    @login_not_required
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        return redirect_to_login(request.GET.get("next", "/admin/"))
