"""Querysets whose SQL is written once per process: for what a page reads at each opening, by the same few numbers.

Django writes the SQL of a queryset anew at each use, which takes longer than the database and the rows together.
"""

import copy
from collections.abc import Callable
from functools import cached_property
from types import SimpleNamespace
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import FETCH_ONE, Model, QuerySet
from django.db.models.query import ModelIterable

FIRST = 32_749  # and those below it stand in the text for the numbers: any column of numbers can hold them


class Prepared[M: Model]:
    """Called with numbers, returns the rows of the queryset that `make` returns for these numbers.

    `make` puts each number in as it is, as the value of a filter, and does nothing that depends on it.
    """

    def __init__(self, make: "Callable[..., QuerySet[M]]", numbers: int = 1) -> None:
        self.make = make
        self.stand_ins = [FIRST - at for at in range(numbers)]

    def __call__(self, *numbers: int) -> list[M]:
        compiler, sql, parameters, rows = self._written
        given = dict(zip(self.stand_ins, numbers, strict=True))
        compiler = copy.copy(compiler)  # of this thread: its connection is
        compiler.connection = connections[DEFAULT_DB_ALIAS]
        filled = tuple(given.get(value, value) for value in parameters)
        compiler.as_sql = lambda: (sql, filled)
        query = SimpleNamespace(get_compiler=lambda using: compiler)
        asked: Any = SimpleNamespace(
            query=query, db=DEFAULT_DB_ALIAS, model=rows.model, _fetch_mode=FETCH_ONE, _known_related_objects={}
        )
        return list(ModelIterable(asked))

    @cached_property
    def _written(self) -> tuple[Any, str, tuple[Any, ...], Any]:
        rows: Any = self.make(*self.stand_ins)
        compiler = rows.query.get_compiler(DEFAULT_DB_ALIAS)
        sql, parameters = compiler.as_sql()
        if sorted(value for value in parameters if value in self.stand_ins) != sorted(self.stand_ins):
            raise ValueError("Each number is put into the queryset once.")
        return compiler, sql, tuple(parameters), rows
