"""A certificate: that somebody was there on every day. Whoever has its code may look whether it holds."""

import datetime as dt
import re
import secrets
from typing import TYPE_CHECKING, Self

import pghistory
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from courses.models.enrollments import Enrollment
from partners.models import Person

if TYPE_CHECKING:
    from partners.models import Someone

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0 O 1 I L, which people read for each other
CALM = dt.timedelta(minutes=10)
LENGTH = 12  # about 59 bits: at thirty tries a minute nobody guesses one


def new_code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))


def code_in(text: str) -> str:
    """The code that somebody typed or followed, without what stands between its parts."""
    return re.sub(r"[^0-9A-Za-z]", "", text).upper()[:40]


class CertificateQuerySet(models.QuerySet["Certificate"]):
    def visible_to(self, user: "Someone") -> Self:
        """Of the enrollments that this person sees."""
        return self.filter(enrollment__in=Enrollment.objects.visible_to(user))

    def shown_to(self, _user: "Someone", code: str) -> Self:
        """The one with this code, for anybody who has it."""
        return self.filter(code=code_in(code))

    def standing(self) -> Self:
        return self.filter(withdrawn_at__isnull=True)

    def to_tell(self, now: dt.datetime) -> Self:
        """Not told yet, and old enough that a slip of the finger has been put right."""
        return self.standing().filter(told_at__isnull=True, issued_at__lte=now - CALM)


@pghistory.track(exclude=["code", "told_at"], append_only=True)
class Certificate(models.Model):
    """Issued once for an enrollment; withdrawn when attendance is corrected, and valid again under the same code."""

    enrollment = models.OneToOneField(Enrollment, on_delete=models.PROTECT, related_name="certificate")
    code = models.CharField(max_length=LENGTH, unique=True, default=new_code, editable=False)
    issued_at = models.DateTimeField(default=timezone.now)
    told_at = models.DateTimeField(null=True, blank=True, help_text="When the person got the mail.")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = CertificateQuerySet.as_manager()

    class Meta:
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=False) | Q(withdrawn_by__isnull=True),
                name="courses_certificate_withdrawn_by_with_at",
            )
        ]
        indexes = [
            models.Index(fields=["issued_at"], name="courses_certificate_to_tell", condition=Q(told_at__isnull=True))
        ]

    def __str__(self) -> str:
        return self.short_code

    @property
    def short_code(self) -> str:
        """As it is printed: K7QX-2MPD-9RTW."""
        return "-".join(self.code[n : n + 4] for n in range(0, LENGTH, 4))

    @property
    def public_url(self) -> str:
        """Whole, for paper."""
        return f"{settings.SITE_URL}{reverse('courses:certificate_check', args=[self.short_code])}"

    @property
    def is_valid(self) -> bool:
        return self.withdrawn_at is None

    def withdraw(self, *, by: Person | None) -> None:
        """`by` is None when the days of the offering were changed."""
        self.withdrawn_at, self.withdrawn_by = timezone.now(), by
        self.save(update_fields=["withdrawn_at", "withdrawn_by"])

    def restore(self) -> None:
        self.withdrawn_at, self.withdrawn_by = None, None
        self.save(update_fields=["withdrawn_at", "withdrawn_by"])
