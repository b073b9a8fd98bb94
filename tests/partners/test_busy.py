"""Who is taken when: never twice at once, whoever writes, and known to LEI only."""

import datetime as dt

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction

from coaching.models import Leave, TravelDay
from courses.models import Offering
from partners.models import BusyTime
from tests.cast import PEOPLE
from tests.coaching.factories import NINE, make_cancelled, make_confirmed, make_visit
from tests.courses.factories import make_offering

HOUR = dt.timedelta(hours=1)


def keys():
    return set(BusyTime.objects.values_list("key", flat=True))


def leave(cast, **fields):
    given = {"starts_at": NINE, "ends_at": NINE + 8 * HOUR, "zone": "America/New_York", "added_by": cast.staff}
    return Leave.objects.create(coach=cast.coach, **given | fields)


def teach(cast, **fields):
    day = dt.date(2026, 11, 25)
    offering = make_offering(starts_on=day, ends_on=day, enroll_until=day, **fields)
    offering.instructors.add(cast.coach)
    return offering


def test_only_what_is_certain_takes_time(cast):
    make_visit(cast.site, cast.coach)
    make_cancelled(cast.site, cast.coach)
    visit = make_confirmed(cast.site, cast.coach)
    assert keys() == {f"visit:{visit.pk}"}
    visit.confirmed_at = None
    visit.coach_confirmed_at = visit.coach_confirmed_by = None
    visit.save()
    assert keys() == set()


def test_each_kind_keeps_its_row_through_every_change(cast):
    away = leave(cast)
    way = TravelDay.objects.create(
        coach=cast.coach, starts_at=NINE - 9 * HOUR, ends_at=NINE - HOUR, zone="UTC", added_by=cast.staff, route="There"
    )
    assert keys() == {f"leave:{away.pk}", f"travel:{way.pk}"}
    way.starts_at -= HOUR
    way.save()
    assert BusyTime.objects.get(key=f"travel:{way.pk}").starts_at == NINE - 10 * HOUR
    away.delete()
    assert keys() == {f"travel:{way.pk}"}


def test_who_teaches_is_taken_from_the_first_hour_to_the_last(cast):
    offering = teach(cast, zone="Europe/Paris", daily_from=dt.time(9), daily_until=dt.time(17))
    row = BusyTime.objects.get()
    assert (row.key, row.person, row.starts_at.hour, row.ends_at.hour) == (
        f"course:{offering.pk}:{cast.coach.pk}",
        cast.coach,
        8,
        16,
    )
    Offering.objects.filter(pk=offering.pk).update(ends_on=dt.date(2026, 11, 26))
    assert BusyTime.objects.get().last_day == dt.date(2026, 11, 26)
    offering.instructors.clear()
    assert keys() == set()


def go_elsewhere(cast):
    return make_confirmed(cast.other_site, cast.coach)


@pytest.mark.parametrize("write", [go_elsewhere, leave, teach])
def test_nobody_is_at_two_places_at_once(cast, write):
    make_confirmed(cast.site, cast.coach)
    with pytest.raises(IntegrityError, match="partners_busytime_once_at_a_time"), transaction.atomic():
        write(cast)
    assert BusyTime.objects.count() == 1


def test_lei_alone_sees_who_is_taken(cast):
    row = BusyTime.objects.get(key=f"leave:{leave(cast).pk}")
    seen = {
        name: set(BusyTime.objects.visible_to(AnonymousUser() if name == "nobody" else cast[name])) for name in PEOPLE
    }
    at_lei = ("coach", "staff", "administrator")
    assert seen == {name: {row} if name in at_lei else set() for name in PEOPLE}


def test_between_finds_what_touches_and_not_what_only_meets(cast):
    row = BusyTime.objects.get(key=f"leave:{leave(cast).pk}")
    between = BusyTime.objects.between
    assert list(between(NINE + 7 * HOUR, NINE + 9 * HOUR)) == [row]
    assert list(between(NINE + 8 * HOUR, NINE + 9 * HOUR)) == []
    assert list(BusyTime.objects.in_the_way_of(cast.coach.pk, NINE, NINE + HOUR, but=row.key)) == []
