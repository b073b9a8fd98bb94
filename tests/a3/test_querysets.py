"""Words of the field for sheets: held too long, somebody's; and files that only those who see the sheet reach."""

import datetime as dt

from django.utils import timezone

from a3.models import Photo, Sheet, SheetPrint
from tests.a3.factories import make_photo, make_sheet
from tests.cast import PEOPLE


def test_stale_is_what_one_person_has_held_for_three_days(cast):
    now = timezone.now()
    make_sheet(cast.learner, cast.site, title="long", ball_since=now - dt.timedelta(days=3))
    make_sheet(cast.learner, cast.site, title="short", ball_since=now - dt.timedelta(days=2, hours=23))
    assert [sheet.title for sheet in Sheet.objects.stale(now)] == ["long"]


def test_of_a_person_are_the_sheets_that_name_them(cast):
    make_sheet(cast.learner, cast.site, title="owned", coach=cast.coach)
    make_sheet(cast.change_agent, cast.site, title="sponsored", sponsor=cast.sponsor)
    assert [s.title for s in Sheet.objects.of(cast.coach)] == ["owned"]
    assert [s.title for s in Sheet.objects.of(cast.sponsor)] == ["sponsored"]


def test_photos_and_prints_are_seen_by_those_who_see_the_sheet(cast):
    sheet = make_sheet(cast.change_agent, cast.site, coach=cast.coach)
    make_photo(sheet)
    SheetPrint.objects.create(sheet=sheet, version_key="k", asked_by=cast.coach)
    for model in (Photo, SheetPrint):
        seeing = {name for name in PEOPLE[1:] if model.objects.visible_to(cast[name]).exists()}
        assert seeing == {"learner", "change_agent", "sponsor", "coach"}
