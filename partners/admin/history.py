"""The history that the database itself writes: every change of a person or an assignment, when and by whom."""

from typing import Any

from django.apps import apps
from django.contrib import admin
from django.db.models import BigIntegerField, OuterRef, QuerySet, Subquery
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.http import HttpRequest
from django.utils import timezone

from partners.admin.base import HouseAdmin, ReadOnlyAdmin
from partners.lib.calendars import day_words
from partners.models import Person

CHANGES = {"insert": "added", "update": "changed"}


class HistoryAdmin(ReadOnlyAdmin):
    """Events of one model, newest first; only administrators reach it. Other apps register theirs with it too."""

    list_display = ("when", "change", "of", "by")
    list_select_related = ("pgh_obj",)
    list_filter = ("pgh_label",)
    ordering = ("-pk",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super(HouseAdmin, self).get_queryset(request)
        user = Cast(KeyTextTransform("user", OuterRef("pgh_context__metadata")), BigIntegerField())
        named: QuerySet[Any] = rows.annotate(
            by_name=Subquery(Person.objects.visible_to(request.user).filter(pk=user).values("name"))
        )
        return named

    @admin.display(description="when", ordering="pk")
    def when(self, event: Any) -> str:
        moment = timezone.localtime(event.pgh_created_at)
        return f"{day_words(moment.date(), year=True)}, {moment:%H:%M %Z}"

    @admin.display(description="change")
    def change(self, event: Any) -> str:
        return CHANGES.get(event.pgh_label) or str(event.pgh_label)

    @admin.display(description="of")
    def of(self, event: Any) -> str:
        return str(event.pgh_obj or f"{event.pgh_obj_id}, deleted")

    @admin.display(description="by")
    def by(self, event: Any) -> str:
        return str(event.by_name or "the program")


for name in ("PersonEvent", "AssignmentEvent"):
    admin.site.register(apps.get_model("partners", name), HistoryAdmin)
