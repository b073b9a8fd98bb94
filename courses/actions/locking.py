"""The offering's row lock, which every change of its seats takes first: one at a time, and no deadlocks."""

from courses.models import Enrollment, Offering


def lock(offering_pk: int) -> Offering:
    """Return the offering as it is now; until the transaction ends nobody else changes its seats."""
    offerings = Offering.objects.select_for_update(of=("self",), no_key=True).select_related("course", "site")
    return offerings.get(pk=offering_pk)


def fresh(enrollment: Enrollment, offering: Offering) -> Enrollment:
    """Return the enrollment as it is now, with its people; the caller holds the offering's lock."""
    row = Enrollment.objects.select_related("person", "partner").get(pk=enrollment.pk)
    row.offering = offering
    return row
