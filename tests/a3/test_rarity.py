"""Which words of a text are worth looking for."""

from django.db import connection

from a3.rarity import Rarity, rarity_of
from tests.a3.factories import make_sheet

COUNTS = {"zinc": 3, "boiler": 400, "needl": 4_000, "patient": 20_000, "wait": 900_000}


def test_rare_words_alone_others_together_and_what_stands_everywhere_not_at_all():
    assert Rarity(COUNTS, rows=5_000_000).rarest() == [("zinc",), ("boiler",), ("needl", "patient")]


def test_before_there_are_statistics_every_word_is_looked_for():
    assert Rarity(dict.fromkeys(COUNTS, 0), rows=0).rarest() == [(word,) for word in sorted(COUNTS)]


def test_of_no_word_nothing_is_looked_for():
    assert Rarity({}, rows=5_000_000).rarest() == []


def test_frequencies_are_those_of_the_statistics(cast):
    for number in range(20):
        make_sheet(cast.learner, cast.site, title="Waiting for beds" if number % 2 else f"Waiting {number}")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE a3_sheetwords")
    found = rarity_of("The waits for a bed")
    assert (found.counts, found.rows) == ({"wait": 20, "bed": 10}, 20)
