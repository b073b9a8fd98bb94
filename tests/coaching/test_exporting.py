"""The visits of a year as CSV and XLSX: what each reader may see, safe to open, however many there are."""

import csv
import datetime as dt
import re
import tracemalloc
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
import time_machine
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coaching.actions.days import keep_days
from coaching.exporting import rows_of
from coaching.models import SheetTouched, Visit
from coaching.times import whole_days
from partners.lib.calendars import zone_named
from partners.tables import Column, write_xlsx
from tests.a3.factories import make_sheet
from tests.coaching.charter_factories import make_charter
from tests.coaching.factories import NINE, make_cancelled, make_confirmed, make_request, make_visit
from tests.coaching.walks import answered, make_promise

LIST = reverse("coaching:visit_list")
CELL = re.compile(r'<c r="([A-Z]+)(\d+)"(?: s="(\d+)")?(?: t="\w+")?>(?:<is><t[^>]*>|<v>)([^<]*)<')


def table(client, **query):
    text = client.get(LIST, {"year": "2026", "as": "csv"} | query).getvalue().decode("utf-8-sig")
    return list(csv.reader(StringIO(text)))


def row(client, **query):
    head, first = table(client, **query)[:2]
    return dict(zip(head, first, strict=True))


def cells(content):
    """{"A1": text or number} of the first sheet, and its XML."""
    with ZipFile(BytesIO(content)) as book:
        xml = book.read("xl/worksheets/sheet1.xml").decode()
    return {f"{column}{number}": value for column, number, _, value in CELL.findall(xml)}, xml


def test_a_row_says_what_lei_and_a_partner_count(cast, sign_in):
    asked = make_request(cast.site, cast.change_agent)
    visit = make_confirmed(cast.site, cast.coach, request=asked, partner_confirmed_by=cast.change_agent)
    at = dt.datetime(2026, 11, 2, 15, 30, tzinfo=dt.UTC)
    Visit.objects.filter(pk=visit.pk).update(coach_confirmed_at=at, partner_confirmed_at=at)
    for title, audience in (("Bed by noon", "lei"), ("Letters", "partner")):
        sheet = make_sheet(cast.change_agent, cast.site, title=title, audience=audience)
        SheetTouched.objects.create(visit=visit, sheet=sheet, added_by=cast.change_agent)
    answered(make_promise(visit, cast.learner), "kept", cast.learner)
    make_promise(visit, cast.learner, words="And another")
    found = row(sign_in("change_agent"))
    codes = [touched.sheet.code for touched in visit.touched.all()]
    assert list(found.values()) == [
        str(visit.pk),
        *("Halden Valley Health", "Riverside", "Gemba walk", "Walk the discharge process."),
        *("2026-11-25", "2026-11-25", "09:00", "11:00", "America/New_York", "no", "Coach", "confirmed"),
        *("2026-11-02 10:30", "Coach", "2026-11-02 10:30", "Change Agent", "", "Change Agent"),
        *(
            f"{codes[0]} Bed by noon; {codes[1]} Letters",
            "2",
            "1",
            "",
            f"{settings.SITE_URL}{visit.get_absolute_url()}",
        ),
    ]


def test_each_reader_gets_what_they_may_see(cast, sign_in):
    ours = make_confirmed(cast.site, cast.coach)
    theirs = make_visit(cast.other_site, cast.coach, starts_at=NINE + dt.timedelta(days=1))
    sheet = make_sheet(cast.change_agent, cast.site, title="Of the partner alone")
    SheetTouched.objects.create(visit=ours, sheet=sheet, added_by=cast.change_agent)
    make_promise(ours, cast.learner)
    seen = {
        name: [(line[0], bool(line[19]), line[20]) for line in table(sign_in(name))[1:]]
        for name in ("learner", "outsider", "coach", "staff")
    }
    mine, other = (str(ours.pk), True, "1"), (str(theirs.pk), False, "0")
    assert seen == {
        "learner": [mine],
        "outsider": [other],
        "coach": [(str(ours.pk), False, "1"), other],
        "staff": [(str(ours.pk), False, "1"), other],
    }


def test_who_does_not_read_the_record_does_not_learn_of_promises(cast, sign_in):
    elsewhere = type(cast.coach).objects.create(email="far@example.org", name="Far", is_coach=True)
    make_promise(make_confirmed(cast.other_site, elsewhere), cast.outsider)
    assert [line[20:22] for line in table(sign_in("coach"))[1:]] == [["", ""]]


def test_days_are_those_of_the_account_for_who_reads_it(cast, sign_in):
    make_charter(cast)
    visit = make_confirmed(cast.site, cast.coach)
    keep_days(visit, by=cast.staff)
    days = {name: row(sign_in(name))["Coach days charged"] for name in ("learner", "change_agent", "coach", "staff")}
    assert days == {"learner": "", "change_agent": "0.5", "coach": "0.5", "staff": "0.5"}


def test_whole_days_have_no_clock_and_what_is_called_off_says_why(cast, sign_in):
    slot = whole_days(dt.date(2026, 11, 30), dt.date(2026, 12, 2), cast.site.tzinfo)
    make_cancelled(cast.site, cast.coach, **vars(slot))
    found = row(sign_in("staff"))
    names = ("First day", "Last day", "Begins", "Ends", "Whole days", "State", "Why cancelled")
    assert [found[name] for name in names] == [
        *("2026-11-30", "2026-12-02", "", "", "yes", "cancelled", "Audit that week."),
    ]


HOSTILE = ["=1+1", "+1+1", "-2+3", "@SUM(1)", "\t=1", "\r=1", "\n=1", "＝1+1"]


@pytest.mark.parametrize("purpose", HOSTILE, ids=range(len(HOSTILE)))
def test_no_cell_of_a_csv_is_a_formula(cast, sign_in, purpose):
    make_visit(cast.site, cast.coach, purpose=purpose)
    assert row(sign_in("staff"))["Purpose"] == f"'{purpose}"


def test_no_cell_of_a_workbook_is_a_formula(cast, sign_in):
    make_visit(cast.site, cast.coach, purpose="=1+1")
    type(cast.partner).objects.filter(pk=cast.partner.pk).update(name='=HYPERLINK("https://example.org")')
    found, xml = cells(sign_in("staff").get(LIST, {"year": "2026", "as": "xlsx"}).getvalue())
    assert (found["E2"], found["B2"], "<f>" in xml) == ("=1+1", '=HYPERLINK("https://example.org")', False)


def test_a_workbook_has_real_days_a_head_that_stays_and_columns_as_wide_as_they_need(cast, sign_in):
    make_confirmed(cast.site, cast.coach)
    found, xml = cells(sign_in("staff").get(LIST, {"year": "2026", "as": "xlsx"}).getvalue())
    assert [found[f"{letter}1"] for letter in "ABF"] == ["Visit", "Partner", "First day"]
    assert (found["F2"], found["H2"]) == (str((dt.date(2026, 11, 25) - dt.date(1899, 12, 30)).days), "0.375")
    assert ('state="frozen"' in xml, 'width="48.7' in xml, "<autoFilter" in xml) == (True, True, True)


@pytest.mark.parametrize(("kind", "type_"), [("csv", "text/csv"), ("xlsx", "spreadsheetml.sheet")])
def test_the_file_says_what_it_holds_and_when_it_was_made(cast, sign_in, kind, type_):
    with time_machine.travel(dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)):
        answer = sign_in("staff").get(LIST, {"year": "2026", "partner": cast.partner.pk, "as": kind})
    name = f'attachment; filename="visits-of-2026-halden-valley-health-as-of-2026-11-30.{kind}"'
    assert (answer.headers["Content-Disposition"], type_ in answer.headers["Content-Type"]) == (name, True)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_file_costs_the_same_queries_for_five_visits_and_for_five_hundred(cast, sign_in, kind):
    client, counts = sign_in("staff"), []
    for number in (5, 495):
        visit = make_visit(cast.site, cast.coach, starts_at=NINE)
        fields = {name: getattr(visit, name) for name in ("kind", "purpose", "starts_at", "ends_at", "zone")}
        people = {"site": cast.site, "coach": cast.coach, "placed_by": cast.staff}
        Visit.objects.bulk_create(Visit(**fields, **people) for _ in range(number - 1))
        with CaptureQueriesContext(connection) as queries:
            client.get(LIST, {"year": "2026", "as": kind}).getvalue()
        counts.append(len(queries))
    assert (counts[0], Visit.objects.count()) == (counts[1], 500)


def test_more_visits_than_are_read_at_once_come_once_and_in_order(cast, monkeypatch):
    monkeypatch.setattr("coaching.exporting.PIECE", 2)
    visits = [make_visit(cast.site, cast.coach, starts_at=NINE + dt.timedelta(days=day // 2)) for day in range(5)]
    rows = rows_of(Visit.objects.visible_to(cast.staff), cast.staff)
    assert [line[0] for line in rows] == [visit.pk for visit in visits]


def peak_of(count):
    """The most memory that a workbook of so many rows takes, in bytes."""
    tracemalloc.start()
    write_xlsx(BytesIO(), "Long", [Column("A"), Column("B")], (["word" * 50, number] for number in range(count)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak


def test_a_long_workbook_takes_no_more_memory():
    assert peak_of(10_000) < peak_of(100) + 1_000_000


@pytest.mark.parametrize(
    ("zone", "day", "year"),
    [
        ("Australia/Sydney", dt.date(2027, 1, 1), 2027),
        ("America/New_York", dt.date(2026, 12, 31), 2026),
        ("Asia/Kolkata", dt.date(2026, 12, 31), 2026),
    ],
)
def test_the_year_is_that_of_the_site(cast, sign_in, zone, day, year):
    slot = whole_days(day, day, zone_named(zone))
    visit = make_visit(cast.site, cast.coach, starts_at=slot.starts_at, ends_at=slot.ends_at, zone=zone)
    Visit.objects.filter(pk=visit.pk).update(is_whole_days=True)
    client = sign_in("staff")
    found = [len(table(client, year=str(number))) - 1 for number in (2026, 2027)]
    assert found == [int(year == 2026), int(year == 2027)]


def test_an_evening_belongs_to_the_old_year_there(cast, sign_in):
    at = dt.datetime(2027, 1, 1, 1, tzinfo=dt.UTC)
    make_visit(cast.site, cast.coach, starts_at=at)
    client = sign_in("staff")
    assert [len(table(client, year=str(number))) - 1 for number in (2026, 2027)] == [1, 0]
