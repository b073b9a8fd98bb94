"""Catchball: whose turn it is, what is frozen, who is told, and that it happens once."""

import datetime as dt

import pytest
from django.db import transaction
from django.db.utils import ProgrammingError
from django.urls import reverse

from a3 import actions
from a3.models import Round, Sheet, State
from partners.models import Mail, Obligation
from tests.a3.factories import make_remark, make_sheet, section_of


@pytest.fixture
def sheet(cast):
    return make_sheet(cast.change_agent, cast.site, coach=cast.coach, bodies={1: "<p>Beds open late.</p>"})


def passed(sheet, cast, **options):
    return actions.hand_over(sheet, **{"to": cast.coach, "by": cast.change_agent, "note": "Look at 4"} | options)


def test_the_ball_moves_and_the_copy_stays(sheet, cast):
    frozen = passed(sheet, cast)
    sheet.refresh_from_db()
    assert (sheet.ball, sheet.state, sheet.round_number) == (cast.coach, State.IN_COACHING, 2)
    assert (frozen.number, frozen.handed_over_to, sheet.ball_since) == (1, cast.coach, frozen.handed_over_at)
    actions.save_section(section_of(sheet, 1).pk, body="<p>New.</p>", revision=0, by=cast.change_agent)
    frozen.refresh_from_db()
    first = frozen.content["sections"][0]
    assert (frozen.content["title"], first["name"], first["body"]) == (
        "Leave by noon",
        "Background",
        "<p>Beds open late.</p>",
    )
    assert len(frozen.content["sections"]) == 7


def test_the_receiver_owes_a_look_and_is_reminded_after_3_7_and_14_days(sheet, cast):
    frozen = passed(sheet, cast)
    owed = Obligation.objects.get(key=f"sheet:{sheet.pk}:ball")
    assert (owed.person, owed.asked_by, owed.url) == (cast.coach, cast.change_agent, f"/a3/{sheet.pk}/")
    assert (owed.words, owed.why) == (
        "Look at Change Agent's A3 “Leave by noon”",
        "You coach this sheet and it is your turn.",
    )
    assert owed.reminders_at == [frozen.handed_over_at + dt.timedelta(days=days) for days in (3, 7, 14)]


def test_the_receiver_is_told_by_mail_with_the_questions_that_wait(sheet, cast):
    make_remark(sheet, cast.coach, text="Have you been there?")
    answered = make_remark(sheet, cast.coach, text="Answered long ago")
    actions.answer(answered, by=cast.coach)
    passed(sheet, cast)
    mail = Mail.objects.get()
    assert (mail.person, mail.subject) == (cast.coach, "Your turn: Leave by noon")
    for part in (mail.text, mail.html):
        assert "Have you been there?" in part
        assert "Look at 4" in part
        assert f"/a3/{sheet.pk}/" in part
        assert "long ago" not in part


def test_back_to_the_owner_the_same_obligation_changes_hands(sheet, cast):
    passed(sheet, cast)
    passed(sheet, cast, to=cast.change_agent, by=cast.coach)
    owed = Obligation.objects.get()
    assert (owed.person, owed.words) == (cast.change_agent, "Go on with your A3 “Leave by noon”")
    assert list(Round.objects.values_list("number", flat=True)) == [2, 1]


def test_whoever_does_not_hold_the_ball_cannot_pass_it(sheet, cast):
    with pytest.raises(actions.NotYourBall, match="It is Change Agent's turn"):
        passed(sheet, cast, to=cast.change_agent, by=cast.coach)
    assert (Round.objects.count(), Mail.objects.count()) == (0, 0)


def test_the_ball_goes_to_somebody_named_only(sheet, cast):
    for stranger in (cast.learner, cast.change_agent, cast.staff):
        with pytest.raises(actions.NotNamed):
            passed(sheet, cast, to=stranger)


def test_a_round_is_never_changed_nor_deleted(sheet, cast):
    frozen = passed(sheet, cast)
    for deed in (lambda: Round.objects.update(note="x"), frozen.delete):
        with pytest.raises(ProgrammingError, match="Cannot"), transaction.atomic():
            deed()


def test_the_page_lists_what_waits_and_hands_over(sheet, cast, sign_in):
    make_remark(sheet, cast.coach, text="Have you been there?")
    url = reverse("a3:hand_over", args=[sheet.pk])
    assert "Have you been there?" in sign_in("change_agent").get(url).text
    assert sign_in("change_agent").post(url, {"to": cast.learner.pk}).status_code == 422
    answer = sign_in("change_agent").post(url, {"to": cast.coach.pk, "note": "Please"})
    assert (answer.status_code, answer.url) == (302, f"/a3/{sheet.pk}/")
    assert Sheet.objects.get().ball == cast.coach


def test_a_second_click_is_a_409_with_a_sentence(sheet, cast, sign_in):
    passed(sheet, cast)
    url = reverse("a3:hand_over", args=[sheet.pk])
    answer = sign_in("change_agent").post(url, {"to": cast.coach.pk})
    assert (answer.status_code, Round.objects.count()) == (409, 1)
    assert "It is Coach’s turn now" in answer.text.replace("&#x27;", "’")


def test_a_round_is_shown_as_it_was(sheet, cast, sign_in):
    passed(sheet, cast)
    Sheet.objects.update(title="Another title")
    page = sign_in("learner").get(reverse("a3:round_detail", args=[sheet.pk, 1]))
    assert "Leave by noon" in page.text
    assert "Another title" not in page.text
    assert sign_in("learner").get(reverse("a3:round_detail", args=[sheet.pk, 2])).status_code == 404


def test_the_owner_takes_the_ball_back_and_the_round_stays(sheet, cast):
    frozen = passed(sheet, cast)
    taken = actions.take_back(sheet, holder=cast.coach, by=cast.change_agent, words="Not ready")
    sheet.refresh_from_db()
    assert (sheet.ball, sheet.ball_since, sheet.round_number) == (cast.change_agent, taken.taken_at, 2)
    assert list(sheet.rounds.all()) == [frozen]
    mail = Mail.objects.get(key__contains="taken-back")
    assert (mail.person, mail.subject) == (cast.coach, "Taken back: Leave by noon")
    assert ("Not ready" in mail.text, "Not ready" in mail.html) == (True, True)
    assert Obligation.objects.open().get().person == cast.change_agent


def test_what_has_moved_on_is_not_taken_back(sheet, cast):
    with pytest.raises(actions.NotYourBall, match="It is Change Agent's turn by now"):
        actions.take_back(sheet, holder=cast.coach, by=cast.change_agent)
    passed(sheet, cast)
    with pytest.raises(actions.NotYourBall, match="It is Coach's turn by now"):
        actions.take_back(sheet, holder=cast.sponsor, by=cast.change_agent)


def test_the_page_takes_it_back_and_the_rounds_say_so(sheet, cast, sign_in):
    passed(sheet, cast)
    url = reverse("a3:take_back", args=[sheet.pk])
    client = sign_in("change_agent")
    assert "Coach’s turn" in client.get(url).text
    assert client.post(url, {"holder": cast.learner.pk}).status_code == 422
    answer = client.post(url, {"holder": cast.coach.pk, "words": "Not ready"})
    assert answer.status_code == 302
    assert "Taken back" in client.get(answer.url).text
    assert client.post(url, {"holder": cast.coach.pk}).status_code == 409
