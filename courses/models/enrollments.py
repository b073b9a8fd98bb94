"""Who asked for a seat, who has one, who waits; the database counts the seats and keeps every change."""

import datetime as dt
from typing import TYPE_CHECKING, Self

import pghistory
from django.conf import settings
from django.db import connections, models
from django.db.models import F, Q
from django.utils import timezone

from courses.models import seats
from courses.models.groups import Group
from courses.models.lateness import RULES, Lateness
from courses.models.offerings import Offering
from courses.models.scopes import OnTheWayToWork
from partners.models import Partner, Person

if TYPE_CHECKING:
    from partners.models import Someone


class State(models.TextChoices):
    ASKED = "asked", "Asked"
    APPROVED = "approved", "Waiting for a seat"
    OFFERED = "offered", "Seat offered"
    ENROLLED = "enrolled", "Enrolled"
    DECLINED = "declined", "Declined"
    CANCELLED = "cancelled", "Cancelled"
    ATTENDED = "attended", "Attended"
    LAPSED = "lapsed", "Offer lapsed"


SEATED = (State.ENROLLED, State.ATTENDED)
TAKING = (State.OFFERED, *SEATED)  # each takes one seat of its offering; the triggers of seats.py count these
ENDED = (State.DECLINED, State.CANCELLED, State.LAPSED)
IN_LINE = (F("moved_up_at").asc(nulls_last=True), "approved_at", "pk")


def ended(state: State, name: str) -> models.CheckConstraint:
    """The state is entered together with its time and its person, and with nothing less."""
    both = Q(**{f"{state}_at__isnull": False, f"{state}_by__isnull": False})
    none = Q(**{f"{state}_at__isnull": True, f"{state}_by__isnull": True})
    return models.CheckConstraint(condition=Q(state=state) & both | ~Q(state=state) & none, name=name)


class EnrollmentQuerySet(OnTheWayToWork["Enrollment"]):
    def visible_to(self, user: "Someone") -> Self:
        """One's own, those of partners one leads or coaches, and of offerings one teaches; LEI's staff see all."""
        if not user.is_authenticated:
            return self.none()
        if user.sees_all_partners:
            return self.all()
        seen = Q(person=user) | Q(partner__in=user.leads())
        if user.is_coach:
            seen |= Q(partner__in=user.coaches_at())
            seen |= Q(offering__in=user.taught_offerings.values("pk"))
        return self.filter(seen)

    def approvable_by(self, user: "Someone") -> Self:
        """Those this person says yes or no to: the partner's change agents, and LEI's staff."""
        if not user.is_authenticated:
            return self.none()
        if user.sees_all_partners:
            return self.all()
        return self.filter(partner__in=user.leads())

    def editable_by(self, user: "Someone") -> Self:
        """Those this person may cancel: one's own, and those one approves."""
        if not user.is_authenticated:
            return self.none()
        if user.sees_all_partners:
            return self.all()
        return self.filter(Q(person=user) | Q(partner__in=user.leads()))

    def steerable_by(self, user: "Someone") -> Self:
        """Those given back too late which this person may let not count: LEI's staff."""
        is_staff = user.is_authenticated and user.sees_all_partners
        return self.filter(given_back_late=True) if is_staff else self.none()

    def of(self, person: Person) -> Self:
        """Those in which this person takes part, or asked to."""
        return self.filter(person=person).living()

    def upcoming(self, now: dt.datetime) -> Self:
        return self.filter(offering__in=Offering.objects.upcoming(now))

    def living(self) -> Self:
        return self.exclude(state__in=ENDED)

    def asked(self) -> Self:
        return self.filter(state=State.ASKED)

    def late(self) -> Self:
        """Asked for after the freeze date without the code, and not answered yet."""
        return self.asked().filter(let_in_by_code=False).exclude(late_because="")

    def to_be_answered_by(self, user: Person) -> Self:
        """Requests whose next answer is this person's: one that a partner has passed on waits for LEI."""
        asked = self.approvable_by(user).asked()
        return asked if user.sees_all_partners else asked.filter(passed_on_at__isnull=True)

    def listed(self) -> Self:
        """Those on the list, and those whose seat was given back too late."""
        return self.filter(~Q(state__in=ENDED) | Q(given_back_late=True))

    def seated(self) -> Self:
        return self.filter(state__in=SEATED)

    def waiting(self) -> Self:
        """Those who wait for a seat, the first in line first."""
        return self.filter(state=State.APPROVED).order_by(*IN_LINE)

    def taking(self) -> Self:
        """Those that take a seat: it is theirs, or held while it is offered to them."""
        return self.filter(state__in=TAKING)

    def offered_until(self, now: dt.datetime) -> Self:
        """Those whose offer ran out by this moment."""
        return self.filter(state=State.OFFERED, offered_until__lte=now)

    def untold(self) -> Self:
        """Those whose last change the person has not been told yet."""
        return self.filter(to_tell_at__isnull=False)

    def approve(self, pk: int, *, by: Person) -> str:
        """Approve one that is asked, in one statement, and return its new state; "" if it is not asked any more.

        Other querysets' filters do not apply: who may approve is settled before.
        """
        with connections[self.db].cursor() as cursor:
            cursor.execute(seats.APPROVE, {"enrollment": pk, "by": by.pk})
            row = cursor.fetchone()
        return str(row[0]) if row else ""

    def for_page(self) -> Self:
        return self.select_related(
            "offering__course", "offering__site", "person", "partner", "group", "certificate", "passed_on_by"
        )


@pghistory.track(exclude=["to_tell_at"], append_only=True)
class Enrollment(Lateness):
    """One person and one offering. It is ended, never deleted; asking again makes a new one."""

    State = State

    offering = models.ForeignKey(Offering, on_delete=models.PROTECT, related_name="enrollments")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="enrollments")
    partner = models.ForeignKey(
        Partner,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="enrollments",
        help_text="Where the person worked at the time; empty for people of LEI.",
    )
    state = models.CharField(max_length=10, choices=State, default=State.ASKED)
    asked_at = models.DateTimeField(default=timezone.now)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    moved_up_at = models.DateTimeField("put first in line at", null=True, blank=True)
    moved_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    moved_up_because = models.CharField("put first because", max_length=300, blank=True)
    group = models.ForeignKey(
        Group,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="enrollments",
        help_text="Those with whom the person goes.",
    )
    over_because = models.CharField(
        "beyond the allotment because", max_length=300, blank=True, help_text="Why the partner got one seat more."
    )
    instead_of = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="successor",
        help_text="Whose place it was.",
    )
    offered_at = models.DateTimeField(null=True, blank=True)
    offered_until = models.DateTimeField(null=True, blank=True, help_text="Until then a seat is held for the person.")
    enrolled_at = models.DateTimeField(null=True, blank=True)
    attended_at = models.DateTimeField("attendance noted at", null=True, blank=True)
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(max_length=300, blank=True, help_text="Why it was declined or cancelled.")
    to_tell_at = models.DateTimeField(null=True, blank=True, editable=False)  # since when its state waits to be told

    objects = EnrollmentQuerySet.as_manager()

    class Meta:
        ordering = ("-asked_at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=["offering", "person"],
                condition=~Q(state__in=ENDED),
                name="courses_enrollment_once",
                violation_error_message="This person is already enrolled here or has asked.",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False),
                name="courses_enrollment_approved_at_with_by",
            ),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=False) | Q(state__in=(State.ASKED, *ENDED)),
                name="courses_enrollment_approved_first",
            ),
            models.CheckConstraint(
                condition=Q(enrolled_at__isnull=False) | ~Q(state__in=SEATED),
                name="courses_enrollment_seat_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(state=State.ATTENDED) & Q(attended_at__isnull=False)
                | ~Q(state=State.ATTENDED) & Q(attended_at__isnull=True),
                name="courses_enrollment_attended_has_a_time",
            ),
            models.CheckConstraint(
                condition=Q(offered_at__isnull=False, offered_until__gt=F("offered_at"))
                | Q(offered_at__isnull=True, offered_until__isnull=True) & ~Q(state__in=(State.OFFERED, State.LAPSED)),
                name="courses_enrollment_offered_with_its_end",
            ),
            models.CheckConstraint(
                condition=Q(moved_up_at__isnull=True, moved_up_by__isnull=True, moved_up_because="")
                | Q(moved_up_at__isnull=False, moved_up_by__isnull=False) & ~Q(moved_up_because=""),
                name="courses_enrollment_put_first_with_a_reason",
            ),
            ended(State.DECLINED, "courses_enrollment_declined_at_with_by"),
            ended(State.CANCELLED, "courses_enrollment_cancelled_at_with_by"),
            *RULES,
        ]
        indexes = [
            models.Index(fields=["-asked_at", "-id"], name="courses_enrollment_newest"),
            models.Index(
                fields=["offering", "moved_up_at", "approved_at", "id"],
                name="courses_enrollment_line",
                condition=Q(state=State.APPROVED),
            ),
            models.Index(fields=["offered_until"], name="courses_enrollment_offers", condition=Q(state=State.OFFERED)),
            models.Index(fields=["partner", "-asked_at"], name="courses_enrollment_asked", condition=Q(state="asked")),
            models.Index(fields=["partner", "-asked_at", "-id"], name="courses_enrollment_partner"),
            models.Index(
                fields=["to_tell_at"], name="courses_enrollment_untold", condition=Q(to_tell_at__isnull=False)
            ),
        ]
        triggers = seats.OF_ENROLLMENTS

    def __str__(self) -> str:
        return f"{self.person} in {self.offering}"

    @property
    def has_seat(self) -> bool:
        return self.state in SEATED

    @property
    def is_living(self) -> bool:
        return self.state not in ENDED

    @property
    def is_asked(self) -> bool:
        return self.state == State.ASKED

    @property
    def may_end(self) -> bool:
        """It can still be cancelled."""
        return self.state in {State.ASKED, State.APPROVED, State.OFFERED, State.ENROLLED}

    @property
    def may_be_handed_over(self) -> bool:
        """Somebody else can still go instead, until the offering begins."""
        return self.state in {State.APPROVED, State.ENROLLED}

    @property
    def is_waiting(self) -> bool:
        return self.state == State.APPROVED

    @property
    def is_offered(self) -> bool:
        return self.state == State.OFFERED

    @property
    def place_in_line(self) -> int:
        """1 for the first of those who wait here; one query."""
        line = Enrollment.objects.waiting().filter(offering=self.offering_id)
        return next((n for n, pk in enumerate(line.values_list("pk", flat=True), 1) if pk == self.pk), 0)
