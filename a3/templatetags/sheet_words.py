"""Template words of the sheet: none of them queries."""

from django import template
from django.utils.safestring import SafeString

from a3 import merging, typesetting

register = template.Library()


@register.filter
def typeset(html: str) -> SafeString:
    """The sanitised text of a section with the classes that set it. It was sanitised when it was saved."""
    return SafeString(typesetting.typeset(html))


@register.filter
def marked_against(html: str, other: str) -> SafeString:
    """Sanitised text with its words marked that the other, sanitised too, does not have."""
    return SafeString(merging.marked(html, against=other))
