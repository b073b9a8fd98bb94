"""Which of many words are worth looking for: those that stand in few texts, alone or together.

PostgreSQL's statistics say how often a word stands anywhere. An index finds rare words at once; words that stand
everywhere would have it read through most of what there is, and say little.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations
from math import prod

from django.db import connections

READ = 60_000  # places of words that are read in the index
ROWS = 800  # that are found by it
TOGETHER = 10  # words, of which two or three may stand together
SEEN = """
    WITH said AS (
        SELECT most_common_elems::text::text[] AS words, most_common_elem_freqs AS shares FROM pg_stats
        WHERE schemaname = ANY (current_schemas(false)) AND tablename = 'a3_sheetwords' AND attname = 'vector'
    ), known AS (
        SELECT unnest(words) AS word, unnest(shares[: cardinality(words)]) AS share FROM said
    )
    SELECT lexeme, COALESCE(share, (SELECT min(share) FROM known), 0),
        (SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = 'a3_sheetwords'::regclass)
    FROM unnest(to_tsvector('english', %s)) LEFT JOIN known ON word = lexeme
"""


@dataclass(frozen=True)
class Rarity:
    """Of each word, without its ending, in how many of so many `rows` it stands, or in how many at most."""

    counts: Mapping[str, float]
    rows: float

    def rarest(self) -> list[tuple[str, ...]]:
        """Words, then pairs, then threes, the rarest first, as long as all together stand in few rows."""
        usable = self._usable()
        chosen: list[tuple[str, ...]] = []
        left = float(ROWS)
        for size in (1, 2, 3):
            among = usable if size == 1 else usable[:TOGETHER]
            for words in sorted(combinations(among, size), key=self.expected):
                if any(set(fewer) <= set(words) for fewer in chosen):
                    continue
                if self.expected(words) > left:
                    break
                left -= self.expected(words)
                chosen.append(words)
        return chosen

    def expected(self, words: tuple[str, ...]) -> float:
        """In how many rows they stand together, if they do not seek each other."""
        return prod(self.counts[word] for word in words) / max(self.rows, 1) ** (len(words) - 1)

    def _usable(self) -> list[str]:
        """The rarest words, as many as may be read."""
        usable: list[str] = []
        read = 0.0
        for word in sorted(self.counts, key=lambda word: (self.counts[word], word)):
            read += self.counts[word]
            if read > READ:
                break
            usable.append(word)
        return usable


def rarity_of(text: str) -> Rarity:
    """As the statistics have it; before there are any, each word counts as rare."""
    with connections["default"].cursor() as cursor:
        cursor.execute(SEEN, [text])
        found = cursor.fetchall()
    rows = found[0][2] if found else 0
    return Rarity({word: share * rows for word, share, _rows in found}, rows)
