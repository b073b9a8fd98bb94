"""Who met this before? Sheets whose words are like those that are being written, among those a person may see."""

import html
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank, TrigramSimilarity
from django.db.models import F, Func, Q, Sum, TextField, Value
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString

from a3.models import Effect, Sheet, SheetWords
from a3.models.words import SheetWordsQuerySet
from partners.models import Person

SHOWN = 5
MOST_WORDS = 30  # of what is written, the first ones
CANDIDATES = 3000  # rows that are ranked: words that stand everywhere must not make it slow
LEAST = 0.03
WORD = re.compile(r"[^\W\d_]{3,}")
OPEN, CLOSE = "\x02", "\x03"  # around a word that is found: no text holds them


@dataclass(frozen=True)
class Like:
    """A sheet, the section whose words are nearest with some of them marked, and what became of its gains."""

    sheet: Sheet
    section: str
    excerpt: SafeString
    gains: str


def similar(reader: Person, *, title: str, text: str = "", apart_from: int | None = None) -> list[Like]:
    """Return up to five sheets, the nearest first; nothing as long as too little is written."""
    query = query_of(f"{title} {strip_tags(text)}")
    if query is None:
        return []
    words = SheetWords.objects.visible_to(reader).exclude(sheet=apart_from)
    order = _nearest(words, query, title)
    sheets = Sheet.objects.visible_to(reader).select_related("partner", "site", "owner").in_bulk(order)
    excerpts, gains = _excerpts(sheets, query), _gains(reader, sheets)
    return [
        Like(sheets[pk], *excerpts.get(pk, ("", SafeString(""))), gains.get(pk, "")) for pk in order if pk in sheets
    ]


def query_of(text: str) -> SearchQuery | None:
    """Any of the first words counts; the more of them, the nearer."""
    words = list(dict.fromkeys(word.lower() for word in WORD.findall(text)))[:MOST_WORDS]
    return SearchQuery(" or ".join(words), config="english", search_type="websearch") if words else None


def _nearest(words: SheetWordsQuerySet, query: SearchQuery, title: str) -> list[int]:
    """A title counts by its letters too, so that other endings and slips of the hand are found."""
    title = title.strip()[:120]
    found = words.filter(Q(vector=query) | Q(section__isnull=True, title__trigram_similar=title))
    ranked = SheetWords.objects.filter(pk__in=found.values("pk")[:CANDIDATES])
    nearness = Sum(SearchRank(F("vector"), query) + TrigramSimilarity("title", title))
    scores = ranked.values("sheet").annotate(score=nearness).filter(score__gte=LEAST)
    return list(scores.order_by("-score", "-sheet").values_list("sheet", flat=True)[:SHOWN])


def _excerpts(sheets: Iterable[int], query: SearchQuery) -> dict[int, tuple[str, SafeString]]:
    plain = Func(
        F("section__body"),
        Value("<[^>]*>"),
        Value(" "),
        Value("g"),
        function="regexp_replace",
        output_field=TextField(),
    )
    marked = SearchHeadline(
        plain,
        query,
        config="english",
        start_sel=OPEN,
        stop_sel=CLOSE,
        min_words=12,
        max_words=24,
    )
    found = SheetWords.objects.filter(sheet__in=sheets, section__isnull=False, vector=query)
    rows = found.annotate(rank=SearchRank(F("vector"), query), marked=marked)
    best = rows.order_by("sheet", "-rank", "pk").distinct("sheet")
    nearest = best.values_list("sheet", "section__type__name", "marked")
    return {sheet: (name, _safe(words)) for sheet, name, words in nearest}


def _safe(words: str) -> SafeString:
    """Everything escaped; the marks are ours. An ellipsis where it breaks off in the middle of a sentence."""
    text = " ".join(html.unescape(words).split())
    if not text.rstrip(CLOSE).endswith((".", "!", "?")):
        text += " …"
    parts = [part.rpartition(CLOSE) for part in text.split(OPEN)]
    return format_html_join("", "{}{}", ((_mark(found), rest) for found, _close, rest in parts))


def _mark(found: str) -> SafeString | str:
    return format_html("<mark>{}</mark>", found) if found else ""


def _gains(reader: Person, sheets: Iterable[int]) -> dict[int, str]:
    """Such as "2 gains: holding, unknown", for sheets that claimed some."""
    standings: dict[int, Counter[Any]] = {}
    for effect in Effect.objects.visible_to(reader).filter(sheet__in=sheets).with_claims():
        standings.setdefault(effect.sheet_id, Counter())[effect.claim.standing_words] += 1
    return {pk: _told(counted) for pk, counted in standings.items()}


def _told(counted: Counter[Any]) -> str:
    number = counted.total()
    return f"{number} gain{'' if number == 1 else 's'}: {', '.join(counted)}"
