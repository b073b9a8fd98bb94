"""A visit of a coach to a site: tentative until both sides confirm; a confirmed one takes the coach's time."""

import datetime as dt
import uuid
from typing import Any, Self

import pghistory
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector
from django.db import models
from django.db.models import Exists, F, OuterRef, Q, Value
from django.db.models.lookups import IsNull
from django.utils import timezone

from coaching.models.kinds import ON_SITE, Kind, VisitSide
from coaching.models.requests import VisitRequest
from coaching.models.scopes import RecordScopes
from coaching.models.series import VisitSeries
from coaching.models.spans import Timed
from partners.lib.addresses import address_of
from partners.models import BusyTime, Person, Site, Someone
from partners.models.busy import kept_busy
from partners.models.partners import of_seen_partner

LONGEST = dt.timedelta(days=31, hours=12)  # 31 days, and the hours by which changes of clocks lengthen them
ON_BOARD = ("pk", "kind", "starts_at", "ends_at", "zone", "is_whole_days", "is_open", "sequence", "is_taken")
OTHERS_ON_BOARD = ("coach", "coach__name", "site__name", "site__partner", "site__partner__name")


def paired(at: str, by: str) -> Q:
    """A deed has a time and a person, or neither."""
    return Q(**{f"{at}__isnull": True, f"{by}__isnull": True}) | Q(**{f"{at}__isnull": False, f"{by}__isnull": False})


def _coached_by(person: Person) -> Q:
    """Visits of a coach, as long as they are one."""
    return Q(coach=person) if person.is_coach else Q(pk__in=())


class VisitQuerySet(RecordScopes["Visit"]):
    def visible_to(self, user: Someone) -> Self:
        """LEI's people see the whole board, partner people the visits at their partner."""
        if not user.is_authenticated:
            return self.none()
        if user.is_at_lei:
            return self
        return self.filter(of_seen_partner(user, "site__partner"))

    def editable_by(self, user: Someone) -> Self:
        """What is not cancelled may be moved and cancelled by LEI's staff, its coach, its partner's change agents."""
        if not user.is_authenticated:
            return self.none()
        return self.active() if user.is_lei_staff else self.active().answerable_by(user)

    def placeable_by(self, user: Someone) -> Self:
        """What may be put on another coach or another site: by LEI's staff only."""
        return self.active() if user.is_authenticated and user.is_lei_staff else self.none()

    def steerable_by(self, user: Someone) -> Self:
        """LEI's side of what stands, such as the way there: staff and its coach."""
        if not user.is_authenticated:
            return self.none()
        return self.active() if user.is_lei_staff else self.active().filter(_coached_by(user))

    def answerable_by(self, user: Someone) -> Self:
        """Visits for whose side this person speaks: their coach and the partner's change agents."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(_coached_by(user) | Q(site__partner__in=user.leads()))

    def confirmable_by(self, user: Someone) -> Self:
        """Tentative visits that wait for this person's side."""
        if not user.is_authenticated:
            return self.none()
        for_coach = _coached_by(user) & Q(coach_confirmed_at__isnull=True)
        for_partner = Q(site__partner__in=user.leads(), partner_confirmed_at__isnull=True)
        return self.tentative().filter(for_coach | for_partner)

    def with_rights_of(self, user: Person) -> Self:
        """Each row knows what this person may do: `may_confirm`, `may_edit`, `may_place`, `may_steer`."""
        this = self.model.objects.filter(pk=OuterRef("pk"))
        return self.annotate(
            may_confirm=Exists(this.confirmable_by(user)),
            may_edit=Exists(this.editable_by(user)),
            may_place=Exists(this.placeable_by(user)),
            may_steer=Exists(this.steerable_by(user)),
        )

    def of(self, person: Person) -> Self:
        """Visits this person takes part in: as coach or change agent, or because they asked for it or come along."""
        along = Q(request__asked_by=person) | Q(pk__in=person.visits_joined.order_by().values("pk"))
        there = of_seen_partner(person, "site__partner")
        return self.filter(Q(coach=person) | Q(site__partner__in=person.leads()) | along & there)

    def in_feed_of(self, person: Person, now: dt.datetime) -> Self:
        """What this person's calendar shows: what they take part in or what happens at their site, called off or not.

        From 90 days ago; what was cancelled more than 30 days ago is gone.
        """
        here = Q(site__in=person.assignments.current().values("site"))
        recent = Q(cancelled_at__isnull=True) | Q(cancelled_at__gt=now - dt.timedelta(days=30))
        part = self.filter(here | Q(pk__in=self.model.objects.of(person).values("pk")))
        return part.filter(recent, starts_at__gt=now - dt.timedelta(days=90)).order_by("starts_at", "pk")

    def active(self) -> Self:
        return self.filter(cancelled_at__isnull=True)

    def tentative(self) -> Self:
        return self.active().filter(confirmed_at__isnull=True)

    def confirmed(self) -> Self:
        return self.active().filter(confirmed_at__isnull=False)

    def cancelled(self) -> Self:
        return self.filter(cancelled_at__isnull=False)

    def on_site(self) -> Self:
        """Those for which the coach travels."""
        return self.filter(kind__in=ON_SITE)

    def in_another_zone(self, now: dt.datetime) -> Self:
        """What has not begun and whose site has got another zone since it was agreed on."""
        return self.active().filter(starts_at__gt=now).exclude(zone=F("site__zone"))

    def upcoming(self, now: dt.datetime) -> Self:
        """What is still to come or goes on at this moment, the next one first."""
        return self.active().filter(starts_at__gt=now - LONGEST, ends_at__gt=now).order_by("starts_at", "pk")

    def past(self, now: dt.datetime) -> Self:
        """What is over, the last one first."""
        return self.active().filter(ends_at__lte=now).order_by("-starts_at", "-pk")

    def between(self, start: dt.datetime, end: dt.datetime) -> Self:
        """Visits that touch the time from `start` to `end`; none is longer than LONGEST, so an index finds them."""
        return self.filter(starts_at__gt=start - LONGEST, starts_at__lt=end, ends_at__gt=start)

    def for_board(self, *, taken: bool = False) -> Any:
        """Only the values that the board shows, as plain rows in order: it reads many.

        `is_open` says that it is not confirmed; `is_taken` that the coach is at something else then, when asked.
        """
        is_taken = self._is_taken() if taken else Value(value=False)
        rows = self.annotate(is_open=IsNull(F("confirmed_at"), rhs=True), is_taken=is_taken)
        return rows.order_by("starts_at", "pk").values_list(*ON_BOARD, *OTHERS_ON_BOARD, named=True)

    def _is_taken(self) -> Any:
        start, end = OuterRef("starts_at"), OuterRef("ends_at")
        others = self.model.objects.active().filter(coach=OuterRef("coach")).exclude(pk=OuterRef("pk"))
        near = others.filter(starts_at__gt=start - LONGEST, starts_at__lt=end, ends_at__gt=start)
        busy = BusyTime.objects.filter(person=OuterRef("coach"), starts_at__lt=end, ends_at__gt=start)
        return Exists(near) | Exists(busy.exclude(kind=BusyTime.Kind.VISIT))


@pghistory.track(append_only=True)
class Visit(Timed):
    """One coach at one site for some days, half days or hours.

    `zone` is that of the site when the visit was placed or last moved: what is over keeps it when the site's is changed
    later. `sequence` rises with every change: calendars use it, and so does whoever changes the visit.
    """

    kind = models.CharField(max_length=8, choices=Kind, default=Kind.ONSITE)
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="visits")
    coach = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="visits", limit_choices_to={"is_coach": True}
    )
    purpose = models.TextField(max_length=1000)
    request = models.ForeignKey(VisitRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="visits")
    series = models.ForeignKey(VisitSeries, on_delete=models.PROTECT, null=True, blank=True, related_name="visits")
    co_workers = models.ManyToManyField(Person, related_name="visits_joined", blank=True, help_text="Who comes along.")
    others = models.CharField("others who come", max_length=200, blank=True, help_text="Without an account here.")
    logistics = models.TextField(max_length=1500, blank=True, help_text="Where to meet, how to get in, what to wear.")
    placed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    placed_at = models.DateTimeField(default=timezone.now)
    partner_confirmed_at = models.DateTimeField(null=True, blank=True)
    partner_confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    coach_confirmed_at = models.DateTimeField(null=True, blank=True)
    coach_confirmed_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text="When both sides had confirmed.")
    moved_at = models.DateTimeField(null=True, blank=True)
    moved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    cancel_reason = models.CharField("reason", max_length=300, blank=True)
    declined_for = models.CharField(
        max_length=7,
        choices=VisitSide,
        blank=True,
        help_text="Which side said no; why, says the cancelling.",
    )
    invited_at = models.DateTimeField(
        null=True,
        blank=True,
        editable=False,
        help_text="When it first went into calendars, which then hear of changes.",
    )
    in_calendars_of = models.ManyToManyField(Person, related_name="+", blank=True, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    sequence = models.PositiveIntegerField(default=0, editable=False)
    proposal = models.PositiveIntegerField(
        default=0, editable=False, help_text="The sequence with which this time and this coach were proposed."
    )

    may_read_record: bool  # these two come with `with_record_rights_of`
    may_record: bool

    objects = VisitQuerySet.as_manager()

    class Meta:
        ordering = ("starts_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")),
                name="coaching_visit_ends_after_start",
                violation_error_message="The end is after the start.",
            ),
            models.CheckConstraint(
                condition=Q(ends_at__lte=F("starts_at") + LONGEST),
                name="coaching_visit_not_endless",
                violation_error_message="A visit lasts at most 31 days: plan a second one for the rest.",
            ),
            models.CheckConstraint(
                condition=paired("partner_confirmed_at", "partner_confirmed_by"),
                name="coaching_visit_partner_confirmed_at_with_by",
            ),
            models.CheckConstraint(
                condition=paired("coach_confirmed_at", "coach_confirmed_by"),
                name="coaching_visit_coach_confirmed_at_with_by",
            ),
            models.CheckConstraint(
                condition=paired("moved_at", "moved_by"),
                name="coaching_visit_moved_at_with_by",
            ),
            models.CheckConstraint(
                condition=Q(
                    confirmed_at__isnull=False, partner_confirmed_at__isnull=False, coach_confirmed_at__isnull=False
                )
                | Q(confirmed_at__isnull=True, partner_confirmed_at__isnull=True)
                | Q(confirmed_at__isnull=True, coach_confirmed_at__isnull=True),
                name="coaching_visit_confirmed_by_both",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True, cancelled_by__isnull=True, cancel_reason="")
                | (Q(cancelled_at__isnull=False, cancelled_by__isnull=False) & ~Q(cancel_reason="")),
                name="coaching_visit_cancelled_at_with_by_and_reason",
            ),
            models.CheckConstraint(
                condition=Q(declined_for="") | Q(cancelled_at__isnull=False, confirmed_at__isnull=True),
                name="coaching_visit_declined_before_confirmed",
            ),
            models.UniqueConstraint(
                fields=["request"], condition=Q(cancelled_at__isnull=True), name="coaching_visit_answers_request_once"
            ),
        ]
        indexes = [
            models.Index(fields=["starts_at"], name="coaching_visit_starts"),
            models.Index(fields=["coach", "starts_at"], name="coaching_visit_coach_starts"),
            models.Index(fields=["site", "starts_at"], name="coaching_visit_site_starts"),
            GinIndex(SearchVector("purpose", config="english"), name="coaching_visit_purpose"),
        ]
        triggers = [
            kept_busy(
                kind=BusyTime.Kind.VISIT,
                columns=("confirmed_at", "cancelled_at"),
                condition="NEW.confirmed_at IS NOT NULL AND NEW.cancelled_at IS NULL",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} at {self.site}"

    def get_absolute_url(self) -> str:
        return address_of("coaching:visit_detail", self.pk)

    @property
    def is_cancelled(self) -> bool:
        return self.cancelled_at is not None

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None and self.cancelled_at is None

    @property
    def is_tentative(self) -> bool:
        return self.confirmed_at is None and self.cancelled_at is None

    @property
    def is_on_site(self) -> bool:
        return Kind(self.kind).is_on_site

    def people(self) -> list[Person]:
        """Who takes part: coach, change agents, and whoever asked or comes along and is still at the partner."""
        partner = self.site.partner
        people = [self.coach, *Person.objects.change_agents_of(partner)]
        along = Q(visits_joined=self) | Q(pk=self.request.asked_by_id if self.request else None)
        people += Person.objects.at_partner(partner).filter(along).exclude(pk__in=[p.pk for p in people]).distinct()
        return people
