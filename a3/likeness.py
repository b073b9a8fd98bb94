"""Who met this before? Sheets whose words are like those that are being written, among those a person may see."""

import html
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank, TrigramSimilarity
from django.db.models import BigIntegerField, F, Func, OuterRef, Q, QuerySet, Subquery, Sum, TextField, Value
from django.utils.html import format_html, format_html_join, strip_tags
from django.utils.safestring import SafeString

from a3.models import Effect, Sheet, SheetWords
from a3.models.words import SheetWordsQuerySet
from a3.rarity import ROWS, rarity_of
from partners.models import Partner, Person

SHOWN = 5
MOST_WORDS = 30  # of what is written, the first ones
NEWEST = 500  # sheets that are read through
NEWEST_OF_EACH = 50  # of the partners of a coach, who has several
LIKELY = 40  # sheets of which every text is weighed
LEAST = 0.03
WORD = re.compile(r"[^\W\d_]{3,}")
OPEN, CLOSE = "\x02", "\x03"  # around a word that is found: no text holds them


class Few(Func):
    """The numbers of an array, for `__in`: of a set PostgreSQL would expect so many that it reads the whole table."""

    template = "(SELECT unnest(%(expressions)s))"
    output_field = BigIntegerField()


@dataclass(frozen=True)
class Like:
    """A sheet, the section whose words are nearest with some of them marked, and what became of its gains."""

    sheet: Sheet
    section: str
    excerpt: SafeString
    gains: str


def similar(reader: Person, *, title: str, text: str = "", apart_from: int | None = None) -> list[Like]:
    """Return up to five sheets, the nearest first; nothing as long as too little is written."""
    written = f"{title} {strip_tags(text)}"
    query = query_of(written)
    if query is None:
        return []
    found = _near(reader, query, title).union(_rare(reader, written)).order_by()
    order = _nearest(
        SheetWords.objects.filter(pk__in=Few(ArraySubquery(found))).exclude(sheet=apart_from), query, title
    )
    sheets = Sheet.objects.visible_to(reader).select_related("partner", "site", "owner").in_bulk(order)
    excerpts, gains = _excerpts(sheets, query), _gains(reader, sheets)
    return [
        Like(sheets[pk], *excerpts.get(pk, ("", SafeString(""))), gains.get(pk, "")) for pk in order if pk in sheets
    ]


def query_of(text: str) -> SearchQuery | None:
    """Any of the first words counts; the more of them, the nearer."""
    words = _words_of(text)
    return SearchQuery(" or ".join(words), config="english", search_type="websearch") if words else None


def _words_of(text: str) -> list[str]:
    return list(dict.fromkeys(word.lower() for word in WORD.findall(text)))[:MOST_WORDS]


def _near(reader: Person, query: SearchQuery, title: str) -> Any:
    """Of the newest sheets, whatever is like it.

    A title counts by its letters too, so that other endings and slips of the hand are found.
    """
    theirs = SheetWords.objects.filter(sheet=OuterRef("pk"))
    like = theirs.filter(Q(vector=query) | Q(section__isnull=True, title__trigram_similar=_cut(title)))
    return _of_each(Sheet.objects.filter(pk__in=_newest(reader)), like.values("pk"))


def _newest(reader: Person) -> Any:
    """Numbers of the newest sheets the reader sees: of all, or of each of their partners."""
    seen = Sheet.objects.visible_to(reader).order_by("-updated_at", "-pk").values("pk")
    if reader.sees_all_partners:
        return seen[:NEWEST]
    of_each = seen.filter(partner=OuterRef("pk"))[: NEWEST_OF_EACH if reader.is_at_lei else NEWEST]
    return _of_each(Partner.objects.visible_to(reader), of_each)[:NEWEST]


def _of_each(rows: QuerySet[Any], inner: QuerySet[Any, Any]) -> Any:
    """The numbers that `inner` gives for each of the rows, one row after the other, whatever PostgreSQL expects."""
    numbers = Func(ArraySubquery(inner), function="unnest", output_field=BigIntegerField())
    return rows.order_by().values_list(numbers)


def _rare(reader: Person, text: str) -> Any:
    """Of all sheets, what has rare words of it, alone or together.

    Of each of the few rows it is asked whether its sheet is seen: what a reader sees may be very much.
    """
    chosen = " | ".join(f"({' & '.join(words)})" for words in rarity_of(" ".join(_words_of(text))).rarest())
    if not chosen:
        return SheetWords.objects.none().values("pk")
    anywhere = SheetWords.objects.filter(vector=SearchQuery(chosen, config="simple", search_type="raw"))
    seen = Sheet.objects.visible_to(reader).filter(pk=OuterRef("sheet")).order_by().values("pk")[:1]
    few = SheetWords.objects.filter(pk__in=anywhere.values("pk")[:ROWS])
    return few.alias(seen=Subquery(seen)).filter(seen__isnull=False).values("pk")


def _nearest(found: SheetWordsQuerySet, query: SearchQuery, title: str) -> list[int]:
    """The sheets these words are of, the nearest first: by all their texts, where these words make them likely."""
    nearness = Sum(SearchRank(F("vector"), query) + TrigramSimilarity("title", _cut(title)))

    def best(rows: SheetWordsQuerySet) -> Any:
        return rows.values("sheet").annotate(score=nearness).order_by("-score", "-sheet")

    likely = best(found).values("sheet")[:LIKELY]
    scores = best(SheetWords.objects.filter(sheet__in=likely)).filter(score__gte=LEAST)
    return list(scores.values_list("sheet", flat=True)[:SHOWN])


def _cut(title: str) -> str:
    return title.strip()[:120]


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
