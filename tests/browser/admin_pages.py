"""Every page of Django's admin, read off its registry: a model that is registered is looked at too."""

from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.test import RequestFactory

from a3.models import Audience, SheetType
from partners import actions
from partners.models import Holiday, Invitation, Obligation, Person, Priority, Reminder
from tests.a3.factories import make_sheet
from tests.browser import charter_worlds, worlds
from tests.cast import Cast
from tests.coaching.memos import a_memo_of_a_record
from tests.courses.attendances import an_over_offering
from tests.factories import LONG_AGO, make_allotment
from tests.leipartners.full_days import fill_outbox, make_owed

Page = tuple[str, Callable[[Cast, Any], list[Any]]]


def a_row_of_each(cast: Cast) -> None:
    """At least one row of every model that the admin shows."""
    worlds.a_day(cast)
    make_sheet(cast.change_agent, cast.site, coach=cast.coach, audience=Audience.LEI)
    actions.allot([make_allotment(cast.partner)])
    worlds.an_offered_seat(cast)
    an_over_offering(cast)
    charter_worlds.a_charter(cast)
    a_memo_of_a_record(cast)
    mail = fill_outbox(cast)[0]
    Priority.objects.create(partner=cast.partner, name="A day less in bed", began_on=LONG_AGO)
    Holiday.objects.create(site=cast.site, on=LONG_AGO, name="New Year")
    owed: Obligation = make_owed(cast.learner, "sheet:1:ball")
    Reminder.objects.create(obligation=owed, occurrence=1, mail=mail)
    actions.invite(Invitation(email="new.person@example.com", name="New Person", site=cast.site), by=cast.administrator)


def request_of(person: Person) -> Any:
    request: Any = RequestFactory().get("/admin/")
    request.user = person
    return request


def first_of(model: type[Model]) -> Callable[[Cast, Any], list[Any]]:
    def args(cast: Cast, _made: Any) -> list[Any]:
        row = admin.site.get_model_admin(model).get_queryset(request_of(cast.administrator)).first()
        assert row is not None, f"Make a {model.__name__} in a_row_of_each."
        return [row.pk]

    return args


def no_args(_cast: Cast, _made: Any) -> list[Any]:
    return []


def pages_of(model: type[Model]) -> list[Page]:
    """Its list, the form that adds one where that is allowed, and one row."""
    name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
    adds = admin.site.get_model_admin(model).has_add_permission(request_of(Person(is_administrator=True)))
    return [
        (f"{name}_changelist", no_args),
        *([(f"{name}_add", no_args)] if adds else []),
        (f"{name}_change", first_of(model)),
    ]


ADMIN_PAGES: list[Page] = [
    ("admin:index", no_args),
    *(page for model in admin.site._registry for page in pages_of(model)),
    ("admin:a3_sheettype_history", first_of(SheetType)),
    ("admin:partners_priority_delete", first_of(Priority)),
    ("admin:partners_person_history", first_of(Person)),
]
