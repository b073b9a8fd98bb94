"""The calendar part of a mail, in the form in which Outlook and Gmail show their buttons."""

import pytest

from partners import mails
from partners.lib.mailing import Words
from tests.factories import make_mail

CALENDAR = "\r\n".join(
    [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//LEI//Partners//EN",
        "METHOD:REQUEST",
        "BEGIN:VEVENT",
        "UID:visit-1@example.org",
        "DTSTAMP:20261120T100000Z",
        "DTSTART:20261125T140000Z",
        "SUMMARY:Gemba på Ærø",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]
)


@pytest.fixture
def letter(mail_server, db):
    words = Words(subject="Visit to Ærø", text="Come along.\n", html="<p>Come along.</p>")
    mail = make_mail(words=words, calendar=CALENDAR, calendar_method="REQUEST")
    mails.deliver(mail.pk)
    return mail_server.letters[0]


def test_the_invitation_is_the_last_alternative_and_names_its_method(letter):
    assert letter.get_content_type() == "multipart/alternative"
    kinds = [part.get_content_type() for part in letter.iter_parts()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    part = list(letter.iter_parts())[-1]
    assert (part.get_param("method"), part.get_content_charset()) == ("REQUEST", "utf-8")
    assert part.get_content_disposition() is None


def test_the_invitation_arrives_letter_by_letter(letter):
    part = list(letter.iter_parts())[-1]
    assert part.get_content().splitlines() == CALENDAR.splitlines()


def test_subject_and_message_id(letter):
    assert letter["Subject"] == "Visit to Ærø"
    assert letter["Message-ID"].startswith("<mail.")
    assert letter["Message-ID"].endswith("@127.0.0.1>")
    assert letter["Auto-Submitted"] == "auto-generated"


def test_the_message_id_stays_the_same_when_a_mail_is_tried_again(mail_server, db):
    mail = make_mail()
    first = mails._message(mail).message()["Message-ID"]
    mail.refresh_from_db()
    assert mails._message(mail).message()["Message-ID"] == first
