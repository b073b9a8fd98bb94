"""Who met this before: what is found, in which order, by whom, and that nothing leaks."""

import pytest
from django.urls import reverse

from a3 import actions
from a3.likeness import similar
from a3.models import Audience, Effect, Section, Sheet, SheetWords
from tests.a3.factories import make_sheet, section_of
from tests.cast import PEOPLE
from tests.factories import make_claim

URL = reverse("a3:similar_to_text")
WAITING = {2: "<p>Patients wait for <strong>beds</strong> &amp; letters until the evening.</p>"}


@pytest.fixture
def sheets(cast):
    make_sheet(cast.learner, cast.site, title="Leave before noon", bodies=WAITING)
    make_sheet(cast.change_agent, cast.site, title="Beds open late", bodies={5: "<p>Huddle at eight.</p>"})
    make_sheet(cast.change_agent, cast.site, title="Needles counted twice")
    make_sheet(cast.outsider, cast.other_site, title="Leave by noon, theirs", bodies=WAITING)
    make_sheet(cast.outsider, cast.other_site, title="Noon beds for LEI", audience=Audience.LEI, bodies=WAITING)


def titles(person, **typed):
    return [like.sheet.title for like in similar(person, **typed)]


def test_by_title_though_written_otherwise(cast, sheets):
    assert titles(cast.learner, title="Leaving by noon") == ["Leave before noon"]
    assert titles(cast.learner, title="Needels counted") == ["Needles counted twice"]


def test_by_what_stands_in_the_sections_nearest_first(cast, sheets):
    assert titles(cast.learner, title="Waits", text="patients waiting for beds") == [
        "Leave before noon",
        "Beds open late",
    ]
    (like,) = similar(cast.learner, title="Letters in the evening")
    assert like.section == "Current condition"
    assert like.excerpt == ("Patients wait for beds &amp; <mark>letters</mark> until the <mark>evening</mark>.")


def test_each_finds_only_what_they_may_see(cast, sheets):
    found = {name: set(titles(cast[name], title="Leave by noon", text="beds")) for name in PEOPLE[1:]}
    ours = {"Leave before noon", "Beds open late"}
    assert found == {
        "outsider": {"Leave by noon, theirs", "Noon beds for LEI"},
        "learner": ours,
        "change_agent": ours,
        "sponsor": ours,
        "coach": set(),
        "staff": {"Noon beds for LEI"},
        "administrator": {"Noon beds for LEI"},
    }
    for name in PEOPLE[1:]:
        seen = set(SheetWords.objects.visible_to(cast[name]).values_list("sheet", flat=True))
        assert seen == set(Sheet.objects.visible_to(cast[name]).values_list("pk", flat=True))


def test_the_page_says_nothing_of_another_partner_not_even_how_much(cast, sheets, sign_in):
    client = sign_in("coach")
    before = client.get(URL, {"title": "Leave by noon"}, headers={"HX-Request": "true"}).content
    Sheet.objects.all().update(archived_at=None)
    for number in range(3):
        make_sheet(cast.outsider, cast.other_site, title=f"Leave by noon {number}", bodies=WAITING)
    assert client.get(URL, {"title": "Leave by noon"}, headers={"HX-Request": "true"}).content == before


@pytest.mark.parametrize("typed", ["", "a", "!!! ((( :* & |", "the and of", "\x00", "x" * 5000, "' or 1=1 --"])
def test_anything_may_be_typed(cast, sheets, sign_in, typed):
    client = sign_in("learner")
    assert client.get(URL, {"title": typed, "purpose": typed, "apart": "9" * 40}).status_code == 200


def test_a_sheet_finds_others_not_itself_and_the_archive_too(cast, sheets, sign_in):
    late = Sheet.objects.get(title="Beds open late")
    actions.archive(Sheet.objects.get(title="Leave before noon"), by=cast.learner)
    page = sign_in("change_agent").get(reverse("a3:similar_to_sheet", args=[late.pk]))
    assert [like.sheet.title for like in page.context["found"]] == ["Leave before noon"]
    assert "In the archive" in page.text


def test_whether_gains_hold_is_said(cast, sheets):
    sheet = Sheet.objects.get(title="Leave before noon")
    Effect.objects.create(sheet=sheet, claim=make_claim(cast.learner, cast.site))
    assert similar(cast.sponsor, title="Leave by noon")[0].gains == "1 gain: not checked yet"


def test_words_follow_title_and_text_in_the_same_statement(cast, sheets):
    sheet = Sheet.objects.get(title="Needles counted twice")
    assert titles(cast.learner, title="Swabs") == []
    actions.save_section(section_of(sheet, 1).pk, body="<p>Swabs too</p>", revision=0, by=cast.change_agent)
    assert titles(cast.learner, title="Swabs") == ["Needles counted twice"]
    actions.save_section(section_of(sheet, 1).pk, body="", revision=1, by=cast.change_agent)
    Sheet.objects.filter(pk=sheet.pk).update(title="Scalpels")
    assert (titles(cast.learner, title="Swabs"), titles(cast.learner, title="needles")) == ([], [])
    assert titles(cast.learner, title="a scalpel") == ["Scalpels"]
    assert SheetWords.objects.filter(sheet=sheet).count() == 1
    assert not Section.objects.filter(sheet=sheet).exclude(body="").exists()


@pytest.mark.parametrize("name", ["learner", "coach", "staff"])
def test_what_is_old_is_found_by_its_rare_words_by_who_may_see_it(cast, sheets, monkeypatch, name):
    make_sheet(cast.learner, cast.site, title="Zinc in the water", audience=Audience.LEI)
    make_sheet(cast.outsider, cast.other_site, title="Zinc in the water, theirs")
    for number in range(2):
        make_sheet(cast.learner, cast.site, title=f"Needles counted, {number}", audience=Audience.LEI)
    monkeypatch.setattr("a3.likeness.NEWEST", 1)
    monkeypatch.setattr("a3.likeness.NEWEST_OF_EACH", 1)
    cast.site.partner.coaches.add(cast.coach)
    assert titles(cast[name], title="Zinc") == ["Zinc in the water"]


@pytest.mark.parametrize("rows", [1, 4])
def test_costs_the_same_for_any_number_of_rows(cast, sign_in, django_assert_num_queries, rows):
    for _ in range(rows):
        sheet = make_sheet(cast.learner, cast.site, bodies=WAITING)
        Effect.objects.create(sheet=sheet, claim=make_claim(cast.learner, cast.site))
    client = sign_in("learner")
    with django_assert_num_queries(9):  # session, person, rarity, nearest, sheets, excerpts, effects, claims, checks
        assert len(client.get(URL, {"title": "Leave by noon"}).context["found"]) == rows
