"""Another type for a draft: nothing written is lost, and nothing written meanwhile is overwritten."""

import pytest
from django.urls import reverse

from a3 import actions
from a3.models import Remark, Section, Sheet, State
from a3.retyping import token
from tests.a3.factories import make_figure, make_remark, make_sheet, place, section_of, sheet_type

BODIES = {1: "<p>Why</p>", 3: "<p>By half</p>", 4: "<p>Roots &amp; more</p>", 7: "<p>Look</p>"}


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.learner, cast.site, coach=cast.coach, bodies=BODIES)


def url(sheet):
    return reverse("a3:sheet_type_edit", args=[sheet.pk])


def seen(sheet):
    return token(sheet.sections.order_by("type__position"))


def change(sheet, slug="proposal"):
    return actions.change_type(sheet, sheet_type(slug), seen=seen(sheet), by=sheet.owner)


def test_what_goes_where_is_shown_then_done(cast, sheet, sign_in):
    figure = make_figure(sheet)
    place(figure, number=4)
    client = sign_in("learner")
    page = client.get(url(sheet), {"type": "proposal"})
    assert "goes to “What we have considered”, under a line that says" in page.text
    answer = client.post(url(sheet), {"type": "proposal", "seen": page.context["seen"]})
    assert answer.status_code == 302
    sections = {s.name: s for s in Sheet.objects.get().sections.in_order()}
    placed = f'<figure data-figure="{figure.pk}"></figure>'
    assert {name: s.body for name, s in sections.items()} == {
        "Background": "<p>Why</p>",
        "Current condition": "",
        "What we have considered": "<p><strong>Goal</strong></p><p>By half</p>"
        f"<p><strong>Analysis</strong></p><p>Roots &amp; more</p>{placed}",
        "Proposal": "",
        "Plan": "",
        "Open issues": "<p><strong>Follow-up</strong></p><p>Look</p>",
    }
    assert sections["What we have considered"].figure_ids == [figure.pk]


def test_back_again_every_word_is_there(cast, sheet):
    change(sheet)
    change(Sheet.objects.get(), "problem-solving")
    text = "".join(Section.objects.values_list("body", flat=True))
    assert all(words in text for words in BODIES.values())


def test_remarks_and_their_replies_move_along(cast, sheet):
    thread = make_remark(sheet, cast.coach, number=4)
    actions.reply(thread, text="Not yet", by=cast.learner)
    change(sheet)
    assert {r.section.name for r in Remark.objects.all()} == {"What we have considered"}


def test_what_is_being_written_meets_a_conflict(cast, sheet):
    section = section_of(sheet, 1)
    revision = actions.save_section(
        section.pk, body="<p>a</p>", revision=section.revision, by=cast.learner, writing=("tab", 1)
    )
    change(sheet)
    with pytest.raises(actions.Conflict):
        actions.save_section(section.pk, body="<p>b</p>", revision=revision, by=cast.learner, writing=("tab", 2))


def test_what_was_written_after_the_preview_is_looked_at_first(cast, sheet, sign_in):
    before = seen(sheet)
    actions.save_section(section_of(sheet, 2).pk, body="<p>new</p>", revision=0, by=cast.learner)
    answer = sign_in("learner").post(url(sheet), {"type": "proposal", "seen": before})
    assert (answer.status_code, "in the meantime" in answer.text) == (409, True)
    assert Sheet.objects.get().type == sheet_type()


@pytest.mark.parametrize("fields", [{"state": State.IN_COACHING}, {"type": "none"}])
def test_only_while_drafting(cast, sheet, sign_in, fields):
    kind = fields.pop("type", "proposal")
    Sheet.objects.update(**fields)
    assert sign_in("learner").post(url(sheet), {"type": kind, "seen": seen(sheet)}).status_code in {404, 200}
    assert Sheet.objects.get().type == sheet_type()


def test_too_much_for_one_section_is_refused_with_words(cast, sheet):
    Section.objects.filter(sheet=sheet, type__position__in=(3, 4)).update(body=f"<p>{'x' * 120_000}</p>")
    with pytest.raises(actions.CannotRetype, match="would get too much"):
        change(sheet)
