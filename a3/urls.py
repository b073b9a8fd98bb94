"""URLs of a3."""

from django.urls import path

from a3 import views

app_name = "a3"
urlpatterns = [
    path("", views.sheet_list, name="sheet_list"),
]
