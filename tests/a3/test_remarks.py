"""Remarks on words of a section: anchored, marked with their number, answered by pointing at the change, reopened."""

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from a3 import actions
from a3.models import Remark, Section
from a3.passages import Passage
from tests.a3.factories import make_remark, make_sheet, section_of

HTMX = {"HX-Request": "true"}
BODY = "<p>It comes at <strong>10:20</strong>, then nothing moves.</p>"


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.change_agent, cast.site, coach=cast.coach, bodies={2: BODY, 5: "<p>A huddle at 15:00.</p>"})


@pytest.fixture
def thread(sheet, cast):
    given = {"kind": "question", "text": "Why?", "by": cast.coach, "passage": Passage("at 10:20, then")}
    return actions.remark(section_of(sheet, 2), **given)


def send(client, sheet, **fields):
    given = {"section": section_of(sheet, 2).pk, "kind": "question", "text": "Why?"} | fields
    return client.post(reverse("a3:remark_new", args=[sheet.pk]), given)


def test_words_are_kept_with_what_stands_around_them_and_the_round(sheet, sign_in):
    sheet.round_number = 4
    sheet.save()
    send(sign_in("coach"), sheet, quote="10:20 ,\n then", before="It comes at ")
    found = Remark.objects.get()
    assert (found.quote, found.before, found.after) == ("10:20, then", "Itcomesat", "nothingmoves.")
    assert found.round_number == 4


def test_words_that_do_not_stand_there_are_refused_beside_their_field(sheet, sign_in):
    page = send(sign_in("coach"), sheet, quote="never written")
    assert (page.status_code, "do not stand in 2 Current condition" in page.text) == (422, True)
    assert "never written" in page.text


def test_the_words_are_marked_with_the_number_of_the_thread(sheet, thread, sign_in):
    make_remark(sheet, thread.author, number=5)
    for side in ("", "rounds"):
        page = sign_in("learner").get(sheet.get_absolute_url(), {"side": side}).text
        assert '<mark class="pen">at </mark><strong><mark class="pen">10:20</mark></strong>' in page
        assert f'id="mark-{thread.pk}" href="{sheet.get_absolute_url()}#remark-{thread.pk}"' in page
    assert f'href="#mark-{thread.pk}"' in sign_in("learner").get(sheet.get_absolute_url()).text
    part = sign_in("coach").get(reverse("a3:section_detail", args=[thread.section_id]), headers=HTMX)
    assert f'id="mark-{thread.pk}"' in part.text


def test_words_that_are_gone_leave_the_remark_on_its_section(sheet, thread, sign_in):
    Section.objects.filter(pk=thread.section_id).update(body="<p>It comes at 9:00.</p>")
    page = sign_in("coach").get(sheet.get_absolute_url()).text
    assert "The words it was about are gone." in " ".join(page.split())
    assert (f'href="#section-{thread.section_id}"' in page, "<mark" in page) == (True, False)


def test_the_owner_answers_by_pointing_at_the_change(sheet, thread, sign_in, cast):
    url = reverse("a3:remark_answer", args=[thread.pk])
    changed = section_of(sheet, 5)
    bad = sign_in("change_agent").post(url, {"section": changed.pk, "quote": "no huddle"}, headers=HTMX)
    assert (bad.status_code, "do not stand in 5" in bad.text) == (422, True)
    given = {"section": changed.pk, "quote": "huddle at  15:00", "note": "Since Monday"}
    part = sign_in("change_agent").post(url, given, headers=HTMX).text
    assert f'Answered in <a href="#section-{changed.pk}">5 Countermeasures</a>' in " ".join(part.split())
    assert "Since Monday" in part
    thread.refresh_from_db()
    assert (thread.answered_by, thread.answer_quote) == (cast.change_agent, "huddle at 15:00")
    assert "<mark" not in sign_in("coach").get(sheet.get_absolute_url()).text


def test_reopened_it_waits_again_and_forgets_its_answer(sheet, thread, sign_in, cast):
    actions.answer(thread, by=cast.change_agent, section=thread.section, quote="10:20", note="See there")
    assert not actions.answer(thread, by=cast.coach)
    part = sign_in("coach").post(reverse("a3:remark_reopen", args=[thread.pk]), headers=HTMX).text
    assert ("Mark as answered" in part, "See there" in part) == (True, False)
    thread.refresh_from_db()
    assert (thread.answered_at, thread.answered_in, thread.answer_quote) == (None, None, "")
    assert not actions.reopen(thread)


def test_praise_waits_for_no_answer(sheet, thread, sign_in, cast):
    make_remark(sheet, cast.coach, number=5, kind="praise", text="Well tried.")
    page = sign_in("change_agent").get(sheet.get_absolute_url())
    assert page.context["open_threads"] == 1
    assert (
        [section.remarks_open for section in Section.objects.filter(sheet=sheet).in_order().with_remarks_open()]
        == [section.remarks_open for section in [*page.context["left"], *page.context["right"]]]
        == [0, 1, 0, 0, 0, 0, 0]
    )


def test_the_author_is_content_with_one_button(sheet, thread, sign_in):
    page = sign_in("coach").get(sheet.get_absolute_url()).text
    assert ("Mark as answered" in page, "Answered by the change in" in page) == (True, False)
    sign_in("coach").post(reverse("a3:remark_answer", args=[thread.pk]))
    assert Remark.objects.get().answered_in is None


def test_an_answer_points_at_a_section_of_its_own_sheet(sheet, thread, sign_in, cast):
    other = section_of(make_sheet(cast.change_agent, cast.site), 1)
    url = reverse("a3:remark_answer", args=[thread.pk])
    assert sign_in("change_agent").post(url, {"section": other.pk}).status_code == 422
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.answer(thread, by=cast.change_agent, section=other)


def test_a_suggestion_is_asked_whether_it_could_be_a_question(sheet, sign_in):
    page = sign_in("coach").get(sheet.get_absolute_url()).text
    assert "Could this be a question?" in page
    client = sign_in("coach")
    send(client, sheet, kind=["suggestion", "question"])  # what the button sends without scripts
    send(client, sheet, kind="suggestion")
    assert [remark.kind for remark in Remark.objects.all()] == ["question", "suggestion"]


def test_hostile_words_stay_words(sheet, sign_in):
    Section.objects.filter(sheet=sheet).update(body="<p>a &lt;script&gt; here</p>")
    send(sign_in("coach"), sheet, quote="<script>", text="<img src=x onerror=alert(1)>")
    page = sign_in("learner").get(sheet.get_absolute_url()).text
    assert '<mark class="pen">&lt;script&gt;</mark>' in page
    assert ("<img src=x" in page, "<q>&lt;script&gt;</q>" in page) == (False, True)
