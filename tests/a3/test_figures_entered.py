"""Entering a figure: as a page and in the dialog, kept whole, never over what one has not seen."""

import json
import re

import pytest
from django.urls import reverse

from a3 import actions
from a3.figures import KINDS
from a3.models import Figure, Section
from tests.a3.factories import RUN, make_figure, make_sheet, place, section_of

HTMX = {"HX-Request": "true"}
ROWS = {"row": ["new1", "new2"], "new1.when": "2026-10-01", "new1.value": "6", "new2.when": "2026-10-02"}
ENTERED = {"kind": "run_chart", "title": "Order to door", "o.unit": "h", "new2.value": "4"} | ROWS


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.change_agent, cast.site, coach=cast.coach)


def new(client, sheet, headers=None, **changes):
    return client.post(reverse("a3:figure_new", args=[sheet.pk]), ENTERED | changes, headers=headers or {})


def edit(client, figure, headers=None, **changes):
    url = reverse("a3:figure_edit", args=[figure.sheet_id, figure.pk])
    return client.post(url, ENTERED | {"revision": 0} | changes, headers=headers or {})


def test_the_kinds_that_suit_the_section_come_first(sheet, sign_in):
    url = reverse("a3:figure_new", args=[sheet.pk])
    page = sign_in("change_agent").get(url, {"section": section_of(sheet, 6).pk}).text
    before, after = page.split("Others</h3>")
    assert "Suits Plan" in before
    assert re.findall(r"kind=(\w+)", before) == ["plan"]
    assert set(re.findall(r"kind=(\w+)", after)) == KINDS.keys() - {"plan"}


def test_without_scripts_it_is_kept_and_placed_at_the_end_of_its_section(sheet, sign_in):
    section = section_of(sheet, 2)
    answer = new(sign_in("change_agent"), sheet, section=section.pk)
    figure = Figure.objects.get()
    section.refresh_from_db()
    assert (answer.status_code, answer.url) == (302, f"/a3/{sheet.pk}/#section-{section.pk}")
    assert section.body == f'<figure data-figure="{figure.pk}"></figure>'
    assert (section.figure_ids, section.revision) == ([figure.pk], 1)
    assert [row["value"] for row in figure.data["rows"]] == ["6", "4"]


def test_in_the_dialog_the_editor_places_it(sheet, sign_in):
    answer = new(sign_in("change_agent"), sheet, section=section_of(sheet, 2).pk, headers=HTMX)
    assert json.loads(answer.text) == {"number": str(Figure.objects.get().pk)}
    assert section_of(sheet, 2).body == ""


def test_rows_get_ids_that_stay_and_forged_ones_do_not(sheet, sign_in):
    figure = make_figure(sheet)
    rows = {"row": ["r2", "forged"], "r2.when": "x", "r2.value": "1", "forged.when": "y", "forged.value": "2"}
    assert edit(sign_in("change_agent"), figure, **rows).status_code == 302
    figure.refresh_from_db()
    first, second = (row["id"] for row in figure.data["rows"])
    assert (first, second == "forged", len(second)) == ("r2", False, 5)


def test_what_is_wrong_stands_beside_its_cell_and_all_input_is_kept(sheet, sign_in):
    for headers in ({}, HTMX):
        answer = new(sign_in("change_agent"), sheet, headers=headers, **{"new2.value": "four"})
        page = " ".join(answer.text.split())
        assert answer.status_code == 422
        assert 'name="new2.value" type="text" value="four"' in page
        assert 'aria-describedby="c-new2-value-wrong"' in page
        assert "Write a number alone" in page.split('id="c-new2-value-wrong"')[1]
        assert 'value="Order to door"' in page
    assert not Figure.objects.exists()


@pytest.mark.parametrize(
    ("deed", "keys"),
    [
        ("add", ["new1", "new2", "new3"]),
        ("up:new2", ["new2", "new1"]),
        ("down:new1", ["new2", "new1"]),
        ("away:new1", ["new2"]),
        ("up:gone", ["new1", "new2"]),
    ],
)
def test_without_scripts_the_buttons_ask_the_server(sheet, sign_in, deed, keys):
    page = new(sign_in("change_agent"), sheet, do=deed).text
    assert [part.split('"')[0] for part in page.split('name="row" value="')[1:]] == [*keys, "__key__"]
    assert not Figure.objects.exists()


def test_of_two_tabs_the_second_sees_both(sheet, sign_in):
    figure = make_figure(sheet)
    client = sign_in("change_agent")
    assert edit(client, figure, title="From one tab").status_code == 302
    answer = edit(client, figure, title="From another")
    page = answer.text
    assert (answer.status_code, "From one tab" in page, 'value="From another"' in page) == (409, True, True)
    assert 'name="revision" value="1"' in page
    assert edit(client, figure, title="From another", revision=1).status_code == 302


def test_the_same_sent_twice_is_no_conflict(sheet, sign_in):
    figure = make_figure(sheet)
    assert [edit(sign_in("change_agent"), figure).status_code for _ in range(2)] == [302, 302]
    figure.refresh_from_db()
    assert figure.revision == 1


def test_the_preview_keeps_nothing(sheet, sign_in):
    url = reverse("a3:figure_preview", args=[sheet.pk])
    client = sign_in("change_agent")
    drawn, wrong = client.post(url, ENTERED), client.post(url, ENTERED | {"new2.value": "four"})
    assert (drawn.status_code, "<svg" in drawn.text, wrong.status_code) == (200, True, 422)
    assert "Write a number alone" in wrong.text
    assert not Figure.objects.exists()


HOSTILE = [
    {"row": ["<script>", "new1", "new1", "x" * 40]},
    {"row": [f"n{number}" for number in range(900)]},
    {"new1.when": "\x00<script>alert(1)</script>"},
    {"new1.value": "9" * 10_000},
    {"title": "<img src=x onerror=alert(1)>", "revision": "9" * 30, "section": "9" * 30},
    {"o.unit": "<u>", "o.size": "huge"},
    {"kind": "nothing"},
    {"do": "away:new1:new2"},
]


@pytest.mark.parametrize("changes", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_input_is_an_answer_and_never_mark_up(sheet, sign_in, changes):
    answer = new(sign_in("change_agent"), sheet, **changes)
    assert answer.status_code in {200, 302, 422}
    page = sign_in("change_agent").get(sheet.get_absolute_url()).text + answer.text
    found = [mark for mark in ("<script>alert", "<img src=x", "<u>") if mark in page]
    assert found == []


def test_a_text_that_places_a_figure_of_another_sheet_is_refused(sheet, cast, sign_in):
    theirs = make_figure(make_sheet(cast.change_agent, cast.site))
    url = reverse("a3:section_save", args=[section_of(sheet, 2).pk])
    body = f'<p>a</p><figure data-figure="{theirs.pk}"></figure>'
    answer = sign_in("change_agent").post(url, {"body": body, "revision": 0}, headers={"X-Autosave": "1"})
    assert (answer.status_code, "belongs to another sheet" in answer.text) == (422, True)
    assert section_of(sheet, 2).body == ""


def test_taken_out_of_the_text_the_row_stays_so_that_undo_works(sheet, cast):
    section = place(make_figure(sheet), number=2)
    with_it = section.body
    for revision, body in ((0, "<p>a</p>"), (1, with_it)):
        actions.save_section(section.pk, body=body, revision=revision, by=cast.change_agent)
    section.refresh_from_db()
    assert (section.body, section.figure_ids) == (with_it, [Figure.objects.get().pk])


def test_what_was_entered_comes_back_into_the_table(sheet, sign_in):
    figure = make_figure(sheet, data=RUN)
    page = sign_in("change_agent").get(reverse("a3:figure_edit", args=[sheet.pk, figure.pk])).text
    assert ('name="r2.value"' in page, 'value="5"' in page, "<svg" in page) == (True, True, True)
    assert Section.objects.filter(figure_ids__contains=[figure.pk]).count() == 0
