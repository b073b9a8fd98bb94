"""My profile."""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from partners.forms import ProfileForm
from partners.http import AuthenticatedRequest
from partners.models import Person

A_YEAR = 365 * 24 * 3600


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: AuthenticatedRequest) -> HttpResponse:
    me = Person.objects.visible_to(request.user).get(pk=request.user.pk)  # the shell goes on showing the saved name
    theme = request.COOKIES.get("theme", "system")
    form = ProfileForm(request.POST or None, instance=me, initial={"theme": theme})
    if request.method == "POST" and form.is_valid():
        form.save(commit=False)
        me.save(update_fields=[*form.Meta.fields, "sort_name"])  # the rest may have been changed by others meanwhile
        messages.success(request, "Your profile is saved.")
        response = redirect("partners:profile")
        secure = settings.SESSION_COOKIE_SECURE
        response.set_cookie("theme", form.cleaned_data["theme"], max_age=A_YEAR, samesite="Lax", secure=secure)
        return response
    status = 422 if form.is_bound else 200
    return render(request, "partners/profile.html", {"form": form}, status=status)
