"""What happens at the same moment: one save wins, one hand-over counts."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from a3 import actions
from a3.models import Round, Section
from partners.models import Mail
from tests.a3.factories import make_sheet, section_of
from tests.cast import Cast


@pytest.fixture
def cast(transactional_db):

    return Cast()


def at_once(deed, times):
    """Run deed(i) in that many threads together; returns what each returned or raised."""
    start = threading.Barrier(times)

    def run(i):
        try:
            start.wait(timeout=20)
            return deed(i)
        except Exception as error:
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def test_of_ten_saves_of_one_revision_one_wins(cast):
    section = section_of(make_sheet(cast.change_agent, cast.site), 1)
    found = at_once(
        lambda i: actions.save_section(section.pk, body=f"<p>{i}</p>", revision=0, by=cast.change_agent), 10
    )
    winners = [i for i, result in enumerate(found) if result == 1]
    assert len(winners) == 1
    assert [type(r) for i, r in enumerate(found) if i not in winners] == [actions.Conflict] * 9
    assert Section.objects.get(pk=section.pk).body == f"<p>{winners[0]}</p>"


def test_handed_over_twice_at_once_it_is_handed_over_once(cast):
    sheet = make_sheet(cast.change_agent, cast.site, coach=cast.coach)
    found = at_once(lambda _: actions.hand_over(sheet, to=cast.coach, by=cast.change_agent), 4)
    assert sorted(type(result).__name__ for result in found) == ["NotYourBall"] * 3 + ["Round"]
    assert (Round.objects.count(), Mail.objects.count()) == (1, 1)
