"""The product's URLs and two more, for tests of the look alone."""

from django.urls import include, path

from tests.look import views

urlpatterns = [
    path("pieces/", views.pieces, name="pieces"),
    path("broken/", views.broken, name="broken"),
    path("", include("leipartners.urls")),
]
