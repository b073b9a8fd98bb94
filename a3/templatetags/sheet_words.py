"""Template words of the sheet: none of them queries."""

import datetime as dt
import re
from functools import cache, lru_cache, partial
from types import SimpleNamespace
from typing import Any

from django import template
from django.template.loader import get_template
from django.utils.safestring import SafeString

from a3 import merging, passages, typesetting
from a3.drawings import Drawings
from a3.forms import RemarkForm

register = template.Library()
PHOTO = re.compile(r'src="/a3/photos/(\d+)/"')
SEEN = ("may_edit", "bare", "for_paper")
SAID = ("pk", "number", "name", "hint", "remarks_open", "edit_address")
TEXT = "\ue000text\ue001"  # stands in for the text of a section
NOTHING_DRAWN = Drawings({}, today=dt.date.min)


@register.filter
def marked_against(html: str, other: str) -> SafeString:
    """Sanitised text with its words marked that the other, sanitised too, does not have."""
    return SafeString(merging.marked(html, against=other))


@register.filter
def sanitised(html: str) -> SafeString:
    """Rich text as it was sanitised when it was saved."""
    return SafeString(html)


@register.filter
def compared(html: str) -> SafeString:
    """Two sanitised texts in one, with what went and what came."""
    return SafeString(html)


@register.simple_tag(takes_context=True)
def typeset(context: template.Context, html: str, section: int) -> SafeString:
    """The sanitised text of a section as it is set, with the pen marks on it and its figures from `drawings`.

    `photos_at` is where a reviewer by link finds the sheet's photos. It was sanitised when it was saved.
    """
    found = typesetting.typeset(html)
    if pens := (context.get("pens") or {}).get(section):
        found = passages.marked(found, pens)
    drawings: Drawings = context.get("drawings") or NOTHING_DRAWN
    if at := context.get("photos_at"):
        found = PHOTO.sub(rf'src="{at}\1/"', found)
    return SafeString(drawings.placed_in(found))


@register.simple_tag(takes_context=True)
def set_section(context: template.Context, section: Any) -> SafeString:
    """One section as the template's part `section` sets it; what stands around its text is written once per process."""
    read: Any = section.get if isinstance(section, dict) else partial(getattr, section)  # a round keeps plain values
    said, body = tuple(read(name, "") for name in SAID), read("body", "")
    before, after = _around(TEXT if body else "", tuple(bool(context.get(name)) for name in SEEN), said)
    return SafeString(before + typeset(context, body, read("pk", 0)) + after)


@lru_cache(maxsize=1024)
def _around(text: str, seen: tuple[bool, ...], said: tuple[Any, ...]) -> tuple[str, str]:
    """What stands before and behind the text; some kilobytes each."""
    section = SimpleNamespace(**dict(zip(SAID, said, strict=True)), body=text)
    found = get_template("a3/_sheet.html#section").render({"section": section} | dict(zip(SEEN, seen, strict=True)))
    before, _, after = found.partition(TEXT)
    return before, after


@register.simple_tag
def remark_fields(form: RemarkForm) -> SafeString:
    """The fields of a new remark. Empty ones are the same on every sheet but for its sections: written once."""
    if form.is_bound:
        return form.render()
    before, after = _empty_fields()
    return SafeString(before + form.section_options + after)


@cache
def _empty_fields() -> tuple[str, str]:
    """What stands before and behind the options of the section; once per process."""
    before, begins, after = RemarkForm(sections=[]).render().partition('id="id_section">')
    return before + begins, after


@register.simple_tag
def chosen_option(options: SafeString, pk: int) -> SafeString:
    """The options of a choice, written once for all threads, with this one chosen."""
    return SafeString(options.replace(f'value="{pk}"', f'value="{pk}" selected', 1))
