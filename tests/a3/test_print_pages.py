"""What a person sees of a print: the button, the words while it is made, and the file."""

import datetime as dt
from urllib.parse import quote

import pytest
from django.urls import reverse
from django.utils import timezone

from a3.models import SheetPrint
from tests.a3.prints import make_print, sheet_of

HTMX = {"HX-Request": "true"}


@pytest.fixture
def row(cast):
    return make_print(sheet_of(cast, title="Leave by noon: “5 West”"))


def page(client, row, **headers):
    return client.get(row.get_absolute_url(), headers=headers).content.decode()


def test_asking_leads_to_the_print_and_htmx_gets_its_progress(cast, sign_in):
    sheet = sheet_of(cast)
    url = reverse("a3:print_new", args=[sheet.pk])
    answer = sign_in("learner").post(url)
    row = SheetPrint.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, row.get_absolute_url())
    part = sign_in("learner").post(url, headers=HTMX).content.decode()
    assert "Waiting for the printer" in part
    assert "<html" not in part


def test_while_it_is_made_the_page_asks_again_and_then_stops(cast, sign_in, row):
    client = sign_in("change_agent")
    assert 'hx-trigger="every 1s"' in page(client, row, **HTMX)
    assert "Waiting for the printer" in page(client, row)
    assert "Make it here now" not in page(client, row)
    SheetPrint.objects.update(started_at=timezone.now())
    assert "Drawing the page" in page(client, row)
    SheetPrint.objects.update(failed_at=timezone.now(), failure="Shorten 4 Analysis.")
    found = page(client, row)
    assert "Shorten 4 Analysis." in found
    assert "Try again" in found
    assert "every 1s" not in found
    SheetPrint.objects.update(may_try_again=False)
    assert "Try again" not in page(client, row)


def test_when_no_worker_runs_the_page_offers_to_draw_it_here(cast, sign_in, row):
    client = sign_in("change_agent")
    SheetPrint.objects.update(queued_at=timezone.now() - dt.timedelta(seconds=20))
    assert "Make it here now" in page(client, row)
    answer = client.post(reverse("a3:print_here", args=[row.pk]), headers=HTMX).content.decode()
    assert "Open the PDF" in answer
    assert SheetPrint.objects.get().state == "ready"


def test_the_file_opens_in_the_browser_under_its_own_name_and_stays_private(cast, sign_in, row):
    client = sign_in("sponsor")
    client.post(reverse("a3:print_here", args=[row.pk]))
    answer = client.get(reverse("a3:print_file", args=[row.pk]))
    name = f"{row.sheet.code} {row.sheet.title}.pdf"
    assert b"".join(answer).startswith(b"%PDF")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f"inline; filename*=utf-8''{quote(name)}"
    assert answer["Cache-Control"] == "private, max-age=3600"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_others_find_no_print_even_when_it_is_ready(cast, sign_in, row):
    sign_in("change_agent").post(reverse("a3:print_here", args=[row.pk]))
    found = {}
    for person in ("learner", "outsider", "staff", "administrator", "nobody"):
        client = sign_in(person)
        answers = [client.get(reverse(f"a3:{name}", args=[row.pk])) for name in ("print_detail", "print_file")]
        found[person] = [answer.status_code for answer in answers]
        for answer in answers:
            b"".join(answer)  # read to its end, so that the file is closed
    assert found == {
        "learner": [200, 200],
        "outsider": [404, 404],
        "staff": [404, 404],
        "administrator": [404, 404],
        "nobody": [302, 302],
    }


def test_too_many_at_once_is_a_sentence(cast, sign_in):
    sheet = sheet_of(cast)
    for number in range(20):
        make_print(sheet, version_key=f"{number:064}", asked_by=cast.learner)
    answer = sign_in("learner").post(reverse("a3:print_new", args=[sheet.pk]))
    assert answer.status_code == 429
    assert "Wait a minute" in answer.content.decode()
