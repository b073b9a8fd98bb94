"""A coach's private notes: their author reads them, and nobody and nothing else."""

import pghistory.models
import pytest
from django.apps import apps
from django.contrib import admin
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from a3 import actions
from a3.models import CoachNote, Round
from tests.a3.factories import make_coach_note, make_sheet
from tests.cast import PEOPLE

SECRET = "Answers before looking"
HTMX = {"HX-Request": "true"}


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.change_agent, cast.site, coach=cast.coach, audience="lei")


@pytest.fixture
def note(sheet):
    return make_coach_note(sheet)


def test_the_author_sees_it_and_nobody_else(cast, note):
    found = {name: list(CoachNote.objects.visible_to(cast[name])) for name in PEOPLE[1:]}
    assert {name: rows for name, rows in found.items() if rows} == {"coach": [note]}
    assert list(CoachNote.objects.visible_to(AnonymousUser())) == []
    cast.staff.is_coach = cast.administrator.is_coach = True
    assert [list(CoachNote.objects.visible_to(cast[name])) for name in ("staff", "administrator")] == [[], []]


def test_who_coaches_no_more_sees_them_no_more(cast, note):
    cast.coach.is_coach = False
    assert list(CoachNote.objects.visible_to(cast.coach)) == []


def test_another_coach_reaches_nothing(cast, note, sign_in):
    cast.staff.is_coach = True
    cast.staff.save()
    for name in ("coach_note_edit", "coach_note_delete"):
        assert sign_in("staff").post(reverse(f"a3:{name}", args=[note.pk]), {"text": "x"}).status_code == 404
    page = sign_in("staff").get(reverse("a3:coach_notes", args=[note.about_id]))
    assert (page.status_code, SECRET in page.text) == (200, False)


def test_they_are_written_changed_and_deleted_by_their_author(cast, sheet, sign_in):
    url = reverse("a3:coach_notes", args=[cast.change_agent.pk])
    client = sign_in("coach")
    part = client.post(f"{url}?sheet={sheet.pk}", {"text": SECRET}, headers=HTMX)
    assert (SECRET in part.text, "<html" in part.text) == (True, False)
    note = CoachNote.objects.get()
    assert (note.author, note.about, note.sheet) == (cast.coach, cast.change_agent, sheet)
    assert client.post(url, {"text": " "}).status_code == 422
    client.post(reverse("a3:coach_note_edit", args=[note.pk]), {"text": "Looks first now"})
    note.refresh_from_db()
    assert (note.text, note.changed_at is not None) == ("Looks first now", True)
    client.post(reverse("a3:coach_note_delete", args=[note.pk]))
    assert CoachNote.objects.count() == 0


def test_a_sheet_that_the_coach_does_not_see_is_not_noted(cast, sign_in):
    theirs = make_sheet(cast.outsider, cast.other_site)
    url = reverse("a3:coach_notes", args=[cast.change_agent.pk])
    for asked in (theirs.pk, "9" * 30, "x"):
        sign_in("coach").post(f"{url}?sheet={asked}", {"text": SECRET})
    assert set(CoachNote.objects.values_list("sheet", flat=True)) == {None}


@pytest.mark.parametrize("name", [name for name in PEOPLE if name not in ("nobody", "outsider")])
def test_no_page_of_the_sheet_or_the_person_holds_it(cast, note, sheet, sign_in, name):
    """Not even the coach's own pages, which fetch the notes by an address of their own."""
    person = cast.change_agent
    client = sign_in(name)
    pages = [client.get(f"{sheet.get_absolute_url()}?side={side}") for side in ("coaching", "rounds", "details")]
    pages.append(client.get(person.get_absolute_url()))
    assert [page.status_code for page in pages] == [200] * 4
    assert [SECRET in page.text for page in pages] == [False] * 4


def test_they_are_in_no_round_no_admin_and_no_history(cast, note, sheet):
    actions.hand_over(sheet, to=cast.coach, by=cast.change_agent)
    assert SECRET not in str(Round.objects.get().content)
    assert CoachNote not in admin.site._registry
    assert CoachNote not in {model for site in admin.sites.all_sites for model in site._registry}
    tracked = {m.pgh_tracked_model for m in apps.get_models() if issubclass(m, pghistory.models.Event)}
    assert CoachNote not in tracked
    reachable = {relation.related_model for relation in type(sheet)._meta.related_objects if not relation.hidden}
    assert CoachNote not in reachable
