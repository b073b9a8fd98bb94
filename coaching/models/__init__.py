"""Requests for coaching, the visits that answer them, and each person's secret calendar feed."""

from coaching.models.feeds import CalendarFeed
from coaching.models.kinds import Kind
from coaching.models.requests import VisitRequest
from coaching.models.visits import Visit

__all__ = ["CalendarFeed", "Kind", "Visit", "VisitRequest"]
