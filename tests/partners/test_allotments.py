"""The ledger of what partners may use: written once, never changed, read by those whom it concerns."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from partners.actions import allot
from partners.models import Allotment, Benefit
from partners.models.allotments import Balance, Kind
from tests.cast import PEOPLE
from tests.factories import make_allotment, make_person

NEXT_YEAR: dict[str, Any] = {"begins_on": dt.date(2027, 3, 1), "ends_on": dt.date(2028, 2, 29)}


def test_writing_twice_changes_nothing(cast):
    assert allot([make_allotment(cast.partner, key="charter:1:year:1:granted")]) == 1
    again = make_allotment(cast.partner, amount="30", key="charter:1:year:1:granted")
    assert allot([again, make_allotment(cast.partner, Kind.ADDED, "2")]) == 1
    assert sorted(Allotment.objects.values_list("kind", "amount")) == [("added", Decimal(2)), ("granted", Decimal(24))]


def test_the_database_lets_nobody_change_or_delete_an_entry(cast):
    allot([make_allotment(cast.partner)])
    for write in (lambda: Allotment.objects.update(amount=48), lambda: Allotment.objects.all().delete()):
        with pytest.raises(DatabaseError, match="append_only"), transaction.atomic():
            write()
    assert Allotment.objects.get().amount == 24


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("partners_allotment_some", {"amount": "0"}),
        ("partners_allotment_some", {"amount": "-2"}),
        ("partners_allotment_some", {"kind": Kind.USED, "amount": "-1"}),
        ("partners_allotment_days_by_halves", {"amount": "1.2"}),
        ("partners_allotment_days_by_halves", {"amount": "1.5", "benefit": Benefit.COURSE_SEATS}),
        ("partners_allotment_benefit_and_kind", {"benefit": "coffee"}),
        ("partners_allotment_benefit_and_kind", {"kind": "lost"}),
        ("partners_allotment_year_in_order", {"ends_on": dt.date(2026, 3, 1)}),
        ("partners_allotment_says_why", {"why": ""}),
    ],
)
def test_what_the_database_refuses(cast, constraint, fields):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        allot([make_allotment(cast.partner, **fields)])


def test_a_year_is_added_up_from_its_entries(cast):
    entries = [
        (Kind.GRANTED, "24"),
        (Kind.ADDED, "2.5"),
        (Kind.ADDED, "-1"),
        (Kind.CARRIED_OVER, "3"),
        (Kind.HELD, "2"),
        (Kind.HELD, "1.5"),
        (Kind.RELEASED, "1.5"),
        (Kind.USED, "4"),
        (Kind.RETURNED, "0.5"),
    ]
    allot(make_allotment(cast.partner, kind, amount) for kind, amount in entries)
    allot([make_allotment(cast.partner, amount="7", **NEXT_YEAR), make_allotment(cast.elsewhere, amount="9")])
    allot([make_allotment(cast.partner, amount="12", benefit=Benefit.COURSE_SEATS)])
    days = Allotment.objects.filter(partner=cast.partner).of(Benefit.COACH_DAYS)
    year = days.in_year(dt.date(2026, 3, 1)).balance()
    assert year == Balance(allotted=Decimal("28.5"), held=Decimal(2), used=Decimal("3.5"))
    assert year.left == 23
    rows = [(row["benefit"], row["begins_on"].year, row["allotted"]) for row in _of(cast).balances()]
    assert rows == [("coach_days", 2026, Decimal("28.5")), ("coach_days", 2027, 7), ("course_seats", 2026, 12)]


def _of(cast):
    return Allotment.objects.filter(partner=cast.partner)


def test_nothing_written_is_nothing_left(cast):
    assert Allotment.objects.balance() == Balance()
    assert Balance().left == 0


def test_who_reads_which_ledger(cast):
    make_person("other_coach", is_coach=True)
    allot([make_allotment(cast.partner), make_allotment(cast.elsewhere)])
    names = {"Halden Valley Health": "ours", "Corvane Aerospace": "theirs"}
    seen = {
        name: {
            names[row.partner.name]
            for row in Allotment.objects.visible_to(AnonymousUser() if name == "nobody" else cast[name])
        }
        for name in PEOPLE
    }
    assert seen == {name: set() for name in PEOPLE} | {
        "outsider": {"theirs"},
        "change_agent": {"ours"},
        "sponsor": {"ours"},
        "coach": {"ours"},
        "staff": {"ours", "theirs"},
        "administrator": {"ours", "theirs"},
    }


def test_the_admin_finds_entries_and_changes_none(cast, sign_in):
    entry = make_allotment(cast.partner, words="Gemba walk at Riverside")
    allot([entry, make_allotment(cast.elsewhere)])
    client = sign_in("administrator")
    listed = client.get(reverse("admin:partners_allotment_changelist"), {"q": "gemba"}).context["cl"].result_list
    assert [row.words for row in listed] == ["Gemba walk at Riverside"]
    page = reverse("admin:partners_allotment_change", args=[listed[0].pk])
    assert (client.get(page).status_code, client.post(page, {"amount": 1}).status_code) == (200, 403)
