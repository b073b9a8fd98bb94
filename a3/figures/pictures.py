"""Drawings as pictures of their own, each with its title and description as words."""

import re
from collections.abc import Callable

from django.utils.safestring import SafeString

DRAWING = re.compile(r"<svg (.*?<title[^>]*>(.*?)</title><desc[^>]*>(.*?)</desc>.*?</svg>)", re.DOTALL)


def as_pictures(drawn: SafeString, address_of: Callable[[str], str]) -> SafeString:
    """Return the HTML of a figure with each drawing as an <img>; `address_of` keeps its SVG and says where it is.

    Title and description are escaped in the drawing already.
    """

    def picture(match: re.Match[str]) -> str:
        drawing, title, description = match.groups()
        address = address_of(f'<svg xmlns="http://www.w3.org/2000/svg" {drawing}')
        words = f"{title}: {description}" if description else title
        return f'<img class="drawn" src="{address}" alt="{words}">'

    return SafeString(DRAWING.sub(picture, drawn))
