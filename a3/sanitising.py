"""What may stand in a section: exactly what the editor can write (frontend/editor/schema.json), and not too much of it.

Whatever comes in, the answer is safe HTML or a refusal with a sentence; the text of what is taken out stays.
"""

import re
from html.parser import HTMLParser

import nh3

MOST_BYTES = 200_000
MOST_LEVELS = 24  # of elements inside each other: deeper ones break the printing
MOST_SPAN = 20  # columns or rows of one cell
ATTRIBUTES = {
    "a": {"href"},
    "br": set[str](),
    "em": set[str](),
    "figure": {"data-figure"},
    "img": {"src", "alt"},
    "li": set[str](),
    "mark": {"data-n"},
    "ol": set[str](),
    "p": set[str](),
    "strong": set[str](),
    "table": set[str](),
    "tbody": set[str](),
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan"},
    "tr": set[str](),
    "ul": set[str](),
}
SCHEMES = {"http", "https", "mailto"}
DROPPED_WHOLE = {"script", "style", "svg", "math", "template", "iframe", "object", "noscript", "title", "textarea"}
OWN_PHOTO = re.compile(r"/a3/photos/\d{1,18}/")
NUMBER = re.compile(r"[1-9][0-9]{0,17}")
ADDRESS = re.compile(r"(https?|mailto):\S+", re.IGNORECASE)
PICTURE = re.compile(r"<img [^>]*>|<figure [^>]*></figure>")
NO_PICTURE = re.compile(r'<img(?: alt="[^"]*")?>')
PLACE = re.compile(r'<figure data-figure="(\d+)"></figure>')  # where a figure stands in sanitised text
NO_FIGURE = re.compile(r"</?figure>")
FIGURE = re.compile(r'<figure data-figure="(\d+)">')
MOST_FIGURES = 12
BLANKS = (  # beside white space: what has no ink, such as joiners and marks of direction
    r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    r"\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0"
)
# tags that show nothing by themselves, and blanks
NOTHING = re.compile(rf"(<(?!img |figure )[^>]*>|[\s{BLANKS}]|&nbsp;)*")


class Refused(Exception):
    """The text cannot be kept as it is; the sentence says what to do."""


def sanitise(html: str) -> str:
    """Return what of `html` may be stored, "" when nothing is left to see. Raises Refused."""
    html = html.replace("\x00", "")
    if len(html.encode(errors="replace")) > MOST_BYTES:
        raise Refused("This section is too long to be kept: shorten it to about 200,000 characters, then save again.")
    clean = nh3.clean(
        html,
        tags=set(ATTRIBUTES),
        clean_content_tags=DROPPED_WHOLE,
        attributes={"*": set(), **ATTRIBUTES},  # else nh3 lets `title` and `lang` stand on every tag
        attribute_filter=_filtered,
        url_schemes=SCHEMES,
        link_rel=None,
    )
    clean = _figures_alone(NO_PICTURE.sub("", clean)).strip()
    if NOTHING.fullmatch(clean):
        return ""
    if levels(clean) > MOST_LEVELS:
        raise Refused("Lists or tables are nested too deeply here: flatten them, then save again.")
    if len(figures_in(clean)) > MOST_FIGURES:
        raise Refused(f"A section holds at most {MOST_FIGURES} diagrams: take some out, then save again.")
    return clean


def figures_in(html: str) -> list[int]:
    """Return the numbers of the figures that sanitised text places, in its order."""
    return [int(number) for number in FIGURE.findall(html)]


def words_only(html: str) -> str:
    """Return sanitised text without its photos and diagrams; "" when nothing is left to see."""
    words = PICTURE.sub("", html)
    return "" if NOTHING.fullmatch(words) else words


def paragraphs(text: str) -> str:
    """Return plain text as paragraphs, one per line that is not blank."""
    return "".join(f"<p>{nh3.clean_text(line.strip())}</p>" for line in text.splitlines() if line.strip())


def _figures_alone(html: str) -> str:
    """Each figure once, empty and closed at once: it is a place, and what stood in it stands behind it."""
    if "<figure" not in html:
        return html
    placed: set[str] = set()

    def alone(match: re.Match[str]) -> str:
        if match[1] in placed:
            return ""
        placed.add(match[1])
        return f"{match[0]}</figure>"

    return FIGURE.sub(alone, NO_FIGURE.sub("", html))


def _filtered(tag: str, attribute: str, value: str) -> str | None:
    if attribute in {"colspan", "rowspan", "data-n"}:
        most = MOST_SPAN if attribute != "data-n" else 999
        return value if value.isascii() and value.isdigit() and len(value) <= 3 and 1 <= int(value) <= most else None
    if attribute == "data-figure":
        return value if NUMBER.fullmatch(value) else None
    if attribute == "src":
        return value if OWN_PHOTO.fullmatch(value) else None
    if attribute == "href":
        return value if ADDRESS.fullmatch(value) else None
    return value[:300]


class _Depth(HTMLParser):
    """Counts how deep elements stand in each other; the text is well formed by then."""

    def __init__(self) -> None:
        super().__init__()
        self.now = self.most = 0

    def handle_starttag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        if tag not in {"br", "img"}:
            self.now += 1
            self.most = max(self.most, self.now)

    def handle_endtag(self, _tag: str) -> None:
        self.now -= 1


def levels(html: str) -> int:
    """How many elements of sanitised text stand inside each other at most."""
    depth = _Depth()
    depth.feed(html)
    depth.close()
    return depth.most
