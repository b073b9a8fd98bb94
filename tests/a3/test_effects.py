"""What a sheet gained: claimed by its owner, seen by whom the sheet is seen."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from a3 import actions
from a3.models import Audience, Effect
from partners.models import Claim
from tests.a3.factories import make_sheet
from tests.cast import PEOPLE

GAIN = {
    "measure": "Order to door, median",
    "baseline": "4.6",
    "value": "2.9",
    "unit": "h",
    "measured_on": "2026-11-20",
    "level": "1",
    "days": "30 60",
}


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.change_agent, cast.site, coach=cast.coach)


def claimed(client, sheet, **other):
    return client.post(f"/a3/{sheet.pk}/effects/new/", GAIN | other, follow=True)


def test_claimed_by_the_owner(cast, sign_in, sheet):
    page = claimed(sign_in("change_agent"), sheet, owner=cast.change_agent.pk)
    claim = Effect.objects.get(sheet=sheet).claim
    assert (str(claim), claim.site, claim.checks.count()) == ("Order to door, median: 4.6 h to 2.9 h", cast.site, 2)
    assert claim.source_url == sheet.get_absolute_url()
    assert "4.6 h" in page.text
    assert "Answer now" in page.text


def test_only_who_is_named_answers_for_it(cast, sign_in, sheet):
    page = claimed(sign_in("change_agent"), sheet, owner=cast.learner.pk)
    assert page.status_code == 422
    assert not Claim.objects.exists()


def test_the_named_coach_sees_it_though_it_is_not_shared(cast, sign_in, sheet):
    claimed(sign_in("change_agent"), sheet, owner=cast.change_agent.pk)
    seen = {name for name in PEOPLE if name != "nobody" and Effect.objects.visible_to(cast[name]).exists()}
    assert seen == {"learner", "change_agent", "sponsor", "coach"}
    page = sign_in("coach").get(f"/a3/{sheet.pk}/?side=effects")
    assert "Order to door" in page.text
    assert "Answer now" not in page.text
    assert sign_in("coach").get(Claim.objects.get().get_absolute_url()).status_code == 404


def test_claims_are_shared_with_the_sheet(cast, sign_in, sheet):
    claimed(sign_in("change_agent"), sheet, owner=cast.change_agent.pk)
    for audience, shared in [(Audience.LEI, True), (Audience.PARTNER, False)]:
        sheet.audience = audience
        actions.change_particulars(sheet, fields=["audience"])
        assert Claim.objects.get().is_shared_with_lei is shared
        assert Claim.objects.visible_to(cast.staff).exists() is shared


def test_many_effects_cost_no_more_queries(cast, sign_in, sheet):
    client = sign_in("change_agent")
    counts = []
    for _ in range(2):
        claimed(client, sheet, owner=cast.change_agent.pk)
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/a3/{sheet.pk}/?side=effects")
        counts.append(len(queries))
    assert counts[0] == counts[1]
