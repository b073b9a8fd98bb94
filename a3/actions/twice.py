"""The same sent twice is one deed: a second click, or another try because the answer was lost on the way."""

import datetime as dt
from typing import Any

from django.db.models import Model, QuerySet
from django.utils import timezone

AGAIN = dt.timedelta(minutes=1)


def sent_before[M: Model](rows: QuerySet[M], *, at: str, **same: Any) -> M | None:
    """The row that says just this and was made within the last minute, as its field `at` tells.

    Ask while holding a lock for which the other one waits.
    """
    return rows.filter(**same, **{f"{at}__gt": timezone.now() - AGAIN}).order_by("pk").last()
