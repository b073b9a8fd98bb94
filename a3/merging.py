"""Two texts of one section: the words in which they differ, and one text that holds both.

What comes in has passed the sanitiser, so it is well formed; what goes out holds no other tags than it, and <ins>.
"""

import re
from difflib import SequenceMatcher
from html.parser import HTMLParser
from itertools import pairwise

TOKENS = re.compile(r"<[^>]+>|&\w+;|\w+|\s+|[^\w\s<]", re.DOTALL)
WORDS = re.compile(r"\S(?:.*\S)?", re.DOTALL)
MOST_TOKENS = 6_000  # in both texts together; above that, comparing word by word takes too long
MOST_PAIRS = 2_000  # of paragraphs that are held against each other
CONTAINERS = {"ul", "ol", "table", "tbody"}  # merged by what stands in them
VOID = {"br", "img"}


def marked(text: str, *, against: str) -> str:
    """Return `text` with <ins> around the words that `against` does not have there; unmarked when both are long."""
    words, others = TOKENS.findall(text), TOKENS.findall(against)
    if len(words) + len(others) > MOST_TOKENS:
        return text
    out = []
    for verb, start, end, _, _ in SequenceMatcher(a=words, b=others, autojunk=False).get_opcodes():
        out.append("".join(words[start:end]) if verb == "equal" else _inserted(words[start:end]))
    return "".join(out)


def _inserted(tokens: list[str]) -> str:
    """The words between two tags share one mark; tags stay outside."""
    runs = re.findall(r"<[^>]+>|[^<]+", "".join(tokens))
    return "".join(run if run.startswith("<") else WORDS.sub(r"<ins>\g<0></ins>", run) for run in runs)


def together(theirs: str, mine: str) -> str:
    """Return one text that holds every paragraph, list item and table row of both, those they share once.

    Where a paragraph of one only adds words to that of the other, the longer one stands for both.
    """
    return _join(_parts(theirs), _parts(mine))


def _join(theirs: list[str], mine: list[str]) -> str:
    out = []
    matcher = SequenceMatcher(a=theirs, b=mine, autojunk=False)
    for verb, start, end, begin, stop in matcher.get_opcodes():
        if verb == "equal":
            out += theirs[start:end]
        else:
            out += _both(theirs[start:end], mine[begin:stop], known={*theirs, *mine[:begin]})
    return "".join(out)


def _both(theirs: list[str], mine: list[str], *, known: set[str]) -> list[str]:
    """Each of theirs, or what of mine says the same and more, then the rest of mine that is not `known` to stand."""
    rest = [part for part in mine if part not in known]
    if len(theirs) * len(rest) > MOST_PAIRS:
        return theirs + rest
    out = []
    for part in theirs:
        fit = next(((other, one) for other in rest if (one := _one_of(part, other))), None)
        if fit:
            rest.remove(fit[0])
        out.append(fit[1] if fit else part)
    return out + rest


def _one_of(theirs: str, mine: str) -> str:
    """One part that holds both, or "" when neither holds the other."""
    tag, other = _tag(theirs), _tag(mine)
    if tag != other:
        return ""
    if tag in CONTAINERS:
        inside = _join(_parts(_inside(theirs)), _parts(_inside(mine)))
        return f"<{tag}>{inside}</{tag}>"
    return mine if _holds(mine, theirs) else theirs if _holds(theirs, mine) else ""


def _holds(longer: str, shorter: str) -> bool:
    """Whether all of the shorter text's words stand in the longer one, in their order."""
    words = iter(TOKENS.findall(longer))
    return len(shorter) > len("<p></p>") and all(word in words for word in TOKENS.findall(shorter))


def _tag(part: str) -> str:
    found = re.match(r"<(\w+)", part)
    return found[1] if found else ""


def _inside(part: str) -> str:
    return part[part.index(">") + 1 : part.rindex("</")]


def _parts(html: str) -> list[str]:
    """The elements (and loose words) that stand side by side at the top of this text."""
    splitter = _Splitter(html)
    splitter.feed(html)
    splitter.close()
    return splitter.found()


class _Splitter(HTMLParser):
    """Notes where each element at the top begins."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=False)
        self.html, self.depth = html, 0
        self.lines = [0]
        for line in html.split("\n")[:-1]:
            self.lines.append(self.lines[-1] + len(line) + 1)
        self.begins: list[int] = []

    def found(self) -> list[str]:
        edges = sorted({0, *self.begins, len(self.html)})
        parts = (self.html[start:end] for start, end in pairwise(edges))
        return [part for part in parts if part.strip()]

    def _here(self) -> int:
        line, column = self.getpos()
        return self.lines[line - 1] + column

    def handle_starttag(self, tag: str, _attributes: list[tuple[str, str | None]]) -> None:
        if self.depth == 0:
            self.begins.append(self._here())
        if tag not in VOID:
            self.depth += 1

    def handle_endtag(self, _tag: str) -> None:
        self.depth -= 1
