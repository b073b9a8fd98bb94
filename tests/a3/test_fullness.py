"""How full the paper is: measured by setting the sheet, for the version it was measured for and no other."""

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from a3 import actions, tasks
from a3.models import Fullness, Section
from tests.a3.factories import section_of
from tests.a3.prints import sheet_of
from tests.cast import PEOPLE


def words(count):
    return f"<p>{'several causes meet here ' * count}</p>"


def measured(cast, count):
    sheet = sheet_of(cast, bodies={4: words(count)})
    Fullness.objects.create(sheet=sheet)
    tasks.measure(sheet.pk)
    return sheet, Fullness.objects.get(sheet=sheet)


def url(sheet):
    return reverse("a3:sheet_fullness", args=[sheet.pk])


@pytest.mark.parametrize(
    ("count", "kind", "whole", "section"),
    [
        (40, "full", r"^\d\d % full$", r"^About \d+ lines left in this half\.$"),
        (150, "smaller", r"^full, type 10\.\d pt$", r"so type gets smaller: about \d+ lines left"),
        (620, "over", r"^\d+ lines? too long$", r"^This half is \d+ lines? too long"),
    ],
)
def test_it_says_how_full_then_that_type_gets_smaller_then_by_how_much_it_is_too_long(
    cast, count, kind, whole, section
):
    _, found = measured(cast, count)
    assert found.measure["type"] == kind
    assert re.search(whole, found.whole.words)
    assert re.search(section, found.of_section(4, "left").words)


def test_nothing_written_is_nothing_full(cast):
    sheet = sheet_of(cast, bodies={})
    tasks.measure(sheet.pk)
    assert Fullness.objects.get(sheet=sheet).whole.words == "0 % full"


def test_lines_that_are_left_fit_and_more_do_not(cast):
    sheet, found = measured(cast, 50)
    left = found.measure["halves"]["left"]
    for more, fits in ((left - 1, True), (left + 2, False)):
        body = words(50) + "<ul>" + "<li><p>One line</p></li>" * more + "</ul>"
        Section.objects.filter(pk=section_of(sheet, 4).pk).update(body=body)
        tasks.measure(sheet.pk)
        found.refresh_from_db()
        assert (found.measure["type"] == "full") == fits


def test_a_gauge_is_shown_only_while_it_is_true(cast, sign_in):
    sheet, _ = measured(cast, 40)
    client = sign_in("change_agent")
    assert "% full" in client.post(url(sheet)).content.decode()
    assert "% full" in client.get(sheet.get_absolute_url()).content.decode()
    actions.save_section(section_of(sheet, 1).pk, body="<p>More</p>", revision=0, by=cast.change_agent)
    page = client.get(sheet.get_absolute_url()).content.decode()
    assert ("% full" in page, "data-waiting" in page) == (False, True)
    assert client.post(url(sheet)).status_code == 204
    tasks.measure(sheet.pk)
    assert "% full" in client.post(url(sheet)).content.decode()


def test_at_most_one_measure_waits_for_a_sheet(cast, monkeypatch, django_capture_on_commit_callbacks):
    sent = []
    monkeypatch.setattr(tasks.measure, "delay", sent.append)
    sheet = sheet_of(cast)
    with django_capture_on_commit_callbacks(execute=True):
        for _ in range(3):
            actions.ask_for_measure(sheet)
    assert sent == [sheet.pk]
    Fullness.objects.update(asked_at=timezone.now() - dt.timedelta(minutes=2))
    with django_capture_on_commit_callbacks(execute=True):
        actions.ask_for_measure(sheet)
    assert sent == [sheet.pk, sheet.pk]


def test_measuring_a_sheet_that_is_gone_does_nothing(db):
    tasks.measure(0)


def test_it_is_seen_by_those_who_see_the_sheet(cast):
    sheet = sheet_of(cast)
    Fullness.objects.create(sheet=sheet)
    seeing = {name for name in PEOPLE[1:] if Fullness.objects.visible_to(cast[name])}
    assert seeing == {"learner", "change_agent", "sponsor", "coach"}
