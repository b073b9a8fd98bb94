"""Template words of the sheet: none of them queries."""

import datetime as dt

from django import template
from django.utils.safestring import SafeString

from a3 import merging, passages, typesetting
from a3.drawings import Drawings

register = template.Library()
NOTHING_DRAWN = Drawings({}, today=dt.date.min)


@register.filter
def marked_against(html: str, other: str) -> SafeString:
    """Sanitised text with its words marked that the other, sanitised too, does not have."""
    return SafeString(merging.marked(html, against=other))


@register.simple_tag(takes_context=True)
def typeset(context: template.Context, html: str, section: int) -> SafeString:
    """The sanitised text of a section as it is set, with the pen marks on it and its figures from `drawings`.

    It was sanitised when it was saved.
    """
    found = typesetting.typeset(html)
    if pens := context.get("pens", {}).get(section):
        found = passages.marked(found, pens)
    drawings: Drawings = context.get("drawings") or NOTHING_DRAWN
    return SafeString(drawings.placed_in(found))
