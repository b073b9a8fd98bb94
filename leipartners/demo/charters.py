"""The charters of the first six partners: versions and acknowledgements, reflections, the account of coach days."""

import datetime as dt
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.utils import timezone

from coaching.account import entries_lacking
from coaching.actions.charter_telling import ask_to_acknowledge, owe_renewal, settle_acknowledging
from coaching.actions.days import grants_lacking
from coaching.charters import coach_days, in_force
from coaching.models import Charter, CharterVersion, Reflection, ShortNotice, Side, Visit
from coaching.models.charters import ONE_DAY, Year, anniversary
from leipartners.demo.people import Ground
from leipartners.demo.visits import AREAS
from partners.actions import allot
from partners.models import Partner, Person, Role, Site

YEARS = 3  # of one charter
SIGNED = dt.time(15, 10)
CHANGED_AFTER = dt.timedelta(days=430)
PURPOSE = (
    "{priority}: the people who do the work see their problems early, and solve them at the root. In three years the "
    "middle managers of {place} coach each other without us."
)
ALIGNMENT = "It serves “{priority}”, which {name} put first among its priorities. Every sheet names the one it serves."
RIGHT = "We begin where the customer waits longest, in {area}, and go on when those who work there teach it themselves."
CADENCE = "Two or three days on site each month, a call in between, a review of the year in the last month."
CONFIDENTIAL = "Names of people in incidents, figures of cost, and whatever a coach is told in private."
WHY = "{site} asked to join after a visit to {first}; it needs days of its own."
ASKED = "Visits were moved late three times this year: we ask for three weeks' notice."
WAIVED = "An infection on the ward is nobody’s choice; we will come as soon as it is open."
EXPECTED = ("One site would show the way and the others would follow.", "The senior team would lead it from the top.")
HAPPENED = (
    "Two managers in the middle did most of it; the walks that counted were theirs.",
    "{site} kept what it gained while its manager was there, and lost half of it when she moved.",
)
LEARNED = ("Where somebody asks every day, it lives.", "Name who checks before the farewell, not after it.")
NEXT = ("Coach the managers, not the project team.", "Begin each visit with what was promised at the last one.")


def write_charters(ground: Ground) -> int:
    """Write charters of three years each since the partner joined; returns how many. The last one of Corvane Aerospace
    has a change that waits for the partner.
    """
    staff = next(person for person in ground.lei.values() if person.is_lei_staff)
    partners = ground.partners[:6]
    found = [charter for partner in partners for charter in _Writer(ground, partner, staff).write()]
    _short_notices(partners[0], staff)
    for partner in partners:
        _account(partner)
    for charter in Charter.objects.agreed().ending(ground.today).select_related("partner"):
        owe_renewal(charter)
        Charter.objects.filter(pk=charter.pk).update(asked_end_for=charter.ends_on)
    _propose_change(found, ground, staff)
    return len(found)


class _Writer:
    """Writes the charters of one partner."""

    def __init__(self, ground: Ground, partner: Partner, staff: Person) -> None:
        self.ground, self.partner, self.staff = ground, partner, staff
        self.sites = [site for site in ground.sites if site.partner_id == partner.pk]
        self.agents = [row.person for row in ground.people_of(partner, Role.CHANGE_AGENT)]
        sponsors = [row.person for row in ground.people_of(partner, Role.SPONSOR)]
        self.sponsor = sponsors[0] if sponsors else None
        self.coaches = list(partner.coaches.order_by("pk"))
        self.days = _days_a_year(partner, ground.today)

    def write(self) -> list[Charter]:
        charters: list[Charter] = []
        begins_on = self.partner.joined_on
        while begins_on <= self.ground.today:
            charters.append(self._charter(begins_on, charters[-1] if charters else None))
            begins_on = anniversary(begins_on, YEARS)
        return charters

    def _charter(self, begins_on: dt.date, former: Charter | None) -> Charter:
        ends_on = anniversary(begins_on, YEARS) - ONE_DAY
        charter = Charter.objects.create(
            partner=self.partner, begins_on=begins_on, ends_on=ends_on, renews=former, made_by=self.staff
        )
        self._version(charter, 1, begins_on - dt.timedelta(days=20), self.sites[: 2 if former is None else 4])
        changed_on = begins_on + CHANGED_AFTER
        if changed_on < self.ground.today:
            self._version(charter, 2, changed_on, self.sites[: 3 if former is None else 5])
        allot_at(charter, self.ground.today)
        for year in charter.years():
            if year.last_on < self.ground.today:
                self._reflect(charter, year)
        return charter

    def _version(self, charter: Charter, number: int, day: dt.date, sites: list[Site]) -> None:
        at = dt.datetime.combine(day, SIGNED, dt.UTC)
        names = {"name": self.partner.name, "place": sites[0].name, "site": sites[-1].name, "first": sites[0].name}
        names |= {"priority": self.partner.priorities.order_by("pk")[0].name, "area": AREAS[self.partner.name][0]}
        version = CharterVersion.objects.create(
            charter=charter, number=number, purpose=PURPOSE.format(**names), alignment=ALIGNMENT.format(**names),
            right_things=RIGHT.format(**names), sponsor=self.sponsor, days_per_year=self.days + 6 * (number - 1),
            cadence=CADENCE, notice_days=10, confidential=CONFIDENTIAL, begins_on=charter.begins_on,
            ends_on=charter.ends_on, why=WHY.format(**names) if number > 1 else "", proposed_by=self.staff,
            proposed_at=at,
        )  # fmt: skip
        version.sites.set(sites)
        version.change_agents.set(self.agents[:2])
        version.coaches.set(self.coaches)
        version.lei_acknowledged_at, version.lei_acknowledged_by = at, self.staff
        version.partner_acknowledged_by = self.sponsor or self.agents[0]
        version.partner_acknowledged_at = version.in_force_at = at + dt.timedelta(days=6)
        version.save()
        charter.in_force = version
        allot_at(charter, max(day, charter.begins_on))
        charter.save()

    def _reflect(self, charter: Charter, year: Year) -> None:
        at = dt.datetime.combine(year.last_on - dt.timedelta(days=9), SIGNED, dt.UTC)
        for number, (side, person) in enumerate(((Side.LEI, self.coaches[0]), (Side.PARTNER, self.agents[0]))):
            which = (year.number + number) % 2
            Reflection.objects.create(
                charter=charter, year=year.number, side=side, expected=EXPECTED[which],
                happened=HAPPENED[which].format(site=self.sites[0].name), learned=LEARNED[which],
                change_next=NEXT[which], written_by=person, written_at=at + dt.timedelta(days=number),
            )  # fmt: skip
        charter.reflected_until = year.number
        charter.save(update_fields=["reflected_until"])


def allot_at(charter: Charter, day: dt.date) -> None:
    """Grant what has begun by then, dated as it would have been."""
    entries = grants_lacking(charter, day=day)
    for entry in entries:
        entry.made_at = dt.datetime.combine(max(entry.begins_on, charter.begins_on), SIGNED, dt.UTC)
    allot(entries)


def _short_notices(partner: Partner, staff: Person) -> None:
    """Two visits were called off later than the charter allows; LEI waived the first."""
    visits = Visit.objects.cancelled().filter(site__partner=partner, confirmed_at__isnull=False, declined_for="")
    for visit in visits.select_related("site", "cancelled_by").order_by("starts_at"):
        charter = in_force(partner, on=visit.first_day)
        at, by = visit.cancelled_at, visit.cancelled_by
        if at is None or by is None or charter is None or charter.in_force is None:
            continue
        given, asked = (visit.first_day - at.astimezone(visit.tzinfo).date()).days, charter.in_force.notice_days
        if given < asked:
            waived = {} if ShortNotice.objects.filter(visit__site__partner=partner).exists() else _waived(at, staff)
            ShortNotice.objects.create(
                visit=visit, deed=ShortNotice.Deed.CANCELLED, **vars(visit.slot), days_given=given, days_asked=asked,
                version=charter.in_force, days=coach_days(visit), sequence=visit.sequence, by=by, at=at, **waived,
            )  # fmt: skip


def _waived(at: dt.datetime, staff: Person) -> dict[str, Any]:
    return {"waived_at": at + dt.timedelta(days=1), "waived_by": staff, "waive_reason": WAIVED}


def _account(partner: Partner) -> None:
    """What the partner's visits hold and used, dated as it would have been."""
    visits = list(Visit.objects.filter(site__partner=partner).select_related("site"))
    ends = {f"visit:{visit.pk}": (visit.confirmed_at, visit.cancelled_at or visit.ends_at) for visit in visits}
    entries = entries_lacking(visits, now=timezone.now())
    for entry in entries:
        confirmed_at, ends_at = ends[entry.about]
        entry.made_at = (confirmed_at if entry.kind == "held" else ends_at) or ends_at
    allot(entries)


def _days_a_year(partner: Partner, today: dt.date) -> Decimal:
    """About what its visits have taken until today, so that the account of each year is near its charter."""
    visits = Visit.objects.confirmed().filter(site__partner=partner, ends_at__lte=timezone.now()).select_related("site")
    taken = sum((coach_days(visit) for visit in visits), Decimal(0))
    years = Decimal(max((today - partner.joined_on).days, 1)) / 365
    return max((taken / years).quantize(Decimal(1), ROUND_HALF_UP), Decimal(6))


def _propose_change(charters: list[Charter], ground: Ground, staff: Person) -> None:
    charter = next(row for row in reversed(charters) if row.partner == ground.partners[1])
    last = charter.versions.for_page()[0]
    lists = {name: list(getattr(last, name).all()) for name in ("sites", "change_agents", "coaches")}
    version = CharterVersion.objects.get(pk=last.pk)
    version.pk, version.number, version.notice_days, version.why = None, last.number + 1, 21, ASKED
    version.proposed_at, version.proposed_by, version.in_force_at = timezone.now() - dt.timedelta(days=4), staff, None
    version.partner_acknowledged_at = version.partner_acknowledged_by = None
    version.lei_acknowledged_at = version.lei_acknowledged_by = None
    version.save(force_insert=True)
    for name, rows in lists.items():
        getattr(version, name).set(rows)
    ask_to_acknowledge(version)
    version.lei_acknowledged_at, version.lei_acknowledged_by = version.proposed_at, staff
    version.save(update_fields=["lei_acknowledged_at", "lei_acknowledged_by"])
    settle_acknowledging(version, Side.LEI)
