"""The words of a mail: one pair of templates gives a subject, a plain part and an HTML part."""

import datetime as dt

import pytest

from partners.lib.mailing import Words, subject_of, words_of
from partners.models import Obligation, Person

LINK = "https://partners.example.org/coaching/visits/1/"


@pytest.fixture
def words(settings) -> Words:
    settings.SITE_URL = "https://partners.example.org"
    obligation = Obligation(
        words="Confirm the visit to <Riverside> & Lakeshore",
        why="You lead Halden Valley's improvement.",
        verb="Confirm",
        url="/coaching/visits/1/",
        due_at=dt.datetime(2026, 11, 25, tzinfo=dt.UTC),
        asked_by=Person(name="Ken O'Bara"),
    )
    context = {"obligation": obligation, "person": Person(name="Ana Díaz"), "due": "Wed 25 Nov, 10:00 EST"}
    return words_of("partners/mail/reminder", context | {"since": "Mon 23 Nov", "link": LINK})


def test_the_subject_and_the_plain_part_are_not_escaped(words):
    assert words.subject == "Confirm the visit to <Riverside> & Lakeshore"
    assert "Dear Ana," in words.text
    assert "asked by Ken O'Bara" in words.text


def test_the_html_part_is_escaped(words):
    assert "<Riverside>" not in words.html
    assert "Confirm the visit to &lt;Riverside&gt; &amp; Lakeshore" in words.html


@pytest.mark.parametrize("part", ["text", "html"])
def test_both_parts_say_why_link_to_the_thing_and_to_the_hours_without_mail(words, part):
    body = getattr(words, part).replace("&#x27;", "'")
    assert "Why this came to you: You lead Halden Valley's improvement." in body
    assert LINK in body
    assert "https://partners.example.org/partners/profile/" in body


def test_no_link_of_the_html_part_is_relative_and_it_loads_nothing(words):
    assert 'href="/' not in words.html
    assert "<img" not in words.html
    assert "<script" not in words.html


def test_the_plain_part_has_no_holes(words):
    assert "\n\n\n" not in words.text


def test_a_subject_is_one_line_whatever_somebody_wrote():
    assert subject_of("Hello\r\nBcc: all@example.com\x00\u2028there") == "Hello Bcc: all@example.com there"
    assert len(subject_of("x" * 900)) == 250
