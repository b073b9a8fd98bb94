"""The pages about charters: reading, proposing, acknowledging, reflecting, ending, renewing, giving days."""

import datetime as dt
from decimal import Decimal

import pytest
import time_machine
from django.urls import reverse
from django.utils.html import escape

from coaching import actions
from coaching.models import Charter, CharterVersion, Reflection, Side
from coaching.terms import LISTS
from partners.models import Allotment
from tests.coaching.charter_factories import acknowledged, change, make_charter, make_proposed, make_terms
from tests.coaching.factories import make_confirmed
from tests.factories import make_site

LIST = reverse("coaching:charter_list")
TEXTS = {"expected": "A", "happened": "B", "learned": "C", "change_next": "D"}


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC), tick=False):
        yield


def url(name, *args):
    return reverse(f"coaching:charter_{name}", args=args)


def filled(cast, **fields):
    terms = make_terms(cast)
    lists = {name: [row.pk for row in getattr(terms, name)] for name in LISTS}
    return terms.by_name | {"sponsor": cast.sponsor.pk} | lists | fields


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_staff_write_a_charter_and_both_sides_are_asked(cast, sign_in):
    answer = sign_in("staff").post(url("new", cast.partner.pk), filled(cast, purpose="One.\r\nTwo."))
    charter = Charter.objects.get()
    assert answer.url == charter.get_absolute_url()
    assert charter.versions.get().purpose == "One.\nTwo."
    assert [site.name for site in charter.versions.get().sites.all()] == ["Riverside"]


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"ends_on": "2026-03-01"}, "ends_on", "The last day comes after the first."),
        ({"ends_on": "2039-03-01"}, "ends_on", "A charter runs for at most ten years: renew it afterwards."),
        ({"ends_on": "2026-11-15"}, "ends_on", "This day is over: choose today or a later one."),
        ({"begins_on": "2021-03-01"}, "begins_on", "A charter begins at most two years back or ahead."),
        ({"days_per_year": "1.2"}, "days_per_year", "Enter days as a number such as 24 or 7.5."),
        ({"days_per_year": "0"}, "days_per_year", "Enter days as a number such as 24 or 7.5."),
        ({"change_agents": []}, "change_agents", "Choose at least one change agent."),
        ({"coaches": []}, "coaches", "Choose at least one coach."),
        ({"purpose": "\x00"}, "purpose", "Null characters are not allowed."),
        ({"notice_days": "-1"}, "notice_days", "Ensure this value is greater than or equal to 0."),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(cast, sign_in, fields, field, words):
    answer = sign_in("staff").post(url("new", cast.partner.pk), filled(cast, **fields))
    assert answer.status_code == 422
    assert answer.context["form"].errors == {field: [words]}


def test_people_and_sites_of_others_are_not_offered(cast, sign_in):
    strange = {"sites": [cast.other_site.pk], "change_agents": [cast.outsider.pk], "sponsor": cast.learner.pk}
    answer = sign_in("staff").post(url("new", cast.partner.pk), filled(cast, **strange))
    assert set(answer.context["form"].errors) == set(strange)


def test_halves_are_read_with_a_comma(cast, sign_in):
    sign_in("staff").post(url("new", cast.partner.pk), filled(cast, days_per_year="7,5"))
    assert CharterVersion.objects.get().days_per_year == Decimal("7.5")


def test_the_page_reads_as_the_agreement(cast, sign_in):
    charter = make_charter(cast)
    make_confirmed(cast.site, cast.coach)
    actions.reflect_on_charter(charter, 1, side=Side.LEI, by=cast.coach, **TEXTS | {"learned": "Ask, and wait."})
    text = text_of(sign_in("sponsor").get(charter.get_absolute_url()))
    for words in (
        "In force until Wed 28 Feb 2029.",
        "What is the purpose?",
        "Patients leave by noon, and nurses lead the work.",
        "24 days: 0 used, 0.5 planned, 23.5 left",
        "10 days before a visit is cancelled or moved",
        "acknowledged on 16 November 2026",
        "Ask, and wait.",
        "Nothing written yet.",
        "February 2027",
    ):
        assert words in text


def test_what_people_wrote_is_text_and_no_markup(cast, sign_in):
    evil = "<script>alert(1)</script> & <img src=x>"
    charter = change(cast, make_charter(cast, purpose="Fine."), evil, purpose=evil, cadence=evil)
    client = sign_in("sponsor")
    for page in (charter.get_absolute_url(), url("acknowledge", charter.pk), url("version", charter.pk, 2)):
        text = client.get(page).content.decode()
        assert "<script>alert" not in text
        assert "<img src=x" not in text
        assert escape("<img") in text


def test_a_change_agent_proposes_and_the_words_say_what_changes(cast, sign_in):
    lakeshore = make_site(cast.partner, "Lakeshore")
    charter = make_charter(cast)
    form = filled(cast, days_per_year="30", sites=[cast.site.pk, lakeshore.pk], notice_days="21", seen=1)
    form |= {"purpose": "Patients leave by ten, and nurses lead the work.", "why": "Lakeshore wants to learn."}
    assert sign_in("change_agent").post(url("edit", charter.pk), form).status_code == 302
    text = text_of(sign_in("sponsor").get(url("acknowledge", charter.pk)))
    for words in (
        "Lakeshore wants to learn.",
        "30, was 24.",
        "Lakeshore joined.",
        "21 days, was 10 days.",
        "<del>noon",
        "<ins>ten",
    ):
        assert words in text


def test_nothing_changed_and_somebody_elses_change_are_refused(cast, sign_in):
    charter = make_charter(cast)
    client = sign_in("staff")
    same = client.post(url("edit", charter.pk), filled(cast, seen=1, why="No."))
    assert (same.status_code, same.context["form"].non_field_errors()) == (
        422,
        ["This says what the last version says. Change something, or leave it as it is."],
    )
    change(cast, charter, notice_days=21)
    late = client.post(url("edit", charter.pk), filled(cast, seen=1, why="No.", notice_days=5))
    assert late.status_code == 409
    assert late.context["form"]["notice_days"].value() == "5"


def test_both_sides_acknowledge_behind_the_mails_link(cast, sign_in):
    charter = make_proposed(cast)
    page = url("acknowledge", charter.pk)
    for name in ("staff", "sponsor"):
        client = sign_in(name)
        assert client.get(page).status_code == 200
        assert client.post(page, {"seen": "1"}).url == charter.get_absolute_url()
    charter.refresh_from_db()
    assert charter.in_force.number == 1
    assert client.get(page).url == charter.get_absolute_url()


def test_a_version_that_was_replaced_since_it_was_shown_is_not_acknowledged(cast, sign_in):
    charter = change(cast, make_proposed(cast), notice_days=21)
    answer = sign_in("sponsor").post(url("acknowledge", charter.pk), {"seen": "1"})
    assert answer.status_code == 409
    assert "Somebody has changed this charter meanwhile." in text_of(answer)
    assert CharterVersion.objects.filter(partner_acknowledged_at__isnull=False).count() == 0


def test_any_two_versions_are_compared(cast, sign_in):
    charter = acknowledged(cast, change(cast, make_charter(cast), notice_days=21))
    acknowledged(cast, change(cast, charter, notice_days=10))
    client = sign_in("coach")
    assert "10 days, was 21 days." in text_of(client.get(url("version", charter.pk, 3)))
    assert "They say the same." in text_of(client.get(url("version", charter.pk, 3), {"since": "1"}))
    for since in ("", "99", "x", "²", "-1"):
        assert client.get(url("version", charter.pk, 3), {"since": since}).status_code == 200
    assert client.get(url("version", charter.pk, 4)).status_code == 404


def test_each_side_writes_for_itself_and_reads_the_other(cast, sign_in):
    charter = make_charter(cast)
    sign_in("coach").post(url("reflect", charter.pk, 1), TEXTS | {"learned": "Ask, and wait."})
    client = sign_in("change_agent")
    assert "Ask, and wait." in text_of(client.get(url("reflect", charter.pk, 1)))
    assert client.post(url("reflect", charter.pk, 1), TEXTS | {"learned": ""}).status_code == 422
    client.post(url("reflect", charter.pk, 1), TEXTS)
    rows = Reflection.objects.order_by("side").values_list("side", "learned", "written_by__name")
    assert list(rows) == [("lei", "Ask, and wait.", "Coach"), ("partner", "C", "Change Agent")]
    assert client.get(url("reflect", charter.pk, 2)).status_code == 404
    assert client.get(url("reflect", charter.pk, 9)).status_code == 404


def test_ending_needs_a_day_of_its_time_and_a_reason(cast, sign_in):
    charter = make_charter(cast)
    client = sign_in("staff")
    wrong = client.post(url("end", charter.pk), {"on": "2029-03-01"})
    assert set(wrong.context["form"].errors) == {"on", "reason"}
    client.post(url("end", charter.pk), {"on": "2026-12-31", "reason": "The sponsor left."})
    text = text_of(client.get(charter.get_absolute_url()))
    assert "Ends on Thu 31 Dec 2026: The sponsor left." in text
    assert client.get(url("end", charter.pk)).status_code == 404


def test_a_proposal_is_withdrawn_without_a_day(cast, sign_in):
    charter = make_proposed(cast)
    sign_in("staff").post(url("end", charter.pk), {"reason": "They want to wait."})
    assert "Withdrawn: They want to wait." in text_of(sign_in("sponsor").get(charter.get_absolute_url()))


def test_renewing_is_filled_from_the_charter_and_follows_it(cast, sign_in):
    charter = make_charter(cast)
    client = sign_in("staff")
    form = client.get(url("renew", charter.pk)).context["form"]
    assert [form[name].value() for name in ("begins_on", "ends_on", "days_per_year")] == [
        dt.date(2029, 3, 1),
        dt.date(2032, 2, 29),
        "24",
    ]
    fields = filled(cast, begins_on="2028-11-01", ends_on="2031-10-31")
    client.post(url("renew", charter.pk), fields)
    assert Charter.objects.get(renews=charter).begins_on == dt.date(2028, 11, 1)
    assert client.post(url("renew", charter.pk), fields).status_code == 422
    assert "Another charter" in text_of(client.get(charter.get_absolute_url()))


def test_staff_add_days_and_the_account_says_who_and_why(cast, sign_in):
    charter = make_charter(cast)
    client = sign_in("staff")
    page = url("days_new", charter.pk, 1)
    once = client.get(page).context["form"]["once"].value()
    form = {"deed": "take", "amount": "1.5", "why": "A visit was not our best.", "once": once}
    for _ in range(2):
        assert client.post(page, form).url == url("days", charter.pk, 1)
    carried = client.post(page, form | {"deed": "carry"})
    assert carried.context["form"].errors == {
        "amount": ["This is the first year of the charter: there is nothing to carry over."]
    }
    text = text_of(sign_in("change_agent").get(url("days", charter.pk, 1)))
    for words in ("A visit was not our best.", "-1.5", "22.5", "Version 1 of the charter: 24 days a year."):
        assert words in text
    assert Allotment.objects.filter(kind="added").count() == 1


@pytest.mark.parametrize("person", ["staff", "change_agent"])
def test_a_year_that_it_does_not_have_is_not_there(cast, sign_in, person):
    charter = make_charter(cast)
    client = sign_in(person)
    assert client.get(url("days", charter.pk, 1)).status_code == 200
    assert [client.get(url("days", charter.pk, number)).status_code for number in (0, 99)] == [404, 404]
