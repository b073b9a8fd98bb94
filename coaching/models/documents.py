"""Documents of a visit: a plan of the site, what to read before, what to sign at the gate."""

import secrets
from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from coaching.models.visits import Visit, paired
from partners.models import Person, Someone


def stored_name(document: "VisitDocument", _name: str) -> str:
    """A name of our own, with the ending of what it is."""
    return f"coaching/documents/{secrets.token_hex(16)}.{document.ending}"


class VisitDocumentQuerySet(models.QuerySet["VisitDocument"]):
    def visible_to(self, user: Someone) -> Self:
        """Whoever sees the visit, as long as it is there."""
        return self.standing().filter(visit__in=Visit.objects.visible_to(user))

    def editable_by(self, user: Someone) -> Self:
        """Whoever added it, and LEI's side of the visit: staff and its coach."""
        if not user.is_authenticated:
            return self.none()
        seen = self.visible_to(user)
        mine = Q(added_by=user) | (Q(visit__coach=user) if user.is_coach else Q(pk__in=()))
        return seen if user.is_lei_staff else seen.filter(mine)

    def standing(self) -> Self:
        return self.filter(removed_at__isnull=True)

    def for_page(self, user: Person) -> Self:
        """In order, with who added it, and whether this person may take it away."""
        mine = self.model.objects.editable_by(user).filter(pk=OuterRef("pk"))
        return self.select_related("added_by").annotate(may_remove=Exists(mine))


class VisitDocument(models.Model):
    """One file, looked at when it came in, kept apart from the web; taken away, its file is gone and its row stays."""

    visit = models.ForeignKey(Visit, on_delete=models.CASCADE, related_name="documents")
    file = models.FileField(upload_to=stored_name, blank=True)
    name = models.CharField(max_length=120, help_text="That of its sender, with the ending of what it is.")
    ending = models.CharField(max_length=4)
    size = models.PositiveIntegerField(help_text="In bytes.")
    sha256 = models.CharField(max_length=64)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)
    removed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    may_remove: bool  # comes with `for_page`

    objects = VisitDocumentQuerySet.as_manager()

    class Meta:
        ordering = ("added_at", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["visit", "sha256"], condition=Q(removed_at__isnull=True), name="coaching_document_once"
            ),
            models.CheckConstraint(
                condition=paired("removed_at", "removed_by"), name="coaching_document_removed_at_with_by"
            ),
            models.CheckConstraint(
                condition=Q(removed_at__isnull=False) | ~Q(file=""), name="coaching_document_has_its_file"
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("coaching:visit_document_file", args=[self.pk])
