"""The roof: settings, URLs, and the pages that show every app at once. Imported by nobody."""

from leipartners.celery import app as celery_app

__all__ = ["celery_app"]
