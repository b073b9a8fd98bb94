"""All certificates and letters of an offering as one file: made once, opened by who asked for it, while it is true."""

import datetime as dt
from io import BytesIO

import pytest
import time_machine
from django.utils import timezone
from pypdf import PdfReader

from courses import actions, pdf, schedules, tasks
from courses.models import Certificate, CertificateBook, Enrollment
from tests.courses.attendances import an_over_offering, make_attended, make_taught
from tests.factories import make_person


@pytest.fixture
def offering(cast):
    return an_over_offering(cast)


@pytest.fixture
def book(cast, offering):
    row = CertificateBook.objects.create(offering=offering, asked_by=cast.coach)
    pdf.make_book(row.pk)
    row.refresh_from_db()
    return row


def new(client, offering, **said):
    return client.post(f"/courses/{offering.pk}/certificates/", said)


def words_of(answer):
    reader = PdfReader(BytesIO(b"".join(answer.streaming_content)))
    return reader, [" ".join(page.extract_text().split()) for page in reader.pages]


def test_it_holds_a_page_for_each_who_was_there_by_name(cast, sign_in, offering, book):
    actions.mark(
        Enrollment.objects.create(
            offering=offering,
            person=cast.change_agent,
            state="enrolled",
            asked_by=cast.staff,
            approved_by=cast.staff,
            approved_at=timezone.now(),
            enrolled_at=timezone.now(),
        ),
        actions.Mark(offering.starts_on, present=False),
        by=cast.staff,
    )
    assert (book.state, book.pages, book.number, book.done) == ("ready", 2, 2, 2)
    answer = sign_in("coach").get(f"/courses/books/{book.pk}/certificates.pdf")
    reader, pages = words_of(answer)
    assert "This certifies that Learner was there on every day" in pages[0]
    assert "This letter says that Sponsor took part on" in pages[1]
    assert Certificate.objects.get().short_code in pages[0]
    assert [one.title for one in reader.outline] == ["Learner", "Sponsor"]
    assert answer["Content-Disposition"].endswith('Managing with A3s.pdf"')


def test_asked_for_twice_it_is_one_and_says_how_far_it_is(sign_in, offering):
    client = sign_in("coach")
    first, second = new(client, offering), new(client, offering)
    assert first.headers["Location"] == second.headers["Location"]
    row = CertificateBook.objects.get()
    assert row.paper == "a4"
    assert "Waiting for the printer" in client.get(row.get_absolute_url()).text
    CertificateBook.objects.update(started_at=timezone.now(), number=60, done=17)
    part = client.get(row.get_absolute_url(), headers={"HX-Request": "true"})
    assert ("17 of 60 drawn" in part.text, "<html" in part.text) == (True, False)
    CertificateBook.objects.update(started_at=None)
    tasks.print_book(row.pk)
    assert "Open the PDF" in client.get(row.get_absolute_url()).text
    assert new(client, offering, paper="a3").status_code == 404


def test_only_who_asked_opens_it_and_only_while_they_keep_the_list(cast, sign_in, offering, book):
    url = f"/courses/books/{book.pk}/certificates.pdf"
    assert [sign_in(name).get(url).status_code for name in ("staff", "learner", "outsider")] == [404] * 3
    offering.instructors.remove(cast.coach)
    assert sign_in("coach").get(url).status_code == 404


def test_what_was_corrected_is_not_handed_out(cast, sign_in, offering, book):
    client, url = sign_in("coach"), f"/courses/books/{book.pk}/certificates.pdf"
    seat = offering.enrollments.get(person=cast.learner)
    actions.mark(seat, actions.Mark(offering.ends_on, present=False), by=cast.coach)
    assert client.get(url).headers["Location"] == book.get_absolute_url()
    page = client.get(book.get_absolute_url())
    assert "attendance was corrected since it was made" in page.text
    assert not book.file.storage.exists(book.file.name)
    again = client.post(f"/courses/books/{book.pk}/again/")
    row = CertificateBook.objects.latest("pk")
    assert (again.headers["Location"], row.pk != book.pk) == (row.get_absolute_url(), True)
    client.post(f"/courses/books/{row.pk}/here/")
    row.refresh_from_db()
    assert (row.state, row.pages) == ("ready", 2)


def test_where_nobody_was_there_it_says_so(cast):
    row = CertificateBook.objects.create(offering=make_taught(cast), asked_by=cast.coach)
    pdf.make_book(row.pk)
    row.refresh_from_db()
    assert (row.state, row.failure[:32]) == ("failed", "Nobody has a certificate or a le")


def test_lost_ones_are_queued_again_and_unused_files_go(cast, offering, book, monkeypatch):
    queued = []
    monkeypatch.setattr(tasks.print_book, "delay", queued.append)
    waits = CertificateBook.objects.create(offering=offering, asked_by=cast.coach)
    schedules.print_waiting()
    assert queued == [waits.pk]
    name = book.file.name
    with time_machine.travel(timezone.now() + dt.timedelta(days=31)):
        schedules.clean_prints()
    book.refresh_from_db()
    assert (book.state, book.file.storage.exists(name)) == ("expired", False)


def test_each_costs_one_query(cast, django_assert_max_num_queries):
    offering = make_taught(cast, capacity=60)
    for _ in range(12):
        make_attended(offering, make_person(site=cast.site))
    row = CertificateBook.objects.create(offering=offering, asked_by=cast.coach)
    with django_assert_max_num_queries(12 + 12):
        pdf.make_book(row.pk)
    row.refresh_from_db()
    assert row.pages == 12
