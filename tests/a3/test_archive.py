"""The archive: what leaves the lists, what stays, and the way back."""

import re

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from a3 import actions
from a3.actions.catchball import remind_holder
from a3.models import Agreement, Section, Sheet
from partners.models import Obligation
from tests.a3.factories import make_agreement, make_sheet, section_of
from tests.cast import PEOPLE


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.learner, cast.site, coach=cast.coach)


def test_who_may(cast, sheet):
    may = [name for name in PEOPLE[1:] if sheet in Sheet.objects.archivable_by(cast[name])]
    travels = [
        name
        for name in PEOPLE[1:]
        if any(s.may_archive for s in Sheet.objects.visible_to(cast[name]).with_rights_of(cast[name]))
    ]
    assert (may, travels) == (["learner", "change_agent"], ["learner", "change_agent"])


def test_put_away_with_a_reason_and_taken_back(cast, sheet, sign_in):
    client = sign_in("change_agent")
    client.post(reverse("a3:archive_new", args=[sheet.pk]), {"reason": "The line moved away"})
    page = client.get(sheet.get_absolute_url())
    assert "The line moved away" in page.text
    assert "Undo: take it back" in page.text
    assert client.post(reverse("a3:archive_end", args=[sheet.pk])).status_code == 302
    sheet.refresh_from_db()
    assert (sheet.archived_at, sheet.archived_by, sheet.archive_reason) == (None, None, "")


def test_nobody_writes_remarks_steers_or_passes_it_while_it_is_archived(cast, sheet, sign_in):
    agreement = make_agreement(sheet, cast.sponsor)
    actions.archive(sheet, by=cast.learner)
    for scope in ("editable_by", "remarkable_by", "steerable_by", "held_by"):
        assert not any(getattr(Sheet.objects, scope)(cast[name]).exists() for name in PEOPLE[1:]), scope
    assert not Agreement.objects.answerable_by(cast.sponsor).exists()
    with pytest.raises(Section.DoesNotExist):
        actions.save_section(section_of(sheet, 1).pk, body="<p>x</p>", revision=0, by=cast.learner)
    with pytest.raises(actions.NotYourBall):
        actions.hand_over(sheet, to=cast.coach, by=cast.learner)
    with pytest.raises(actions.NotAsked):
        actions.agree(agreement, by=cast.sponsor)
    page = sign_in("learner").get(sheet.get_absolute_url()).text
    assert ("/edit/" in page, "hand-over" in page, "Take back<" in page) == (False, False, False)


def test_other_pages_no_longer_list_it_and_it_stays_within_reach(cast, sheet, sign_in):
    kept = make_sheet(cast.learner, cast.site, title="Kept", coach=cast.coach, parent=sheet)
    actions.archive(sheet, by=cast.learner)
    client = sign_in("learner")
    lists = (
        reverse("a3:sheets_of_partner", args=[cast.partner.pk]),
        reverse("a3:sheets_of_person", args=[cast.learner.pk]),
        reverse("a3:sheets_of_person", args=[cast.coach.pk]),
        reverse("a3:sheet_list"),
        "/",
    )
    for url in lists:
        assert _linked(client.get(url).text) == {kept.pk}, url
    within_reach = (
        reverse("a3:sheet_list") + "?archived=on",
        sheet.get_absolute_url(),
        kept.get_absolute_url(),  # leads to its parent
        sheet.get_absolute_url() + "?side=details",  # leads to its child
    )
    assert [sheet.pk in _linked(client.get(url).text) for url in within_reach] == [True] * 4


def _linked(page: str) -> set[int]:
    return {int(number) for number in re.findall(r'href="(?:/a3/)?(\d+)/"', page)}


def test_what_is_owed_ends_and_comes_back(cast, sheet):
    remind_holder(sheet, asked_by=None)
    make_agreement(sheet, cast.sponsor)
    owed = set(Obligation.objects.open().values_list("key", flat=True))
    assert len(owed) == 2
    actions.archive(sheet, by=cast.learner)
    assert not Obligation.objects.open().exists()
    actions.take_from_archive(sheet)
    assert set(Obligation.objects.open().values_list("key", flat=True)) == owed


def test_twice_is_said_in_words(cast, sheet, sign_in):
    actions.archive(sheet, by=cast.learner)
    with pytest.raises(actions.ArchivedAlready):
        actions.archive(sheet, by=cast.change_agent)
    actions.take_from_archive(sheet)
    answer = sign_in("learner").post(reverse("a3:archive_end", args=[sheet.pk]), follow=True)
    assert "taken back already" in answer.text


def test_the_database_knows_who_put_it_away(cast, sheet):
    with pytest.raises(IntegrityError), transaction.atomic():
        Sheet.objects.update(archive_reason="x")
