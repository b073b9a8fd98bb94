"""Six years of visits, the weeks around today with leave and travel, and what waits to be placed."""

import datetime as dt
from collections import defaultdict
from zoneinfo import ZoneInfo

from django.utils import timezone

from coaching.models import Visit, VisitRequest
from coaching.models.kinds import ON_SITE, Kind, VisitSide
from leipartners.demo.away import days_off, is_near, is_off, write_away
from leipartners.demo.people import Ground
from leipartners.demo.places import HOLIDAYS, ORGANISATIONS
from leipartners.demo.words import PURPOSES, REASONS
from partners.models import Partner, Person, Role, Site

# Blocks of a week as (weekday, days, kind); a free day between two keeps a coach from being in two zones at once.
WEEKS = (
    ((0, 2, Kind.ONSITE), (3, 1, Kind.REMOTE)),
    ((1, 2, Kind.GEMBA), (4, 1, Kind.REVIEW)),
    ((0, 3, Kind.ONSITE),),
    ((1, 1, Kind.GEMBA), (3, 1, Kind.REMOTE)),
    ((0, 1, Kind.REVIEW), (2, 2, Kind.ONSITE)),
    ((2, 1, Kind.REMOTE),),
)
AREAS = {organisation.name: organisation.areas for organisation in ORGANISATIONS}
CALLED_OFF = ((4, "The ward is closed for an infection."), (6, "The plant manager left, and nobody can host."))
MORNING, AFTER_LUNCH, EVENING = dt.time(8), dt.time(14), dt.time(16)


class Calendar:
    """Collects the visits of all coaches, week by week."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.random = ground.random
        self.this_week = ground.today - dt.timedelta(days=ground.today.weekday())
        self.staff = next(person for person in ground.lei.values() if person.is_lei_staff)
        self.sites: dict[int, list[Site]] = defaultdict(list)
        for site in ground.sites:
            self.sites[site.partner_id].append(site)
        self.agents = {p.pk: [a.person for a in ground.people_of(p, Role.CHANGE_AGENT)] for p in ground.partners}
        self.off = days_off(ground)
        self.rows: list[Visit] = []
        self.latest = timezone.now() - dt.timedelta(days=9)  # at the latest, so that all that follows has happened

    def fill(self, coach: Person, partners: list[Partner]) -> None:
        """All weeks of one coach, from the day the first of the partners joined until ten weeks from now."""
        first = min(partner.joined_on for partner in partners)
        monday = first - dt.timedelta(days=first.weekday()) + dt.timedelta(weeks=1)
        last = self.this_week + dt.timedelta(weeks=10)
        while monday < last:
            near = abs((monday - self.this_week).days) <= 14
            if coach.is_active or monday < self.this_week:
                self._week(coach, partners, monday, share=0.9 if near else 0.4)
            monday += dt.timedelta(weeks=1)

    def _week(self, coach: Person, partners: list[Partner], monday: dt.date, *, share: float) -> None:
        if self.random.random() > share:
            return
        joined = [partner for partner in partners if partner.joined_on <= monday] or partners[:1]
        for weekday, days, kind in self.random.choice(WEEKS):
            partner = self.random.choice(joined)
            sites = self.sites[partner.pk]
            at_work = min(len(sites), 1 + (monday - partner.joined_on).days // 240)  # sites join the work one by one
            site = sites[self.random.randrange(max(at_work, 1))]
            first = monday + dt.timedelta(days=weekday)
            if not self._is_off(coach, site, first, first + dt.timedelta(days=days - 1)):
                self.visit(coach, site, first, days, kind)

    def _is_off(self, coach: Person, site: Site, first: dt.date, last: dt.date) -> bool:
        """Whether the coach is on leave or the site closed on one of these days."""
        closed = {(month, day) for month, day, _ in HOLIDAYS[site.country]}
        days = (first + dt.timedelta(days=number) for number in range((last - first).days + 1))
        return is_off(self.off, coach, site, first, last) or any((day.month, day.day) in closed for day in days)

    def visit(self, coach: Person, site: Site, day: dt.date, days: int, kind: Kind) -> None:
        zone = ZoneInfo(site.zone)
        begin, end = (MORNING, EVENING) if kind.is_on_site else (dt.time(10), dt.time(11, 30))
        starts_at = dt.datetime.combine(day, begin, zone)
        visit = Visit(
            kind=kind,
            site=site,
            coach=coach,
            starts_at=starts_at,
            ends_at=dt.datetime.combine(day + dt.timedelta(days=days - 1), end, zone),
            zone=site.zone,
            purpose=self._purpose(site),
            placed_by=self.staff,
            placed_at=min(starts_at - dt.timedelta(days=self.random.randrange(20, 50)), self.latest),
        )
        self._state(visit)
        self.rows.append(visit)

    def _purpose(self, site: Site) -> str:
        original = site.partner.name.rstrip("0123456789 ")
        return self.random.choice(PURPOSES).format(area=self.random.choice(AREAS[original]))

    def _state(self, visit: Visit) -> None:
        """Past visits took place, near ones are confirmed, some far ones wait; one in thirty was called off."""
        agent = self.random.choice(self.agents[visit.site.partner_id])
        weeks_ahead = (visit.starts_at.date() - self.ground.today).days / 7
        waits = weeks_ahead > 0 and self.random.random() < min(0.15 + weeks_ahead / 10, 0.7)
        agreed = visit.placed_at + dt.timedelta(days=3)
        if not waits:
            visit.partner_confirmed_at, visit.partner_confirmed_by = agreed, agent
        if not waits or self.random.random() < 0.5:
            visit.coach_confirmed_at, visit.coach_confirmed_by = agreed, visit.coach
        visit.confirmed_at = None if waits else agreed
        if self.random.random() < 1 / 30:
            visit.cancelled_at, visit.cancelled_by = agreed + dt.timedelta(days=5), agent
            visit.cancel_reason = self.random.choice(REASONS)
            visit.declined_for = VisitSide.PARTNER if waits else ""


def plan_visits(ground: Ground) -> int:
    """Write the visits of every coach; returns how many."""
    calendar = Calendar(ground)
    coached: dict[int, list[Partner]] = defaultdict(list)
    by_pk = {partner.pk: partner for partner in ground.partners}
    for partner_pk, coach_pk in Partner.coaches.through.objects.order_by("pk").values_list("partner_id", "person_id"):
        coached[coach_pk].append(by_pk[partner_pk])
    for lap, coaches in enumerate(ground.coaches):
        for coach in coaches.values():
            calendar.fill(coach, coached[coach.pk] or ground.partners[6 * lap : 6 * lap + 6])
    _walk_today(calendar)
    _two_places_at_once(calendar)
    _called_off_late(calendar)
    Visit.objects.bulk_create(calendar.rows, batch_size=4000)
    write_away(ground, calendar.off, calendar.rows)
    _requests(ground)
    return len(calendar.rows)


def _walk_today(calendar: Calendar) -> None:
    """The coach who signs in walks today, where it is day now, so that there is a record to write on."""
    coach, now = calendar.ground.lei["Ken Obara"], timezone.now()
    sites = [site for partner in calendar.ground.partners[:2] for site in calendar.sites[partner.pk]]
    site = next((s for s in sites if MORNING <= now.astimezone(s.tzinfo).time() < AFTER_LUNCH), sites[0])
    today = now.astimezone(site.tzinfo).date()
    elsewhere = {id(row) for row in calendar.rows if row.coach == coach and _touches(row, today)}
    calendar.rows = [row for row in calendar.rows if id(row) not in elsewhere]
    calendar.off[coach.pk] = [span for span in calendar.off[coach.pk] if not is_near(span, today)]
    calendar.visit(coach, site, today, 1, Kind.GEMBA)
    row = calendar.rows[-1]
    row.cancelled_at, row.cancelled_by, row.cancel_reason = None, None, ""


def _touches(row: Visit, day: dt.date) -> bool:
    """On that day, or so near that clocks may differ."""
    return row.starts_at.date() - dt.timedelta(days=1) <= day <= row.ends_at.date() + dt.timedelta(days=1)


def _two_places_at_once(calendar: Calendar) -> None:
    """One tentative review overlaps a confirmed visit of the same coach, so that the board has a conflict to show."""
    soon = calendar.ground.today, calendar.ground.today + dt.timedelta(days=9)
    for row in calendar.rows:
        days = (row.ends_at.date() - row.starts_at.date()).days
        if row.confirmed_at and not row.cancelled_at and days and soon[0] <= row.starts_at.date() <= soon[1]:
            starts_at = row.starts_at + dt.timedelta(days=1, hours=2)
            site = next(site for site in calendar.ground.sites if _works_then(site, starts_at, row.site))
            calendar.rows.append(
                Visit(
                    kind=Kind.REVIEW,
                    site=site,
                    coach=row.coach,
                    starts_at=starts_at,
                    ends_at=starts_at + dt.timedelta(minutes=90),
                    zone=site.zone,
                    purpose="Read the third version of the sheet together before it goes to the sponsor.",
                    placed_by=calendar.staff,
                    placed_at=row.placed_at + dt.timedelta(days=6),
                )
            )
            return


def _called_off_late(calendar: Calendar) -> None:
    """Twice this year the first partner called a visit off a few days ahead; `charters` writes what follows."""
    partner, today = calendar.ground.partners[0], calendar.ground.today
    near = (today - dt.timedelta(days=170), today - dt.timedelta(days=12))
    found = [row for row in calendar.rows if row.site.partner_id == partner.pk and row.kind in ON_SITE]
    found = [row for row in found if near[0] < row.starts_at.date() < near[1] and row.confirmed_at]
    found.sort(key=_starts)
    for row, (days, reason) in zip(found[:1] + found[1:][-1:], CALLED_OFF, strict=False):
        row.cancelled_at = row.starts_at - dt.timedelta(days=days)
        row.cancelled_by, row.cancel_reason = calendar.agents[partner.pk][0], reason


def _starts(row: Visit) -> dt.datetime:
    return row.starts_at


def _works_then(site: Site, moment: dt.datetime, other: Site) -> bool:
    """Another partner's site, in whose day the moment falls."""
    return site.partner_id != other.partner_id and MORNING <= moment.astimezone(site.tzinfo).time() < EVENING


def _requests(ground: Ground) -> None:
    """Five requests that wait to be placed, per six partners."""
    kinds = (Kind.GEMBA, Kind.ONSITE, Kind.GEMBA, Kind.ONSITE, Kind.REVIEW)
    sites = {site.partner_id: site for site in reversed(ground.sites)}
    random = ground.random
    VisitRequest.objects.bulk_create(
        VisitRequest(
            purpose=random.choice(PURPOSES).format(area=random.choice(AREAS[partner.name])),
            site=sites[partner.pk],
            kind=kind,
            preferred_from=ground.today + dt.timedelta(days=7 + 5 * number),
            preferred_to=ground.today + dt.timedelta(days=16 + 7 * number),
            asked_by=ground.people_of(partner, Role.CHANGE_AGENT)[0].person,
        )
        for number, (partner, kind) in enumerate(zip(ground.partners[:5], kinds, strict=True))
    )
