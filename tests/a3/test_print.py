"""Asking for paper and getting it: one row per state of a sheet, whoever draws it, however often it is asked for."""

import datetime as dt

import pytest
import time_machine
from celery.exceptions import SoftTimeLimitExceeded
from django.urls import reverse
from django.utils import timezone

from a3 import actions, pdf, schedules, tasks
from a3.actions.prints import GAVE_UP
from a3.models import Section, SheetPrint
from a3.pdf.paper import Printed
from tests.a3.factories import section_of
from tests.a3.prints import make_print, sheet_of
from tests.a3.test_paper import text_of

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def asked(cast, **fields):
    return actions.ask_for_print(sheet_of(cast, **fields), by=cast.change_agent)


def read_file(row):
    row.refresh_from_db()
    with row.file.open() as file:
        return file.read()


def write(sheet, number, body):
    Section.objects.filter(pk=section_of(sheet, number).pk).update(body=body)


def test_the_same_sheet_asked_for_twice_is_the_same_print_and_a_changed_one_another(cast):
    first = asked(cast)
    assert actions.ask_for_print(first.sheet, by=cast.learner) == first
    write(first.sheet, 1, "<p>New</p>")
    assert actions.ask_for_print(first.sheet, by=cast.learner) != first


def test_the_file_is_the_sheet_and_the_row_says_ready(cast):
    row = asked(cast)
    tasks.render(row.pk)
    row.refresh_from_db()
    assert (row.state, row.pages, row.failure) == ("ready", 1, "")
    with row.file.open() as file:
        assert file.read().startswith(b"%PDF-1.7")


def test_drawing_twice_draws_once(cast, monkeypatch):
    drawn = []
    monkeypatch.setattr("a3.pdf.prints.render", lambda job: drawn.append(job) or Printed(b"%PDF", 1))
    row = asked(cast)
    tasks.render(row.pk)
    tasks.render(row.pk)
    tasks.render(0)
    assert len(drawn) == 1


def test_a_worker_that_dies_while_drawing_is_replaced_once_by_the_planner(cast, monkeypatch):
    with time_machine.travel(NOON, tick=False):
        row = asked(cast)
        assert SheetPrint.objects.claim(row.pk, timezone.now())  # and then the worker is killed
        monkeypatch.setattr(tasks.render, "delay", tasks.render)
        schedules.render_waiting()
        assert SheetPrint.objects.get(pk=row.pk).state == "rendering"
    with time_machine.travel(NOON + dt.timedelta(minutes=3), tick=False):
        schedules.render_waiting()
        assert SheetPrint.objects.get(pk=row.pk).state == "ready"
        tasks.render(row.pk)  # the lost message comes back, late


def test_who_was_overtaken_does_not_overwrite(cast, monkeypatch):
    row = asked(cast)

    def overtaken(_job):
        SheetPrint.objects.filter(pk=row.pk).update(started_at=timezone.now() + dt.timedelta(minutes=3))
        return Printed(b"%PDF late", 1)

    monkeypatch.setattr("a3.pdf.prints.render", overtaken)
    tasks.render(row.pk)
    row.refresh_from_db()
    assert (row.state, row.file.name) == ("rendering", "")


def test_a_print_that_kills_every_worker_is_given_up(cast):
    row = make_print(sheet_of(cast), queued_at=timezone.now() - dt.timedelta(minutes=30))
    SheetPrint.objects.filter(pk=row.pk).update(started_at=timezone.now() - dt.timedelta(minutes=3))
    schedules.render_waiting()
    row.refresh_from_db()
    assert (row.state, row.failure, row.may_try_again) == ("failed", GAVE_UP, False)


def test_a_sheet_changed_while_it_waited_is_printed_as_it_was_asked_for(cast):
    row = asked(cast)
    write(row.sheet, 1, "<p>Written later</p>")
    newer = actions.ask_for_print(row.sheet, by=cast.learner)
    for waiting in (row, newer):
        tasks.render(waiting.pk)
    assert ["Written later" in text_of(read_file(wanted)) for wanted in (row, newer)] == [False, True]


def test_what_goes_wrong_is_a_sentence_and_can_be_tried_again(cast, monkeypatch):
    row = asked(cast, bodies={4: f"<p>{'several causes meet here ' * 700}</p>"})
    tasks.render(row.pk)
    row.refresh_from_db()
    assert row.state == "failed"
    assert row.failure.startswith("4 Analysis is about ")
    assert [(found["number"], found["name"]) for found in row.too_long] == [(4, "Analysis")]
    again = actions.ask_for_print(row.sheet, by=cast.learner)
    assert (again.pk, again.state, again.failure, again.too_long) == (row.pk, "queued", "", [])


def test_a_list_nested_too_deeply_is_named_with_its_section(cast, monkeypatch):
    def endless(*_):
        raise RecursionError

    monkeypatch.setattr("a3.pdf.paper.fit", endless)
    row = asked(cast, bodies={1: "<p>Flat.</p>", 4: "<ul><li><p>One <strong>deep</strong></p></li></ul>"})
    tasks.render(row.pk)
    row.refresh_from_db()
    assert row.failure == "A list in 4 Analysis is nested too deeply to be printed. Flatten it there, then print again."
    assert row.too_long == [{"number": 4, "name": "Analysis", "lines": 0}]


@pytest.mark.parametrize(
    ("error", "may"),
    [
        (pdf.CannotPrint("No."), False),
        (SoftTimeLimitExceeded(), False),
        (pdf.PangoMissing("No."), True),
        (KeyError(), True),
    ],
    ids=lambda given: type(given).__name__,
)
def test_trying_the_same_again_is_offered_where_it_can_help(cast, monkeypatch, error, may):
    def broken(_job):
        raise error

    monkeypatch.setattr("a3.pdf.prints.render", broken)
    row = asked(cast)
    tasks.render(row.pk)
    row.refresh_from_db()
    assert (row.state, row.may_try_again) == ("failed", may)
    assert actions.print_again(row, by=cast.learner).may_try_again


def test_missing_pango_is_a_sentence_that_names_it(cast, monkeypatch):
    def missing():
        raise pdf.PangoMissing("This machine cannot print: the library Pango is missing.")

    monkeypatch.setattr("a3.pdf.fitting.press", missing)
    row = asked(cast)
    tasks.render(row.pk)
    row.refresh_from_db()
    assert "Pango is missing" in row.failure


def test_twenty_prints_a_minute_are_enough(cast):
    sheet = sheet_of(cast)
    for number in range(20):
        make_print(sheet, version_key=f"{number:064}", asked_by=cast.learner)
    with pytest.raises(actions.TooManyPrints):
        actions.ask_for_print(sheet, by=cast.learner)
    assert actions.ask_for_print(sheet, by=cast.coach)


def test_a_dead_queue_keeps_the_wish(cast, settings, django_capture_on_commit_callbacks, monkeypatch):
    def unreachable(*_ids):
        raise OSError("no route")

    monkeypatch.setattr(tasks.render, "delay", unreachable)
    with django_capture_on_commit_callbacks(execute=True):
        row = asked(cast)
    assert SheetPrint.objects.takeable(timezone.now()).get() == row
    assert reverse("a3:print_detail", args=[row.pk]) == row.get_absolute_url()
