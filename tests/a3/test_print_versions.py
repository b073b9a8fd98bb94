"""Prints of a version: what the code on the paper leads to, older rounds, remarks on a second sheet, cleaned files."""

import datetime as dt
from io import BytesIO

import pypdf
import time_machine
from django.urls import reverse
from django.utils import timezone

from a3 import actions, schedules, tasks
from a3.models import Section, SheetPrint
from tests.a3.factories import make_remark, make_round, section_of
from tests.a3.prints import make_print, sheet_of

LATER = "<p>Written after the print was made.</p>"


def printed(row):
    tasks.render(row.pk)
    row.refresh_from_db()
    with row.file.open() as file:
        return pypdf.PdfReader(BytesIO(file.read()))


def write(sheet, number, body):
    Section.objects.filter(pk=section_of(sheet, number).pk).update(body=body)


def test_the_code_on_the_paper_leads_to_what_the_paper_says_not_to_the_sheet_as_it_is_now(cast, sign_in, settings):
    sheet = sheet_of(cast, bodies={1: "<p>As it was.</p>"})
    row = actions.ask_for_print(sheet, by=cast.change_agent)
    write(sheet, 1, LATER)
    assert "As it was." in printed(row).pages[0].extract_text()
    page = sign_in("learner").get(row.get_absolute_url()).content.decode()
    assert "As it was." in page
    assert "Written after" not in page


def test_a_round_is_printed_as_it_was_handed_over(cast, sign_in):
    sheet = sheet_of(cast, title="First title", bodies={1: "<p>As it was.</p>"})
    frozen = make_round(sheet, to=cast.coach)
    sheet.title, sheet.round_number = "Later title", 2
    sheet.save()
    write(sheet, 1, LATER)
    sign_in("coach").post(reverse("a3:round_print", args=[sheet.pk, frozen.number]), {"paper": "ledger"})
    row = SheetPrint.objects.get()
    text = printed(row).pages[0].extract_text()
    assert (row.round, row.paper) == (frozen, "ledger")
    assert "As it was." in text
    assert "First title" in text
    assert "Later" not in text


def test_remarks_stand_on_a_second_sheet_by_number_with_their_replies(cast):
    sheet = sheet_of(cast)
    first = make_remark(sheet, cast.coach, number=1, text="Have you counted?", quote="open late")
    make_remark(sheet, cast.change_agent, number=1, text="Twice.", parent=first)
    make_remark(sheet, cast.coach, number=3, text="By when?")
    row = actions.ask_for_print(sheet, by=cast.learner, with_remarks=True)
    reader = printed(row)
    second = reader.pages[1].extract_text()
    assert (len(reader.pages), row.pages) == (2, 2)
    assert second.index("Question on 1 Background") < second.index("“open late”") < second.index("Have you counted?")
    assert second.index("Have you counted?") < second.index("Twice.") < second.index("Question on 3 Goal")
    drawn = reader.pages[0].extract_text().replace("Remark ", "")
    assert "openlate1:" in "".join(drawn.split())  # the number stands right after the words it marks


def test_the_second_sheet_says_where_the_answer_stands_and_that_praise_wants_none(cast):
    sheet = sheet_of(cast)
    asked = make_remark(sheet, cast.coach, number=1, text="Have you counted?")
    make_remark(sheet, cast.coach, number=6, text="Well tried.", kind="praise")
    goal = section_of(sheet, 3)
    actions.answer(asked, by=cast.change_agent, section=goal, quote="by noon", note="Twice now.")
    words = " ".join(
        printed(actions.ask_for_print(sheet, by=cast.learner, with_remarks=True)).pages[1].extract_text().split()
    )
    assert "in 3 Goal “by noon” Twice now." in words
    assert "Well tried." in words
    assert "Open" not in words


def test_the_same_person_is_offered_what_they_chose_last(cast, sign_in):
    sheet = sheet_of(cast)
    client = sign_in("learner")
    client.post(reverse("a3:print_new", args=[sheet.pk]), {"paper": "ledger", "with_remarks": "on"})
    found = " ".join(client.get(sheet.get_absolute_url()).content.decode().split())
    assert 'value="ledger" checked' in found
    assert 'name="with_remarks" checked' in found
    other = " ".join(sign_in("sponsor").get(sheet.get_absolute_url()).content.decode().split())
    assert 'value="a3" checked' in other


def test_a_file_that_nobody_used_for_a_month_is_cleaned_away_and_made_again_as_it_was(cast, sign_in):
    now = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
    with time_machine.travel(now, tick=False):
        sheet = sheet_of(cast, bodies={1: "<p>As it was.</p>"})
        row = actions.ask_for_print(sheet, by=cast.learner)
        printed(row)
    name, storage = str(row.file.name), row.file.storage
    with time_machine.travel(now + dt.timedelta(days=29), tick=False):
        schedules.clean_prints()
        assert storage.exists(name)
        actions.note_use(row)
    with time_machine.travel(now + dt.timedelta(days=58), tick=False):
        schedules.clean_prints()
        assert storage.exists(name)
    with time_machine.travel(now + dt.timedelta(days=60), tick=False):
        schedules.clean_prints()
        row.refresh_from_db()
        assert (row.state, storage.exists(name)) == ("expired", False)
        write(sheet, 1, LATER)
        client = sign_in("sponsor")
        assert "Make it again" in client.get(row.get_absolute_url()).content.decode()
        client.post(reverse("a3:print_again", args=[row.pk]))
        assert "As it was." in printed(row).pages[0].extract_text()


def test_what_is_too_long_links_to_its_section(cast, sign_in):
    sheet = sheet_of(cast, bodies={4: f"<p>{'several causes meet here ' * 700}</p>"})
    row = actions.ask_for_print(sheet, by=cast.learner)
    tasks.render(row.pk)
    page = sign_in("learner").get(row.get_absolute_url()).content.decode()
    assert f'href="{sheet.get_absolute_url()}#section-{section_of(sheet, 4).pk}"' in page
    assert "4 Analysis is about " in page
    assert "Shorten it, then print again." in page
    assert "Try again" not in page


def test_the_web_itself_draws_a_few_a_minute_and_no_more(cast, sign_in):
    sheet = sheet_of(cast)
    for number in range(5):
        make_print(sheet, version_key=f"{number:064}", asked_by=cast.learner, started_at=timezone.now())
    row = make_print(sheet, version_key="a" * 64, asked_by=cast.learner)
    answer = sign_in("learner").post(reverse("a3:print_here", args=[row.pk]), headers={"HX-Request": "true"})
    assert (answer.status_code, "Wait a minute" in answer.content.decode()) == (429, True)
    row.refresh_from_db()
    assert row.state == "queued"
