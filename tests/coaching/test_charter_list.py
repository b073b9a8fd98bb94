"""Which charters one finds: whose they are, the list with its filters, the partner's page, and what all that costs."""

import datetime as dt

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coaching import actions
from coaching.models import Charter, CharterVersion, Reflection
from tests.cast import PEOPLE
from tests.coaching.charter_factories import acknowledged, change, make_charter, make_proposed, make_terms
from tests.coaching.factories import make_confirmed
from tests.factories import make_partner, make_person

LIST = reverse("coaching:charter_list")


@pytest.fixture(autouse=True)
def monday():
    with time_machine.travel(dt.datetime(2026, 11, 16, 12, tzinfo=dt.UTC), tick=False):
        yield


def url(name, *args):
    return reverse(f"coaching:charter_{name}", args=args)


def text_of(answer):
    return " ".join(answer.content.decode().split())


def test_who_sees_which_charter(cast):
    ours = make_charter(cast)
    theirs = actions.start_charter(cast.elsewhere, by=cast.staff, terms=make_terms(cast))
    names = {ours.pk: "ours", theirs.pk: "theirs"}
    seen = {name: {names[row.pk] for row in Charter.objects.visible_to(cast[name])} for name in PEOPLE[1:]}
    both = {"ours", "theirs"}
    assert seen == {
        "outsider": {"theirs"},
        "learner": set(),
        "change_agent": {"ours"},
        "sponsor": {"ours"},
        "coach": {"ours"},
        "staff": both,
        "administrator": both,
    }
    for model in (CharterVersion, Reflection):
        assert not model.objects.visible_to(cast.learner).exists()


def test_the_partners_page_shows_what_is_agreed(cast, sign_in):
    client, page = sign_in("sponsor"), url("of_partner", cast.partner.pk)
    assert "No charter yet" in text_of(client.get(page))
    charter = make_proposed(cast)
    assert "Proposed: waits for LEI and Halden Valley Health to acknowledge it." in text_of(client.get(page))
    acknowledged(cast, charter)
    assert "24 coach days a year</a>; next reflection in February 2027" in text_of(client.get(page))


def test_learners_are_not_shown_that_there_is_one(cast, sign_in):
    partner = cast.partner.get_absolute_url()
    fragment = url("of_partner", cast.partner.pk)
    assert fragment in text_of(sign_in("sponsor").get(partner))
    assert fragment not in text_of(sign_in("learner").get(partner))


def test_the_list_is_filtered(cast, sign_in):
    ours = change(cast, make_charter(cast), notice_days=21)
    theirs = actions.start_charter(cast.elsewhere, by=cast.staff, terms=make_terms(cast, ends_on=dt.date(2027, 1, 31)))
    client = sign_in("staff")

    def listed(**query):
        return [row[0].pk for row in client.get(LIST, query).context["rows"]]

    assert listed() == [ours.pk, theirs.pk]
    assert listed(partner=cast.elsewhere.pk) == [theirs.pk]
    assert listed(show="in_force") == [ours.pk]
    assert listed(show="awaiting") == [ours.pk, theirs.pk]
    assert listed(show="ending") == []
    assert listed(show="x", partner="\x00", after="x") == [ours.pk, theirs.pk]
    Charter.objects.filter(pk=ours.pk).update(ends_on=dt.date(2027, 2, 14))
    assert listed(show="ending") == [ours.pk]


@pytest.mark.parametrize(("page", "most"), [("list", 6), ("detail", 20), ("days", 6), ("of_partner", 7)])
def test_the_number_of_queries_does_not_grow(cast, sign_in, page, most):
    client = sign_in("staff")
    charter = make_charter(cast)
    address = {
        "list": LIST,
        "detail": charter.get_absolute_url(),
        "days": url("days", charter.pk, 1),
        "of_partner": url("of_partner", cast.partner.pk),
    }[page]

    def queries():
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    client.get(address)
    first = queries()
    for number in range(3):
        actions.start_charter(make_partner(), by=cast.staff, terms=make_terms(cast))
        acknowledged(cast, change(cast, charter, coaches=(cast.coach, make_person(is_coach=True))))
        make_confirmed(cast.site, cast.coach, starts_at=dt.datetime(2026, 12, 1 + number, 14, tzinfo=dt.UTC))
        actions.keep_days_of(cast.partner)
    assert queries() == first
    assert first <= most


def test_the_list_says_how_many_days_of_the_year_are_taken(cast, sign_in):
    charter = make_charter(cast)
    client = sign_in("staff")
    assert "This year: 0 days used, 0 planned." in text_of(client.get(LIST))
    make_confirmed(cast.site, cast.coach, starts_at=dt.datetime(2026, 11, 12, 14, tzinfo=dt.UTC))
    make_confirmed(cast.site, cast.coach, starts_at=dt.datetime(2026, 11, 25, 14, tzinfo=dt.UTC))
    actions.keep_days_of(cast.partner)
    assert "This year: half a day used, 0.5 planned." in text_of(client.get(LIST))
    actions.end_charter(charter, by=cast.staff, on=dt.date(2026, 11, 15), reason="We go on in spring.")
    assert "This year" not in text_of(client.get(LIST))


def test_a_replaced_version_says_from_when_to_when_it_was_in_force(cast, sign_in):
    charter = make_charter(cast)
    with time_machine.travel(dt.datetime(2026, 12, 16, 12, tzinfo=dt.UTC), tick=False):
        acknowledged(cast, change(cast, charter, notice_days=21))
    client = sign_in("staff")
    first = text_of(client.get(url("version", charter.pk, 1)))
    assert "replaced" in first
    assert "in force 16 Nov 2026 to 16 Dec 2026" in first
    assert "Compare with another version" in first
    second = text_of(client.get(url("version", charter.pk, 2)))
    assert "since 16 Dec 2026" in second
    assert "What changed" in second
