"""A list of people that somebody takes in for one offering: what it says, and what becomes of each of its rows."""

import datetime as dt
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Q
from django.utils import timezone

from courses.models.offerings import Offering
from partners.lib.addresses import address_of

if TYPE_CHECKING:
    from partners.models import Someone

KEPT = dt.timedelta(days=14)


class Work(models.TextChoices):
    """What goes on with a list; what is more than a request takes is done by the clock's worker."""

    LOOKED_AT = "", "Waits for a look"
    READING = "reading", "Each row is looked up"
    ENTERING = "entering", "People are put down"


class Outcome(models.TextChoices):
    UNREAD = "unread", "Not looked up yet"
    HEADING = "heading", "Heading"
    # done by the action that enrolls
    READY = "ready", "Will be put down"
    # need a look
    UNKNOWN = "unknown", "Unknown person"
    SEVERAL = "several", "Several people have this name"
    DIFFERS = "differs", "Says another name or partner"
    NO_ADDRESS = "no_address", "No e-mail address"
    EMPTY = "empty", "Nobody named"
    INACTIVE = "inactive", "Account is closed"
    ELSEWHERE = "elsewhere", "At another partner"
    REFUSED = "refused", "Refused"
    # nothing to do
    ON_LIST = "on_list", "On the list already"
    TWICE = "twice", "Twice in this list"
    LEFT_OUT = "left_out", "Left out"
    # done
    SEATED = "seated", "Has a seat"
    WAITS = "waits", "Waits for a seat"


LOOK = (
    Outcome.UNKNOWN,
    Outcome.SEVERAL,
    Outcome.DIFFERS,
    Outcome.NO_ADDRESS,
    Outcome.EMPTY,
    Outcome.INACTIVE,
    Outcome.ELSEWHERE,
    Outcome.REFUSED,
)
IDLE = (Outcome.ON_LIST, Outcome.TWICE, Outcome.LEFT_OUT)
DONE = (Outcome.SEATED, Outcome.WAITS)
HIDDEN = (Outcome.UNREAD, Outcome.HEADING)
COUNTING = (Outcome.READY, Outcome.ON_LIST, *DONE)  # a second row of the same person is one too many


def turn_of(outcome: str) -> int:
    """What needs a look stands first, then what will be done, what was done, and what is nothing to do."""
    if outcome in LOOK:
        return 0
    if outcome == Outcome.READY:
        return 1
    return 2 if outcome in DONE else 3


class EnrollmentImportQuerySet(models.QuerySet["EnrollmentImport"]):
    def visible_to(self, user: "Someone") -> Self:
        """One's own only, as long as one may enroll others in that offering."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(made_by=user, offering__in=Offering.objects.approvable_by(user).values("pk"))

    def takeable(self, now: dt.datetime) -> Self:
        """There is work, and nobody is at it: or whoever was has been silent for too long."""
        free = Q(held_until__isnull=True) | Q(held_until__lt=now)
        return self.exclude(work=Work.LOOKED_AT).filter(free)

    def claim(self, pk: int, now: dt.datetime, until: dt.datetime) -> bool:
        """Take the work on one list; true for one caller only."""
        return self.takeable(now).filter(pk=pk).update(held_until=until) == 1

    def forgotten(self, now: dt.datetime) -> Self:
        return self.filter(made_at__lt=now - KEPT)


class EnrollmentImport(models.Model):
    """One list; it is its maker's business alone, and is forgotten after two weeks."""

    Work = Work

    offering = models.ForeignKey(Offering, on_delete=models.CASCADE, related_name="imports")
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField(default=timezone.now)
    name = models.CharField(max_length=200, blank=True, help_text="Of the file; empty when it was pasted.")
    read_as = models.CharField(max_length=40, blank=True)
    sheet = models.CharField(max_length=100, blank=True)
    digest = models.CharField(max_length=64)
    columns = models.JSONField(default=list)
    headings = models.PositiveSmallIntegerField(default=0, help_text="Lines above the people.")
    work = models.CharField(max_length=10, choices=Work, blank=True, default=Work.READING)
    held_until = models.DateTimeField(null=True, blank=True)

    objects = EnrollmentImportQuerySet.as_manager()

    class Meta:
        ordering = ("-made_at", "-pk")
        indexes = [
            models.Index(fields=["made_by", "offering", "-made_at"], name="courses_import_own"),
            models.Index(fields=["made_at"], name="courses_import_work", condition=~Q(work="")),
        ]

    def __str__(self) -> str:
        return self.name or "Pasted list"

    def get_absolute_url(self) -> str:
        return address_of("courses:import_detail", self.pk)

    @property
    def came_from(self) -> str:
        """The file, and how it was read where that was a guess."""
        sheet = f", sheet “{self.sheet}”" if self.sheet else ""
        letters = f", in letters of {self.read_as}" if self.read_as not in {"", "UTF-8"} else ""
        return f"{self}{sheet}{letters}"

    @property
    def forgotten_at(self) -> dt.datetime:
        return self.made_at + KEPT


class ImportRowQuerySet(models.QuerySet["ImportRow"]):
    def visible_to(self, user: "Someone") -> Self:
        return self.filter(of__in=EnrollmentImport.objects.visible_to(user).values("pk"))

    def shown(self) -> Self:
        return self.exclude(outcome__in=HIDDEN)

    def ready(self) -> Self:
        return self.filter(outcome=Outcome.READY).order_by("number")

    def to_do(self) -> Self:
        """Those that wait to be looked up or put down."""
        return self.filter(outcome__in=(Outcome.UNREAD, Outcome.READY))

    def counting(self) -> Self:
        return self.filter(outcome__in=COUNTING)

    def counts(self) -> dict[str, int]:
        """How many rows have each outcome."""
        found = self.order_by().values("outcome").annotate(n=Count("pk"))
        return {row["outcome"]: row["n"] for row in found}


class ImportRow(models.Model):
    """One row: its cells as they came, who it means, and what becomes of it."""

    Outcome = Outcome

    of = models.ForeignKey(EnrollmentImport, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField(help_text="In the file, as its program counts.")
    cells = models.JSONField(default=list)
    name = models.CharField(max_length=300, blank=True)
    email = models.CharField(max_length=300, blank=True)
    is_mended = models.BooleanField(default=False, help_text="Name and e-mail were written here, not read.")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    is_chosen = models.BooleanField(default=False, help_text="Its maker said that this is the person.")
    candidates = ArrayField(models.BigIntegerField(), default=list, blank=True)
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.UNREAD)
    says = models.CharField(max_length=400, blank=True)
    turn = models.PositiveSmallIntegerField(default=3)

    objects = ImportRowQuerySet.as_manager()

    class Meta:
        ordering = ("turn", "number", "pk")
        constraints = [
            models.UniqueConstraint(fields=["of", "number"], name="courses_importrow_once"),
            models.UniqueConstraint(
                fields=["of", "person"], condition=Q(outcome="ready"), name="courses_importrow_one_of_each"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | ~Q(outcome__in=(*COUNTING, Outcome.TWICE)),
                name="courses_importrow_ready_with_person",
            ),
        ]
        indexes = [
            models.Index(fields=["of", "turn", "number"], name="courses_importrow_shown"),
            models.Index(fields=["of", "number"], name="courses_importrow_next", condition=Q(outcome="ready")),
        ]

    def __str__(self) -> str:
        return f"Row {self.number}"

    @property
    def needs_look(self) -> bool:
        return self.outcome in LOOK

    @property
    def is_done(self) -> bool:
        return self.outcome in DONE

    def becomes(self, outcome: str, says: str = "") -> None:
        self.outcome, self.says, self.turn = outcome, says[:400], turn_of(outcome)
