"""The pack of a visit: what is in it for whom, made by a worker or here, opened by who asked for it alone."""

import datetime as dt
from io import BytesIO

import pytest
from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from a3.models import Sheet
from coaching import actions, pack_pdf, schedules, tasks
from coaching.models import SheetTouched, VisitNote, VisitPack
from tests.a3.factories import make_sheet
from tests.cast import PEOPLE
from tests.coaching.charter_factories import make_charter
from tests.coaching.factories import make_confirmed, make_visit
from tests.coaching.walks import answered, make_promise, make_question

IN_A_WEEK = timezone.now().replace(hour=14, minute=0, second=0, microsecond=0) + dt.timedelta(days=7)


@pytest.fixture
def visit(cast):
    return make_confirmed(cast.site, cast.coach, starts_at=IN_A_WEEK, logistics="Main entrance, 7:45.")


def url(name, row):
    return reverse(f"coaching:{name}", args=[row.pk])


def touch(visit, sheet):
    SheetTouched.objects.create(visit=visit, sheet=sheet, added_by=sheet.owner)
    return sheet


def made(visit, person):
    row = actions.ask_for_pack(visit, by=person)
    pack_pdf.make_pack(row.pk)
    row.refresh_from_db()
    return row


def read(row):
    assert (row.state, row.failure) == ("ready", "")
    with row.file.open() as file:
        reader = PdfReader(BytesIO(file.read()))
    return reader, " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_it_holds_the_visit_what_was_promised_what_is_open_and_each_sheet_as_its_page(cast, visit, caplog):
    earlier = make_confirmed(cast.site, cast.coach, starts_at=IN_A_WEEK - dt.timedelta(days=40))
    answered(make_promise(earlier, cast.learner), "kept", cast.learner)
    make_promise(earlier, cast.change_agent, words="Show the queue on the board")
    make_question(earlier)
    make_charter(cast)
    actions.prepare(visit, by=cast.staff, logistics="Gate 2.", others="Two nurses", sheets=[], lines=["Bring data"])
    touch(visit, make_sheet(cast.change_agent, cast.site, title="Home by noon"))
    reader, words = read(made(visit, cast.change_agent))
    sizes = [(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages]
    assert (sizes[0], sizes[-1]) == ((612, 792), (1224, 792))
    for said in (
        *("Halden Valley Health, Riverside", "Gate 2.", "Two nurses", "Bring data", "Draft the letter at the huddle"),
        *("Kept", "Show the queue on the board", "Open", "Who decides that a patient may leave?", "Home by noon"),
        *("Patients leave by noon, and nurses lead the work.", "Walk the discharge process."),
    ):
        assert said in words
    root = reader.trailer["/Root"]
    assert (root["/MarkInfo"]["/Marked"], root["/Lang"]) == (True, "en")
    assert [line.title for line in reader.outline] == ["The visit", "Home by noon"]
    assert [line.message for line in caplog.records if line.name.startswith("weasyprint")] == []


def test_each_reader_takes_along_what_they_may_see_and_nobodys_notes(cast, visit):
    VisitNote.objects.create(author=cast.coach, visit=visit, text="She listens more than in spring.")
    make_charter(cast)
    touch(visit, make_sheet(cast.change_agent, cast.site, title="Of the partner alone"))
    touch(visit, make_sheet(cast.change_agent, cast.site, title="Shared with us", audience="lei"))
    seen = {}
    for name in ("learner", "coach", "staff"):
        words = read(made(visit, cast[name]))[1]
        seen[name] = tuple(
            part in words for part in ("Of the partner alone", "Shared with us", "The charter in short", "She listens")
        )
    assert seen == {
        "learner": (True, True, False, False),
        "coach": (False, True, True, False),
        "staff": (False, True, True, False),
    }


def test_only_who_asked_sees_it(cast, visit):
    row = actions.ask_for_pack(visit, by=cast.change_agent)
    seen = {
        name: set(VisitPack.objects.visible_to(AnonymousUser() if name == "nobody" else cast[name])) for name in PEOPLE
    }
    assert {name: found for name, found in seen.items() if found} == {"change_agent": {row}}


def test_asked_for_twice_it_is_one_and_a_worker_makes_it(cast, sign_in, visit):
    client = sign_in("coach")
    for _ in range(2):
        client.post(url("pack_new", visit))
    row = VisitPack.objects.get()
    assert "Waiting for the printer" in client.get(url("pack_detail", row)).content.decode()
    tasks.make_pack(row.pk)
    assert "Open the PDF" in client.get(url("pack_detail", row), headers={"HX-Request": "true"}).content.decode()
    file = client.get(url("pack_file", row))
    assert (file["Content-Type"], file["Cache-Control"]) == ("application/pdf", "private, no-store")
    assert file.getvalue().startswith(b"%PDF")
    client.post(url("pack_new", visit))  # as things are now
    assert VisitPack.objects.count() == 2


def test_it_is_made_here_when_no_worker_runs(cast, sign_in, visit):
    row = actions.ask_for_pack(visit, by=cast.coach)
    part = sign_in("coach").post(url("pack_here", row), headers={"HX-Request": "true"}).content.decode()
    assert "Open the PDF" in part


def test_a_sheet_that_may_not_be_seen_any_more_takes_its_file_away(cast, sign_in, visit):
    sheet = touch(visit, make_sheet(cast.change_agent, cast.site, audience="lei"))
    row = made(visit, cast.staff)
    Sheet.objects.filter(pk=sheet.pk).update(audience="partner")
    client = sign_in("staff")
    assert client.get(url("pack_file", row)).status_code == 302
    row.refresh_from_db()
    assert (row.state, bool(row.file)) == ("expired", False)
    assert client.post(url("pack_again", row)).status_code == 302
    assert VisitPack.objects.count() == 2


def test_a_visit_that_was_called_off_or_is_of_others_has_none(cast, sign_in, visit):
    assert sign_in("outsider").post(url("pack_new", visit)).status_code == 404
    cancelled = make_visit(cast.site, cast.coach, cancelled_at=IN_A_WEEK, cancelled_by=cast.staff, cancel_reason="x")
    assert sign_in("staff").post(url("pack_new", cancelled)).status_code == 404


def test_unused_files_are_cleaned_away(cast, visit):
    row = made(visit, cast.coach)
    name = row.file.name
    VisitPack.objects.filter(pk=row.pk).update(used_at=timezone.now() - dt.timedelta(days=31))
    schedules.clean_prints()
    row.refresh_from_db()
    assert (row.state, row.file.storage.exists(name)) == ("expired", False)


def test_very_many_in_a_minute_are_refused(cast, sign_in, visit):
    row = actions.ask_for_pack(visit, by=cast.coach)
    ready = {"ready_at": timezone.now(), "file": "a.pdf", "pages": 1, "started_at": timezone.now()}
    VisitPack.objects.bulk_create(VisitPack(visit=visit, asked_by=cast.coach, **ready) for _ in range(19))
    client = sign_in("coach")
    answers = [client.post(url(name, made)) for name, made in (("pack_new", visit), ("pack_again", row))]
    answers.append(client.post(url("pack_here", row)))
    assert [answer.status_code for answer in answers] == [429, 429, 429]


def test_the_planner_makes_what_waits(cast, visit, monkeypatch):
    begun = []
    monkeypatch.setattr(tasks.make_pack, "delay", begun.append)
    row = VisitPack.objects.create(visit=visit, asked_by=cast.coach)
    schedules.print_waiting()
    assert begun == [row.pk]


def test_a_sheet_that_does_not_fit_is_named_and_the_rest_is_there(cast, visit):
    touch(visit, make_sheet(cast.change_agent, cast.site, title="Far too long", bodies={1: "<p>On and on.</p>" * 900}))
    touch(visit, make_sheet(cast.change_agent, cast.site, title="Home by noon"))
    reader, words = read(made(visit, cast.learner))
    assert ([line.title for line in reader.outline], "Not printed." in words) == (["The visit", "Home by noon"], True)
