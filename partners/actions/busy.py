"""Taking turns with the calendar of one person of LEI."""

from django.db import connection

LOCK = 5711  # the class of our advisory locks: one per person


def queue_up(person_pk: int) -> None:
    """Wait, until this transaction ends, until nobody else writes into this person's times.

    Without it, many at once deadlock on the exclusion constraint of `BusyTime`.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCK, person_pk % 2**31])
