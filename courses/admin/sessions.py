"""The programme of an offering in the admin."""

from django.contrib import admin

from courses.models import Session


class SessionInline(admin.TabularInline):
    model = Session
    fields = ("day", "begins", "ends", "title", "speaker", "room", "link", "capacity")
    extra = 0
    verbose_name_plural = "sessions, by the clock of the place"
