"""The rich sheets of the demo: what stands in the files is what a person could have written, and it fits on paper."""

import datetime as dt

import pytest

from a3.figures import KINDS, parse
from a3.models import Kind, State
from a3.passages import locate
from a3.sanitising import figures_in, sanitise
from leipartners.demo.places import COLLEAGUES, ORGANISATIONS
from leipartners.demo.sheets import rich_sheets
from leipartners.demo.sheets.figures import WRITTEN_ON, RichFigure
from leipartners.demo.sheets.notation import html_of
from tests.a3.factories import sheet_type

SHEETS = rich_sheets()


def test_there_are_many_and_all_partners_have_some():
    assert len(SHEETS) >= 12
    assert {sheet.partner for sheet in SHEETS} == {partner.name for partner in ORGANISATIONS}


def test_places_coaches_states_and_kinds_are_known():
    sites = {(partner.name, site.name) for partner in ORGANISATIONS for site in partner.sites}
    assert {(sheet.partner, sheet.site) for sheet in SHEETS} <= sites
    assert {sheet.coach for sheet in SHEETS} <= {person.name for person in COLLEAGUES}
    assert {sheet.state for sheet in SHEETS} <= set(State.values)
    assert {remark.kind for sheet in SHEETS for remark in sheet.remarks} <= set(Kind.values)
    priorities = {"", *(word for partner in ORGANISATIONS for word in partner.priorities)}
    assert {sheet.priority for sheet in SHEETS} <= priorities


@pytest.mark.django_db
@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.slug)
def test_sections_are_those_of_its_type_and_pass_the_sanitiser_unchanged(sheet):
    names = {section.name for section in sheet_type(sheet.type).sections.all()}
    assert set(sheet.sections) <= names
    assert {remark.section for remark in sheet.remarks} <= set(sheet.sections)
    assert {remark.answered_in for remark in sheet.remarks} <= {"", *sheet.sections}
    assert [r.quote for r in sheet.remarks if r.quote and not locate(sheet.sections[r.section], r.quote)] == []
    assert set(sheet.earlier) <= names
    assert {name: sanitise(html) for name, html in sheet.sections.items()} == sheet.sections


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.slug)
@pytest.mark.parametrize("later", [0, 70])
def test_its_figures_can_be_drawn_whenever_the_demo_is_loaded_and_each_has_its_place(sheet, later):
    for figure in sheet.figures:
        for data in (figure.data, figure.data_then):
            parse(figure.kind, data(WRITTEN_ON + dt.timedelta(days=later)))
    placed = [number for html in sheet.sections.values() for number in figures_in(html)]
    assert sorted(placed) == list(range(1, len(sheet.figures) + 1))


def test_every_kind_of_figure_is_shown_and_most_sheets_have_some():
    assert {figure.kind for sheet in SHEETS for figure in sheet.figures} == set(KINDS)
    assert len([sheet for sheet in SHEETS if sheet.figures]) >= 12


def test_days_of_figures_move_by_whole_weeks():
    figure = RichFigure("plan", "what | until\nHuddle | 2026-12-04")
    assert figure.data(dt.date(2026, 12, 7))["rows"] == [{"id": "r1", "what": "Huddle", "until": "2026-12-18"}]


def test_the_notation_writes_what_the_editor_would_save():
    text = "One **two**\nthree & *four*\n\n- a\n- b\n\n1. c\n\n| M | T |\n| x | 4 h |"
    assert html_of(text) == (
        "<p>One <strong>two</strong> three &amp; <em>four</em></p><ul><li><p>a</p></li><li><p>b</p></li></ul>"
        "<ol><li><p>c</p></li></ol>"
        "<table><tbody><tr><th><p>M</p></th><th><p>T</p></th></tr>"
        "<tr><td><p>x</p></td><td><p>4 h</p></td></tr></tbody></table>"
    )
