"""The partners where a person works, leads, sponsors or coaches: the subquery with which nearly every scope begins."""

import datetime as dt
from functools import cache
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import Expression, QuerySet
from django.utils import timezone

SOMEBODY, SOME_DAY = -1, dt.date.max  # stand in the text for what differs from use to use


class Workplaces(Expression):
    """Numbers of partners, for `partner__in`; `how` is a role, "works" for any of them, or "coaches".

    Django writes the SQL of a subquery anew at each use, and that took longer than PostgreSQL needs to answer. So this
    text is kept: written once per process, by Django, from the querysets that say what "now" means. Only the person
    and the day are put in.
    """

    def __init__(self, person: int, how: str) -> None:
        super().__init__(output_field=models.BigIntegerField())
        self.how = how
        self.facts: dict[Any, Any] = {SOMEBODY: person, SOME_DAY: timezone.localdate(timezone=dt.UTC)}

    def as_sql(self, _compiler: Any, _connection: Any) -> tuple[str, tuple[Any, ...]]:
        sql, parameters = _written(self.how)
        return sql, tuple(self.facts.get(parameter, parameter) for parameter in parameters)


@cache
def _written(how: str) -> tuple[str, tuple[Any, ...]]:
    sql, parameters = _asked(how).query.sql_with_params()
    return f"({sql})", tuple(parameters)


def _asked(how: str) -> "QuerySet[Any, Any]":
    if how == "coaches":
        partners: Any = apps.get_model("partners", "Partner")
        coached: QuerySet[Any, Any] = partners.coaches.through.objects.filter(person=SOMEBODY)
        return coached.values("partner")
    held: QuerySet[Any, Any] = apps.get_model("partners", "Assignment").objects.current(SOME_DAY)
    held = held.filter(person=SOMEBODY).order_by()
    return (held if how == "works" else held.filter(role=how)).values("site__partner")
