"""What becomes of a promise: owed by its owner until it is kept, and opening the next visit."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse

from coaching import actions
from coaching.models import Promise
from partners.models import Obligation
from tests.coaching.factories import NINE, make_confirmed, make_visit
from tests.coaching.walks import answered, make_promise
from tests.factories import make_site

TODAY = dt.datetime(2026, 11, 25, 17, tzinfo=dt.UTC)
DUE = dt.date(2026, 12, 9)
WEEK = dt.timedelta(days=7)


@pytest.fixture(autouse=True)
def wednesday():
    with time_machine.travel(TODAY, tick=False):
        yield


@pytest.fixture
def visit(cast):
    return make_confirmed(cast.site, cast.coach)


@pytest.fixture
def promise(cast, visit):
    said = {"words": "Draft the letter at the huddle", "owner": cast.learner, "due_on": DUE}
    return actions.promise(Promise(visit=visit), said, revision=0, by=cast.coach)


def owed():
    """Who owes what, and how it ended."""
    state = {"open": Obligation.objects.open(), "settled": Obligation.objects.filter(settled_at__isnull=False)}
    state["called off"] = Obligation.objects.filter(cancelled_at__isnull=False)
    return [(o.person.name, o.words, name) for name, rows in state.items() for o in rows.select_related("person")]


WORDS = "Keep the promise: Draft the letter at the huddle"


def test_a_promise_is_owed_by_its_owner_until_five_of_its_day_at_the_site(cast, promise):
    assert owed() == [("Learner", WORDS, "open")]
    row = Obligation.objects.get(key=promise.key)
    assert (row.partner, row.asked_by, row.url) == (cast.partner, cast.coach, promise.get_absolute_url())
    assert row.due_at == dt.datetime(2026, 12, 9, 22, tzinfo=dt.UTC)
    assert [f"{at:%d %H}" for at in row.reminders_at] == ["06 13", "09 13", "16 13"]


def test_another_owner_owes_it_when_it_is_changed(cast, visit, promise):
    said = {"words": promise.words, "owner": cast.change_agent, "due_on": DUE + WEEK}
    actions.promise(promise, said, revision=1, by=cast.coach)
    assert owed() == [("Change Agent", WORDS, "open")]


def test_the_same_sent_twice_leaves_its_reminders_alone(cast, visit, promise):
    Obligation.objects.update(times_reminded=1, reminders_at=[], next_reminder_at=None)
    said = {"words": promise.words, "owner": cast.learner, "due_on": DUE}
    actions.promise(promise, said, revision=0, by=cast.coach)
    assert Obligation.objects.get().reminders_at == []


@pytest.mark.parametrize(("outcome", "end"), [("kept", "settled"), ("not_kept", "called off")])
def test_what_is_said_of_it_ends_what_is_owed_and_open_again_it_is_owed_again(cast, promise, outcome, end):
    said = actions.answer_promise(promise, outcome, seen="", by=cast.change_agent, words="At the huddle.")
    assert (said.outcome, said.outcome_words, said.said_by, said.said_at) == (
        outcome,
        "At the huddle.",
        cast.change_agent,
        TODAY,
    )
    assert owed() == [("Learner", WORDS, end)]
    again = actions.answer_promise(promise, "", seen=outcome, by=cast.learner)
    assert (again.outcome, again.outcome_words, again.said_by) == ("", "", None)
    assert owed() == [("Learner", WORDS, "open")]


def test_a_dropped_promise_is_called_off_and_counts_no_more(cast, promise):
    actions.drop(promise, revision=1, by=cast.coach)
    assert owed() == [("Learner", WORDS, "called off")]
    assert Promise.objects.of_partner(cast.partner).count() == 0


def test_two_who_say_different_things_are_told(cast, promise):
    actions.answer_promise(promise, "kept", seen="", by=cast.learner)
    assert actions.answer_promise(promise, "kept", seen="", by=cast.change_agent).said_by == cast.learner
    with pytest.raises(actions.SaidOtherwise, match="Learner has said meanwhile: kept"):
        actions.answer_promise(promise, "not_kept", seen="", by=cast.change_agent)
    assert actions.answer_promise(promise, "not_kept", seen="kept", by=cast.change_agent).outcome == "not_kept"


def test_the_next_visit_at_the_partner_opens_with_them(cast, sign_in):
    other_site = make_site(cast.partner, "Lakeshore")
    old = make_confirmed(other_site, cast.coach, starts_at=NINE - 20 * WEEK)
    last = make_confirmed(cast.site, cast.coach, starts_at=NINE - 4 * WEEK)
    make_promise(old, cast.learner, words="Old and open")
    answered(make_promise(old, cast.learner, words="Old and kept"), "kept", cast.learner)
    answered(make_promise(last, cast.learner, words="Last and kept"), "kept", cast.learner)
    answered(make_promise(last, cast.learner, words="Last and not"), "not_kept", cast.learner)
    make_promise(last, cast.learner, words="Last and dropped", removed_at=TODAY, removed_by=cast.coach)
    elsewhere = make_confirmed(cast.other_site, cast.coach, starts_at=NINE - 2 * WEEK)
    make_promise(elsewhere, cast.outsider, words="Elsewhere")
    visit = make_visit(cast.site, cast.coach)
    make_promise(visit, cast.learner, words="Of this very visit")
    page = sign_in("change_agent").get(reverse("coaching:visit_agenda", args=[visit.pk]))
    before = page.context["before"]
    shown = [[promise.words for promise in promises] for promises in (before.last, before.older)]
    assert shown == [["Last and kept", "Last and not"], ["Old and open"]]
    assert "2 of 4" in page.content.decode()


def test_the_tally_counts_what_fell_due_within_twelve_months_and_silence_is_not_kept(cast, visit):
    def due(day, outcome="", **fields):
        row = make_promise(visit, cast.learner, due_on=TODAY.date() + dt.timedelta(days=day), **fields)
        return answered(row, outcome, cast.learner) if outcome else row

    due(-364, "kept")
    due(-366, "kept")
    due(0, "kept")
    due(-10, "not_kept")
    due(-3)
    due(1)
    due(-5, removed_at=TODAY, removed_by=cast.coach)
    assert Promise.objects.of_partner(cast.partner).tally(TODAY.date()) == (4, 2)


def test_in_one_act_it_is_kept_or_not(cast, sign_in, promise):
    url = reverse("coaching:promise_answer", args=[promise.pk])
    row = sign_in("change_agent").post(url, {"outcome": "kept", "seen": ""}, headers={"HX-Request": "true"})
    assert (row.status_code, "Kept" in row.content.decode()) == (200, True)
    late = sign_in("coach").post(url, {"outcome": "not_kept", "seen": ""}, headers={"X-Autosave": "1"})
    assert (late.status_code, late.content.decode()) == (
        409,
        "Change Agent has said meanwhile: kept. Look at it again, then repeat what you meant.",
    )
    page = sign_in("coach").post(url, {"outcome": "not_kept", "seen": "", "words": "Not seen."})
    assert (page.status_code, "Not seen." in page.content.decode()) == (409, True)
    assert sign_in("learner").post(url, {"outcome": "perhaps"}).status_code == 422
    assert sign_in("coach").post(url, {"outcome": "open", "seen": "kept"}).url == promise.get_absolute_url()
    promise.refresh_from_db()
    assert promise.is_open


def listed(client, partner, **query):
    page = client.get(reverse("coaching:promise_list", args=[partner.pk]), query)
    return [promise.words for promise in page.context["page"]]


def test_the_list_of_a_partners_promises_is_filtered_and_paged(cast, sign_in, visit):
    rows = [
        make_promise(visit, cast.learner, words=f"Promise {number:03}", due_on=DUE + dt.timedelta(days=number // 2))
        for number in range(60)
    ]
    answered(rows[0], "kept", cast.learner)
    answered(rows[1], "not_kept", cast.learner)
    client = sign_in("learner")
    names = [row.words for row in rows]
    assert listed(client, cast.partner, state="kept") == names[:1]
    assert listed(client, cast.partner, state="not_kept") == names[1:2]
    assert listed(client, cast.partner, state="open") == names[2:52]
    first = client.get(reverse("coaching:promise_list", args=[cast.partner.pk])).context["page"]
    assert [row.words for row in first] == names[:9:-1]
    assert listed(client, cast.partner, after=first.next) == names[9::-1]
    assert listed(client, cast.partner, state="\x00") == names[:9:-1]


def test_the_number_of_queries_does_not_grow(cast, sign_in, visit, django_assert_num_queries):
    client = sign_in("change_agent")
    later = make_visit(cast.site, cast.coach, starts_at=NINE + WEEK)
    queries = {
        reverse("coaching:promise_list", args=[cast.partner.pk]): 5,
        reverse("coaching:visit_agenda", args=[later.pk]): 9,
    }
    for rows in (1, 3):
        for _ in range(rows):
            make_promise(visit, cast.learner)
        for url, number in queries.items():
            with django_assert_num_queries(number):
                client.get(url)


def test_history_keeps_who_said_what(cast, promise):
    actions.answer_promise(promise, "kept", seen="", by=cast.learner)
    actions.answer_promise(promise, "not_kept", seen="kept", by=cast.change_agent)
    said = list(promise.events.order_by("pgh_id").values_list("outcome", "said_by__name"))
    assert said == [("", None), ("kept", "Learner"), ("not_kept", "Change Agent")]


def test_a_promise_without_a_new_word_of_its_owner_says_who_wrote_it(cast, visit):
    row = make_promise(visit, cast.coach)
    actions.promise(row, {"words": "Send the form"}, revision=1, by=cast.coach)
    assert Obligation.objects.get().asked_by is None
