"""Who is at a sheet now: advice for those who see the sheet, gone within a minute."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from a3 import schedules
from a3.models import Presence, Sheet
from tests.a3.factories import make_sheet, section_of
from tests.cast import PEOPLE


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.change_agent, cast.site, coach=cast.coach)


def tell(client, sheet, **data):
    return client.post(reverse("a3:presence_new", args=[sheet.pk]), data, headers={"HX-Request": "true"})


def test_each_sees_the_others_and_where_they_are(sheet, sign_in):
    section = section_of(sheet, 2)
    assert tell(sign_in("change_agent"), sheet, section=section.pk, is_writing="on").text.strip() == ""
    answer = tell(sign_in("coach"), sheet)
    assert f'data-section="{section.pk}"' in answer.text
    assert "Change writes here" in answer.text
    again = tell(sign_in("change_agent"), sheet, section=section.pk)
    assert "Coach is here" in again.text
    assert "data-section" not in again.text


def test_telling_again_is_no_second_row_and_few_queries(sheet, sign_in, django_assert_num_queries):
    client = sign_in("coach")
    for _ in range(2):
        with django_assert_num_queries(5):  # session, person, sheet, my row, the others
            tell(client, sheet)
    assert Presence.objects.count() == 1


def test_who_is_silent_is_gone_and_later_forgotten(sheet, sign_in):
    tell(sign_in("coach"), sheet)
    Presence.objects.update(seen_at=timezone.now() - dt.timedelta(seconds=41))
    assert "Coach" not in tell(sign_in("change_agent"), sheet).text
    Presence.objects.filter(person__name="Coach").update(seen_at=timezone.now() - dt.timedelta(hours=2))
    schedules.forget_presences()
    assert [row.person.name for row in Presence.objects.select_related("person")] == ["Change Agent"]


def test_a_section_of_another_sheet_is_refused(cast, sheet, sign_in):
    other = section_of(make_sheet(cast.change_agent, cast.site), 1)
    assert tell(sign_in("coach"), sheet, section=other.pk).status_code == 422


def test_visible_to(cast, sheet):
    theirs = make_sheet(cast.outsider, cast.other_site)
    for place in (sheet, theirs):
        Presence.objects.create(sheet=place, person=place.owner, seen_at=timezone.now())
    for name in PEOPLE[1:]:
        seen = {row.sheet for row in Presence.objects.visible_to(cast[name]).select_related("sheet")}
        assert seen == set(Sheet.objects.visible_to(cast[name]))


def test_one_row_a_person_and_sheet(cast, sheet):
    Presence.objects.create(sheet=sheet, person=cast.coach, seen_at=timezone.now())
    for fields in ({"person": cast.coach}, {"person": cast.learner, "is_writing": True}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Presence.objects.create(sheet=sheet, seen_at=timezone.now(), **fields)
