"""Figures where the text places them: on page, section, round and paper, and only on their own sheet."""

import pytest
from django.urls import reverse

from a3 import actions
from tests.a3.factories import make_figure, make_round, make_sheet, place, section_of

HTMX = {"HX-Request": "true"}


@pytest.fixture
def sheet(cast):
    sheet = make_sheet(cast.change_agent, cast.site, coach=cast.coach)
    place(make_figure(sheet, title="Order to door"), number=2)
    return sheet


def drawn(answer) -> list[bool]:
    return ["<svg viewBox" in answer.text, "Order to door" in answer.text, "data-figure" in answer.text]


def test_it_is_drawn_on_page_and_section(sheet, sign_in):
    section = section_of(sheet, 2)
    client = sign_in("coach")
    assert drawn(client.get(sheet.get_absolute_url())) == [True, True, False]
    part = client.get(reverse("a3:section_detail", args=[section.pk]), headers=HTMX)
    assert drawn(part) == [True, True, False]


@pytest.mark.parametrize("count", [1, 4])
def test_any_number_of_figures_costs_one_query(sheet, sign_in, django_assert_num_queries, count):
    for number in range(3, 2 + count):
        place(make_figure(sheet), number=number)
    client = sign_in("change_agent")
    with django_assert_num_queries(6):  # as tests/a3/test_sheet_detail.py counts, and the figures
        client.get(sheet.get_absolute_url())


def test_a_figure_of_another_sheet_is_not_drawn(sheet, cast, sign_in):
    other = make_sheet(cast.change_agent, cast.site, title="Another")
    theirs = make_figure(other, title="Theirs")
    place(theirs, number=3, sheet=sheet)
    page = sign_in("change_agent").get(sheet.get_absolute_url())
    assert ("Theirs" in page.text, "data-figure" in page.text) == (False, False)


def test_a_round_draws_what_it_froze(sheet, cast, sign_in):
    frozen = make_round(sheet, to=cast.coach)
    sheet.figures.update(title="Renamed")
    url = reverse("a3:round_detail", args=[sheet.pk, frozen.number])
    assert drawn(sign_in("coach").get(url)) == [True, True, False]


def test_a_round_from_before_there_were_figures_still_opens(sheet, cast, sign_in):
    sections = [{"number": 1, "half": "left", "name": "Background", "hint": "", "body": "<p>Early.</p>"}]
    make_round(sheet, to=cast.coach, content={"title": "Early", "sections": sections})
    assert "Early." in sign_in("coach").get(reverse("a3:round_detail", args=[sheet.pk, 1])).text


def test_a_print_of_a_changed_figure_is_another_print(sheet, cast):
    first = actions.ask_for_print(sheet, by=cast.change_agent)
    assert actions.ask_for_print(sheet, by=cast.change_agent) == first
    sheet.figures.update(data={"options": {}, "rows": []})
    assert actions.ask_for_print(sheet, by=cast.change_agent) != first
