"""The Django app."""

from django.apps import AppConfig


class A3Config(AppConfig):
    name = "a3"
    verbose_name = "A3 sheets"
