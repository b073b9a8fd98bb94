"""Who reads how a course came to work: the scopes that plans, what is said of a course, and enrollments share."""

from typing import TYPE_CHECKING, Self

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q

from courses.models.lateness import CountedOnce
from partners.models import Person

if TYPE_CHECKING:
    from partners.models import Someone

SEATED = ("enrolled", "attended")


def of_those_who_see(user: Person, *, at: str) -> Q:
    """Who learned and still works there, the partner's change agents and coaches, who taught it, and LEI's staff."""
    if user.sees_all_partners:
        return Q()
    seen = Q(**{f"{at}person": user, f"{at}partner__in": user.works_at()}) | Q(**{f"{at}partner__in": user.leads()})
    return seen | of_coaches(user, at=at)


def of_coaches(user: Person, *, at: str) -> Q:
    """Of partners that this coach coaches, and of offerings that they teach."""
    if not user.is_coach:
        return Q(pk__in=[])
    taught = user.taught_offerings.values("pk")
    return Q(**{f"{at}partner__in": user.coaches_at()}) | Q(**{f"{at}offering__in": taught})


class OnTheWayToWork[M: models.Model](CountedOnce[M]):
    """What is asked of enrollments because of purposes and plans, and of teams."""

    def owned_by(self, user: "Someone") -> Self:
        """One's own, as long as one works at the partner."""
        return self.filter(person=user, partner__in=user.works_at()) if user.is_authenticated else self.none()

    def who_came(self) -> Self:
        """Those with a seat, but who are noted as not there, on each day that was noted."""
        noted = apps.get_model("courses", "Attendance").objects.filter(enrollment=OuterRef("pk"))
        absent = Exists(noted) & ~Exists(noted.filter(present=True))
        return self.filter(~absent, state__in=SEATED)

    def teamable_by(self, user: "Someone") -> Self:
        """Those with a seat whom this person may put into a team: whom they see, and at a Summit where they have a
        seat their co-workers, by name: those with a seat for the same partner, as long as one works there.
        """
        if not user.is_authenticated:
            return self.none()
        rows = apps.get_model("courses", "Enrollment").objects.filter(state__in=SEATED)
        own = rows.filter(person=user, partner__in=user.works_at(), offering__course__kind="summit")
        same = own.filter(offering=OuterRef("offering"), partner=OuterRef("partner"))
        return self.filter(Q(pk__in=rows.visible_to(user).values("pk")) | Exists(same), state__in=SEATED)

    def with_way_for(self, user: Person) -> Self:
        """Each comes with its purpose, reaction, plan and checks; `may_read_purpose` and `may_read_reaction` say which
        of the first two this person reads. The plan is read by all of `transfer_visible_to`.
        """
        purposes, reactions = (
            apps.get_model("courses", name).objects.visible_to(user).filter(enrollment=OuterRef("pk"))
            for name in ("Purpose", "Reaction")
        )
        rows = self.select_related("purpose__manager", "reaction", "plan__site").prefetch_related("plan__follow_ups")
        return rows.annotate(may_read_purpose=Exists(purposes), may_read_reaction=Exists(reactions))

    def transfer_visible_to(self, user: "Someone") -> Self:
        """Those of people of partners whose plan this person reads, as its manager too."""
        if not user.is_authenticated:
            return self.none()
        seen = of_those_who_see(user, at="")
        if not user.sees_all_partners:
            seen |= Q(purpose__manager=user, partner__in=user.works_at())
        return self.filter(seen, partner__isnull=False)
