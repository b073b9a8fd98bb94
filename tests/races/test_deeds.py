"""Whatever two people do to one sheet at the same moment: each is done whole or refused in words, and done once."""

from itertools import count, cycle

import pytest
from django.apps import apps
from django.db.models import Count, Value

from a3 import actions
from a3.contents import changed_sections, content_of
from a3.models import Sheet, State
from partners.models import Obligation
from tests.races.deeds import DEEDS, REFUSALS, opened

# Changing the type holds most, so each deed meets it; and one of two others, by turns. The archive has its own tests.
AGAINST = [*((deed, "change type") for deed in DEEDS), *zip(DEEDS, cycle(("hand over", "save")))]
FIRST = {"take back": "hand over", "take from archive": "archive"}  # what it is done after
# On a sheet in the archive these are no writing: they read, end something, or concern two people's calendars.
IN_ARCHIVE = {
    *("archive", "take from archive", "copy", "be there", "end the link", "stop asking"),
    *("take a time", "offer times", "decline", "call the talk off"),
}
# Begun before the sheet was in the archive, a text is kept there as if it had come a moment earlier.
EARLIER = {"save", "save a diagram", "place a diagram"}
_links = count(1)


@pytest.fixture
def fresh(cast):
    """Makes a sheet with all that can stand on it; before `deed` what that comes after."""

    def make(deed=""):
        o = opened(cast, token_of_link=f"link{next(_links)}")
        if deed in FIRST:
            DEEDS[FIRST[deed]](o)
        return o

    return make


def rows():
    """How many rows each table of a3 and partners has, its history included; asked for in one go."""
    tables = [model.objects.all() for app in ("a3", "partners") for model in apps.get_app_config(app).get_models()]
    counts = [rows.order_by().values(table=Value(rows.model.__name__)).annotate(n=Count("*")) for rows in tables]
    return {row["table"]: row["n"] for row in counts[0].union(*counts[1:], all=True).order_by("table")}


def added(deed):
    before = rows()
    deed()
    return {name: number - before.get(name, 0) for name, number in rows().items() if number != before.get(name, 0)}


def refused(outcomes):
    """Those that were refused; anything but a refusal in words fails here."""
    errors = [outcome for outcome in outcomes if isinstance(outcome, Exception)]
    assert [repr(error) for error in errors if not isinstance(error, REFUSALS) or not str(error)] == []
    return errors


def assert_whole(o):
    """Nothing half-written: what belongs together says the same."""
    sheet = Sheet.objects.with_people().get(pk=o.sheet.pk)
    changes, sections = list(sheet.state_changes.order_by("pk")), list(sheet.sections.select_related("type"))
    assert list(sheet.rounds.values_list("number", flat=True)) == list(range(sheet.round_number - 1, 0, -1))
    assert [c.from_state for c in changes] + [sheet.state] == [State.DRAFT] + [c.to_state for c in changes]
    assert sorted(s.type_id for s in sections) == sorted(sheet.type.sections.values_list("pk", flat=True))
    assert sheet.ball in sheet.named
    for agreement in sheet.agreements.current().filter(agreed_at__isnull=False):
        assert agreement.lapsed_sections == changed_sections(agreement.round.content, content_of(sheet))
    owed = Obligation.objects.open().filter(key__startswith=f"sheet:{sheet.pk}:")
    assert list(owed.filter(key__endswith=":ball").exclude(person=sheet.ball)) == []
    assert sheet.archived_at is None or not owed.exists()
    keys = set(owed.values_list("key", flat=True))
    actions.follow_steps(sheet.pk)
    assert set(owed.values_list("key", flat=True)) == keys


@pytest.mark.parametrize("deed", DEEDS)
def test_done_twice_it_is_done_once(deed, fresh, hands):
    again, together = fresh(deed), fresh(deed)
    change = added(lambda: DEEDS[deed](again))
    outcomes = []
    assert added(lambda: outcomes.append(hands.at_once(lambda: DEEDS[deed](again))[0])) == {}
    refused(outcomes)
    assert added(lambda: outcomes.extend(hands.at_once(*[lambda: DEEDS[deed](together)] * 2))) == change
    assert len(refused(outcomes[1:])) <= 1
    assert_whole(together)


@pytest.mark.parametrize(("deed", "other"), AGAINST)
def test_two_deeds_at_once_are_both_whole(deed, other, fresh, hands):
    o = fresh(deed)
    outcomes = hands.at_once(lambda: DEEDS[deed](o), lambda: DEEDS[other](o))
    assert len(refused(outcomes)) <= 1 or deed in FIRST
    assert_whole(o)


@pytest.mark.parametrize("deed", [deed for deed in DEEDS if deed not in IN_ARCHIVE | EARLIER])
def test_who_writes_while_the_sheet_goes_into_the_archive_is_told(deed, fresh, hands):
    o, other = fresh(deed), fresh(deed)
    change = added(lambda: DEEDS["archive"](other))
    outcomes = []
    assert (
        added(lambda: outcomes.append(hands.overtaken(lambda: DEEDS["archive"](o), lambda: DEEDS[deed](o)))) == change
    )
    (error,) = refused(outcomes)
    assert "archive" in str(error) or "not asked" in str(error)
    assert_whole(o)


@pytest.mark.parametrize("deed", [deed for deed in DEEDS if deed != "take from archive"])
def test_put_into_the_archive_while_somebody_acts_nothing_is_owed_there(deed, fresh, hands):
    o = fresh(deed)
    outcome = hands.overtaken(lambda: DEEDS[deed](o), lambda: DEEDS["archive"](o))
    assert bool(refused([outcome])) == (deed == "archive")
    assert_whole(o)
