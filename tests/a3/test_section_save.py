"""Writing in a section: saved once, never over what one has not seen, never lost."""

import json

import pytest
from django.urls import reverse

from a3.models import Section
from tests.a3.factories import make_sheet, section_of

AUTO = {"X-Autosave": "1"}


@pytest.fixture
def section(cast):
    return section_of(make_sheet(cast.change_agent, cast.site, bodies={1: "<p>first</p>"}), 1)


def save(client, section, body, revision=0, headers=AUTO):
    url = reverse("a3:section_save", args=[section.pk])
    return client.post(url, {"body": body, "revision": revision}, headers=headers)


def test_saving_answers_with_the_next_revision_and_the_time(section, cast, sign_in):
    before = section.sheet.updated_at
    answer = save(sign_in("change_agent"), section, "<p>second<script>x</script></p>")
    section.refresh_from_db()
    assert (answer.status_code, json.loads(answer.text)["revision"]) == (200, 1)
    assert json.loads(answer.text)["words"].startswith("Saved ")
    assert (section.body, section.revision, section.changed_by) == ("<p>second</p>", 1, cast.change_agent)
    section.sheet.refresh_from_db()
    assert section.sheet.updated_at > before


def test_autosave_costs_three_queries(section, sign_in, django_assert_num_queries):
    client = sign_in("change_agent")
    with django_assert_num_queries(5):  # session, person, section with sheet; two are the test's own savepoint
        save(client, section, "<p>second</p>")


def test_of_two_tabs_the_second_sees_both_texts(section, sign_in):
    client = sign_in("change_agent")
    assert save(client, section, "<p>from the first tab</p>").status_code == 200
    answer = save(client, section, "<p>from the second tab</p>")
    assert answer.status_code == 409
    assert "<p>from the <ins>first</ins> tab</p>" in answer.text
    assert "<p>from the <ins>second</ins> tab</p>" in answer.text
    assert "&lt;p&gt;from the first tab&lt;/p&gt;&lt;p&gt;from the second tab&lt;/p&gt;</textarea>" in answer.text
    assert Section.objects.get(pk=section.pk).body == "<p>from the first tab</p>"


def test_the_choice_is_saved_over_the_revision_that_was_seen(section, sign_in):
    client = sign_in("change_agent")
    save(client, section, "<p>theirs</p>")
    both = save(client, section, "<p>theirs</p><p>mine</p>", revision=1, headers={"HX-Request": "true"})
    assert (both.status_code, "a3-editor" in both.text) == (200, True)
    assert Section.objects.get(pk=section.pk).body == "<p>theirs</p><p>mine</p>"


def test_the_same_text_sent_again_because_the_answer_was_lost_is_no_conflict(section, sign_in):
    client = sign_in("change_agent")
    for _ in range(2):
        answer = save(client, section, "<p>once</p>")
        assert (answer.status_code, json.loads(answer.text)["revision"]) == (200, 1)


def step(client, section, number, body, *, revision=0, writing="this editor"):
    data = {"body": body, "revision": revision, "writing": writing, "step": number}
    return client.post(reverse("a3:section_save", args=[section.pk]), data, headers=AUTO)


def test_an_editor_that_lost_an_answer_goes_on_where_it_was(section, sign_in):
    client = sign_in("change_agent")
    step(client, section, 1, "<p>first and</p>")  # the answer is lost, so the next step starts from revision 0 again
    answer = step(client, section, 2, "<p>first and more</p>")
    assert (answer.status_code, answer.json()["revision"]) == (200, 2)
    assert Section.objects.get(pk=section.pk).body == "<p>first and more</p>"


def test_what_was_sent_earlier_but_arrives_later_does_not_overwrite(section, sign_in):
    client = sign_in("change_agent")
    step(client, section, 2, "<p>first and more</p>")
    assert step(client, section, 1, "<p>first and</p>").status_code == 409
    assert Section.objects.get(pk=section.pk).body == "<p>first and more</p>"


def test_another_editor_has_to_have_seen_it(section, sign_in):
    client = sign_in("change_agent")
    step(client, section, 1, "<p>one</p>")
    assert step(client, section, 2, "<p>two</p>", writing="that editor").status_code == 409
    step(client, section, 2, "<p>seen, then saved</p>", revision=1, writing="that editor")
    assert step(client, section, 3, "<p>one, two</p>").status_code == 409


@pytest.mark.parametrize(
    ("body", "sentence"), [("x" * 200_001, "too long"), ("<ul><li>" * 100 + "x", "too deeply")], ids=["long", "deep"]
)
def test_too_much_is_refused_with_a_sentence(section, sign_in, body, sentence):
    answer = save(sign_in("change_agent"), section, body)
    assert answer.status_code == 422
    assert sentence in answer.text
    assert Section.objects.get(pk=section.pk).body == "<p>first</p>"


def test_a_refused_text_is_given_back_without_scripts(section, sign_in):
    answer = save(sign_in("change_agent"), section, "<ul><li>" * 100 + "my words", headers={})
    assert answer.status_code == 422
    assert "my words" in answer.text


def test_without_a_body_nothing_is_emptied(section, sign_in):
    url = reverse("a3:section_save", args=[section.pk])
    assert sign_in("change_agent").post(url, {"revision": 0}).status_code == 422
    assert Section.objects.get(pk=section.pk).body == "<p>first</p>"


def test_without_scripts_paragraphs_are_added_below(section, sign_in):
    url = reverse("a3:section_add", args=[section.pk])
    answer = sign_in("change_agent").post(url, {"added": "one <b>\n\ntwo", "revision": 0})
    assert (answer.status_code, answer.url) == (302, f"/a3/{section.sheet_id}/#section-{section.pk}")
    assert Section.objects.get(pk=section.pk).body == "<p>first</p><p>one &lt;b&gt;</p><p>two</p>"


def test_the_editor_comes_as_a_part_and_as_a_page(section, sign_in):
    url = reverse("a3:section_edit", args=[section.pk])
    part = sign_in("change_agent").get(url, headers={"HX-Request": "true"})
    page = sign_in("change_agent").get(url)
    assert ("<html" in part.text, "<html" in page.text) == (False, True)
    for answer in (part, page):
        assert "<p>first</p></a3-editor>" in answer.text
        assert "What is the purpose, and whom does it serve?" in answer.text
