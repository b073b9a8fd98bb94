"""The roof as a Django app, without models; and Django's admin with a site of our own."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class LeipartnersConfig(AppConfig):
    name = "leipartners"
    verbose_name = "LEI Partners"


class OwnAdminConfig(admin_apps.AdminConfig):
    default_site = "partners.admin_site.OwnAdminSite"
    default = False
