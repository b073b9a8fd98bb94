"""URLs of partners and people."""

from django.urls import path

from partners import views

app_name = "partners"
urlpatterns = [
    path("", views.partner_list, name="partner_list"),
    path("profile/", views.profile, name="profile"),
]
