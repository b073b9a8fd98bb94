"""The pages of a claim: reading it, answering a check, choosing its days, ending it."""

import datetime as dt

import pytest
from django.utils import timezone

from partners.forms import AnswerForm, ClaimForm, ScheduleForm
from partners.models import Check, Claim
from tests.factories import make_claim


@pytest.fixture
def claim(cast):
    return make_claim(cast.change_agent, cast.site, days=[1, 30])


def answer_page(claim):
    return claim.checks.first().get_absolute_url()


def test_answered_in_one_step(sign_in, claim):
    answer = {"outcome": "improving", "value": "2,7", "made_it_so": ""}
    page = sign_in("change_agent").post(answer_page(claim), answer, follow=True)
    assert page.redirect_chain == [(claim.get_absolute_url(), 302)]
    assert "Thank you" in page.text
    check = claim.checks.first()
    assert (check.outcome, str(check.value)) == ("improving", "2.7000")


def test_answering_twice_is_one_answer(sign_in, claim):
    client = sign_in("change_agent")
    for _ in range(2):
        client.post(answer_page(claim), {"outcome": "holding"})
    assert claim.checks.filter(answered_at__isnull=False).count() == 1


def test_what_slipped_is_explained(sign_in, claim):
    page = sign_in("change_agent").post(answer_page(claim), {"outcome": "slipped", "value": "4.4"})
    assert page.status_code == 422
    assert "why it slipped" in page.text
    assert 'value="4.4"' in page.text
    assert not Check.objects.exclude(outcome="").exists()


@pytest.mark.parametrize("value", ["many", "1e99", "NaN", "9" * 20])
def test_a_number_that_is_none(db, value):
    assert "value" in AnswerForm({"outcome": "holding", "value": value}).errors


def test_days_are_chosen_line_by_line(sign_in, claim):
    first = (timezone.localdate() + dt.timedelta(days=12)).isoformat()
    sign_in("change_agent").post(f"{claim.get_absolute_url()}schedule/", {"on": f"{first}\n{first}"})
    assert [check.due_on.isoformat() for check in claim.checks.all()] == [first]


@pytest.mark.parametrize("lines", ["tomorrow", "2020-01-01", "2090-01-01", "2026-02-30"])
def test_days_that_are_none(sign_in, claim, lines):
    assert "on" in ScheduleForm({"on": lines}).errors
    page = sign_in("change_agent").post(f"{claim.get_absolute_url()}schedule/", {"on": lines})
    assert page.status_code == 422
    assert lines in page.text
    assert claim.checks.count() == 2


def test_ended_with_a_reason(sign_in, claim):
    client = sign_in("change_agent")
    assert client.post(f"{claim.get_absolute_url()}end/", {"reason": ""}).status_code == 422
    page = client.post(f"{claim.get_absolute_url()}end/", {"reason": "The ward has closed"}, follow=True)
    assert "The ward has closed" in page.text
    page = client.post(answer_page(claim), {"outcome": "holding"})
    assert page.status_code == 409
    assert not Claim.objects.running().exists()


def test_others_read_and_change_nothing(sign_in, claim):
    page = sign_in("learner").get(claim.get_absolute_url())
    assert "Choose the days" not in page.text
    assert sign_in("learner").get(answer_page(claim)).status_code == 404


def test_a_gain_is_a_change(cast):
    given = {"measure": "m", "baseline": "4,6", "value": "4.6", "measured_on": "2026-11-01", "level": 1, "days": "30"}
    form = ClaimForm(given | {"owner": cast.learner.pk}, owners=[cast.learner])
    assert form.errors == {"value": ["Before and now are the same number: nothing was gained yet."]}


@pytest.mark.parametrize("days", ["", "soon", "0", "99999", " ".join(map(str, range(1, 30)))])
def test_days_after_the_measurement(cast, days):
    form = ClaimForm({"days": days}, owners=[cast.learner])
    assert "days" in form.errors


def test_the_page_costs_the_same_with_many_checks(sign_in, cast, django_assert_max_num_queries):
    claim = make_claim(cast.change_agent, cast.site, days=range(1, 20))
    client = sign_in("change_agent")
    with django_assert_max_num_queries(8):
        assert client.get(claim.get_absolute_url()).status_code == 200
