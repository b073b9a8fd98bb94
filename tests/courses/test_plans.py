"""After a course: the plan and four taps, the checks from the mail, and the sheet that a plan becomes."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from a3.models import Sheet
from courses import actions, answers, schedules
from courses.models import ApplicationPlan, FollowUp, Reaction
from partners.models import Obligation
from tests.a3.factories import make_sheet, sheet_type
from tests.courses.factories import make_enrollment, make_offering
from tests.courses.transfers import PLAN, TAPS, answered, check_of, make_past, make_plan, make_purpose
from tests.factories import make_person

AUCKLAND = ZoneInfo("Pacific/Auckland")


def said(enrollment, **fields):
    day = enrollment.offering.ends_on + dt.timedelta(days=14)
    return PLAN | {"site": enrollment.partner.sites.first(), "by_on": day} | fields


def posted(enrollment, **fields):
    plan = said(enrollment)
    return TAPS | plan | {"site": plan["site"].pk, "by_on": plan["by_on"].isoformat()} | fields


def owed():
    return set(Obligation.objects.open().values_list("key", flat=True))


@pytest.fixture
def past(cast):
    return make_past(cast, cast.learner, days_ago=2)


def test_it_opens_on_the_last_day_at_the_place(cast, sign_in):
    """In Auckland the last day begins while it is still the day before in New York."""
    enrollment = make_enrollment(make_offering(days=2, zone="Pacific/Auckland"), cast.learner, "enrolled")
    morning = dt.datetime.combine(enrollment.offering.ends_on, dt.time(), AUCKLAND)
    url = f"/courses/enrollments/{enrollment.pk}/plan/"
    with time_machine.travel(morning - dt.timedelta(minutes=1), tick=False):
        assert sign_in("learner").post(url, posted(enrollment)).status_code == 409
    with time_machine.travel(morning, tick=False):
        assert sign_in("learner").post(url, posted(enrollment)).status_code == 302
    due = FollowUp.objects.get(after=30).due_at.astimezone(AUCKLAND)
    assert (due.date(), due.hour) == (enrollment.offering.ends_on + dt.timedelta(days=30), 8)


def test_who_was_there_owes_it_in_the_last_hour_once(cast, past):
    offering = make_offering(in_days=3)
    now = make_enrollment(offering, cast.sponsor, "enrolled")
    make_enrollment(offering, cast.change_agent, "cancelled")
    make_past(cast, make_person(site=cast.site), days_ago=30)
    schedules.follow_to_work()
    assert owed() - {f"purpose:{now.pk}"} == {f"plan:{past.pk}"}
    with time_machine.travel(offering.ends_at - dt.timedelta(minutes=50), tick=False):
        schedules.follow_to_work()
        schedules.follow_to_work()
    assert f"plan:{now.pk}" in owed()
    actions.write_plan(past, **said(past))
    assert f"plan:{past.pk}" not in owed()


def test_who_was_not_there_and_who_is_long_back_owes_no_plan(cast, past):
    schedules.follow_to_work()
    past.attendances.create(day=past.offering.starts_on, present=False, noted_by=cast.coach, noted_at=timezone.now())
    type(past).objects.update(state="enrolled", attended_at=None)
    schedules.follow_to_work()
    assert owed() == set()
    came = make_past(cast, cast.sponsor, days_ago=1)
    schedules.follow_to_work()
    assert owed() == {f"plan:{came.pk}"}
    with time_machine.travel(timezone.now() + dt.timedelta(days=91), tick=False):
        schedules.follow_to_work()
    assert owed() == set()


def test_taps_without_a_plan_are_kept_and_the_plan_stays_owed(cast, past, sign_in):
    schedules.follow_to_work()
    data = TAPS | {"site": past.partner.sites.first().pk, "what": "", "with_whom": "", "by_on": "", "how_known": ""}
    assert sign_in("learner").post(f"/courses/enrollments/{past.pk}/plan/", data).status_code == 302
    assert (Reaction.objects.get().useful, ApplicationPlan.objects.count()) == ("partly", 0)
    assert f"plan:{past.pk}" in owed()


def test_half_a_plan_says_what_is_missing(cast, past, sign_in):
    client, url = sign_in("learner"), f"/courses/enrollments/{past.pk}/plan/"
    answer = client.post(url, posted(past, with_whom="", useful=""))
    assert answer.status_code == 422
    assert PLAN["what"] in answer.content.decode()
    assert client.post(url, posted(past, site=cast.other_site.pk)).status_code == 422
    assert client.post(url, posted(past, by_on="2020-01-01")).status_code == 422
    assert not Reaction.objects.exists()


def test_it_can_be_changed_until_the_first_check_and_the_history_stays(cast, past, sign_in):
    client, url = sign_in("learner"), f"/courses/enrollments/{past.pk}/plan/"
    client.post(url, posted(past))
    client.post(url, posted(past))
    client.post(url, posted(past, what="Walk it twice a week."))
    plan = ApplicationPlan.objects.get()
    assert [was.what for was in plan.earlier()] == [PLAN["what"]]
    page = client.get(plan.get_absolute_url()).content.decode()
    assert "Walk it twice a week." in page
    assert "Changed 1 time" in page
    with time_machine.travel(check_of(plan).due_at, tick=False):
        assert sign_in("learner").post(url, posted(past, what="Too late.")).status_code == 409
    assert FollowUp.objects.count() == 3


def test_a_late_plan_is_asked_about_on_the_days_still_to_come(cast):
    late = make_past(cast, cast.learner, days_ago=45)
    plan = actions.write_plan(late, **said(late))
    assert [row.after for row in plan.follow_ups.order_by("due_at")] == [60, 90]
    longer = make_past(cast, cast.learner, days_ago=120)
    with pytest.raises(actions.Refused, match="more than 90 days"):
        actions.write_plan(longer, **said(longer))


def test_a_check_is_asked_on_its_day_and_answered_once_from_the_mail(cast, past, client):
    plan = make_plan(past)
    check = check_of(plan)
    with time_machine.travel(check.due_at - dt.timedelta(minutes=1), tick=False):
        schedules.follow_to_work()
    assert check.key not in owed()
    with time_machine.travel(check.due_at + dt.timedelta(hours=1), tick=False):
        schedules.follow_to_work()
        schedules.follow_to_work()
        url = Obligation.objects.get(key=check.key).url
        assert PLAN["what"] in client.get(url).content.decode()
        assert client.post(url, {"done": ""}).status_code == 422
        assert client.post(url, {"done": "not_yet", "words": ""}).status_code == 422
        assert client.post(url, {"done": "partly", "words": "Three days of five.", "number": "3,5"}).status_code == 302
        assert client.post(url, {"done": "gave_up", "words": "Somebody else."}).status_code == 409
    check.refresh_from_db()
    assert (check.done, check.measured, check.answered_by) == ("partly", "3.5", cast.learner)
    assert check.key not in owed()
    plan.refresh_from_db()
    assert (plan.latest, plan.latest_due_at) == ("partly", check.due_at)


def test_the_link_ends_after_a_month_and_the_page_still_answers(cast, sign_in, client):
    check = check_of(make_plan(make_past(cast, cast.learner, days_ago=70)))
    url = answers.follow_up_address(check, cast.learner)
    assert client.post(url, {"done": "yes"}).status_code == 409
    assert "more than a month old" in client.get(url).content.decode()
    assert sign_in("learner").post(check.get_absolute_url(), {"done": "yes"}).status_code == 302
    assert sign_in("learner").post(check.get_absolute_url(), {"done": "partly"}).status_code == 302
    check.refresh_from_db()
    assert check.done == "partly"


def test_a_link_is_for_its_person_alone(cast, client):
    check = check_of(make_plan(make_past(cast, cast.learner)))
    for person in (cast.outsider, cast.change_agent, cast.sponsor):
        assert client.get(answers.follow_up_address(check, person)).status_code == 404
    token = answers.agreements.sign_object([check.pk, cast.learner.pk])
    assert client.get(reverse("courses:follow_up_by_link", args=[token])).status_code == 404
    cast.learner.assignments.update(ended_on=timezone.localdate() - dt.timedelta(days=2))
    assert client.get(answers.follow_up_address(check, cast.learner)).status_code == 404


def test_who_left_and_who_gave_up_is_not_asked(cast):
    make_plan(make_past(cast, cast.learner))
    gone = make_person("gone", site=cast.site)
    make_plan(make_past(cast, gone))
    gone.assignments.update(ended_on=timezone.localdate() - dt.timedelta(days=2))
    quit_ = make_plan(make_past(cast, make_person(site=cast.site), days_ago=70))
    actions.answer_follow_up(check_of(quit_), actions.Told("gave_up", "Moved."), by=quit_.enrollment.person)
    schedules.follow_to_work()
    assert [row.person for row in Obligation.objects.open().filter(key__startswith="follow-up")] == [cast.learner]


def test_nobody_answers_before_the_day(cast, past):
    with pytest.raises(actions.Refused, match="on its day"):
        actions.answer_follow_up(check_of(make_plan(past)), actions.Told("yes"), by=cast.learner)


def test_what_nobody_answers_is_unknown(cast, sign_in):
    plan = make_plan(make_past(cast, cast.learner, days_ago=50))
    page = sign_in("change_agent").get(plan.get_absolute_url()).content.decode()
    assert "Unknown" in page
    assert "answered since" in " ".join(page.split())


def test_evidence_is_a_sheet_that_one_may_see(cast, sign_in):
    check = check_of(make_plan(make_past(cast, cast.learner)))
    theirs = make_sheet(cast.learner, cast.site)
    other = make_sheet(cast.outsider, cast.other_site)
    client = sign_in("learner")
    for code in (other.code, "A3-999999", "nonsense"):
        answer = client.post(check.get_absolute_url(), {"done": "yes", "sheet": code})
        assert "There is no such A3" in answer.content.decode()
    client.post(check.get_absolute_url(), {"done": "yes", "sheet": theirs.code.lower()})
    check.refresh_from_db()
    assert check.sheet == theirs


def test_a_plan_becomes_one_sheet_with_its_background(cast, past, sign_in):
    sheet_type()
    make_purpose(past, cast.sponsor, problem="Papers & <b>waiting</b>.")
    plan = make_plan(past)
    client, url = sign_in("learner"), f"/courses/plans/{plan.pk}/sheet/"
    first = client.post(url)
    assert client.post(url).url == first.url
    sheet = Sheet.objects.get()
    assert (sheet.owner, sheet.site, sheet.title) == (cast.learner, plan.site, PLAN["what"])
    body = sheet.sections.order_by("type__position").first().body
    assert "Papers &amp; &lt;b&gt;waiting&lt;/b&gt;." in body
    assert PLAN["how_known"] in body
    shown = client.get(f"/courses/of-sheet/{sheet.pk}/plan/").content.decode()
    assert plan.get_absolute_url() in shown
    assert sheet.code in client.get(plan.get_absolute_url()).content.decode()


def test_a_colleague_sees_the_sheet_but_not_the_plan_behind_it(cast, past, sign_in):
    sheet_type()
    cast.colleague = make_person("colleague", site=cast.site)
    plan = make_plan(past)
    actions.make_sheet(plan, by=cast.learner)
    client = sign_in("colleague")
    answer = client.get(f"/courses/of-sheet/{Sheet.objects.get().pk}/plan/")
    assert (answer.status_code, answer.content.decode().strip()) == (200, "")
    assert client.get(plan.get_absolute_url()).status_code == 404


def test_the_name_of_a_sheet_is_for_those_who_see_the_sheet(cast, past, sign_in):
    sheet_type()
    plan = make_plan(past)
    actions.make_sheet(plan, by=cast.learner)
    Sheet.objects.update(title="Kestrel")
    assert "Kestrel" in sign_in("change_agent").get(plan.get_absolute_url()).content.decode()
    page = sign_in("coach").get(plan.get_absolute_url()).content.decode()
    assert "not shared with you" in page
    assert "Kestrel" not in page


def test_the_whole_way_costs_the_same_however_much_was_said(cast, sign_in, django_assert_max_num_queries):
    enrollment = make_past(cast, cast.learner, days_ago=100)
    plan = make_plan(enrollment)
    client = sign_in("change_agent")
    for after in (30, 60, 90):
        answered(plan, after, "yes")
        with django_assert_max_num_queries(5):
            assert client.get(plan.get_absolute_url()).status_code == 200
