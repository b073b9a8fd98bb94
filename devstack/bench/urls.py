"""The project's pages and the bare one they are compared with."""

from django.urls import include, path

from devstack.bench.counting import bare

urlpatterns = [path("bare/", bare), path("", include("leipartners.urls"))]
