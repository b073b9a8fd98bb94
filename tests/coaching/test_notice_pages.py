"""The pages say what notice the charter asks for before a visit is called off, and afterwards what follows."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from coaching import actions
from coaching.models import ShortNotice, Visit
from coaching.times import whole_days
from tests.coaching.charter_factories import make_charter
from tests.coaching.factories import make_confirmed

MONDAY = dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC)
WED, THU = dt.date(2026, 11, 25), dt.date(2026, 11, 26)
WARNING = (
    "It begins in 9 days, and the charter (version 1) asks for 10 days’ notice. Called off now, it counts against the "
    "coach days of the year all the same: 2 days, unless LEI waives it."
)
OF_MOVE = (
    "It begins in 9 days, and the charter (version 1) asks for 10 days’ notice. Days that it gives up when it is moved "
    "now, here 2 days at most, count against the coach days of the year all the same, unless LEI waives them."
)
FREE = (
    "Until Sun 15 Nov 2026 it can be called off or moved and nothing counts: the charter (version 1) asks for 10 days’ "
    "notice."
)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(MONDAY, tick=False) as clock:
        yield clock


@pytest.fixture
def visit(cast):
    make_charter(cast)
    return make_confirmed(cast.site, cast.coach, **vars(whole_days(WED, THU, cast.site.tzinfo)))


def url(name, row):
    return reverse(f"coaching:{name}", args=[row.pk])


def said(answer):
    return " ".join(answer.content.decode().split())


@pytest.mark.parametrize(("page", "words"), [("visit_cancel", WARNING), ("visit_move", OF_MOVE)])
def test_a_change_agent_is_warned_before(sign_in, visit, clock, page, words):
    answer = sign_in("change_agent").get(url(page, visit))
    assert words in said(answer)
    assert answer.context["form"]["told"].value() is True
    clock.move_to(MONDAY - dt.timedelta(days=1))
    assert FREE in said(sign_in("change_agent").get(url(page, visit)))


@pytest.mark.parametrize("page", ["visit_cancel", "visit_move"])
def test_lei_is_told_that_nothing_counts(sign_in, visit, page):
    words = "You do it for LEI: nothing counts against the partner’s coach days."
    assert words in said(sign_in("staff").get(url(page, visit)))


def test_without_a_charter_no_page_speaks_of_notice(cast, sign_in):
    visit = make_confirmed(cast.site, cast.coach)
    assert "notice" not in said(sign_in("change_agent").get(url("visit_cancel", visit)))


def test_who_was_warned_calls_it_off_at_once(cast, sign_in, visit):
    sent = {"reason": "An audit.", "sequence": 0, "told": "True"}
    answer = sign_in("change_agent").post(url("visit_cancel", visit), sent)
    assert answer.url == visit.get_absolute_url()
    page = said(sign_in("change_agent").get(visit.get_absolute_url()))
    assert "Called off 9 days ahead; version 1 of the charter asks for 10 days’ notice. 2 days of the charter" in page
    assert url("notice_waive", ShortNotice.objects.get()) not in page
    assert url("notice_waive", ShortNotice.objects.get()) in said(sign_in("staff").get(visit.get_absolute_url()))


def test_who_opened_the_form_in_time_and_sends_it_too_late_is_warned_first(sign_in, visit):
    sent = {"reason": "An audit.", "sequence": 0, "told": "False"}
    answer = sign_in("change_agent").post(url("visit_cancel", visit), sent)
    assert (answer.status_code, ShortNotice.objects.count()) == (422, 0)
    assert f"{WARNING} Send it once more if you mean it." in said(answer)
    again = {name: answer.context["form"][name].value() for name in sent}
    assert again == {"reason": "An audit.", "sequence": "0", "told": "1"}
    assert sign_in("change_agent").post(url("visit_cancel", visit), again).status_code == 302


def test_a_move_that_keeps_its_days_needs_no_warning(cast, sign_in, visit):
    sent = {"first_day": "2026-11-25", "last_day": "2026-11-27", "length": "days", "sequence": 0}
    sign_in("change_agent").post(url("visit_move", visit), sent)
    assert (Visit.objects.get().last_day, ShortNotice.objects.count()) == (dt.date(2026, 11, 27), 0)


def test_a_move_that_gives_up_days_says_so(sign_in, visit):
    sent = {"first_day": "2026-12-16", "length": "days", "sequence": 0}
    answer = sign_in("change_agent").post(url("visit_move", visit), sent)
    assert (answer.status_code, ShortNotice.objects.count()) == (422, 0)
    assert f"{OF_MOVE} Send it once more if you mean it." in said(answer)
    sign_in("change_agent").post(url("visit_move", visit), sent | {"told": "1", "reason": "So."})
    assert ShortNotice.objects.get().deed == "moved"
    page = said(sign_in("sponsor").get(visit.get_absolute_url()))
    assert "Moved 9 days ahead; version 1 of the charter asks for 10 days’ notice." in page


@pytest.fixture
def late(cast, visit):
    actions.cancel(visit, by=cast.change_agent, reason="An audit that week.")
    return ShortNotice.objects.get()


def test_staff_waive_it_with_a_reason_that_both_sides_read(cast, sign_in, late):
    address = url("notice_waive", late)
    assert "Change Agent said why: An audit that week." in said(sign_in("staff").get(address))
    assert sign_in("staff").post(address, {"reason": " "}).status_code == 422
    assert sign_in("staff").post(address, {"reason": "The flood."}).url == late.visit.get_absolute_url()
    page = said(sign_in("change_agent").get(late.visit.get_absolute_url()))
    assert "Staff waived it for LEI on Mon 16 Nov 2026, and nothing counts: The flood." in page
    assert sign_in("staff").get(address).url == late.visit.get_absolute_url()
    again = sign_in("staff").post(address, {"reason": "Another."})
    assert (again.status_code, "Staff has waived it meanwhile: The flood." in said(again)) == (409, True)


def test_the_account_of_the_year_says_why(sign_in, cast, late):
    actions.waive(late, by=cast.staff, reason="The flood.")
    page = said(sign_in("sponsor").get(reverse("coaching:charter_days", args=[late.version.charter_id, 1])))
    assert "LEI has waived the short notice: The flood." in page
    assert "Called off 9 days ahead" in page
