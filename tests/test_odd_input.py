"""Whatever stands in an address, a form or a cookie, the answer is a page or a sentence, never a broken server.

It works from the access table, so that a new URL is tried without being named here. Trying every odd value everywhere
takes minutes, so each page and each field has its share of them, chosen by its name: the same in every run.
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

FINE = {200, 201, 204, 302, 304, 400, 403, 404, 405, 409, 413, 422, 429}
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
                answer.getvalue()  # a file is closed when it was read
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
                for what, data in mixed(f"{name} {method}", sorted(asked)):
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


def share(about: str, values, number):
    """So many of the values, always the same ones for one name."""
    first = crc32(about.encode()) % len(values)
    return [*values, *values][first : first + number]


def mixed(about, names):
    """A value in each name, another one in each; and a few cursors where a page has some."""
    values = share(about, ODD, len(ODD))
    yield f"from {values[0]}", {name: ODD[odd] for name, odd in zip(names, cycle(values))}
    for name in ODD_IN.keys() & names:
        yield from ((odd, {name: ODD_IN[name][odd]}) for odd in share(about, ODD_IN[name], 3))


def spoilt(form: Form, tried):
    """The form as it is; then with each field missing, or odd in one of the ways."""
    fields = form.untried(tried)
    if fields:
        yield "whole", form.fields
    for name in fields:
        (odd,) = share(f"{form.url_name} {name}", [*ODD, *(["missing"] * 4)], 1)
        if odd == "missing":
            yield f"without {name}", {other: value for other, value in form.fields.items() if other != name}
        else:
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
