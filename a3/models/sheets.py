"""A sheet: one problem, one owner, and whoever's turn it is."""

import datetime as dt
from typing import TYPE_CHECKING, Any, Self

import pgtrigger
from django.db import models
from django.db.models import F, Q, Value
from django.utils import timezone

from a3.models.rights import Rights, led_by, may_archive, may_remark, may_steer, named
from a3.models.rules import CASCADE, OF_THIS_PARTNER, WORDS_OF_TITLE
from a3.models.types import SheetType
from partners.lib.addresses import address_of
from partners.models import Partner, Person, Priority, Site

if TYPE_CHECKING:
    from partners.models import Someone

STALE_AFTER = dt.timedelta(days=3)  # then whoever holds the ball is reminded


class Audience(models.TextChoices):
    PARTNER = "partner", "Own partner"
    LEI = "lei", "Own partner and LEI"


class State(models.TextChoices):
    DRAFT = "draft", "Draft"
    IN_COACHING = "in_coaching", "In coaching"
    IN_AGREEMENT = "in_agreement", "In agreement"
    AGREED = "agreed", "Agreed"
    IN_TRIAL = "in_trial", "In trial"
    CHECKED = "checked", "Checked"
    STANDARDISED = "standardised", "Standardised"
    SUSTAINED = "sustained", "Sustained"
    SLIPPED = "slipped", "Slipped"
    ABANDONED = "abandoned", "Abandoned"


LOOKS = {  # tone and icon of the word that says the state
    State.DRAFT: ("", ""),
    State.IN_COACHING: ("shu", "message-square"),
    State.IN_AGREEMENT: ("ai", "users"),
    State.AGREED: ("ai", "check"),
    State.IN_TRIAL: ("yama", "footprints"),
    State.CHECKED: ("matsu", "square-check"),
    State.STANDARDISED: ("matsu", "book-open"),
    State.SUSTAINED: ("matsu", "trending-up"),
    State.SLIPPED: ("shu", "triangle-alert"),
    State.ABANDONED: ("", "ban"),
}


def code_of(pk: int) -> str:
    """What stands at the foot of the paper, such as A3-0412."""
    return f"A3-{pk:04d}"


LISTED = (
    "pk", "title", "state", "ball_since", "updated_at", "partner__name", "site_id", "site__name",
    "owner_id", "owner__name", "ball_id", "ball__name",
)  # fmt: skip


class SheetQuerySet(models.QuerySet["Sheet"]):
    def visible_to(self, user: "Someone") -> Self:
        """Its partner's people of today; of LEI who is named on it, and LEI where the sheet is shared with LEI.

        Staff and administrators then see every partner's, a coach those of the partners they coach. Who has left the
        partner sees none of its sheets any more, not even their own.
        """
        if not user.is_authenticated:
            return self.none()
        seen = Q(partner__in=user.works_at())
        if user.is_at_lei:
            shared = Q(audience=Audience.LEI)
            if not user.sees_all_partners:
                shared &= Q(partner__in=user.coaches_at())
            seen |= named(user) | shared
        return self.filter(seen)

    def editable_by(self, user: "Someone") -> Self:
        """One sheet, one owner: nobody else writes on it, and nobody while it is archived."""
        return self.visible_to(user).kept().filter(owner=user) if user.is_authenticated else self.none()

    def steerable_by(self, user: "Someone") -> Self:
        """Its owner and its coach say which state it is in."""
        return self.visible_to(user).kept().filter(may_steer(user)) if user.is_authenticated else self.none()

    def remarkable_by(self, user: "Someone") -> Self:
        """Those named on it, the partner's change agents, and LEI's people who see it."""
        return self.visible_to(user).kept().filter(may_remark(user)) if user.is_authenticated else self.none()

    def archivable_by(self, user: "Someone") -> Self:
        """Its owner and the partner's change agents put it in the archive and take it back."""
        return self.visible_to(user).filter(may_archive(user)) if user.is_authenticated else self.none()

    def held_by(self, user: "Someone") -> Self:
        """Sheets on which it is this person's turn."""
        return self.visible_to(user).kept().filter(ball=user) if user.is_authenticated else self.none()

    def kept(self) -> Self:
        """Not in the archive."""
        return self.filter(archived_at__isnull=True)

    def archived(self) -> Self:
        return self.filter(archived_at__isnull=False)

    def of(self, person: Person) -> Self:
        """Sheets this person is named on: as owner, coach or sponsor."""
        return self.filter(named(person))

    def stale(self, now: dt.datetime) -> Self:
        return self.filter(ball_since__lte=now - STALE_AFTER)

    def for_list(self) -> Any:
        """Only the values that a row of a list says, as plain rows: fifty rows of five tables are many objects."""
        return self.values_list(*LISTED, named=True)

    def with_head(self) -> Self:
        """What the head of the paper names; whoever's turn it is, is one of them: `holder`."""
        return self.select_related("partner", "site", "owner", "coach", "sponsor")

    def with_people(self) -> Self:
        """Everything that is said about a sheet beside it."""
        return self.with_head().select_related("type", "ball", "priority", "archived_by")

    def with_rights_of(self, user: Person) -> Self:
        """Each sheet knows `may_edit`, `may_remark`, `may_steer`, `may_hand_over`, `may_archive` for its buttons."""
        return self.annotate(
            reader=Value(user.pk), reader_is_at_lei=Value(user.is_at_lei), reader_leads_here=led_by(user)
        )


class Sheet(Rights):
    """One person owns it, never a team. Whose turn it is, and since when, is `ball` and `ball_since`."""

    type = models.ForeignKey(SheetType, on_delete=models.PROTECT, related_name="sheets")
    title = models.CharField(max_length=120)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, db_index=False, related_name="sheets")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, db_index=False, related_name="sheets")
    priority = models.ForeignKey(Priority, on_delete=models.PROTECT, null=True, blank=True, related_name="sheets")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="owned_sheets")
    coach = models.ForeignKey(
        Person, on_delete=models.PROTECT, db_index=False, null=True, blank=True, related_name="coached_sheets"
    )
    sponsor = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="sponsored_sheets"
    )
    audience = models.CharField("shared with", max_length=10, choices=Audience, default=Audience.PARTNER)
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    is_agreed_on = models.BooleanField(
        default=False, editable=False, help_text="Somebody has agreed to a round: each change is compared with it."
    )
    purpose = models.CharField("What is the purpose?", max_length=300, blank=True)
    alignment = models.CharField("Is it aligned with the business's strategic priorities?", max_length=300, blank=True)
    right_work = models.CharField(
        "Are we working on the right things for the right customer at the right time?", max_length=300, blank=True
    )
    ball = models.ForeignKey(Person, on_delete=models.PROTECT, db_index=False, related_name="held_sheets")
    ball_since = models.DateTimeField(default=timezone.now)
    round_number = models.PositiveSmallIntegerField(
        default=1, help_text="The round being written now; each hand-over freezes one and begins the next."
    )
    started_on = models.DateField(default=timezone.localdate)
    updated_at = models.DateTimeField(default=timezone.now)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="children")
    copied_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    archived_at = models.DateTimeField(null=True, blank=True)
    archived_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    archive_reason = models.CharField(max_length=300, blank=True)

    objects = SheetQuerySet.as_manager()

    class Meta:
        ordering = ("-updated_at", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(audience__in=Audience.values), name="a3_sheet_audience"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="a3_sheet_state"),
            models.CheckConstraint(condition=Q(round_number__gte=1), name="a3_sheet_rounds_count_from_one"),
            models.CheckConstraint(
                condition=Q(ball=F("owner"))
                | Q(coach__isnull=False, ball=F("coach"))
                | Q(sponsor__isnull=False, ball=F("sponsor")),
                name="a3_sheet_ball_with_someone_named",
                violation_error_message="It is the turn of the owner, the coach or the sponsor.",
            ),
            models.CheckConstraint(
                condition=Q(archived_at__isnull=True, archived_by__isnull=True, archive_reason="")
                | Q(archived_at__isnull=False, archived_by__isnull=False),
                name="a3_sheet_archived_at_with_by",
            ),
        ]
        indexes = [
            models.Index(fields=["-updated_at", "-id"], name="a3_sheet_newest"),
            models.Index(fields=["ball", "ball_since"], name="a3_sheet_held"),
            *(
                models.Index(fields=[name, "-updated_at", "-id"], name=f"a3_sheet_newest_of_{name}")
                for name in ("partner", "site", "owner", "coach", "ball", "state")
            ),
            models.Index(
                fields=["-updated_at", "-id"], condition=Q(archived_at__isnull=False), name="a3_sheet_newest_archived"
            ),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="of_this_partner",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("site_id", "partner_id", "priority_id"),
                func=OF_THIS_PARTNER,
            ),
            pgtrigger.Trigger(
                name="cascade",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("parent_id", "partner_id"),
                condition=pgtrigger.Condition("NEW.parent_id IS NOT NULL"),
                func=CASCADE,
            ),
            pgtrigger.Trigger(
                name="words_of_title",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("title"),
                func=WORDS_OF_TITLE,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return address_of("a3:sheet_detail", self.pk)

    @property
    def code(self) -> str:
        return code_of(self.pk)

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    @property
    def state_tone(self) -> str:
        return LOOKS[State(self.state)][0]

    @property
    def state_icon(self) -> str:
        return LOOKS[State(self.state)][1]

    @property
    def version(self) -> int:
        """What the paper calls its version: the round being written."""
        return self.round_number

    @property
    def holder(self) -> Person:
        """Whose turn it is, without another row read: one of those named on it, the database sees to that."""
        return next(person for person in self.named if person.pk == self.ball_id)

    @property
    def named(self) -> list[Person]:
        """Owner, coach and sponsor, each once."""
        return list(dict.fromkeys(person for person in (self.owner, self.coach, self.sponsor) if person))
