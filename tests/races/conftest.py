"""Rows that are committed, so that other connections see them, and stay for all tests of a module."""

import pytest

from tests.cast import Cast
from tests.races.hands import committed_rows


@pytest.fixture(scope="module")
def db(django_db_setup, django_db_blocker):
    """By this name pytest-django knows that a database is needed."""
    with committed_rows(django_db_blocker) as hands:
        yield hands


@pytest.fixture(scope="module")
def hands(db):
    return db


@pytest.fixture(scope="module")
def cast(hands):
    return Cast()
