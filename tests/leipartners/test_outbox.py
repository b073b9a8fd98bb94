"""The outbox: what was planned, sent, or not sent; for LEI's staff and administrators."""

import pytest
from django.utils import timezone

from partners.models import Mail
from partners.models.mails import STATES
from tests.factories import make_mail, make_person
from tests.leipartners.full_days import fill_outbox

pytestmark = pytest.mark.django_db
EXPECTED = ("sent", "sending", "interrupted", "called off", "planned", "failed")


@pytest.fixture
def mails(cast) -> list[Mail]:
    return fill_outbox(cast)


@pytest.fixture
def staff(sign_in):
    return sign_in("staff")


def shown(response) -> list[int]:
    return [mail.pk for mail in response.context["page"]]


def test_the_newest_mail_is_first(staff, mails):
    assert shown(staff.get("/outbox/")) == [mail.pk for mail in reversed(mails)]


def test_each_state_is_a_filter_and_agrees_with_what_a_row_says(staff, mails):
    assert set(EXPECTED) == set(STATES)
    for mail, state in zip(mails, EXPECTED, strict=True):
        assert mail.state == state
        assert shown(staff.get("/outbox/", {"state": state})) == [mail.pk]


def test_trouble_is_what_failed_or_was_interrupted(staff, mails):
    assert shown(staff.get("/outbox/", {"state": "trouble"})) == [mails[5].pk, mails[2].pk]


@pytest.mark.parametrize(
    ("words", "found"),
    [("spons", 1), ("SPONSOR@example.com", 1), ("new.person@example.com", 1), ("zzz", 0), ("\x00", 6)],
)
def test_mails_are_found_by_whom_they_went_to(words, found, staff, mails):
    assert len(shown(staff.get("/outbox/", {"to": words}))) == found


def test_somebody_is_found_without_accents(staff):
    mail = make_mail(make_person("zoé_müller"))
    assert shown(staff.get("/outbox/", {"to": "zoe mul"})) == [mail.pk]


def test_the_list_goes_on_below(staff):
    pks = [make_mail().pk for _ in range(53)]
    first = staff.get("/outbox/")
    second = staff.get("/outbox/", {"after": first.context["page"].next})
    assert shown(first) + shown(second) == list(reversed(pks))


def test_the_list_costs_the_same_at_one_row_and_at_four(staff, cast, django_assert_max_num_queries):
    make_mail(cast.learner)
    with django_assert_max_num_queries(6) as one:
        staff.get("/outbox/")
    for _ in range(3):
        make_mail()
    with django_assert_max_num_queries(6) as four:
        staff.get("/outbox/")
    assert len(one) == len(four)


def test_an_empty_outbox_says_what_will_stand_here(staff):
    assert "No mail yet" in staff.get("/outbox/").content.decode()
    assert "No such mail" in staff.get("/outbox/", {"state": "failed"}).content.decode()


def test_the_html_of_a_mail_is_shown_as_source_only(staff, cast):
    mail = make_mail(cast.learner)
    Mail.objects.filter(pk=mail.pk).update(html="<script>alert(1)</script>")
    page = staff.get(f"/outbox/{mail.pk}/").content.decode()
    assert "&lt;script&gt;alert(1)" in page
    assert "<script>alert(1)" not in page


def test_a_secret_mail_shows_no_text_before_or_after_it_is_sent(staff):
    mail = make_mail(is_secret=True)
    assert "Come along." not in staff.get(f"/outbox/{mail.pk}/").content.decode()
    Mail.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), text="", html="")
    assert "wiped" in staff.get(f"/outbox/{mail.pk}/").content.decode()


def test_a_failed_or_interrupted_mail_is_sent_again_once(staff, mails, cast):
    for mail in (mails[5], mails[2]):
        assert "Send again" in staff.get(f"/outbox/{mail.pk}/").content.decode()
        first = staff.post(f"/outbox/{mail.pk}/resend/", follow=True)
        assert "goes out again now" in first.content.decode()
        found = Mail.objects.get(pk=mail.pk)
        assert (found.state, found.resent_by, found.failure) == ("planned", cast.staff, "")
        second = staff.post(f"/outbox/{mail.pk}/resend/", follow=True)
        assert "nothing was sent again" in second.content.decode()


@pytest.mark.parametrize("number", [0, 1, 3, 4])
def test_nothing_else_is_sent_again(number, staff, mails):
    assert "Send again" not in staff.get(f"/outbox/{mails[number].pk}/").content.decode()
    staff.post(f"/outbox/{mails[number].pk}/resend/")
    assert Mail.objects.get(pk=mails[number].pk).resent_at is None


def test_looking_at_a_mail_sends_nothing(staff, mails):
    assert staff.get(f"/outbox/{mails[5].pk}/resend/").status_code == 405
