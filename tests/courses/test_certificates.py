"""Certificates and letters: issued when it is over, told once, taken back, read back from paper, shown to anybody."""

import datetime as dt
from io import BytesIO
from typing import Any

import pytest
import time_machine
from django.core.cache import cache
from django.utils import timezone
from pypdf import PdfReader

from courses import actions, pdf, schedules, tasks
from courses.models import Attendance, Certificate, Enrollment
from courses.models.certificates import ALPHABET
from courses.papers import paper_of
from partners.models import Mail
from tests.courses.factories import make_course, make_enrollment, make_offering

EVENING = dt.datetime(2031, 3, 5, 22, tzinfo=dt.UTC)  # 17:00 at the place, half an hour after the end


@pytest.fixture
def offering(cast):
    last: dict[str, Any] = {
        "ends_on": dt.date(2031, 3, 5),
        "enroll_until": dt.date(2031, 3, 1),
    }
    row = make_offering(make_course("Managing with A3s"), starts_on=dt.date(2031, 3, 4), **last)
    row.instructors.add(cast.coach)
    return row


@pytest.fixture
def over():
    with time_machine.travel(EVENING) as clock:
        yield clock


@pytest.fixture
def attended(cast, offering, over):
    """The learner was there on both days; noted after the end."""
    seat = make_enrollment(offering, cast.learner, "enrolled")
    return actions.mark_attended(seat, by=cast.administrator)


@pytest.fixture
def part(cast, offering, over):
    """The sponsor was there on the second day."""
    seat = make_enrollment(offering, cast.sponsor, "enrolled")
    actions.mark(seat, actions.Mark(offering.ends_on, present=True), by=cast.coach)
    return seat


def tell(*, after=dt.timedelta(minutes=11)):
    """What the worker does when this time has passed."""
    with time_machine.travel(timezone.now() + after):
        schedules.tell_of_certificates()
        for pk in Certificate.objects.values_list("pk", flat=True):
            tasks.tell_of_certificate(pk)


def fresh(seat):
    return Enrollment.objects.for_page().get(pk=seat.pk)


def printed(seat, *, size="a4"):
    paper = paper_of(fresh(seat), timezone.now())
    assert paper
    return pdf.render(paper, size=size)


def words_of(content):
    reader = PdfReader(BytesIO(content))
    return reader, " ".join(" ".join(page.extract_text().split()) for page in reader.pages)


def url(seat):
    return f"/courses/enrollments/{seat.pk}/paper.pdf"


def check(client, code):
    return client.get(f"/courses/certificates/{code}/")


def test_it_is_issued_when_the_course_is_over(cast, offering, settings):
    seat = make_enrollment(offering, cast.learner, "enrolled")
    with time_machine.travel(EVENING - dt.timedelta(hours=6)):
        actions.mark_attended(seat, by=cast.coach)
        schedules.issue_certificates()
        tasks.tell(seat.pk)
        assert (Certificate.objects.count(), Mail.objects.count()) == (0, 0)
    with time_machine.travel(EVENING + dt.timedelta(days=60)):
        for _ in range(2):
            schedules.issue_certificates()
            tasks.tell(seat.pk)
            tell()
    assert Certificate.objects.get().enrollment == seat
    mail = Mail.objects.get()
    assert (mail.person, mail.subject) == (cast.learner, "Your certificate: Managing with A3s, Tue 4 to Wed 5 Mar 2031")
    assert f"Open your certificate: {settings.SITE_URL}{url(seat)}" in mail.text
    assert url(seat) in mail.html


def test_who_has_left_the_partner_is_told_all_the_same(cast, over):
    days: dict[str, Any] = {"starts_on": dt.date(2031, 3, 5), "ends_on": dt.date(2031, 3, 5)}
    kept = make_offering(partner=cast.partner, enroll_until=dt.date(2031, 3, 1), **days)
    seat = make_enrollment(kept, cast.learner, "enrolled")
    cast.learner.assignments.all().delete()
    actions.mark_attended(seat, by=cast.administrator)
    tasks.tell(seat.pk)
    tell()
    assert Mail.objects.get().person == cast.learner


def test_a_slip_of_the_finger_mails_nobody(cast, attended):
    away, here = (actions.Mark(dt.date(2031, 3, 4), present=present) for present in (False, True))
    tell(after=dt.timedelta(minutes=9))
    actions.mark(attended, away, by=cast.staff)
    tell()
    assert not Mail.objects.filter(subject__startswith="Your certificate").exists()
    with time_machine.travel(timezone.now() + dt.timedelta(hours=1)):
        actions.mark(attended, actions.Mark(here.day, present=True), by=cast.staff)
        for _ in range(2):
            tell()
    assert Mail.objects.filter(subject__startswith="Your certificate").count() == 1


def test_its_mail_is_sent_again_when_asked(attended):
    assert actions.send_again(attended)
    tasks.tell_again(attended.pk, 7)
    assert Mail.objects.filter(subject__startswith="Your certificate").count() == 1


def test_a_correction_takes_it_back_and_gives_it_again_under_the_same_code(cast, client, attended):
    certificate = Certificate.objects.get()
    actions.mark(attended, actions.Mark(dt.date(2031, 3, 4), present=False), by=cast.staff)
    certificate.refresh_from_db()
    assert (certificate.is_valid, certificate.withdrawn_by) == (False, cast.staff)
    page = check(client, certificate.short_code)
    assert "Withdrawn since Wed 5 Mar 2031." in page.text
    actions.mark(attended, actions.Mark(dt.date(2031, 3, 4), present=True), by=cast.staff)
    for _ in range(2):
        tell()
    assert Certificate.objects.get().code == certificate.code
    assert "<b>Valid.</b>" in check(client, certificate.short_code).text
    assert Mail.objects.filter(subject__startswith="Your certificate").count() == 1


def test_its_page_shows_name_course_days_and_nothing_else(cast, client, attended, django_assert_max_num_queries):
    certificate = Certificate.objects.get()
    with django_assert_max_num_queries(4):
        page = check(client, certificate.short_code)
    for words in ("Learner", "Managing with A3s", "Tue 4 to Wed 5 Mar 2031", certificate.short_code, "Valid."):
        assert words in page.text
    for words in (cast.partner.name, cast.site.name, cast.learner.email, "Boston", "Coach", f"/courses/{attended.pk}"):
        assert words not in page.text
    assert page["X-Robots-Tag"] == "noindex, nofollow"
    assert page["Referrer-Policy"] == "same-origin"
    assert not page.cookies


@pytest.mark.parametrize("spelt", ["{0}", "{1}", " {2} ", "{2}"])
def test_the_code_may_be_typed_as_one_likes(client, attended, spelt):
    certificate = Certificate.objects.get()
    code = spelt.format(certificate.short_code, certificate.code, certificate.short_code.lower().replace("-", " "))
    found = client.get("/courses/certificates/", {"code": code}, follow=True)
    assert (found.status_code, "<b>Valid.</b>" in found.text) == (200, True)


@pytest.mark.parametrize("code", ["AAAA-BBBB-CCCC", "1", "%00", "x" * 300, "<script>", "%F0%9F%98%80"])
def test_a_wrong_code_gets_a_sentence(client, db, code):
    answer = client.get(f"/courses/certificates/{code}/")
    assert (answer.status_code, "There is no certificate with this code." in answer.text) == (404, True)
    assert "<script>/" not in answer.text


def test_codes_are_not_guessed(client, db, attended):
    assert set(Certificate.objects.get().code) <= set(ALPHABET)
    cache.clear()
    answers = [check(client, "AAAA-BBBB-CCCC").status_code for _ in range(31)]
    assert (answers[:30], answers[30]) == ([404] * 30, 429)


def test_the_certificate_says_who_what_when_where_and_how_long(cast, sign_in, attended):
    answer = sign_in("learner").get(url(attended))
    reader, words = words_of(answer.content)
    assert (answer["Content-Type"], answer["Cache-Control"]) == ("application/pdf", "private, no-store")
    assert answer["Content-Disposition"] == 'inline; filename="Certificate 2031-03-04 Learner.pdf"'
    for said in (
        "Lean Enterprise Institute",
        "This certifies that Learner was there on every day of Managing with A3s",
        "Tue 4 to Wed 5 Mar 2031",
        "2 days, 16 hours",
        "Lean Enterprise Institute, Boston",
        "Coach Instructor",
        Certificate.objects.get().short_code,
    ):
        assert said in words
    assert reader.metadata.title == "Certificate: Learner, Managing with A3s, 4 Mar 2031"
    assert len(reader.pages) == 1


@pytest.mark.parametrize(("paper", "size"), [("a4", (842, 595)), ("letter", (792, 612)), ("", (792, 612))])
def test_on_the_paper_of_the_place_or_as_asked(sign_in, attended, paper, size):
    reader, _ = words_of(sign_in("learner").get(url(attended), {"paper": paper}).content)
    box = reader.pages[0].mediabox
    assert (round(box.width), round(box.height)) == size


@pytest.mark.parametrize(
    ("name", "course"),
    [
        ("Łucja Żółć-Şahin", "Ştandard çalışma"),
        ("Maximiliana Alexandra von und zu Hohenberg-Lichtenstein the Younger", "A" * 20 + " course " * 16),
    ],
)
@pytest.mark.parametrize("size", ["a4", "letter"])
def test_long_and_foreign_names_stay_on_the_page(cast, attended, name, course, size):
    cast.learner.name = name
    cast.learner.save()
    attended.offering.course.name = course
    attended.offering.course.save()
    made = printed(attended, size=size)
    _, words = words_of(made.pdf)
    assert made.pages == 1
    assert name in words
    assert course.split()[0] in words


def test_the_same_certificate_is_the_same_file(attended, caplog):
    first, second = (printed(attended).pdf for _ in range(2))
    assert first == second
    assert [row for row in caplog.records if row.name == "weasyprint"] == []


def test_who_was_there_for_a_part_gets_a_letter_that_names_the_days(sign_in, part):
    answer = sign_in("sponsor").get(url(part))
    _, words = words_of(answer.content)
    assert answer["Content-Disposition"] == 'inline; filename="Letter 2031-03-04 Sponsor.pdf"'
    assert "This letter says that Sponsor took part on Wed 5 Mar in Managing with A3s" in words
    assert "There on 1 of 2 days" in words
    assert not Certificate.objects.exists()


def test_while_it_goes_on_and_for_who_was_never_there_there_is_no_paper(cast, sign_in, offering, over):
    absent = make_enrollment(offering, cast.sponsor, "enrolled")
    actions.mark(absent, actions.Mark(offering.ends_on, present=False), by=cast.coach)
    assert sign_in("sponsor").get(url(absent)).status_code == 404
    with time_machine.travel(EVENING - dt.timedelta(hours=6)):
        begun = make_enrollment(offering, cast.learner, "enrolled")
        actions.mark_attended(begun, by=cast.coach)
        assert sign_in("learner").get(url(begun)).status_code == 404


def test_it_is_made_only_for_whom_the_scope_shows(cast, sign_in, attended):
    found = {
        name: sign_in(name).get(url(attended)).status_code for name in ("learner", "change_agent", "coach", "staff")
    }
    assert found == dict.fromkeys(found, 200)
    assert [sign_in(name).get(url(attended)).status_code for name in ("outsider", "sponsor")] == [404, 404]


def test_one_person_sets_thirty_a_minute(sign_in, attended, monkeypatch):
    monkeypatch.setattr(pdf, "render", lambda _paper, *, size: pdf.Printed(b"%PDF-", 1))
    cache.clear()
    client = sign_in("learner")
    assert [client.get(url(attended)).status_code for _ in range(31)][29:] == [200, 429]


def test_my_enrollments_and_the_offering_lead_to_them(sign_in, attended, part):
    mine = sign_in("learner").get("/courses/mine/")
    assert (url(attended) in mine.text, "Certificate" in mine.text) == (True, True)
    letter = sign_in("sponsor").get(f"/courses/{part.offering_id}/")
    assert (url(part) in letter.text, url(attended) in letter.text) == (True, False)
    agent = sign_in("change_agent").get(f"/courses/{part.offering_id}/")
    assert (url(part) in agent.text, url(attended) in agent.text) == (True, True)


def test_queries(cast, sign_in, django_assert_max_num_queries, over):
    client = sign_in("learner")
    for number in (1, 3):
        for _ in range(number):
            days: dict[str, Any] = {
                "starts_on": dt.date(2031, 3, 4),
                "ends_on": dt.date(2031, 3, 4),
                "enroll_until": dt.date(2031, 3, 1),
            }
            seat = make_enrollment(make_offering(**days), cast.learner, "enrolled")
            actions.mark_attended(seat, by=cast.administrator)
        with django_assert_max_num_queries(6):
            page = client.get("/courses/mine/")
        with django_assert_max_num_queries(9):
            client.get(f"/courses/{seat.offering_id}/")
    assert page.text.count("paper.pdf") == 4
    assert Attendance.objects.count() == 4
