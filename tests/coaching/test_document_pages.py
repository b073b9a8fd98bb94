"""Documents on the page of a visit: who adds, opens and removes them, and how they are handed out."""

import datetime as dt
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from a3.documents import Document
from coaching import actions
from coaching.history import history_of
from coaching.models import VisitDocument
from tests.cast import PEOPLE, Cast
from tests.coaching.documents import DOCX, PDF, SVG, make_document
from tests.coaching.factories import make_cancelled, make_visit
from tests.factories import make_person


@pytest.fixture
def visit(cast):
    return make_visit(cast.site, cast.coach)


def url(name, row):
    return reverse(f"coaching:{name}", args=[row.pk])


def sent(content=PDF, name="Plan of the ward.pdf"):
    return {"file": SimpleUploadedFile(name, content, content_type="text/html")}


def said(answer):
    return " ".join(answer.content.decode().split())


def test_a_change_agent_adds_one_and_whoever_sees_the_visit_finds_it(cast, sign_in, visit):
    answer = sign_in("change_agent").post(url("visit_document_new", visit), sent(DOCX, "Gate form.docx"))
    assert answer.url == visit.get_absolute_url()
    row = VisitDocument.objects.get()
    assert str(row.file.name).startswith("coaching/documents/")
    assert "Gate" not in str(row.file.name)
    page = said(sign_in("learner").get(visit.get_absolute_url()))
    assert "Gate form.docx" in page
    assert f"{len(DOCX)} bytes, Change Agent" in page
    assert url("visit_document_remove", row) not in page
    assert "Change Agent added a document: Gate form.docx" in page


def test_it_is_handed_out_as_a_download_that_nothing_takes_for_a_page(cast, sign_in, visit):
    row = make_document(visit, cast.change_agent, name="Plan – Süd.pdf")
    answer = sign_in("learner").get(row.get_absolute_url())
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment; filename")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize("fields", [{}, sent(SVG, "plan.svg"), sent(b"", "empty.pdf")])
def test_what_is_refused_is_said_beside_the_field(sign_in, visit, fields):
    answer = sign_in("coach").post(url("visit_document_new", visit), fields)
    assert (answer.status_code, VisitDocument.objects.count()) == (422, 0)
    assert answer.context["form"].errors["file"]


def test_the_same_file_twice_is_one_and_there_are_at_most_twenty(cast, sign_in, visit):
    for number in [0, *range(20)]:
        make_document(visit, cast.coach, content=PDF + b"%d" % number)
    assert VisitDocument.objects.count() == 20
    answer = sign_in("coach").post(url("visit_document_new", visit), sent())
    assert (answer.status_code, "A visit holds at most 20 documents" in said(answer)) == (422, True)


def test_no_document_comes_to_a_visit_that_was_cancelled(cast):
    visit = make_cancelled(cast.site, cast.coach)
    with pytest.raises(actions.HasChanged):
        make_document(visit, cast.coach)


def test_removed_it_is_gone_for_everybody_and_so_is_its_file(cast, sign_in, visit, django_capture_on_commit_callbacks):
    row = make_document(visit, cast.change_agent)
    client = sign_in("change_agent")
    assert "gone for everybody" in said(client.get(url("visit_document_remove", row)))
    with django_capture_on_commit_callbacks(execute=True):
        client.post(url("visit_document_remove", row))
        actions.remove_document(row, by=cast.staff)
    assert not row.file.storage.exists(str(row.file.name))
    assert client.get(row.get_absolute_url()).status_code == 404
    assert client.post(url("visit_document_remove", row)).status_code == 404
    assert [deed.words for deed in history_of(visit)][:2] == [
        "Change Agent removed a document: Plan of the ward.pdf",
        "Change Agent added a document: Plan of the ward.pdf",
    ]
    make_document(visit, cast.coach)  # and it may come again


def test_who_sees_one_and_who_may_remove_it(cast, visit):
    by_agent = make_document(visit, cast.change_agent)
    by_coach = make_document(visit, cast.coach, content=PDF + b"2")
    gone = make_document(visit, cast.coach, content=PDF + b"3")
    actions.remove_document(gone, by=cast.coach)
    make_document(make_visit(cast.other_site, make_person("other", is_coach=True)), cast.outsider)
    cast.site.assignments.filter(person=cast.sponsor).update(ended_on=timezone.localdate() - dt.timedelta(days=2))
    rows = VisitDocument.objects.filter(visit=visit)
    seen = {n: set(rows.visible_to(cast[n])) for n in PEOPLE if n != "nobody"}
    both = {by_agent, by_coach}
    assert seen == dict.fromkeys(seen, both) | {"outsider": set(), "sponsor": set()}
    may = {n: set(rows.editable_by(cast[n])) for n in seen}
    assert may == {n: set[VisitDocument]() for n in seen} | {"change_agent": {by_agent}, "coach": both, "staff": both}


@pytest.mark.parametrize("wrong", [{"file": ""}, {"removed_at": timezone.now()}])
def test_the_database_refuses_what_cannot_be(cast, visit, wrong):
    row = make_document(visit, cast.coach)
    with pytest.raises(IntegrityError), transaction.atomic():
        VisitDocument.objects.filter(pk=row.pk).update(**wrong)


class TestAtOnce:
    """Several connections at the same moment."""

    @pytest.fixture
    def cast(self, transactional_db: None) -> Cast:
        return Cast()

    @staticmethod
    def at_once(*deeds):
        def do(deed):
            try:
                return deed()
            except actions.Refused as refused:
                return type(refused).__name__
            finally:
                connection.close()

        with ThreadPoolExecutor(len(deeds)) as pool:
            return list(pool.map(do, deeds))

    def test_the_same_file_sent_several_times_is_one(self, cast, visit):
        self.at_once(*[lambda: make_document(visit, cast.coach)] * 4)
        assert VisitDocument.objects.count() == 1

    def test_the_last_place_is_given_once(self, cast, visit):
        for number in range(19):
            make_document(visit, cast.coach, content=PDF + b"%d" % number)
        files = [Document(PDF + b"x%d" % number, "pdf", "x.pdf") for number in range(4)]
        said = self.at_once(*[lambda f=f: actions.add_document(visit, f, by=cast.coach) for f in files])
        assert said.count("TooManyDocuments") == 3
        assert VisitDocument.objects.count() == 20

    def test_removed_by_several_it_is_removed_once(self, cast, visit):
        row = make_document(visit, cast.change_agent)
        people = [cast.change_agent, cast.staff] * 2
        self.at_once(*[lambda by=by: actions.remove_document(row, by=by) for by in people])
        assert len([deed for deed in history_of(visit) if "removed" in deed.words]) == 1
