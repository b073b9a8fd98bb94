"""Empties a test database between two tests that commit.

Django truncates every table and then makes all content types and permissions anew: half a second each time. A test
leaves a few hundred rows, so deleting them is ten times as quick, and types and permissions can stay. Rows that came
with the migrations come back: the tests after it, in any order, find the database as it was made.
"""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase

# Once, while nothing else is in it: a copy of every table with rows, in a schema that no program looks at.
REMEMBER = """
DO $$
DECLARE
    one text;
    has_rows boolean;
BEGIN
    CREATE SCHEMA IF NOT EXISTS as_made;
    FOR one IN
        SELECT tablename FROM pg_tables
        WHERE schemaname = current_schema()
          AND tablename NOT IN ('django_migrations', 'django_content_type', 'auth_permission')
    LOOP
        EXECUTE format('SELECT EXISTS (SELECT FROM %I)', one) INTO has_rows;
        IF has_rows THEN
            EXECUTE format('CREATE TABLE IF NOT EXISTS as_made.%I AS TABLE %I', one, one);
        END IF;
    END LOOP;
END $$"""
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
    made text;
BEGIN
    FOREACH one IN ARRAY tables LOOP
        EXECUTE format('LOCK TABLE %s IN EXCLUSIVE MODE', one);
    END LOOP;
    PERFORM set_config('session_replication_role', 'replica', true);
    FOREACH one IN ARRAY tables LOOP
        EXECUTE format('DELETE FROM %s', one);
    END LOOP;
    FOR made IN SELECT tablename FROM pg_tables WHERE schemaname = 'as_made' LOOP
        EXECUTE format('INSERT INTO %I TABLE as_made.%I', made, made);
    END LOOP;
END $$"""


def use_for_tests() -> None:
    """Have tests that commit end with this. Django has no hook for it."""
    pytest.MonkeyPatch().setattr(TransactionTestCase, "_fixture_teardown", empty)


def remember() -> None:
    """Remember the rows that a new test database was made with."""
    with connection.cursor() as cursor:
        cursor.execute(REMEMBER)


def empty(_case: Any = None) -> None:
    """Delete all rows of the test database but those it was made with."""
    with connection.cursor() as cursor:
        cursor.execute(EMPTY)
