"""What ends at once for somebody who has left a partner, is no coach any more, or may not sign in."""

import datetime as dt

import pytest
import time_machine
from django.core import mail as django_mail
from django.urls import reverse
from django.utils import timezone

from a3 import actions as sheets
from a3.models import Remark, Sheet
from coaching.models import Visit
from courses import actions as seats
from courses.mails import tell
from courses.models import Enrollment
from partners.actions import owe, plan_reminders
from partners.mails import deliver
from partners.models import Mail, Obligation, Partner, Role
from tests.a3.factories import make_remark, make_sheet, sheet_type
from tests.courses.factories import make_enrollment, make_offering
from tests.factories import make_assignment, make_mail, make_person

NOW = dt.datetime(2026, 11, 24, 15, tzinfo=dt.UTC)  # a Tuesday, ten in the morning in New York
YESTERDAY = dt.date(2026, 11, 23)


@pytest.fixture(autouse=True)
def at_a_good_hour():
    with time_machine.travel(NOW, tick=False):
        yield


def owed_by(person, partner):
    return owe(
        person, key=f"thing:{person.pk}", words="Confirm the visit", why="You are change agent.", url="/",
        partner=partner, reminders_at=[timezone.now() + dt.timedelta(minutes=5)],
    )  # fmt: skip


def leave(person):
    person.assignments.update(ended_on=YESTERDAY)


def test_what_was_owed_at_a_partner_is_neither_shown_nor_reminded_of(cast, sign_in):
    owed_by(cast.change_agent, cast.partner)
    owed_by(cast.learner, cast.partner)
    owed_by(cast.coach, cast.elsewhere)
    leave(cast.change_agent)
    assert list(Obligation.objects.visible_to(cast.change_agent)) == []
    assert "Confirm the visit" not in sign_in("change_agent").get("/").content.decode()
    with time_machine.travel(NOW + dt.timedelta(minutes=10), tick=False):
        plan_reminders(timezone.now(), limit=10)
    assert set(Mail.objects.values_list("address", flat=True)) == {cast.learner.email, cast.coach.email}


def test_the_ball_goes_to_nobody_who_left(cast, sign_in):
    sheet = make_sheet(cast.change_agent, cast.site, coach=cast.coach, sponsor=cast.sponsor)
    leave(cast.sponsor)
    page = sign_in("change_agent").get(reverse("a3:hand_over", args=[sheet.pk])).content.decode()
    assert f'value="{cast.sponsor.pk}"' not in page
    with pytest.raises(sheets.NotNamed):
        sheets.hand_over(sheet, to=cast.sponsor, by=cast.change_agent)
    assert not Mail.objects.exists()


def test_a_former_owner_answers_no_remark(cast, sign_in):
    sheet = make_sheet(cast.learner, cast.site, coach=cast.coach)
    remark = make_remark(sheet, author=cast.coach)
    leave(cast.learner)
    assert sign_in("learner").post(reverse("a3:remark_answer", args=[remark.pk])).status_code == 404
    assert Remark.objects.get(pk=remark.pk).answered_at is None


def test_a_change_agent_enrolls_for_their_own_partner_only(cast):
    make_assignment(cast.learner, cast.other_site, role=Role.LEARNER)
    enrolled = seats.enroll(make_offering(), person=cast.learner, by=cast.change_agent)
    assert enrolled.partner == cast.partner
    offering = make_offering()
    theirs = Enrollment.objects.create(
        offering=offering, person=cast.learner, partner=cast.elsewhere, asked_by=cast.learner
    )
    with pytest.raises(seats.Refused):
        seats.enroll(offering, person=cast.learner, by=cast.change_agent)
    theirs.refresh_from_db()
    assert theirs.state == Enrollment.State.ASKED


def test_who_is_no_coach_any_more_sees_and_speaks_for_nothing(cast):
    assert list(Partner.objects.visible_to(cast.coach)) == [cast.partner]
    cast.coach.is_coach = False
    cast.coach.save()
    assert list(Partner.objects.visible_to(cast.coach)) == []
    visit = Visit(coach=cast.coach, site=cast.site, starts_at=NOW, ends_at=NOW + dt.timedelta(hours=2), zone="UTC")
    visit.placed_by, visit.purpose = cast.staff, "See the huddle"
    visit.save()
    assert list(Visit.objects.answerable_by(cast.coach)) == []
    assert list(Visit.objects.confirmable_by(cast.coach)) == []
    assert list(Visit.objects.editable_by(cast.coach)) == []


def test_a_sheet_names_no_sponsor_of_another_partner(cast, sign_in):
    theirs = make_person("their_sponsor", site=cast.other_site, role=Role.SPONSOR)
    make_assignment(cast.change_agent, cast.other_site, role=Role.LEARNER)
    data = {"type": sheet_type().pk, "title": "Beds by ten", "site": cast.site.pk, "audience": "partner"}
    client, url = sign_in("change_agent"), reverse("a3:sheet_new")
    assert client.post(url, data | {"sponsor": theirs.pk}).status_code == 422
    assert not Sheet.objects.exists()
    assert client.post(url, data | {"sponsor": cast.sponsor.pk}).status_code == 302
    assert Sheet.objects.get().sponsor == cast.sponsor


def test_who_may_not_sign_in_gets_no_mail(cast):
    for_learner, for_sponsor = make_mail(cast.learner), make_mail(cast.sponsor)
    cast.learner.is_active = False
    cast.learner.save()
    deliver(for_learner.pk, for_sponsor.pk)
    assert [message.to for message in django_mail.outbox] == [[cast.sponsor.email]]


def test_a_kept_offering_and_its_link_are_told_to_nobody_who_left(cast):
    offering = make_offering(partner=cast.partner)
    enrollment = make_enrollment(offering, cast.learner, state=Enrollment.State.ENROLLED, to_tell_at=NOW)
    leave(cast.learner)
    tell(enrollment.pk)
    assert not Mail.objects.exists()
