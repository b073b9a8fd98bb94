"""What the program asks and sends: obligations, reminders and mails, to be read."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet

from partners.admin.base import ReadOnlyAdmin
from partners.models import Mail, Obligation, Reminder, Someone

NOT_SHOWN = "It carries a link for one person and is not shown."


@admin.register(Obligation)
class ObligationAdmin(ReadOnlyAdmin):
    list_display = ("words", "person", "due_at", "next_reminder_at", "settled_at", "cancelled_at")
    list_select_related = ("person",)
    list_filter = (("settled_at", admin.EmptyFieldListFilter), ("cancelled_at", admin.EmptyFieldListFilter))
    search_fields = ("words", "key", "person__sort_name")

    def rows_of(self, user: Someone) -> QuerySet[Any]:
        return Obligation.objects.manageable_by(user)


@admin.register(Reminder)
class ReminderAdmin(ReadOnlyAdmin):
    list_display = ("obligation", "occurrence", "channel", "made_at")
    list_select_related = ("obligation",)
    search_fields = ("obligation__words",)

    def rows_of(self, user: Someone) -> QuerySet[Any]:
        return Reminder.objects.manageable_by(user)


@admin.register(Mail)
class MailAdmin(ReadOnlyAdmin):
    list_display = ("subject", "address", "created_at", "state", "attempts")
    list_filter = (("sent_at", admin.EmptyFieldListFilter), ("given_up_at", admin.EmptyFieldListFilter))
    search_fields = ("subject", "address")
    fields = (
        "subject",
        "address",
        "person",
        "words",
        "state",
        "created_at",
        "next_try_at",
        "sent_at",
        "given_up_at",
        "attempts",
        "failure",
        "key",
    )

    @admin.display(description="text")
    def words(self, mail: Mail) -> str:
        return NOT_SHOWN if mail.is_secret else mail.text
