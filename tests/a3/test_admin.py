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
