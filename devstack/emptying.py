"""Empties a test database between two tests that commit.

Django truncates every table and then makes all content types and permissions anew: half a second each time. A test
leaves a few hundred rows, so deleting them is ten times as quick, and types and permissions can stay.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase

# Those who are still writing are waited for. A replica's role: append-only tables and foreign keys do not object.
EMPTY = """
DO $$
DECLARE
    tables CONSTANT regclass[] := ARRAY(
        SELECT format('%I', tablename)::regclass FROM pg_tables
        WHERE schemaname = current_schema()
          AND tablename NOT IN ('django_migrations', 'django_content_type', 'auth_permission')
        ORDER BY tablename);
    one regclass;
BEGIN
    FOREACH one IN ARRAY tables LOOP
        EXECUTE format('LOCK TABLE %s IN EXCLUSIVE MODE', one);
    END LOOP;
    PERFORM set_config('session_replication_role', 'replica', true);
    FOREACH one IN ARRAY tables LOOP
        EXECUTE format('DELETE FROM %s', one);
    END LOOP;
END $$"""


def use_for_tests() -> None:
    """Have tests that commit end with this. Django has no hook for it."""
    pytest.MonkeyPatch().setattr(TransactionTestCase, "_fixture_teardown", empty)


def empty(_case: Any = None) -> None:
    """Delete all rows of the test database."""
    with connection.cursor() as cursor:
        cursor.execute(EMPTY)
