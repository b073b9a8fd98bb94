"""Sheets and their types in Django's admin."""

from django.urls import reverse

from a3.models import Audience, Sheet, SheetType
from tests.a3.factories import make_sheet, sheet_type


def test_the_administrator_changes_a_types_questions(db, sign_in):
    kind = sheet_type("proposal")
    page = sign_in("administrator").get(reverse("admin:a3_sheettype_change", args=[kind.pk]))
    assert "What happens if we do nothing?" in page.text


def test_only_sheets_shared_with_lei_are_listed(cast, sign_in):
    make_sheet(cast.change_agent, cast.site, title="Kept at home")
    shared = make_sheet(cast.change_agent, cast.site, title="Shared", audience=Audience.LEI)
    page = sign_in("administrator").get(reverse("admin:a3_sheet_changelist"))
    assert ("Kept at home" in page.text, "Shared" in page.text) == (False, True)
    assert sign_in("administrator").get(reverse("admin:a3_sheet_change", args=[shared.pk])).status_code == 200


def test_the_coach_is_mended_and_the_ball_stays(cast, sign_in):
    sheet = make_sheet(cast.change_agent, cast.site, audience=Audience.LEI)
    url = reverse("admin:a3_sheet_change", args=[sheet.pk])
    answer = sign_in("administrator").post(url, {"coach": cast.coach.pk, "sponsor": "", "priority": "", "title": "X"})
    assert answer.status_code == 302
    found = Sheet.objects.get()
    assert (found.coach, found.ball, found.title) == (cast.coach, cast.change_agent, "Leave by noon")


def test_who_holds_the_ball_cannot_be_taken_off(cast, sign_in):
    sheet = make_sheet(cast.change_agent, cast.site, coach=cast.coach, ball=cast.coach, audience=Audience.LEI)
    url = reverse("admin:a3_sheet_change", args=[sheet.pk])
    assert sign_in("administrator").post(url, {"coach": "", "sponsor": "", "priority": ""}).status_code == 302
    assert Sheet.objects.get().coach == cast.coach


def test_nobody_else_gets_in(cast, sign_in):
    for person in ("change_agent", "coach", "staff"):
        assert sign_in(person).get(reverse("admin:a3_sheet_changelist")).status_code == 404


def test_types_come_with_the_product(db):
    assert [kind.name for kind in SheetType.objects.all()] == ["Problem solving", "Proposal", "Status", "Strategy"]
    assert [s.name for s in sheet_type().sections.all()][:4] == ["Background", "Current condition", "Goal", "Analysis"]


def types_form(kind, rows):
    """What the admin's page of a type sends for these sections."""
    given = {"name": kind.name, "slug": kind.slug, "description": "x", "position": 1}
    given |= {"sections-TOTAL_FORMS": len(rows), "sections-INITIAL_FORMS": sum("id" in row for row in rows)}
    for number, row in enumerate(rows):
        given |= {f"sections-{number}-{name}": value for name, value in row.items()}
    return given


def rows_of(kind):
    names = ("id", "position", "half", "name", "hint", "questions")
    return [{name: getattr(s, name) for name in names} for s in kind.sections.order_by("position")]


def test_sections_change_places_and_a_new_one_appears_on_sheets(cast, sign_in):
    sheet = make_sheet(cast.learner, cast.site, bodies={1: "<p>Why</p>"})
    kind, url = sheet.type, reverse("admin:a3_sheettype_change", args=[sheet.type_id])
    rows = rows_of(kind)
    rows[0]["position"], rows[1]["position"] = 2, 1
    rows.append({"position": 8, "half": "right", "name": "Thanks", "hint": "", "questions": ""})
    assert sign_in("administrator").post(url, types_form(kind, rows)).status_code == 302
    sections = list(sheet.sections.in_order())
    assert [str(s) for s in sections][:2] == ["1 Current condition", "2 Background"]
    assert (sections[1].body, str(sections[-1])) == ("<p>Why</p>", "8 Thanks")


def test_a_section_that_stands_on_sheets_is_not_removed(cast, sign_in):
    sheet = make_sheet(cast.learner, cast.site)
    kind, url = sheet.type, reverse("admin:a3_sheettype_change", args=[sheet.type_id])
    rows = rows_of(kind)
    rows[6]["DELETE"] = "on"
    answer = sign_in("administrator").post(url, types_form(kind, rows))
    assert (answer.status_code, "stands on sheets and cannot be removed" in answer.text) == (200, True)
    assert sheet.sections.count() == 7
