"""Django's admin as part of the product: its title, and sign-in through the product's own page."""

from typing import Any

from django.contrib.admin import AdminSite
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse


class OwnAdminSite(AdminSite):
    site_header = "LEI Partners, administration"
    site_title = "LEI Partners"
    index_title = "Administration"
    site_url = "/"

    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Send who is signed out to the sign-in page. To others than administrators the admin is not there."""
        if request.user.is_authenticated and not self.has_permission(request):
            raise Http404
        return redirect_to_login(request.GET.get("next", "/admin/"))
