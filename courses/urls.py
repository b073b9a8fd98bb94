"""URLs of courses."""

from django.urls import path

from courses import views

app_name = "courses"
urlpatterns = [
    path("", views.offering_list, name="offering_list"),
]
