"""What kind of coaching a visit is, and whose word it needs."""

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


class VisitSide(models.TextChoices):
    """Both confirm a visit, each for itself."""

    COACH = "coach", "Coach"
    PARTNER = "partner", "Partner"
