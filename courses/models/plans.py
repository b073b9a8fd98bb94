"""What somebody will try at work after a course, and what became of it after 30, 60 and 90 days."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

import pghistory
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from a3.models import Sheet
from courses.models.enrollments import Enrollment
from courses.models.offerings import Offering
from courses.models.scopes import of_coaches, of_those_who_see
from partners.lib.addresses import address_of
from partners.models import Assignment, Person, Site

if TYPE_CHECKING:
    from partners.models import Someone

ASKED_AFTER = (30, 60, 90)  # days after the last day of the course
ASKED_AT = dt.time(8)  # by the clock of the place
PATIENCE = dt.timedelta(days=14)  # so long a question is only open; then it is unknown what became of it
LINK_HOLDS = dt.timedelta(days=30)  # a mail answers so long; after that one signs in


class Done(models.TextChoices):
    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NOT_YET = "not_yet", "Not yet"
    GAVE_UP = "gave_up", "I gave it up"


class Can(models.TextChoices):
    ALONE = "alone", "Alone"
    WITH_HELP = "with_help", "With help"
    NOT_YET = "not_yet", "Not yet"


class Much(models.TextChoices):
    YES = "yes", "Yes"
    PARTLY = "partly", "Partly"
    NO = "no", "No"


class Would(models.TextChoices):
    YES = "yes", "Yes"
    PARTLY = "partly", "Perhaps"
    NO = "no", "No"


def plan_key(enrollment_pk: int) -> str:
    """Of what is owed after the last day."""
    return f"plan:{enrollment_pk}"


def due_at(offering: Offering, after: int) -> dt.datetime:
    """The morning, at the place, so many days after the last day."""
    return dt.datetime.combine(offering.ends_on + dt.timedelta(days=after), ASKED_AT, offering.tzinfo)


def opens_at(offering: Offering) -> dt.datetime:
    """The last day has begun at the place."""
    return dt.datetime.combine(offering.ends_on, dt.time(), offering.tzinfo)


class ReactionQuerySet(models.QuerySet["Reaction"]):
    def visible_to(self, user: "Someone") -> Self:
        """Those named in `of_those_who_see`; not the manager."""
        return self.filter(of_those_who_see(user, at="enrollment__")) if user.is_authenticated else self.none()


class Reaction(models.Model):
    """What somebody says of a course on its last day: four taps and a line."""

    enrollment = models.OneToOneField(Enrollment, on_delete=models.CASCADE, related_name="reaction")
    recommends = models.CharField("Would you send a co-worker?", max_length=10, choices=Would)
    useful = models.CharField("Is it of use for your work?", max_length=10, choices=Much)
    could = models.CharField("Before the course, could you do what it teaches?", max_length=10, choices=Can)
    can = models.CharField("Can you do it now?", max_length=10, choices=Can)
    said = models.CharField("One line, if you like", max_length=300, blank=True)
    given_at = models.DateTimeField(default=timezone.now)

    objects = ReactionQuerySet.as_manager()

    class Meta:
        ordering = ("-given_at", "-pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(recommends__in=Much.values, useful__in=Much.values, could__in=Can.values)
                & Q(can__in=Can.values),
                name="courses_reaction_choices",
            )
        ]

    def __str__(self) -> str:
        return f"Reaction of {self.enrollment}"


class ApplicationPlanQuerySet(models.QuerySet["ApplicationPlan"]):
    def visible_to(self, user: "Someone") -> Self:
        """Those named in `of_those_who_see`, and the manager whom the person named, as long as they work there."""
        if not user.is_authenticated:
            return self.none()
        seen = of_those_who_see(user, at="enrollment__")
        if not user.sees_all_partners:
            seen |= Q(enrollment__purpose__manager=user, enrollment__partner__in=user.works_at())
        return self.filter(seen)

    def editable_by(self, user: "Someone") -> Self:
        """One's own, as long as one works at the partner."""
        if not user.is_authenticated:
            return self.none()
        return self.filter(enrollment__person=user, enrollment__partner__in=user.works_at())

    def overseen_by(self, user: "Someone") -> Self:
        """Those about which this person may call: who teaches the offering, coaches the partner, or LEI's staff."""
        if not user.is_authenticated:
            return self.none()
        return self.all() if user.sees_all_partners else self.filter(of_coaches(user, at="enrollment__"))

    def taken_furthest(self) -> Self:
        """Done at the newest check, and either done at a check before too, or turned into a sheet."""
        done = FollowUp.objects.filter(plan=OuterRef("pk"), done=Done.YES, due_at__lt=OuterRef("latest_due_at"))
        return self.filter(Q(sheet__isnull=False) | Exists(done), latest=Done.YES)

    def stuck(self, now: dt.datetime) -> Self:
        """Given up or not begun at the newest check, or a check without an answer for two weeks."""
        return self.filter(Q(latest__in=(Done.NOT_YET, Done.GAVE_UP)) | Exists(unknown(now)))

    def for_page(self) -> Self:
        return self.select_related(
            "site", "enrollment__person", "enrollment__partner", "enrollment__offering__course",
            "enrollment__offering__site",
        ).prefetch_related("follow_ups")  # fmt: skip


@pghistory.track(exclude=["latest", "latest_due_at", "sheet"], append_only=True)
class ApplicationPlan(models.Model):
    """One person, one thing to try. It can be changed until the first check; the history keeps what it was."""

    enrollment = models.OneToOneField(Enrollment, on_delete=models.CASCADE, related_name="plan")
    what = models.TextField("What will you try?", max_length=500, help_text="One thing, small enough to begin.")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+", verbose_name="Where?")
    with_whom = models.CharField("With whom?", max_length=200)
    by_on = models.DateField("By when?")
    how_known = models.CharField(
        "How will you know?", max_length=300, help_text="What you will see or count that is different then."
    )
    sheet = models.OneToOneField(
        Sheet, on_delete=models.PROTECT, null=True, blank=True, related_name="application_plan"
    )
    written_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    latest = models.CharField(max_length=10, choices=Done, blank=True, editable=False)  # of the newest check answered
    latest_due_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = ApplicationPlanQuerySet.as_manager()

    class Meta:
        ordering = ("-written_at", "-pk")
        indexes = [models.Index(fields=["-written_at", "-id"], name="courses_plan_newest")]

    def __str__(self) -> str:
        return f"Plan of {self.enrollment}"

    def get_absolute_url(self) -> str:
        return address_of("courses:transfer_detail", self.enrollment_id)

    @property
    def checks(self) -> "list[FollowUp]":
        """In their order (after `for_page`)."""
        return sorted(self.follow_ups.all(), key=lambda row: row.due_at)

    def earlier(self) -> list[Any]:
        """What it said before it was changed, the latest first; one query."""
        rows: Any = self
        return list(rows.events.order_by("-pgh_id")[1:20])

    def is_fixed(self, now: dt.datetime) -> bool:
        """The first check has come (after `for_page`)."""
        return any(row.due_at <= now or row.answered_at for row in self.follow_ups.all())


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: "Someone") -> Self:
        """With its plan."""
        return self.filter(plan__in=ApplicationPlan.objects.visible_to(user))

    def answerable_by(self, user: "Someone") -> Self:
        """One's own, as long as one works at the partner."""
        return self.filter(plan__in=ApplicationPlan.objects.editable_by(user))

    def to_ask(self, now: dt.datetime) -> Self:
        """Open ones whose day has come and that were not asked yet: of people still there, of plans not given up."""
        there = Assignment.objects.current().filter(
            person=OuterRef("plan__enrollment__person"), site__partner=OuterRef("plan__enrollment__partner")
        )
        due = self.filter(answered_at__isnull=True, asked_at__isnull=True, due_at__lte=now)
        return due.filter(Exists(there), plan__enrollment__person__is_active=True).exclude(plan__latest=Done.GAVE_UP)

    def for_page(self) -> Self:
        return self.select_related(
            "plan__site", "plan__enrollment__person", "plan__enrollment__partner", "answered_by",
            "plan__enrollment__offering__course", "plan__enrollment__offering__site", "sheet",
        )  # fmt: skip


def unknown(now: dt.datetime) -> FollowUpQuerySet:
    """Checks of a plan (the outer query's) that nobody answered for two weeks."""
    late = FollowUp.objects.filter(plan=OuterRef("pk"), answered_at__isnull=True, due_at__lt=now - PATIENCE)
    return late.exclude(plan__latest=Done.GAVE_UP)


@pghistory.track(exclude=["asked_at"], append_only=True)
class FollowUp(models.Model):
    """Two questions on a day: did you do it, and what came of it. What nobody answers stays open, and is unknown."""

    plan = models.ForeignKey(ApplicationPlan, on_delete=models.CASCADE, related_name="follow_ups")
    after = models.PositiveSmallIntegerField(help_text="Days after the last day of the course.")
    due_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True, blank=True)
    done = models.CharField("Did you do it?", max_length=10, choices=Done, blank=True)
    words = models.TextField("What came of it, or what stood in the way?", max_length=500, blank=True)
    number = models.DecimalField("A number, if you have one", max_digits=14, decimal_places=4, null=True, blank=True)
    evidence = models.CharField("How do you know?", max_length=300, blank=True)
    sheet = models.ForeignKey(Sheet, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        ordering = ("plan", "due_at")
        constraints = [
            models.UniqueConstraint(fields=["plan", "after"], name="courses_follow_up_once"),
            models.CheckConstraint(condition=Q(done__in=["", *Done.values]), name="courses_follow_up_done"),
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by__isnull=True, done="")
                | Q(answered_at__isnull=False, answered_by__isnull=False) & ~Q(done=""),
                name="courses_follow_up_answered_at_with_by",
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="courses_follow_up_to_ask",
                condition=Q(answered_at__isnull=True, asked_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.after} days after {self.plan.enrollment.offering}"

    def get_absolute_url(self) -> str:
        return address_of("courses:follow_up_answer", self.pk)

    @property
    def key(self) -> str:
        """Of what is owed."""
        return f"follow-up:{self.pk}"

    @property
    def measured(self) -> str:
        """4.6, or nothing."""
        return f"{self.number.normalize():f}" if self.number is not None else ""

    def standing(self, now: dt.datetime) -> str:
        """One of Done, or "unknown" two weeks after nobody answered, "open" until then, "to_come" before its day."""
        if self.done:
            return self.done
        if self.due_at > now:
            return "to_come"
        return "unknown" if self.due_at < now - PATIENCE else "open"
