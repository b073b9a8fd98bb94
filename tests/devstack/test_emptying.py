"""A test database after a test that committed: as it was made, and still able to say who may do what."""

import datetime as dt
import threading

import pytest
from django.contrib.auth.models import Permission
from django.db import IntegrityError, connection, transaction

from a3.models import SectionType, SheetType
from devstack.emptying import empty
from partners.models import Assignment, Partner, Person
from tests.cast import Cast
from tests.factories import make_partner

pytestmark = pytest.mark.django_db(transaction=True)


def test_no_row_is_left_and_permissions_stay():
    Cast()
    permissions = Permission.objects.count()
    empty()
    assert (Person.objects.count(), Partner.objects.count(), Permission.objects.count()) == (0, 0, permissions)
    assert permissions > 0


def test_what_the_database_was_made_with_comes_back():
    made = list(SheetType.objects.order_by("pk").values())
    SheetType.objects.filter(slug="status").update(name="Another")
    SectionType.objects.all().delete()
    empty()
    assert list(SheetType.objects.order_by("pk").values()) == made != []
    assert set(SectionType.objects.values_list("sheet_type", flat=True)) == {kind["id"] for kind in made}


def test_what_is_written_at_the_same_moment_is_waited_for():
    written, end = threading.Event(), threading.Event()

    def write() -> None:
        with transaction.atomic():
            make_partner("Halden Valley Health")
            written.set()
            end.wait(10)
        connection.close()

    writing = threading.Thread(target=write)
    writing.start()
    assert written.wait(10)
    threading.Timer(0.2, end.set).start()
    empty()
    writing.join()
    assert Partner.objects.count() == 0


def test_foreign_keys_hold_again_afterwards():
    cast = Cast()
    empty()
    with pytest.raises(IntegrityError, match="foreign key"):
        Assignment.objects.create(person=cast.learner, site=cast.site, began_on=dt.date(2026, 1, 1))
