"""A memo on paper: one file per size, drawn by a worker or here, tagged, fetching nothing, opened by readers alone."""

import datetime as dt
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from a3.actions.prints import GAVE_UP
from a3.models.printing import OfficePaper
from coaching import pdf, schedules, tasks
from coaching.models import MemoPrint
from tests.coaching.factories import make_confirmed
from tests.coaching.memos import a_memo_of_a_record, finished, make_memo, make_memo_print, make_sent

HOSTILE = '<p>Go <a href="https://example.com/">there</a></p><img src="file:///etc/passwd"><p>End</p>'


@pytest.fixture
def memo(cast):
    return make_sent(make_confirmed(cast.site, cast.coach))


def url(name, row):
    return reverse(f"coaching:{name}", args=[row.pk])


def words_of(printed):
    pages = PdfReader(BytesIO(printed.pdf)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize(("paper", "size"), [("a4", (595, 842)), ("letter", (612, 792))])
def test_it_is_set_on_one_upright_page_of_that_size(cast, caplog, paper, size):
    printed = pdf.render(a_memo_of_a_record(cast), paper=paper)
    reader = PdfReader(BytesIO(printed.pdf))
    box = reader.pages[0].mediabox
    assert (printed.pages, (round(box.width), round(box.height))) == (1, size)
    assert (reader.trailer["/Root"]["/MarkInfo"]["/Marked"], reader.trailer["/Root"]["/Lang"]) == (True, "en")
    said = words_of(printed)
    for words in ("Halden Valley Health, Riverside", "Who waits for whom?", "Change Agent", "version 2", "1 of 1"):
        assert words in said
    assert [line.message for line in caplog.records if line.name.startswith("weasyprint")] == []


def test_nothing_is_fetched_for_it(memo):
    memo.body = HOSTILE
    assert "Go there End" in words_of(pdf.render(memo, paper="a4"))


def test_a_long_one_has_several_pages(memo):
    memo.body = "<p>So it went on.</p>" * 120
    printed = pdf.render(memo, paper="letter")
    assert (printed.pages, "2 of 4" in words_of(printed)) == (4, True)


def test_asked_for_twice_it_is_one_print_and_a_worker_draws_it(cast, sign_in, memo):
    client = sign_in("learner")
    for _ in range(2):
        client.post(url("memo_print", memo), {"paper": "a4"})
    row = MemoPrint.objects.get()
    assert (row.state, row.asked_by) == ("queued", cast.learner)
    assert "Waiting for the printer" in client.get(url("memo_print_detail", row)).content.decode()
    tasks.print_memo(row.pk)
    row.refresh_from_db()
    assert (row.state, row.pages, str(row.file.name).startswith("coaching/prints/")) == ("ready", 1, True)
    file = client.get(url("memo_print_file", row))
    assert file["Content-Type"] == "application/pdf"
    assert file.getvalue().startswith(b"%PDF")
    part = client.post(url("memo_print", memo), {"paper": "a4"}, headers={"HX-Request": "true"}).content.decode()
    assert ("Open the PDF" in part, "<html" in part) == (True, False)


def test_a_draft_and_an_unknown_paper_are_not_printed(cast, sign_in, memo):
    draft = make_memo(memo.visit, version=2)
    assert sign_in("coach").post(url("memo_print", draft), {"paper": "a4"}).status_code == 404
    assert sign_in("coach").post(url("memo_print", memo), {"paper": "napkin"}).status_code == 404


def test_when_no_worker_runs_it_is_drawn_here(cast, sign_in, memo):
    row = make_memo_print(memo)
    with time_machine.travel(timezone.now() + dt.timedelta(seconds=20)):
        client = sign_in("change_agent")
        assert "Make it here now" in client.get(url("memo_print_detail", row)).content.decode()
        client.post(url("memo_print_here", row))
    row.refresh_from_db()
    assert row.state == "ready"


def test_very_many_in_a_minute_are_refused(cast, sign_in, memo):
    for _ in range(20):
        visit = make_confirmed(cast.site, cast.coach, starts_at=memo.visit.starts_at - dt.timedelta(days=_ + 1))
        make_memo_print(make_sent(visit), asked_by=cast.learner)
    client, row = sign_in("learner"), make_memo_print(memo, paper=OfficePaper.LETTER)
    answers = [client.post(url(name, row)) for name in ("memo_print_again",)]
    answers.append(client.post(url("memo_print", memo), {"paper": "a4"}))
    assert [answer.status_code for answer in answers] == [429, 429]
    MemoPrint.objects.update(started_at=timezone.now())
    assert client.post(url("memo_print_here", row)).status_code == 429


def test_the_planners_draw_what_waits_give_up_what_breaks_and_clean_what_nobody_opens(cast, memo, monkeypatch):
    drawn = []
    monkeypatch.setattr(tasks.print_memo, "delay", drawn.append)
    row = make_memo_print(memo)
    schedules.print_waiting()
    assert drawn == [row.pk]
    long_ago = timezone.now() - dt.timedelta(hours=1)
    MemoPrint.objects.update(queued_at=long_ago, started_at=long_ago)
    schedules.print_waiting()
    row.refresh_from_db()
    assert (row.state, row.failure) == ("failed", GAVE_UP)
    MemoPrint.objects.update(failed_at=None, failure="")
    row.refresh_from_db()
    name = str(finished(row).file.name)
    MemoPrint.objects.update(used_at=timezone.now() - dt.timedelta(days=31))
    schedules.clean_prints()
    row.refresh_from_db()
    assert (row.state, row.file.storage.exists(name)) == ("expired", False)


@pytest.mark.parametrize(("country", "paper"), [("US", "letter"), ("CA", "letter"), ("FR", "a4"), ("IN", "a4")])
def test_the_paper_of_the_sites_country_comes_first(country, paper):
    assert OfficePaper.usual_in(country) == paper
