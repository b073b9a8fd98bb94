"""Memos: who owes one by when, what it begins with, sending it once, and what stays as it was sent."""

import datetime as dt

import pytest
import time_machine
from django.db import IntegrityError, ProgrammingError, transaction
from django.urls import reverse

from coaching import actions, memo_text, schedules
from coaching.models import Kind, Memo
from coaching.times import Slot
from partners.models import Mail, Obligation
from tests.a3.test_races import at_once
from tests.cast import Cast
from tests.coaching.factories import NINE, make_confirmed, make_visit
from tests.coaching.memos import BODY, make_memo, make_sent
from tests.coaching.walks import make_observation, make_promise, make_question, make_walk
from tests.factories import make_person

HOUR = dt.timedelta(hours=1)
ENDS = NINE + 2 * HOUR
PHONE = {"X-Autosave": "1"}


@pytest.fixture(autouse=True)
def afternoon():
    """The visit of the morning is over."""
    with time_machine.travel(ENDS + HOUR, tick=False):
        yield


@pytest.fixture
def visit(cast):
    return make_confirmed(cast.site, cast.coach)


def owed():
    return list(Obligation.objects.open().filter(key__endswith=":memo").values_list("key", "person__name"))


def url(name, row):
    return reverse(f"coaching:{name}", args=[row.pk])


def test_the_coach_owes_a_memo_within_48_hours_of_the_end_and_is_asked_once(cast, visit):
    for _ in range(2):
        schedules.ask_for_memos()
    row = Obligation.objects.get()
    assert (row.key, row.person, row.due_at) == (f"visit:{visit.pk}:memo", cast.coach, ENDS + 48 * HOUR)
    assert (row.words, row.url) == ("Send the memo of the visit to Riverside", f"/coaching/visits/{visit.pk}/memo/")
    assert row.reminders_at == [ENDS + hours * HOUR for hours in (24, 48, 120)]
    Obligation.objects.update(times_reminded=1)
    schedules.ask_for_memos()
    assert Obligation.objects.get().times_reminded == 1


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": Kind.REMOTE},
        {"kind": Kind.REVIEW},
        {"starts_at": NINE + 2 * HOUR},
        {"starts_at": NINE - 20 * 24 * HOUR},
    ],
)
def test_no_memo_is_owed(cast, fields):
    make_confirmed(cast.site, cast.coach, **fields)
    make_visit(cast.site, cast.coach)
    make_sent(make_confirmed(cast.site, make_person("another", is_coach=True)))
    schedules.ask_for_memos()
    assert owed() == []


def test_a_visit_that_is_called_off_or_moved_ahead_is_owed_no_memo_and_asked_for_after_its_new_end(cast, visit):
    schedules.ask_for_memos()
    moved = actions.move(visit, by=cast.coach, slot=Slot(NINE + 24 * HOUR, NINE + 26 * HOUR, visit.zone))
    assert owed() == []
    actions.confirm(moved, by=cast.change_agent)
    schedules.ask_for_memos()
    assert owed() == []
    with time_machine.travel(NINE + 27 * HOUR, tick=False):
        schedules.ask_for_memos()
        assert owed() == [(f"visit:{visit.pk}:memo", "Coach")]
        actions.cancel(moved, by=cast.staff, reason="Nobody came.")
        assert owed() == []


def test_it_begins_with_what_the_record_says(cast, visit):
    make_walk(visit, learned="Letters wait for rounds.")
    make_observation(visit, saw="Two <wait>.", about="people", certainty="opinion", learned="Ask earlier.")
    make_observation(visit, saw="The board is old.", about="purpose")
    make_question(visit)
    make_promise(visit, cast.learner)
    make_promise(make_confirmed(cast.site, cast.coach, starts_at=NINE - 900 * HOUR), cast.learner)
    memo = actions.draft_memo(visit, by=cast.coach)
    assert memo_text.plain(memo.body).splitlines() == [
        "Purpose",
        "Walk the discharge process.",
        "Where we went",
        "5 West desk; Pharmacy; Discharge lounge",
        "What we saw: purpose",
        "The board is old.",
        "What we saw: people",
        "Two <wait>. (an opinion)",
        "It teaches: Ask earlier.",
        "What we learned",
        "Letters wait for rounds.",
        "Questions we leave with you",
        "Who decides that a patient may leave?",
        "What was promised",
        "What | Who | By",
        "Draft the letter at the huddle | Learner | Wed 9 Dec",
        "Promises of the visits before",
        "0 of 1 promises of the last twelve months were kept.",
    ]


def test_there_is_one_draft_and_who_begins_it_twice_gets_the_same(cast, visit):
    first = actions.draft_memo(visit, by=cast.coach)
    assert actions.draft_memo(visit, by=cast.staff) == first


def test_it_is_saved_as_one_types_over_nobody_and_holds_words_alone(cast, sign_in, visit):
    memo = make_memo(visit)
    said = {"body": '<p>Mine</p><img src="/a3/photos/3/" alt="x"><figure data-figure="4"></figure>', "revision": 1}
    answer = sign_in("coach").post(url("memo_save", memo), said | {"writing": "a", "step": 1}, headers=PHONE)
    assert (answer.json()["revision"], Memo.objects.get().body) == (2, "<p>Mine</p>")
    clash = sign_in("staff").post(url("memo_save", memo), {"body": "<p>Theirs</p>", "revision": 1}, headers=PHONE)
    assert (clash.status_code, "This memo was changed in the meantime" in clash.content.decode()) == (409, True)
    page = sign_in("staff").post(url("memo_save", memo), {"body": "<p>Theirs</p>", "revision": 1})
    assert (page.status_code, "<html" in page.content.decode()) == (409, True)
    refused = sign_in("coach").post(url("memo_save", memo), {"revision": 2}, headers=PHONE)
    assert (refused.status_code, refused.text) == (422, "The text did not arrive. Reload the page, then write again.")
    assert sign_in("coach").post(url("memo_save", memo), {"body": "x", "revision": ""}).status_code == 422


def test_it_is_sent_once_to_the_people_of_the_visit_and_what_was_owed_is_done(cast, sign_in, visit):
    schedules.ask_for_memos()
    memo = make_memo(visit)
    client = sign_in("coach")
    page = client.get(url("memo_send", memo)).content.decode()
    assert ("Change Agent" in page, "Two wait." in page, "Learner" in page) == (True, True, False)
    assert client.post(url("memo_send", memo), {"revision": 1}).url == memo.get_absolute_url()
    assert client.post(url("memo_send", memo), {"revision": 1}).status_code == 404
    memo.refresh_from_db()
    assert (memo.sent_by, memo.sent_to, owed()) == (cast.coach, ["Coach", "Change Agent"], [])
    mails = Mail.objects.order_by("pk").select_related("person")
    assert [(mail.person.name, mail.subject) for mail in mails] == [
        (name, "Memo: Gemba walk at Halden Valley Health, Riverside, Wed 25 Nov, 09:00 to 11:00 EST")
        for name in ("Coach", "Change Agent")
    ]
    assert ("Two wait." in mails[1].text, "Two wait." in mails[1].html, memo.get_absolute_url() in mails[1].text) == (
        True,
        True,
        True,
    )


def test_what_was_changed_since_it_was_shown_is_not_sent(cast, sign_in, visit):
    memo = make_memo(visit, revision=4)
    answer = sign_in("coach").post(url("memo_send", memo), {"revision": 3})
    assert (answer.status_code, "Look at it again, then send it." in answer.content.decode()) == (409, True)
    assert Mail.objects.count() == 0


def test_an_empty_memo_is_not_sent(cast, sign_in, visit):
    answer = sign_in("coach").post(url("memo_send", make_memo(visit, body="")), {"revision": 1})
    assert (answer.status_code, "There is nothing in this memo yet" in answer.content.decode()) == (422, True)


def test_a_correction_is_a_further_version_with_a_note(cast, sign_in, visit):
    first = make_sent(visit)
    client = sign_in("coach")
    second = Memo.objects.get(pk=client.post(url("memo_draft", visit)).url.split("/")[-2])
    assert (second.version, second.body) == (2, BODY)
    refused = client.post(url("memo_send", second), {"revision": 1, "note": " "})
    assert (refused.status_code, refused.context["form"].errors) == (422, {"note": ["This field is required."]})
    client.post(url("memo_send", second), {"revision": 1, "note": "The lounge opens at 9."})
    page = sign_in("learner").get(reverse("coaching:visit_memo", args=[visit.pk]), follow=True).content.decode()
    assert ("Corrects: The lounge opens at 9." in page, first.get_absolute_url() in page) == (True, True)
    assert sign_in("learner").get(first.get_absolute_url()).status_code == 200


def test_a_draft_is_read_by_who_writes_it(cast, sign_in, visit):
    memo = make_memo(visit)
    page = sign_in("change_agent").get(reverse("coaching:visit_memo", args=[visit.pk]))
    assert ("No memo yet" in page.content.decode(), "Draft the memo" in page.content.decode()) == (True, False)
    assert sign_in("staff").get(reverse("coaching:visit_memo", args=[visit.pk])).url == memo.get_absolute_url()


def test_drafted_anew_it_says_what_the_record_says_by_then(cast, sign_in, visit):
    memo = make_memo(visit)
    make_question(visit, text="And then?")
    sign_in("coach").post(url("memo_again", memo))
    memo.refresh_from_db()
    assert ("And then?" in memo.body, "Two wait." in memo.body, memo.revision) == (True, False, 2)


def test_the_database_keeps_a_sent_memo_as_it_is(cast, visit):
    memo = make_sent(visit)
    for deed in (lambda: Memo.objects.filter(pk=memo.pk).update(body="<p>Other</p>"), memo.delete):
        with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
            deed()


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"version": 0}, "versions_count_from_one"),
        ({"sent_at": NINE}, "sent_at_with_by"),
        ({"body": "", "sent_at": NINE, "sent_by": True}, "sent_says_something"),
        ({"version": 2, "sent_at": NINE, "sent_by": True}, "sent_says_something"),
    ],
)
def test_the_database_refuses(cast, visit, fields, constraint):
    fields = fields | ({"sent_by": cast.coach} if "sent_by" in fields else {})
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make_memo(visit, **fields)


def test_there_is_each_version_once_and_one_draft(cast, visit):
    make_sent(visit)
    with pytest.raises(IntegrityError, match="version_once"), transaction.atomic():
        make_sent(visit)
    make_memo(visit, version=2)
    with pytest.raises(IntegrityError, match="one_draft"), transaction.atomic():
        make_memo(visit, version=3)


def test_of_five_who_send_it_at_once_one_does(transactional_db):
    cast = Cast()
    memo = make_memo(make_confirmed(cast.site, cast.coach))
    found = at_once(lambda _: actions.send_memo(memo, revision=1, by=cast.coach), 5)
    assert sorted(type(result).__name__ for result in found) == ["Memo"] + ["MemoHasChanged"] * 4
    assert Mail.objects.count() == 2


def test_the_fragment_says_how_it_stands(cast, sign_in, visit):
    def words(name="learner"):
        return " ".join(sign_in(name).get(reverse("coaching:visit_record", args=[visit.pk])).content.decode().split())

    assert "Not sent yet" in words()
    assert "Draft it" in words("coach")
    assert "Due Fri 27 Nov, 16:00 UTC" in words()
    make_observation(visit)
    make_memo(visit)
    with time_machine.travel(ENDS + 49 * HOUR, tick=False):
        assert "Overdue since Fri 27 Nov, 16:00 UTC" in words()
        assert "Drafted, not sent" in words("coach")
        actions.send_memo(Memo.objects.get(), revision=1, by=cast.coach)
        assert "Late" in words()
    assert "1 observation, 0 questions left with the host" in words()
