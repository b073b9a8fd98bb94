"""What kind of coaching a visit is."""

from django.db import models


class Kind(models.TextChoices):
    ONSITE = "onsite", "On-site coaching"
    GEMBA = "gemba", "Gemba walk"
    REVIEW = "review", "A3 review"
    REMOTE = "remote", "Remote coaching"

    @property
    def is_on_site(self) -> bool:
        """Whether the coach travels there; reviews and remote coaching happen on screen."""
        return self in ON_SITE


ON_SITE = (Kind.ONSITE, Kind.GEMBA)
