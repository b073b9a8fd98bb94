"""A version of a charter: what it says, and who acknowledged it for each side. Once written, its words stay."""

from functools import reduce
from operator import or_
from typing import Any, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from coaching.models.charters import Charter, Side
from coaching.models.visits import paired
from partners.models import Partner, Person, Site, Someone

FIXED = (
    "charter", "number", "purpose", "alignment", "right_things", "sponsor", "days_per_year", "cadence", "notice_days",
    "confidential", "begins_on", "ends_on", "why", "proposed_by", "proposed_at",
)  # fmt: skip
GIVEN = (*(f"{side}_acknowledged_{part}" for side in Side for part in ("at", "by")), "in_force_at")


def _differs(name: str) -> pgtrigger.Q:
    return pgtrigger.Q(**{f"old__{name}__df": pgtrigger.F(f"new__{name}")})


REWRITTEN = reduce(or_, map(_differs, FIXED))
TAKEN_BACK = reduce(or_, (pgtrigger.Q(**{f"old__{name}__isnull": False}) & _differs(name) for name in GIVEN))
# The lists of a version are written with it; later ones would slip in behind the signatures.
NOT_ACKNOWLEDGED = """
    IF EXISTS (SELECT 1 FROM coaching_charterversion WHERE id = NEW.version_id
               AND (lei_acknowledged_at IS NOT NULL OR partner_acknowledged_at IS NOT NULL)) THEN
        RAISE EXCEPTION 'a version that was acknowledged stays as it is' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
"""


class CharterVersionQuerySet(models.QuerySet["CharterVersion"]):
    def visible_to(self, user: Someone) -> Self:
        return self.filter(charter__in=Charter.objects.visible_to(user))

    def proposed(self) -> Self:
        """The one that waits for one side or both; a charter has at most one."""
        return self.filter(in_force_at__isnull=True, set_aside_at__isnull=True)

    def for_page(self) -> Self:
        """With all that its text names."""
        people = ("sponsor", "proposed_by", "lei_acknowledged_by", "partner_acknowledged_by")
        return self.select_related("charter__partner", *people).prefetch_related("sites", "change_agents", "coaches")


class CharterVersion(models.Model):
    """What the two sides agree on. A change is a new version, which is in force when both have acknowledged it."""

    charter = models.ForeignKey(Charter, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    purpose = models.TextField(max_length=2000)
    alignment = models.TextField("aligned with the strategic priorities", max_length=2000)
    right_things = models.TextField("the right things, customer and time", max_length=2000)
    sites = models.ManyToManyField(Site, through="CharterSite", related_name="+")
    sponsor = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    change_agents = models.ManyToManyField(Person, through="CharterAgent", related_name="+")
    coaches = models.ManyToManyField(Person, through="CharterCoach", related_name="+")
    days_per_year = models.DecimalField("coach days a year", max_digits=5, decimal_places=1)
    cadence = models.CharField(max_length=300)
    notice_days = models.PositiveSmallIntegerField("days of notice before a visit is cancelled or moved")
    confidential = models.TextField("what is confidential", max_length=2000, blank=True)
    begins_on = models.DateField("from")
    ends_on = models.DateField("to")
    why = models.CharField("what changes, and why", max_length=500, blank=True)
    proposed_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField(default=timezone.now)
    lei_acknowledged_at = models.DateTimeField(null=True, blank=True)
    lei_acknowledged_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    partner_acknowledged_at = models.DateTimeField(null=True, blank=True)
    partner_acknowledged_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    in_force_at = models.DateTimeField(null=True, blank=True, help_text="When both sides had acknowledged it.")
    set_aside_at = models.DateTimeField(
        null=True, blank=True, help_text="When another version was proposed instead, or the charter ended."
    )

    objects = CharterVersionQuerySet.as_manager()

    class Meta:
        ordering = ("-number",)
        constraints = [
            models.UniqueConstraint(fields=["charter", "number"], name="coaching_charter_version_number"),
            models.UniqueConstraint(
                fields=["charter"],
                condition=Q(in_force_at__isnull=True, set_aside_at__isnull=True),
                name="coaching_charter_version_one_proposed",
            ),
            models.CheckConstraint(
                condition=paired("lei_acknowledged_at", "lei_acknowledged_by"), name="coaching_charter_version_lei_by"
            ),
            models.CheckConstraint(
                condition=paired("partner_acknowledged_at", "partner_acknowledged_by"),
                name="coaching_charter_version_partner_by",
            ),
            models.CheckConstraint(
                condition=~Q(lei_acknowledged_by=F("partner_acknowledged_by")),
                name="coaching_charter_version_two_people",
                violation_error_message="Nobody acknowledges for both sides.",
            ),
            models.CheckConstraint(
                condition=Q(in_force_at__isnull=True)
                | Q(
                    lei_acknowledged_at__isnull=False, partner_acknowledged_at__isnull=False, set_aside_at__isnull=True
                ),
                name="coaching_charter_version_in_force_by_both",
            ),
            models.CheckConstraint(condition=Q(ends_on__gt=F("begins_on")), name="coaching_charter_version_in_order"),
            models.CheckConstraint(condition=Q(days_per_year__gt=0), name="coaching_charter_version_some_days"),
        ]
        triggers = [
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update, condition=REWRITTEN | TAKEN_BACK),
        ]

    def __str__(self) -> str:
        return f"Version {self.number} of the charter with {self.charter.partner}"

    @property
    def is_proposed(self) -> bool:
        return self.in_force_at is None and self.set_aside_at is None

    def acknowledged(self, side: Side) -> Any:
        """When a side acknowledged it, or None."""
        return getattr(self, f"{side}_acknowledged_at")

    @property
    def missing(self) -> list[str]:
        """Who has not acknowledged it, by name."""
        names = {Side.LEI: "LEI", Side.PARTNER: self.charter.partner.name}
        return [name for side, name in names.items() if self.acknowledged(side) is None]


class Listed(models.Model):
    """A line of one of a version's lists, written together with it."""

    version = models.ForeignKey(CharterVersion, on_delete=models.PROTECT, related_name="+")

    class Meta:
        abstract = True
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
            pgtrigger.Trigger(
                name="before_acknowledging", when=pgtrigger.Before, operation=pgtrigger.Insert, func=NOT_ACKNOWLEDGED
            ),
        ]


class CharterSite(Listed):
    site = models.ForeignKey(Site, on_delete=models.PROTECT, related_name="+")

    class Meta(Listed.Meta):
        constraints = [models.UniqueConstraint(fields=["version", "site"], name="coaching_charter_site_once")]

    def __str__(self) -> str:
        return str(self.site)


class CharterAgent(Listed):
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta(Listed.Meta):
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="coaching_charter_agent_once")]

    def __str__(self) -> str:
        return str(self.person)


class CharterCoach(Listed):
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")

    class Meta(Listed.Meta):
        constraints = [models.UniqueConstraint(fields=["version", "person"], name="coaching_charter_coach_once")]

    def __str__(self) -> str:
        return str(self.person)


def speaks_for(person: Person, partner: Partner) -> Side | None:
    """The side for which this person acknowledges: LEI's staff, or the partner's change agents and sponsors."""
    if person.is_at_lei:
        return Side.LEI if person.is_lei_staff else None
    led = Partner.objects.led_by(person) | Partner.objects.sponsored_by(person)
    return Side.PARTNER if led.filter(pk=partner.pk).exists() else None
