"""Somebody types in a section of a sheet: the autosave that each pause sends."""

from __future__ import annotations

import json
import re
from html import unescape

from devstack.bench.visitor import TOKEN, Answer, Request, Visitor

SHEETS = 8  # so many are looked through for one that may be written on
SAVE = re.compile(r'action="(/a3/sections/\d+/save/)"')
REVISION = re.compile(r'name="revision" value="(\d+)"')
TEXT = re.compile(r"<a3-editor[^>]*>(.*?)</a3-editor>", re.DOTALL)


def autosave(visitor: Visitor) -> Request | None:
    """Open the first section this visitor may write in; each request saves a changed text over the last revision."""
    for sheet in visitor.links_on("/a3/?show=mine", r"/a3/\d+/")[:SHEETS]:
        for editor in visitor.links_on(sheet, r"/a3/sections/\d+/edit/")[:1]:
            return _first_save(visitor.ask(Request(editor)).text)
    return None


def _first_save(editor: str) -> Request | None:
    action, revision, token, text = (pattern.search(editor) for pattern in (SAVE, REVISION, TOKEN, TEXT))
    if not (action and revision and token and text):
        return None
    fields = {"csrfmiddlewaretoken": unescape(token[1]), "revision": revision[1], "body": text[1]}
    return Request(action[1], fields, {"X-Autosave": "1"}, then=_next_save)


def _next_save(saved: Request, answer: Answer) -> Request:
    """The same section again, a few letters later."""
    revision = json.loads(answer.text)["revision"]
    fields = dict(saved.fields or {})
    body = re.sub(r"<p>Typed \d+</p>$", "", fields["body"])
    fields |= {"revision": str(revision), "body": f"{body}<p>Typed {revision}</p>"}
    return Request(saved.path, fields, saved.headers, then=_next_save)
