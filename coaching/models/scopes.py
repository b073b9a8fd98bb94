"""Who reads and who writes what was recorded at a visit: one rule, which walks, promises, memos and photos all use."""

from typing import Any, Self, cast

from django.db import models
from django.db.models import Exists, OuterRef, Q

from partners.models import Partner, Someone


class RecordScopes[M: models.Model](models.QuerySet[M]):
    """Mixed into the queryset of visits."""

    def with_record_visible_to(self, user: Someone) -> Self:
        """Visits whose record this person reads.

        Its coach does for ever, the partner's coaches while they are, the partner's people of today, and LEI's staff
        and administrators; LEI's other coaches see the visit on the board and not what was written there.
        """
        if not user.is_authenticated:
            return self.none()
        if user.sees_all_partners:
            return self
        seen = Q(site__partner__in=Partner.objects.visible_to(user))
        if user.is_at_lei:
            seen |= Q(coach=user)
        return self.filter(seen)

    def with_record_editable_by(self, user: Someone) -> Self:
        """Visits that stand and whose record this person writes: their coach does, and LEI's staff."""
        if not user.is_authenticated:
            return self.none()
        standing = self.filter(cancelled_at__isnull=True)
        if user.is_lei_staff:
            return standing
        return standing.filter(coach=user) if user.is_coach else self.none()

    def with_record_rights_of(self, user: Someone) -> Self:
        """Each row knows `may_read_record` and `may_record`."""
        this = cast("Any", self.model).objects.filter(pk=OuterRef("pk"))
        return self.annotate(
            may_read_record=Exists(this.with_record_visible_to(user)),
            may_record=Exists(this.with_record_editable_by(user)),
        )
