"""Two connections at the same moment: all together, or one that meets what another has not committed yet."""

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction

from devstack.emptying import empty

Deed = Callable[[], Any]
MET = 0.05  # seconds in which the second one meets the first; a busy machine only makes the test look at less


def _outcome(deed: Deed) -> Any:
    try:
        return deed()
    except Exception as error:
        return error


def _close() -> None:
    """The connection of the thread that calls it, no other."""
    connection.close()


class Hands:
    """Two threads, each with a connection that stays open."""

    def __init__(self) -> None:
        self.pools = [ThreadPoolExecutor(1) for _ in range(2)]

    def at_once(self, *deeds: Deed) -> list[Any]:
        """What each returned or raised."""
        start = threading.Barrier(len(deeds))

        def run(deed: Deed) -> Any:
            start.wait(timeout=20)
            return _outcome(deed)

        running = [pool.submit(run, deed) for pool, deed in zip(self.pools, deeds, strict=False)]
        return [one.result(timeout=40) for one in running]

    def overtaken(self, first: Deed, second: Deed) -> Any:
        """What `second` returns or raises, begun when `first` was done but not committed."""
        done, go = threading.Event(), threading.Event()

        def hold() -> None:
            with transaction.atomic():
                first()
                done.set()
                go.wait(timeout=20)

        holding = self.pools[0].submit(hold)
        wait([self.pools[1].submit(done.wait, 20)])
        later = self.pools[1].submit(_outcome, second)
        wait([later], timeout=MET)
        go.set()
        holding.result(timeout=40)
        return later.result(timeout=40)

    def let_go(self) -> None:
        for pool in self.pools:
            pool.submit(_close).result(timeout=20)
            pool.shutdown()


@contextmanager
def committed_rows(blocker: Any) -> Iterator[Hands]:
    """A database for a whole module, emptied at the end: for each test would take longer than the tests."""
    with blocker.unblock():
        hands = Hands()
        try:
            yield hands
        finally:
            hands.let_go()
            empty()
