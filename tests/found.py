"""What a page offers: its links and its forms, filled in so that they can be sent as they are."""

import datetime as dt
import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import count
from typing import Any
from urllib.parse import urljoin, urlsplit

from django.urls import Resolver404, resolve

ROW = re.compile(r"^\w+\.")
LINKS = ("href", "hx-get", "src", "data-forms", "data-presence")
_numbers = count(1)


@dataclass
class Form:
    """Where it goes, and each field with what it says; `fields` keeps the first of several with one name."""

    page: str
    action: str
    method: str
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def url_name(self) -> str:
        return name_of(self.action)

    def untried(self, tried: set[tuple[str, str]]) -> list[str]:
        """Its fields that are not among the `tried` ones, and then are; of the rows of a table one stands for all."""
        fields = {(self.url_name, ROW.sub("row.", name)): name for name in self.fields}
        new = [name for key, name in fields.items() if key not in tried]
        tried.update(fields)
        return new


def name_of(url: str) -> str:
    try:
        return resolve(urlsplit(url).path).view_name
    except Resolver404:
        return ""


def text_of(answer: Any) -> str:
    """What a person reads; a file is none, and is closed once it has been read."""
    content: bytes = answer.getvalue()
    return content.decode() if answer.headers.get("Content-Type", "").startswith("text/") else ""


class Page(HTMLParser):
    """Reads one page, or a part of one."""

    def __init__(self, html: str, *, url: str) -> None:
        super().__init__()
        self.url = url
        self.forms: list[Form] = []
        self.links: dict[str, None] = {}
        self._by_id: dict[str, Form] = {}
        self._form: Form | None = None
        self._select: tuple[Form, str] | None = None
        self._text: tuple[Form, str] | None = None
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        got = {name: value or "" for name, value in attrs}
        for name in LINKS:
            if name in got:
                self.links[urljoin(self.url, got[name]).partition("#")[0]] = None
        if tag == "form":
            self._begin(got)
        elif (tag == "button" and "formaction" in got) or "hx-post" in got:
            self._begin(got | {"action": got.get("formaction") or got["hx-post"], "method": "post"})
        form = self._by_id.get(got.get("form", "")) or self._form
        if form and "name" in got and got.get("type") != "submit":
            self._enter(form, tag, got)
        if tag == "option" and self._select:
            form, name = self._select
            form.fields[name] = form.fields.get(name) or got.get("value", "")

    def _begin(self, got: dict[str, str]) -> None:
        action = urljoin(self.url, got.get("action") or self.url)
        self._form = Form(self.url, action, got.get("method", "get").lower())
        self.forms.append(self._form)
        self._by_id[got.get("id", "")] = self._form

    def _enter(self, form: Form, tag: str, got: dict[str, str]) -> None:
        name = got["name"]
        if tag == "select":
            self._select = (form, name)
        elif tag == "textarea":
            form.fields.setdefault(name, "")
            self._text = (form, name)
        elif got.get("type") == "radio" and "checked" in got:
            form.fields[name] = got.get("value", "")
        else:
            form.fields.setdefault(name, got.get("value") or _said(got))

    def handle_data(self, data: str) -> None:
        if self._text:
            form, name = self._text
            form.fields[name] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag == "select":
            self._select = None
        elif tag == "textarea" and self._text:
            form, name = self._text
            form.fields[name] = form.fields[name] or f"Words {next(_numbers)}"
            self._text = None


def _said(got: dict[str, str]) -> str:
    """What somebody would enter there."""
    kind = "decimal" if got.get("inputmode") == "decimal" else got.get("type", "text")
    now = dt.datetime.now(tz=dt.UTC).replace(tzinfo=None, microsecond=0)
    number = next(_numbers)
    return {
        "decimal": str(number),
        "number": str(number),
        "date": now.date().isoformat(),
        "datetime-local": (now + dt.timedelta(days=2, minutes=number)).isoformat(),
        "email": f"person{number}@outside.example",
        "checkbox": "on",
        "time": "07:00",
        "hidden": "",
        "file": "",
    }.get(kind, f"Words {number}")
