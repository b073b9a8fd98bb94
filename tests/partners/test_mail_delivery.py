"""Delivery: a mail leaves once, or it is said why not; nothing is lost."""

import datetime as dt
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from partners import actions, mails
from partners.lib.mailing import Words
from partners.models import Mail
from partners.models.mails import PATIENCE
from tests.factories import make_mail, make_person
from tests.partners.mail_server import REFUSED, REFUSED_FOR_NOW, smtp_at

WORDS = Words(subject="Your visit is confirmed", text="Come along.\n", html="<p>Come along.</p>")


def later(mail: Mail, *, seconds: int = 0) -> Mail:
    """The mail as it now stands in the outbox, with its next try moved to the past."""
    Mail.objects.filter(pk=mail.pk).update(next_try_at=timezone.now() - dt.timedelta(seconds=seconds))
    return Mail.objects.get(pk=mail.pk)


@pytest.mark.django_db
def test_a_mail_arrives_with_both_parts_and_is_marked_sent(mail_server):
    mail = make_mail(make_person("ana"))
    mails.deliver(mail.pk)
    (letter,) = mail_server.letters
    assert (letter["To"], letter["Subject"]) == ("ana@example.com", "Your visit is confirmed")
    assert [part.get_content_type() for part in letter.iter_parts()] == ["text/plain", "text/html"]
    assert Mail.objects.get(pk=mail.pk).state == "sent"


@pytest.mark.django_db
def test_delivering_again_sends_nothing(mail_server):
    mail = make_mail(make_person("ana"))
    mails.deliver(mail.pk)
    mails.deliver(mail.pk)
    assert mail_server.addresses == ["ana@example.com"]


@pytest.mark.django_db
def test_the_same_key_is_posted_once():
    person = make_person("ana")
    assert actions.post(WORDS, key="visit:1:seq:1", to=person) is not None
    assert actions.post(WORDS, key="visit:1:seq:1", to=person) is None
    assert Mail.objects.count() == 1


@pytest.mark.django_db
def test_a_mail_that_is_gone_is_no_error(mail_server):
    mails.deliver(0)
    assert mail_server.letters == []


@pytest.mark.django_db(transaction=True)
def test_ten_who_deliver_at_once_send_once(mail_server):
    pks = [make_mail(make_person(name)).pk for name in ("ana", "ben", "cho")]
    barrier = threading.Barrier(10)

    def work() -> None:
        try:
            barrier.wait()
            mails.deliver(*pks)
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(mail_server.addresses) == ["ana@example.com", "ben@example.com", "cho@example.com"]
    assert {mail.state for mail in Mail.objects.all()} == {"sent"}


@pytest.mark.django_db
def test_a_refusal_is_tried_again_later_and_later_until_the_list_ends(mail_server):
    mail = make_mail(make_person("ana"))
    mail_server.answers["ana@example.com"] = REFUSED_FOR_NOW
    for seconds in mails.RETRIES:
        mails.deliver(mail.pk)
        found = Mail.objects.get(pk=mail.pk)
        wait = (found.next_try_at - timezone.now()).total_seconds()
        assert (found.state, found.failure) == ("planned", "The mail server refused: 451 Try again later")
        assert wait == pytest.approx(seconds, abs=5)
        mails.deliver(mail.pk)  # too early: nothing happens
        later(mail)
    mails.deliver(mail.pk)
    assert later(mail).state == "failed"
    assert later(mail).attempts == len(mails.RETRIES) + 1


@pytest.mark.django_db
def test_a_refused_address_is_given_up_at_once_and_the_others_still_go(mail_server):
    lost, fine = make_mail(make_person("lost")), make_mail(make_person("ana"))
    mail_server.refused_at_the_door["lost@example.com"] = REFUSED
    mails.deliver(lost.pk, fine.pk)
    found = Mail.objects.get(pk=lost.pk)
    assert found.state == "failed"
    assert found.failure == "The mail server refused the address: 550 No such person here"
    assert mail_server.addresses == ["ana@example.com"]


@pytest.mark.django_db
def test_without_a_mail_server_nothing_is_lost_and_the_outbox_says_so(settings, mail_server):
    there, settings.MAILERS = settings.MAILERS, smtp_at(port=9)
    mail, other = make_mail(make_person("ana")), make_mail(make_person("ben"))
    for _ in range(20):
        mails.deliver(mail.pk, other.pk)
        mail = later(mail)
        assert mail.state == "planned"
        assert mail.failure.startswith("The mail server cannot be reached: ")
    assert later(other).state == "planned"
    settings.MAILERS = there
    mails.deliver(mail.pk, other.pk)
    assert sorted(mail_server.addresses) == ["ana@example.com", "ben@example.com"]


@pytest.mark.django_db
def test_a_secret_mail_is_wiped_once_sent(mail_server):
    mail = make_mail(make_person("ana"), is_secret=True)
    mails.deliver(mail.pk)
    found = Mail.objects.get(pk=mail.pk)
    assert (found.text, found.html, found.state) == ("", "", "sent")
    assert "Come along." in mail_server.letters[0].get_body(("plain",)).get_content()


@pytest.mark.django_db
def test_no_writer_keeps_the_text_of_a_secret_mail_that_was_sent():
    mail = make_mail(make_person("ana"), is_secret=True)
    with pytest.raises(IntegrityError), transaction.atomic():
        Mail.objects.filter(pk=mail.pk).update(sent_at=timezone.now())


@pytest.mark.django_db
def test_nothing_can_hide_a_header_in_subject_or_address(mail_server):
    evil = Words(subject="Hi\r\nBcc: all@example.com", text="x", html="")
    subject = make_mail(words=evil, address="ana@example.com")
    address = make_mail(address="ana@example.com\r\nBcc: all@example.com")
    mails.deliver(subject.pk, address.pk)
    (letter,) = mail_server.letters
    assert (letter["Subject"], letter["Bcc"]) == ("Hi Bcc: all@example.com", None)
    assert Mail.objects.get(pk=address.pk).state == "failed"


@pytest.mark.django_db
def test_a_mail_whose_worker_died_is_interrupted_and_only_a_person_sends_it_again(mail_server):
    mail, staff = make_mail(make_person("ana")), make_person("staff", is_lei_staff=True)
    Mail.objects.filter(pk=mail.pk).update(claimed_at=timezone.now() - PATIENCE)
    mails.deliver(mail.pk)
    mail = Mail.objects.get(pk=mail.pk)
    assert (mail.state, mail_server.letters) == ("interrupted", [])
    assert [actions.resend(mail, by=staff), actions.resend(mail, by=staff)] == [True, False]
    mails.deliver(mail.pk)
    found = Mail.objects.get(pk=mail.pk)
    assert (found.state, found.resent_by, mail_server.addresses) == ("sent", staff, ["ana@example.com"])
