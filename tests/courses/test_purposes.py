"""Before a course: why one goes, the manager's answer from the mail, and what is owed until then."""

import datetime as dt

import pytest
import time_machine
from django.urls import reverse
from django.utils import timezone

from courses import actions, answers, schedules
from courses.models import Purpose
from partners.models import Obligation
from tests.courses.factories import make_enrollment, make_offering
from tests.factories import make_person

WHY = {"problem": "Patients wait for papers.", "able_to": "See why.", "expected": "One ward by summer."}


@pytest.fixture
def seat(cast):
    return make_enrollment(make_offering(), cast.learner, "enrolled")


def write(seat, cast, **other):
    return actions.write_purpose(seat, actions.Why(**{**WHY, "manager": cast.sponsor} | other), by=cast.learner)


def owed_by(person):
    return set(Obligation.objects.open().filter(person=person).values_list("key", flat=True))


def test_who_goes_owes_it_once_and_then_the_manager(cast, seat):
    schedules.follow_to_work()
    schedules.follow_to_work()
    owed = Obligation.objects.get(key=f"purpose:{seat.pk}")
    assert owed.due_at == seat.offering.starts_at - dt.timedelta(days=7)
    assert owed.person == cast.learner
    write(seat, cast)
    assert (owed_by(cast.learner), owed_by(cast.sponsor)) == (set(), {f"purpose:{seat.pk}:agree"})
    schedules.follow_to_work()
    assert owed_by(cast.learner) == set()


def test_who_asked_owes_it_too_but_nobody_long_before_or_after(cast):
    asked = make_enrollment(make_offering(), cast.learner)
    make_enrollment(make_offering(in_days=80), cast.learner)
    make_enrollment(make_offering(in_days=-1), cast.learner)
    make_enrollment(make_offering(), cast.learner, "cancelled")
    make_enrollment(make_offering(), cast.coach)
    schedules.follow_to_work()
    assert set(Obligation.objects.open().values_list("key", flat=True)) == {f"purpose:{asked.pk}"}


def test_the_manager_agrees_from_the_mail_without_signing_in(cast, seat, client):
    purpose = write(seat, cast)
    url = Obligation.objects.get(key=f"purpose:{seat.pk}:agree").url
    assert "Patients wait for papers." in client.get(url).content.decode()
    assert Purpose.objects.filter(agreed_at=None).exists()
    assert client.post(url, {"deed": "agree"}).status_code == 302
    assert client.post(url, {"deed": "agree"}).status_code == 409
    assert client.post(url, {"deed": "ask", "words": "Which ward?"}).status_code == 409
    purpose.refresh_from_db()
    assert purpose.agreed_at is not None
    assert owed_by(cast.sponsor) == set()
    assert "You agreed." in client.get(url).content.decode()


def test_the_manager_asks_back_and_is_asked_again(cast, seat, client):
    purpose = write(seat, cast)
    url = answers.agreement_address(purpose)
    assert client.post(url, {"deed": "ask", "words": ""}).status_code == 422
    assert client.post(url, {"deed": "ask", "words": "Which ward?"}).status_code == 302
    owed = Obligation.objects.open().get(person=cast.learner)
    assert "Which ward?" in owed.detail
    assert owed_by(cast.sponsor) == set()
    changed = write(seat, cast, problem="On 5 West patients wait.")
    assert (changed.version, changed.asked_back) == (2, "")
    assert owed_by(cast.learner) == set()
    assert client.get(url).status_code == 200
    assert client.post(url, {"deed": "agree"}).status_code == 409
    assert Obligation.objects.open().get(person=cast.sponsor).url == answers.agreement_address(changed)


@pytest.mark.parametrize("change", [{"problem": "Another."}, {"able_to": "Another."}, {"expected": "Another."}])
def test_agreement_lapses_when_a_word_changes(cast, seat, change):
    purpose = write(seat, cast)
    actions.agree_to_purpose(purpose, by=cast.sponsor, version=1)
    same = write(seat, cast)
    assert (same.version, same.agreed_at is not None) == (1, True)
    assert owed_by(cast.sponsor) == set()
    changed = write(seat, cast, **change)
    assert (changed.version, changed.agreed_at) == (2, None)
    assert owed_by(cast.sponsor) == {f"purpose:{seat.pk}:agree"}


def test_the_database_lets_it_lapse_whoever_writes(cast, seat):
    purpose = write(seat, cast)
    actions.agree_to_purpose(purpose, by=cast.sponsor, version=1)
    Purpose.objects.update(manager=cast.change_agent)
    purpose.refresh_from_db()
    assert (purpose.version, purpose.agreed_at) == (2, None)


def test_a_link_is_for_its_person_and_this_text_alone(cast, seat, client):
    purpose = write(seat, cast)
    url = answers.agreement_address(purpose)
    token = url.split("/")[-2]
    assert client.get(reverse("courses:purpose_answer", args=[token[:-1] + "x"])).status_code == 404
    other = answers.agreements.sign_object([purpose.pk, cast.change_agent.pk, 1])
    assert client.get(reverse("courses:purpose_answer", args=[other])).status_code == 404
    check = answers.follow_ups.sign_object([purpose.pk, cast.sponsor.pk, 1])
    assert client.get(reverse("courses:purpose_answer", args=[check])).status_code == 404
    cast.sponsor.assignments.update(ended_on=timezone.localdate() - dt.timedelta(days=2))
    assert client.get(url).status_code == 404


def test_a_link_ends_when_the_course_begins(cast, seat, client):
    url = answers.agreement_address(write(seat, cast))
    with time_machine.travel(seat.offering.starts_at + dt.timedelta(minutes=1), tick=False):
        assert client.post(url, {"deed": "agree"}).status_code == 409
        with pytest.raises(actions.Refused, match="has begun"):
            write(seat, cast, problem="Later.")
    with time_machine.travel(seat.offering.starts_at + dt.timedelta(days=2), tick=False):
        schedules.follow_to_work()
    assert owed_by(cast.sponsor) == set()


def test_nothing_is_owed_any_more_when_the_seat_is_given_back(cast, seat, django_capture_on_commit_callbacks):
    write(seat, cast)
    with django_capture_on_commit_callbacks(execute=True):
        actions.cancel(seat, by=cast.learner, reason="Ill.")
    schedules.follow_to_work()
    assert owed_by(cast.sponsor) == set()
    with pytest.raises(actions.Refused, match="no place"):
        write(seat, cast)


def test_the_page_finds_the_manager_by_name_or_mail(cast, seat, sign_in):
    client, url = sign_in("learner"), f"/courses/enrollments/{seat.pk}/purpose/"
    assert "Sponsor" in client.get(url).content.decode()
    for name in ("Nobody Known", cast.outsider.email, cast.learner.name, ""):
        assert client.post(url, WHY | {"manager": name}).status_code == 422
    assert client.post(url, WHY | {"manager": "sponsor"}).status_code == 302
    make_person("sponsor2", site=cast.site)
    type(cast.sponsor).objects.filter(email="sponsor2@example.com").update(name="Sponsor", sort_name="sponsor")
    answer = client.post(url, WHY | {"manager": "Sponsor"})
    assert "Two people have this name" in answer.content.decode()
    assert client.post(url, WHY | {"manager": cast.sponsor.email.upper()}).status_code == 302
    assert Purpose.objects.get().manager == cast.sponsor


def test_who_moves_to_another_date_need_not_write_it_anew(cast, seat, sign_in):
    write(seat, cast)
    other = make_enrollment(make_offering(seat.offering.course, in_days=50), cast.learner, "enrolled")
    another = make_enrollment(make_offering(), cast.learner, "enrolled")
    client = sign_in("learner")
    assert WHY["problem"] in client.get(f"/courses/enrollments/{other.pk}/purpose/").content.decode()
    assert WHY["problem"] not in client.get(f"/courses/enrollments/{another.pk}/purpose/").content.decode()
    client.post(f"/courses/enrollments/{other.pk}/purpose/", WHY | {"manager": "Sponsor"})
    assert Purpose.objects.count() == 2
