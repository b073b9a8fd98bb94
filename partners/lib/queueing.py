"""Handing work to Celery so that a dead queue never turns a save into an error."""

import logging
from functools import partial
from typing import Any

from celery import Task
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def enqueue(task: "Task[Any, Any]", *ids: int | list[int]) -> None:
    """Send the task once the transaction has committed.

    When the queue cannot be reached this is logged and nothing is lost: what must be done is a row, and a planner in
    `schedules` finds it again.
    """
    transaction.on_commit(partial(_send, task, ids))


def _send(task: "Task[Any, Any]", ids: tuple[int | list[int], ...]) -> None:
    try:
        task.delay(*ids)
    except (OperationalError, RedisError, OSError) as error:
        logger.warning("The queue is not reachable, %s%s waits for its planner: %s", task.name, ids, error)
