"""Asking to talk: times on offer, the one both take, moving it, and calling it off."""

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from a3 import actions, clocks, schedules
from a3.models import Talk
from partners.models import Mail, Obligation
from tests.a3.factories import make_agreement, make_sheet, make_talk


@pytest.fixture
def sheet(cast):
    cast.change_agent.zone, cast.coach.zone = "America/New_York", "Europe/Copenhagen"
    for person in (cast.change_agent, cast.coach):
        person.save()
    return make_sheet(cast.change_agent, cast.site, coach=cast.coach)


def owed(person):
    return list(Obligation.objects.open().filter(person=person, key__startswith="talk:").values_list("verb", flat=True))


def invitations():
    return [(m.person.email, m.calendar_method) for m in Mail.objects.exclude(calendar="").order_by("pk")]


def agreed(sheet):
    talk = make_talk(sheet)
    return actions.accept_time(talk, at=talk.offered_times[1], by=sheet.coach)


def test_the_other_is_told_in_both_clocks_and_owes_an_answer(sheet, cast):
    talk = make_talk(sheet, note="About 4")
    mail = Mail.objects.get()
    assert (mail.person, mail.subject) == (cast.coach, "Change Agent asks to talk: Leave by noon")
    for part in (mail.text, mail.html):
        assert "About 4" in part
        assert clocks.words_for(talk.offered_times[0], cast.coach, cast.change_agent) in part
        assert talk.get_absolute_url() in part
    assert owed(cast.coach) == ["Choose a time"]


def test_words_name_both_zones_and_another_day_where_it_is_one(cast, sheet):
    at = dt.datetime(2026, 11, 25, 15, 0, tzinfo=dt.UTC)
    words = clocks.words_for(at, cast.change_agent, cast.coach)
    assert words == "Wed 25 Nov, 10:00 EST (16:00 CET for Coach)"
    late = clocks.words_for(at + dt.timedelta(hours=9), cast.change_agent, cast.coach)
    assert late == "Wed 25 Nov, 19:00 EST (Thu 26 Nov, 01:00 CET for Coach)"
    assert clocks.words_for(at, cast.coach, cast.coach) == "Wed 25 Nov, 16:00 CET"


def test_agreed_both_get_an_invitation_and_have_it_before_them(sheet, cast):
    talk = agreed(sheet)
    assert (talk.state, talk.offered_times, talk.sequence) == ("agreed", [], 1)
    assert invitations() == [("change_agent@example.com", "REQUEST"), ("coach@example.com", "REQUEST")]
    calendar = Mail.objects.exclude(calendar="").get(person=cast.change_agent).calendar
    assert f"DTSTART:{talk.starts_at:%Y%m%dT%H%M%SZ}" in calendar
    assert "SUMMARY:Talk with Coach: Leave by noon" in calendar
    assert (owed(cast.coach), owed(cast.change_agent)) == (["Open"], ["Open"])


def test_none_of_these_times_is_said_with_words(sheet, cast):
    talk = actions.decline(make_talk(sheet), by=cast.coach, words="I travel all week")
    assert (talk.state, owed(cast.coach)) == ("declined", [])
    mail = Mail.objects.get(person=cast.change_agent)
    assert (mail.subject, "I travel all week" in mail.text) == ("None of these times: Leave by noon", True)


def test_other_times_turn_the_question_round(sheet, cast):
    talk = make_talk(sheet)
    later = [talk.offered_times[1] + dt.timedelta(days=2)]
    actions.offer_times(talk, times=later, by=cast.coach, note="In Lyon until then")
    assert (owed(cast.coach), owed(cast.change_agent)) == ([], ["Choose a time"])
    talk = actions.accept_time(talk, at=later[0], by=cast.change_agent)
    assert talk.starts_at == later[0]


def test_moved_the_old_time_stays_until_a_new_one_is_taken(sheet, cast):
    talk = agreed(sheet)
    old, new = talk.starts_at, talk.starts_at + dt.timedelta(days=1)
    actions.offer_times(talk, times=[new], by=cast.change_agent)
    talk.refresh_from_db()
    assert (talk.starts_at, talk.awaited) == (old, cast.coach)
    talk = actions.decline(talk, by=cast.coach, words="Only then")
    assert (talk.state, talk.starts_at) == ("agreed", old)
    actions.offer_times(talk, times=[new], by=cast.change_agent)
    talk = actions.accept_time(talk, at=new, by=cast.coach)
    assert (talk.starts_at, len(invitations())) == (new, 4)


def test_called_off_it_leaves_both_calendars_and_both_lists(sheet, cast):
    talk = actions.cancel_talk(agreed(sheet), by=cast.coach, words="Ill")
    assert invitations()[2:] == [("change_agent@example.com", "CANCEL"), ("coach@example.com", "CANCEL")]
    assert (owed(cast.coach), owed(cast.change_agent), talk.state) == ([], [], "cancelled")
    assert ["Coach writes: Ill" in mail.text for mail in Mail.objects.filter(calendar_method="CANCEL")] == [True, True]
    with pytest.raises(actions.TalkChanged, match="called off in the meantime"):
        actions.offer_times(talk, times=[timezone.now()], by=cast.coach)


def test_nobody_answers_for_the_other_nor_takes_a_time_that_is_not_on_offer(sheet, cast):
    talk = make_talk(sheet)
    for by, at in (
        (cast.change_agent, talk.offered_times[0]),
        (cast.coach, talk.offered_times[0] + dt.timedelta(hours=2)),
    ):
        with pytest.raises(actions.TalkChanged, match="not on offer"):
            actions.accept_time(talk, at=at, by=by)


def test_asked_twice_it_is_one_question(sheet, cast):
    make_talk(sheet)
    with pytest.raises(actions.CannotTalk, match="asked Coach already"):
        make_talk(sheet)
    with pytest.raises(actions.CannotTalk, match="not on this sheet"):
        make_talk(sheet, asked_of=cast.learner)


def test_over_nothing_is_owed_any_more(sheet, cast, time_machine):
    agreed(sheet)
    time_machine.move_to(timezone.now() + dt.timedelta(days=9))
    schedules.close_talks()
    assert (owed(cast.coach), owed(cast.change_agent)) == ([], [])


def test_the_pages_from_asking_to_agreeing(sheet, cast, sign_in):
    day = (dt.datetime.now(dt.UTC) + dt.timedelta(days=4)).strftime("%Y-%m-%d")
    url = reverse("a3:talk_new", args=[sheet.pk])
    fields = {"asked_of": cast.coach.pk, "minutes": 30, "first": f"{day}T09:00", "second": f"{day}T14:00"}
    page = sign_in("change_agent").get(url).text
    assert "hours ahead of you" in page
    assert sign_in("change_agent").post(url, fields | {"first": ""}).status_code == 422
    assert sign_in("change_agent").post(url, fields | {"first": "2020-01-01T09:00"}).status_code == 422
    made = sign_in("change_agent").post(url, fields)
    talk = Talk.objects.get()
    assert made.url == talk.get_absolute_url()
    asked = sign_in("coach").get(made.url).text
    assert ("Take this time" in asked, "for Change)" in asked) == (True, True)
    answer = sign_in("coach").post(reverse("a3:talk_accept", args=[talk.pk]), {"at": talk.offered_times[0].isoformat()})
    assert answer.status_code == 302
    assert "in both calendars" in sign_in("change_agent").get(made.url).text


def test_a_talk_leads_somewhere_and_is_between_two(sheet):
    talk = make_talk(sheet)
    for fields in ({"offered_times": []}, {"asked_of": sheet.owner}, {"minutes": 1}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Talk.objects.filter(pk=talk.pk).update(**fields)


def test_who_is_no_longer_on_the_sheet_is_asked_for_nothing_there(sheet, cast):
    agreed(sheet)
    make_agreement(sheet)
    sheet.coach = None
    actions.change_particulars(sheet, fields=["coach"])
    assert [(t.state, t.end_words) for t in Talk.objects.all()] == [
        ("cancelled", "Coach is not on this sheet any more.")
    ]
    assert not sheet.agreements.current().exists()
    assert not Obligation.objects.open().filter(person=cast.coach).exists()
