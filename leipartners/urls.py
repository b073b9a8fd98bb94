"""The URL map; each app owns its own."""

from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from leipartners import views

desk = (
    [
        path("", views.my_work, name="my_work"),
    ],
    "desk",
)

outbox = (
    [
        path("", views.mail_list, name="mail_list"),
        path("<int:pk>/", views.mail_detail, name="mail_detail"),
        path("<int:pk>/resend/", views.mail_resend, name="mail_resend"),
    ],
    "outbox",
)

urlpatterns = [
    path("", include(desk)),
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
    path("sw.js", views.service_worker, name="service_worker"),
    path("offline/", views.offline, name="offline"),
    path("outbox/", include(outbox)),
    path("partners/", include("partners.urls")),
    path("coaching/", include("coaching.urls")),
    path("a3/", include("a3.urls")),
    path("courses/", include("courses.urls")),
    path("accounts/login/", views.sign_in, name="account_login"),
    path("accounts/", include("partners.account_urls")),
    path("admin/password_change/", RedirectView.as_view(pattern_name="account_change_password")),
    path("admin/", admin.site.urls),
]
