"""Somebody who visits pages over HTTP: keeps cookies and the connection, finds links and forms."""

from __future__ import annotations

import http.client
import re
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import urlencode, urljoin

from devstack.places import Trouble

COUNT = "X-Count-Queries"  # in a request: count them; in its answer: so many
CLOCK = "X-Process-Time"  # in an answer: nanoseconds of CPU the process has used so far
LONGEST_PAUSE = 2.0  # seconds; gunicorn.conf.py keeps a silent connection for five
LINK = re.compile(r'<a\b[^>]*\bhref="([^"]+)"')
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')


@dataclass(frozen=True)
class Request:
    """What is asked: a GET, or a POST when there are fields."""

    path: str
    fields: Mapping[str, str] | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    then: Callable[[Request, Answer], Request] | None = None  # what this visitor asks next; the same again if None

    def after(self, answer: Answer) -> Request:
        """The request that follows once this one has been answered."""
        return self.then(self, answer) if self.then and answer.status == 200 else self


@dataclass(frozen=True)
class Answer:
    """What came back, and what it cost."""

    status: int
    text: str
    process_time: int
    queries: int


class Visitor:
    """One person's browser, as far as the server can tell."""

    def __init__(self, port: int) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self.cookies: dict[str, str] = {}
        self.asked_at = 0.0

    def sign_in(self, email: str, password: str) -> None:
        """Through the sign-in page, as people do."""
        path = "/accounts/login/"
        fields = {"login": email, "password": password, "csrfmiddlewaretoken": self.token_on(path)}
        answer = self.ask(Request(path, fields))
        if answer.status != 302:
            raise Trouble(f"{email} could not sign in: the sign-in page answered {answer.status}.")

    def ask(self, request: Request, *, count: bool = False) -> Answer:
        """Send one request; redirects are not followed."""
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        headers = {"Cookie": cookies, **request.headers}
        body = None
        if request.fields is not None:
            body = urlencode(request.fields)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        headers |= {COUNT: "1"} if count else {}
        if time.monotonic() - self.asked_at > LONGEST_PAUSE:
            self.connection.close()  # the server hangs up after a while; the next request connects again
        self.connection.request("POST" if body is not None else "GET", request.path, body, headers)
        response = self.connection.getresponse()
        text = response.read().decode(errors="replace")
        self.asked_at = time.monotonic()
        for line in response.headers.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value
        cost, queries = response.headers.get(CLOCK, "0"), response.headers.get(COUNT, "0")
        return Answer(response.status, text, int(cost), int(queries))

    def token_on(self, path: str) -> str:
        """The form token of the page at `path`."""
        found = TOKEN.search(self.ask(Request(path)).text)
        return unescape(found[1]) if found else ""

    def links_on(self, path: str, pattern: str) -> list[str]:
        """Addresses linked on the page at `path` that match `pattern`, each once, in order."""
        found = [urljoin(path, unescape(link)) for link in LINK.findall(self.ask(Request(path)).text)]
        return [link for link in dict.fromkeys(found) if re.fullmatch(pattern, link)]

    def close(self) -> None:
        """Hang up."""
        self.connection.close()
