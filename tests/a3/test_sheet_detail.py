"""The page of a sheet: what each may do there, its remarks, rounds and details, and what it costs."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from a3 import actions
from a3.models import Remark
from tests.a3.factories import make_remark, make_sheet, section_of

HTMX = {"HX-Request": "true"}


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.change_agent, cast.site, coach=cast.coach, bodies={1: "<p>Beds open late.</p>"})


def open_(client, sheet, **query):
    return client.get(sheet.get_absolute_url(), query)


def test_buttons_follow_rights(sheet, sign_in):
    found = {}
    for name in ("change_agent", "coach", "learner"):
        page = open_(sign_in(name), sheet).text
        found[name] = ["sections/" in page, "hand-over/" in page, "remarks/" in page]
    assert found == {
        "change_agent": [True, True, True],
        "coach": [False, False, True],
        "learner": [False, False, False],
    }


@pytest.mark.parametrize("rows", [1, 4])
def test_costs_the_same_for_any_number_of_remarks(sheet, cast, sign_in, django_assert_num_queries, rows):
    for number in range(1, rows + 1):
        thread = make_remark(sheet, cast.coach, number=number)
        actions.reply(thread, text="Yes, twice.", by=cast.change_agent)
    client = sign_in("change_agent")
    with django_assert_num_queries(5):  # session, person, sheet, sections, remarks
        open_(client, sheet)


def test_a_remark_is_made_answered_and_replied_to(sheet, cast, sign_in):
    section = section_of(sheet, 2)
    url = reverse("a3:remark_new", args=[sheet.pk])
    made = sign_in("coach").post(
        url, {"section": section.pk, "kind": "question", "text": "Have you <b>been</b> there?"}
    )
    remark = Remark.objects.get()
    assert made.url == f"/a3/{sheet.pk}/#remark-{remark.pk}"
    owner = sign_in("change_agent")
    part = owner.post(reverse("a3:remark_reply", args=[remark.pk]), {"text": "Twice"}, headers=HTMX)
    assert ("<html" in part.text, "Twice" in part.text, "&lt;b&gt;been" in part.text) == (False, True, True)
    done = owner.post(reverse("a3:remark_answer", args=[remark.pk]), headers=HTMX)
    assert "2 Current condition, answered" in " ".join(done.text.split())
    remark.refresh_from_db()
    assert remark.answered_by == cast.change_agent


def test_an_empty_remark_or_reply_is_refused_where_it_happened(sheet, cast, sign_in):
    thread = make_remark(sheet, cast.coach)
    page = sign_in("coach").post(reverse("a3:remark_new", args=[sheet.pk]), {"text": " "})
    assert (page.status_code, "errorlist" in page.text) == (422, True)
    part = sign_in("coach").post(reverse("a3:remark_reply", args=[thread.pk]), {"text": ""}, headers=HTMX)
    assert (part.status_code, "errorlist" in part.text) == (422, True)


def test_nobody_remarks_on_a_section_of_another_sheet(sheet, cast, sign_in):
    other = make_sheet(cast.outsider, cast.other_site)
    url = reverse("a3:remark_new", args=[sheet.pk])
    fields = {"section": section_of(other, 1).pk, "kind": "question", "text": "Why?"}
    assert sign_in("coach").post(url, fields).status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic():
        Remark.objects.create(sheet=sheet, section=section_of(other, 1), text="Why?", author=cast.coach)


def test_a_reply_to_a_reply_is_refused_by_the_database(sheet, cast):
    thread = make_remark(sheet, cast.coach)
    below = actions.reply(thread, text="Yes", by=cast.change_agent)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.reply(below, text="No", by=cast.coach)


def test_each_side_is_a_part_and_a_page(sheet, cast, sign_in):
    actions.hand_over(sheet, to=cast.coach, by=cast.change_agent, note="Look at 4")
    for side, words in (("rounds", "Look at 4"), ("details", "Not answered yet"), ("coaching", "No remarks yet")):
        part = sign_in("coach").get(sheet.get_absolute_url(), {"side": side}, headers=HTMX)
        page = open_(sign_in("coach"), sheet, side=side)
        assert (words in part.text, words in page.text) == (True, True)
        assert ("<html" in part.text, "<html" in page.text) == (False, True)


def test_whose_turn_it_is_reads_first_what_is_wanted_of_them(sheet, cast, sign_in):
    actions.hand_over(sheet, to=cast.coach, by=cast.change_agent, note="Is 4 a <cause>?")
    assert "<b>Change Agent asks</b><br>Is 4 a &lt;cause&gt;?" in open_(sign_in("coach"), sheet).text
    assert "asks</b>" not in open_(sign_in("change_agent"), sheet).text
    sheet.refresh_from_db()
    actions.hand_over(sheet, to=cast.change_agent, by=cast.coach)
    assert "asks</b>" not in open_(sign_in("change_agent"), sheet).text


def test_every_tab_says_how_many_remarks_wait(sheet, cast, sign_in):
    make_remark(sheet, cast.coach)
    for side in ("coaching", "rounds", "details"):
        page = open_(sign_in("coach"), sheet, side=side).text
        assert "Coaching 1" in " ".join(page.split())


def test_a_section_as_it_reads_comes_back_when_one_is_done(sheet, sign_in):
    url = reverse("a3:section_detail", args=[section_of(sheet, 1).pk])
    part = sign_in("change_agent").get(url, headers=HTMX).text
    assert ("<html" in part, "Beds open late." in part, "edit/" in part) == (False, True, True)


def test_fragments_for_other_pages(sheet, cast, sign_in):
    theirs = make_sheet(cast.outsider, cast.other_site, title="Theirs", coach=cast.coach)
    for name, args in (("sheets_of_partner", [cast.partner.pk]), ("sheets_of_person", [cast.coach.pk])):
        page = sign_in("change_agent").get(reverse(f"a3:{name}", args=args))
        assert (sheet.title in page.text, theirs.title in page.text) == (True, False)
