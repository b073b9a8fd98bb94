"""Asking for coaching: when it cannot be, who comes along, what it is about; changing, declining, placing it."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from coaching import actions
from coaching.forms.requests import spans_of
from coaching.models import Kind, SheetTouched, Visit, VisitRequest
from coaching.times import whole_days
from coaching.warnings import warnings_of
from partners.models import Mail
from tests.a3.factories import make_sheet
from tests.coaching.factories import make_request

NEW = reverse("coaching:request_new")


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC), tick=False):
        yield


def filled(cast, **fields):
    return {
        "purpose": "Shorter stays.",
        "site": cast.site.pk,
        "kind": "gemba",
        "preferred_from": "2026-11-23",
        "preferred_to": "2026-12-18",
    } | fields


def url(name, row):
    return reverse(f"coaching:{name}", args=[row.pk])


def day(number, month=12):
    return dt.date(2026, month, number)


def test_everything_that_was_asked_is_kept(cast, sign_in):
    sheet = make_sheet(cast.change_agent, cast.site)
    answer = sign_in("change_agent").post(
        NEW,
        filled(
            cast,
            co_workers=[cast.learner.pk],
            others="Two nurses",
            sheets=[sheet.pk],
            not_from_1="2026-12-01",
            not_to_1="2026-12-02",
            not_from_2="2026-12-10",
        ),
    )
    asked = VisitRequest.objects.get()
    assert answer.url == asked.get_absolute_url()
    assert asked.impossible_on == [day(1), day(2), day(10)]
    assert (list(asked.co_workers.all()), list(asked.sheets.all()), asked.others) == (
        [cast.learner],
        [sheet],
        "Two nurses",
    )


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"not_to_1": "2026-12-01"}, "not_from_1", "From which day?"),
        ({"not_from_2": "2026-12-02", "not_to_2": "2026-12-01"}, "not_to_2", "The last day is not before the first."),
        (
            {"not_from_3": "2026-12-02", "not_to_3": "2027-12-01"},
            "not_to_3",
            "Half a year at most: choose a later earliest day instead.",
        ),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(cast, sign_in, fields, field, words):
    answer = sign_in("change_agent").post(NEW, filled(cast, **fields))
    assert (answer.status_code, answer.context["form"].errors) == (422, {field: [words]})


def test_people_and_sheets_of_another_partner_cannot_be_named(cast, sign_in):
    theirs = make_sheet(cast.outsider, cast.other_site)
    answer = sign_in("change_agent").post(NEW, filled(cast, co_workers=[cast.outsider.pk], sheets=[theirs.pk]))
    assert set(answer.context["form"].errors) == {"co_workers", "sheets"}
    assert VisitRequest.objects.count() == 0


def test_a_request_is_changed_while_it_waits_and_its_history_says_by_whom(cast, sign_in):
    asked = make_request(cast.site, cast.change_agent, preferred_to=day(18), impossible_on=[day(1)])
    client = sign_in("change_agent")
    form = client.get(url("request_edit", asked)).context["form"]
    assert form.initial["not_from_1"] == day(1)
    client.post(url("request_edit", asked), filled(cast, purpose="Other.", co_workers=[cast.learner.pk]))
    asked.refresh_from_db()
    assert (asked.purpose, asked.impossible_on, list(asked.co_workers.all())) == ("Other.", [], [cast.learner])
    said = [deed.words for deed in client.get(asked.get_absolute_url()).context["history"]]
    assert said == ["Change Agent changed it.", "Change Agent asked for it."]


def test_lei_declines_with_a_reason_that_whoever_asked_reads(cast, sign_in):
    asked = make_request(cast.site, cast.change_agent)
    client = sign_in("staff")
    assert client.post(url("request_decline", asked), {"reason": ""}).status_code == 422
    client.post(url("request_decline", asked), {"reason": "No coach speaks Danish."})
    asked.refresh_from_db()
    assert (asked.waits, asked.declined_by) == (False, cast.staff)
    mail = Mail.objects.get(key=f"request:{asked.pk}:declined")
    assert (mail.person, "No coach speaks Danish." in mail.text) == (cast.change_agent, True)
    assert client.get(url("request_decline", asked)).status_code == 404


@pytest.mark.parametrize("deed", ["decline_request", "amend", "withdraw"])
def test_what_was_placed_meanwhile_is_neither_changed_nor_declined(cast, deed):
    asked = make_request(cast.site, cast.change_agent)
    VisitRequest.objects.update(placed_at=dt.datetime(2026, 11, 16, tzinfo=dt.UTC))
    given = {"decline_request": {"reason": "-"}, "amend": {"purpose": "-"}, "withdraw": {}}[deed]
    with pytest.raises(actions.AlreadyPlaced):
        getattr(actions, deed)(asked, by=cast.staff, **given)
    assert Mail.objects.count() == 0


def test_who_and_what_comes_along_to_the_visit(cast):
    sheet = make_sheet(cast.change_agent, cast.site)
    asked = make_request(cast.site, cast.change_agent, preferred_to=day(18), others="Two nurses")
    asked.co_workers.add(cast.learner)
    asked.sheets.add(sheet)
    visit = actions.place(_visit(cast, asked, day(26, 11)), by=cast.staff)
    visit.refresh_from_db()
    assert (visit.others, list(visit.co_workers.all())) == ("Two nurses", [cast.learner])
    assert list(SheetTouched.objects.values_list("sheet", "added_by")) == [(sheet.pk, cast.staff.pk)]
    assert visit.people() == [cast.coach, cast.change_agent, cast.learner]
    assert Visit.objects.of(cast.learner).get() == visit


def _visit(cast, asked, first):
    slot = whole_days(first, first, cast.site.tzinfo)
    return Visit(site=cast.site, coach=cast.coach, kind=Kind.REMOTE, purpose="-", request=asked, **vars(slot))


def test_days_that_cannot_be_and_those_outside_the_wish_speak_against_a_visit(cast):
    asked = make_request(cast.site, cast.change_agent, preferred_to=day(18), impossible_on=[day(1)])
    said = [[concern.code for concern in warnings_of(_visit(cast, asked, on))] for on in (day(1), day(2), day(21))]
    assert said == [["impossible"], [], ["window"]]


def test_days_that_follow_one_another_are_one_span():
    assert spans_of([day(3), day(1), day(2), day(9)]) == [(day(1), day(3)), (day(9), day(9))]
    assert spans_of([]) == []


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("declined_at_with_by_and_reason", {"decline_reason": "No."}),
        ("amended_at_with_by", {"amended_at": dt.datetime(2026, 11, 16, tzinfo=dt.UTC)}),
    ],
)
def test_the_database_refuses_half_a_deed(cast, constraint, fields):
    with pytest.raises(IntegrityError, match=f"coaching_request_{constraint}"), transaction.atomic():
        make_request(cast.site, cast.change_agent, **fields)
