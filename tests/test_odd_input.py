"""Whatever stands in an address, a form or a cookie, the answer is a page or a sentence, never a broken server.

It works from the access table, so that a new URL is tried without being named here.
"""

from contextlib import contextmanager
from itertools import cycle
from zlib import crc32

import pytest
from django.db import transaction
from django.test import Client
from django.urls import reverse

from tests.cast import PEOPLE
from tests.found import Form, Page
from tests.odd import BODIES, COOKIES, ODD, ODD_IN, watched
from tests.test_access import ACCESS

FINE = {200, 201, 302, 304, 400, 403, 404, 405, 409, 413, 422, 429}
KINDS = sorted({name.rpartition(":")[0] for name in ACCESS})


class Visits:
    """Asks as somebody whom a URL lets in; what an answer changed is taken back. `broken` says what broke."""

    def __init__(self, cast):
        self.cast, self.clients, self.broken = cast, {}, []

    @contextmanager
    def to(self, name):
        """The address; what was made for it goes with it."""
        row = ACCESS[name]
        allowed = [person for person in PEOPLE[1:] if row.statuses[person] != 404] or ["staff"]
        self.person = "change_agent" if "change_agent" in allowed else allowed[0]
        if self.person not in self.clients:
            self.clients[self.person] = Client()
            self.clients[self.person].force_login(self.cast[self.person])
        with transaction.atomic():
            yield reverse(name, args=row.args(self.cast))
            transaction.set_rollback(True)

    def ask(self, method, url, data, what):
        try:
            with transaction.atomic():
                answer = getattr(self.clients[self.person], method)(url, data)
                transaction.set_rollback(True)
        except Exception as error:
            self.broken.append(f"{method} {url} {what}: {error!r}"[:300])
            return ""
        if answer.status_code not in FINE:
            self.broken.append(f"{method} {url} {what}: {answer.status_code}")
        return answer.text if "html" in answer.headers.get("Content-Type", "") else ""


@pytest.fixture
def visits(cast, settings):
    settings.MIDDLEWARE = [layer for layer in settings.MIDDLEWARE if "zeal" not in layer]
    return Visits(cast)


@pytest.mark.parametrize("kind", KINDS)
def test_any_value_under_each_name_that_is_looked_at(kind, visits, monkeypatch):
    for name in (name for name in ACCESS if name.rpartition(":")[0] == kind):
        with visits.to(name) as url:
            for method in ("get", "post"):
                with watched(monkeypatch) as asked:
                    visits.ask(method, url, {"after": "x"}, "plain")
                for what, data in mixed(sorted(asked)):
                    visits.ask(method, url, data, what)
    assert "\n".join(visits.broken) == ""


@pytest.mark.parametrize("kind", KINDS)
def test_each_form_with_one_field_missing_or_odd(kind, visits):
    tried: set[tuple[str, str]] = set()
    for name in (name for name in ACCESS if name.rpartition(":")[0] == kind):
        with visits.to(name) as url:
            for form in Page(visits.ask("get", url, {}, "plain"), url=url).forms:
                for what, fields in spoilt(form, tried) if form.method == "post" else ():
                    visits.ask("post", form.action, fields, what)
    assert "\n".join(visits.broken) == ""


def mixed(names):
    """Each name with a NUL, with a number too large, and with some of the other values, another one in each name."""
    for odd in ("nul", "huge"):
        yield odd, dict.fromkeys(names, ODD[odd])
    for turn in range(3):
        values = list(ODD.values())[turn:] + list(ODD.values())[:turn]
        yield f"turn {turn}", dict(zip(names, cycle(values)))
    for name, special in ODD_IN.items():
        yield from ((odd, {name: value}) for odd, value in special.items() if name in names)


def spoilt(form: Form, tried):
    """The form as it is; then with each field missing, and odd in one of the ways, another one in each field."""
    fields = form.untried(tried)
    if fields:
        yield "whole", form.fields
    for name in fields:
        yield f"without {name}", {other: value for other, value in form.fields.items() if other != name}
        odd = list(ODD)[crc32(f"{form.url_name} {name}".encode()) % len(ODD)]
        yield f"{odd} in {name}", form.fields | {name: ODD[odd]}


@pytest.mark.parametrize("body", BODIES)
@pytest.mark.parametrize("name", ["account_login", "partners:profile", "a3:photo_new", "a3:by_link"])
def test_any_body(name, body, visits):
    content_type, content = BODIES[body]
    with visits.to(name) as url:
        client = visits.clients[visits.person]
        assert client.generic("POST", url, content, content_type=content_type).status_code in FINE
        query = f"{url}?title=%ff&q=%5Cud800"
        assert client.generic("GET", query, content_type=content_type).status_code in FINE


@pytest.mark.parametrize("cookie", ["session", "csrf", "theme", "messages", "print-1"])
@pytest.mark.parametrize("value", COOKIES)
def test_any_cookie(cookie, value, db, client):
    for url in ("/accounts/login/", "/"):
        assert client.get(url, headers={"Cookie": f"{cookie}={COOKIES[value]}"}).status_code in FINE
