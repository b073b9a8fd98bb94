"""People, their assignments and invitations. Nobody gets a password here: whoever is added is invited by mail."""

from typing import Any, cast

from django.contrib import admin, messages
from django.http import HttpRequest

from partners import actions
from partners.admin.base import HouseAdmin, HouseInline, ReadOnlyAdmin
from partners.models import Assignment, Invitation, Person

WHO = ("Who", {"fields": ("name", "email", "based_in")})
AT_LEI = ("At LEI", {"fields": ("is_lei_staff", "is_coach", "is_administrator")})
PROFILE = ("Profile", {"fields": ("zone", "language", "quiet_from", "quiet_until")})
ACCOUNT = ("Account", {"fields": ("is_active", "joined_at", "last_login")})


class AssignmentInline(HouseInline):
    model = Assignment


@admin.register(Person)
class PersonAdmin(HouseAdmin):
    list_display = ("name", "email", "is_lei_staff", "is_coach", "is_administrator", "is_active", "last_login")
    list_filter = ("is_active", "is_lei_staff", "is_coach", "is_administrator")
    search_fields = ("sort_name", "name", "email")
    readonly_fields = ("joined_at", "last_login")
    inlines = (AssignmentInline,)

    def get_fieldsets(self, _request: HttpRequest, person: Person | None = None) -> Any:
        return (WHO, AT_LEI, PROFILE, ACCOUNT) if person else (WHO, AT_LEI, PROFILE)

    def has_delete_permission(self, _request: HttpRequest, _person: Person | None = None) -> bool:
        """People stay: what they did is history. They are made inactive instead."""
        return False

    def save_model(self, request: HttpRequest, person: Person, *form_and_change: Any) -> None:
        is_new = person.pk is None
        if is_new:
            person.set_unusable_password()
        super().save_model(request, person, *form_and_change)
        if is_new:
            self._invite(request, person, cast("Person", request.user))
        elif not person.is_active:
            actions.end_sessions(person)

    @staticmethod
    def _invite(request: HttpRequest, person: Person, by: Person) -> None:
        try:
            actions.invite(Invitation(email=person.email, name=person.name), by=by)
        except actions.NotInvited as no:
            messages.warning(request, f"{person.name} was added, but not invited: {no}")
        else:
            messages.info(request, f"{person.name} gets a mail with a link to set a password.")


@admin.register(Assignment)
class AssignmentAdmin(HouseAdmin):
    list_display = ("person", "site", "role", "level", "position", "began_on", "ended_on")
    list_select_related = ("person", "site")
    list_filter = ("role", "level", ("ended_on", admin.EmptyFieldListFilter))
    search_fields = ("person__sort_name", "person__name", "site__name", "position")


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ("name", "email", "site", "role", "invited_by", "invited_at", "expires_at", "accepted_at")
    list_select_related = ("site", "invited_by")
    list_filter = ("role", ("accepted_at", admin.EmptyFieldListFilter), ("withdrawn_at", admin.EmptyFieldListFilter))
    search_fields = ("name", "email")
    exclude = ("token_hash",)
