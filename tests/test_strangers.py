"""Every page and every form of a partner, sent by those who have no business there, or no longer: nothing is answered,
nothing is said, nothing is written. Their sessions were open before they left.

It works from the access table and from the forms that pages show, so that new ones are tried without being named here.
"""

from typing import Any

import pgtrigger
import pytest
from django.db import connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from a3.models import Agreement, Figure, Remark, Reviewer, Section, Sheet, Talk
from coaching import models as coaching
from partners.models import Assignment, Claim, Partner, Person, Site
from tests.found import Form, Page, text_of
from tests.test_access import ACCESS
from tests.test_foreign_ids import insider

SECRET = "Kestrel"  # stands in all words of Halden Valley
APPS = ("a3:", "coaching:", "partners:", "desk:", "outbox:")
BY_ADDRESS = {"coaching:answer", "coaching:answer_decline", "coaching:feed"}  # for whoever has the secret address
NAMES = [name for name in ACCESS if name.startswith(APPS) and "by_link" not in name and name not in BY_ADDRESS]
# Their own, wherever they work: a list of names, a book (whose file looks again at each sheet), notes, who they are.
OWN = {
    *("a3:saved_list_edit", "a3:saved_list_delete", "a3:book_detail", "a3:book_again"),
    *("a3:coach_note_edit", "a3:coach_note_delete", "a3:sheets_of_person", "partners:person_detail"),
}


def leave(_cast):
    Assignment.objects.update(ended_on=timezone.now().date() - timezone.timedelta(days=2))


def coach_elsewhere(cast):
    """Named on no sheet any more, and those they saw are shared with LEI."""
    cast.partner.coaches.clear()
    Sheet.objects.update(coach=None, ball=cast.change_agent, audience="lei")
    Claim.objects.update(is_shared_with_lei=True)


def leave_lei(cast):
    Person.objects.filter(pk=cast.coach.pk).update(is_coach=False)


def stay(_cast):
    pass


WAYS = {
    "outsider": ("outsider", stay),
    "former change agent": ("change_agent", leave),
    "former learner": ("learner", leave),
    "coach of others": ("coach", coach_elsewhere),
    "coach no more": ("coach", leave_lei),
}


OF_COACHING: list[tuple[Any, str]] = [
    *((coaching.Visit, name) for name in ("purpose", "others", "logistics")),
    *((coaching.VisitRequest, name) for name in ("purpose", "others")),
    *((coaching.CharterVersion, name) for name in ("purpose", "alignment", "right_things", "cadence", "confidential")),
    *((coaching.Reflection, name) for name in ("expected", "happened", "learned", "change_next")),
    *((coaching.Observation, name) for name in ("saw", "standard", "why_asked", "learned")),
    *((coaching.Walk, name) for name in ("theme", "route", "learned")),
    *((coaching.Question, "text"), (coaching.Promise, "words"), (coaching.Memo, "body"), (coaching.VisitNote, "text")),
    *((coaching.VisitDocument, "name"), (coaching.Preparation, "words"), (coaching.Override, "reason")),
]


def mark_words(cast):
    Partner.objects.filter(pk=cast.partner.pk).update(name=SECRET)
    Site.objects.filter(partner=cast.partner).update(name=SECRET)
    words: list[tuple[Any, str]] = [
        (Sheet, "title"),
        (Section, "body"),
        (Remark, "text"),
        (Figure, "title"),
        (Claim, "measure"),
    ]
    words += [(Agreement, "note"), (Talk, "note"), (Reviewer, "name"), *OF_COACHING]
    with pgtrigger.ignore():  # what was sent or agreed is never rewritten elsewhere
        for model, field in words:
            model.objects.update(**{field: SECRET})


def written():
    """What this transaction has written so far in tables of ours."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT sum(n_tup_ins + n_tup_upd + n_tup_del) FROM pg_stat_xact_user_tables"
            " WHERE relname LIKE ANY (ARRAY['a3\\_%', 'coaching\\_%', 'partners\\_%'])"
        )
        return cursor.fetchone()[0]


def offered(cast, name, url):
    """The page, an empty form, and each form of the page as an insider sees it."""
    client = Client()
    client.force_login(cast[insider(ACCESS[name]) or "staff"])
    page = Page(text_of(client.get(url)), url=url)
    forms = [form for form in page.forms if form.method == "post" and form.url_name in NAMES]
    return [Form(url, url, "get"), Form(url, url, "post"), *forms]


def is_open(name):
    """Whether any partner's people have such a page of their own."""
    return ACCESS[name].statuses["outsider"] != 404


def leaks(client, form, name):
    before = written()
    with transaction.atomic():
        answer = getattr(client, form.method)(form.action, form.fields)
        transaction.set_rollback(True)
    closed = not is_open(form.url_name) and name not in OWN
    wrong = answer.status_code not in {404, 405} or written() != before
    return (closed and wrong) or SECRET in text_of(answer), answer.status_code


@pytest.mark.parametrize("name", NAMES)
def test_nothing_for_strangers(name, cast, settings):
    settings.MIDDLEWARE = [layer for layer in settings.MIDDLEWARE if "zeal" not in layer]
    url = reverse(name, args=ACCESS[name].args(cast))
    forms, found = offered(cast, name, url), []
    mark_words(cast)
    for way, (person, change) in WAYS.items():
        if way == "coach of others" and name.startswith("coaching:"):  # sees the board, see test_record_visibility.py
            continue
        client = Client()
        client.force_login(cast[person])
        with transaction.atomic():
            change(cast)
            for form in forms:
                is_leak, status = leaks(client, form, name)
                if is_leak:
                    found.append(f"{way}: {form.method} {form.action} {status}")
            transaction.set_rollback(True)
    assert found == []


def test_there_is_something_to_be_found(cast, sign_in):
    """Who belongs there does read the word, and what they write is counted."""
    url = reverse("a3:sheet_detail", args=ACCESS["a3:sheet_detail"].args(cast))
    mark_words(cast)
    assert SECRET in sign_in("learner").get(url).text
    before = written()
    sign_in("change_agent").post(
        f"{url}remarks/", {"section": Section.objects.first().pk, "kind": "question", "text": "x"}
    )
    assert written() > before
