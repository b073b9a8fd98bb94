"""LEI's people, the partners with their sites, and who works there since when."""

import datetime as dt
from dataclasses import dataclass, field
from random import Random

from django.contrib.auth.hashers import make_password

from leipartners.demo.accounts import demo_accounts
from leipartners.demo.maps import lies, write_profiles
from leipartners.demo.names import full_name
from leipartners.demo.places import COLLEAGUES, HOLIDAYS, ORGANISATIONS, Organisation
from leipartners.demo.sheets import rich_sheets
from partners.lib.fields import sort_key
from partners.models import Assignment, Holiday, Level, Partner, Person, Priority, Role, Site

# Who is known by name in the demo: site, name, role, level, position.
KNOWN: dict[str, tuple[tuple[str, str, Role, Level, str], ...]] = {
    "Halden Valley Health": (
        ("Riverside", "Dana Whitlock", Role.CHANGE_AGENT, Level.MIDDLE, "Flow lead"),
        ("Riverside", "Luis Ferrer", Role.LEARNER, Level.MIDDLE, "Charge nurse, 5 West"),
        ("Riverside", "Amina Sayed", Role.SPONSOR, Level.EXECUTIVE, "Chief operating officer"),
        ("Riverside", "Priti Anand", Role.LEARNER, Level.MIDDLE, "Pharmacy manager"),
        ("Riverside", "Sade Okafor", Role.LEARNER, Level.SUPERVISOR, "Transport"),
        ("Riverside", "Noor Haddad", Role.LEARNER, Level.SUPERVISOR, "Nurse lead, 4 East"),
        ("Lakeshore", "Hollis Reed", Role.CHANGE_AGENT, Level.SENIOR, "Chief nurse"),
        ("St Brigid", "Beatriz Nunes", Role.CHANGE_AGENT, Level.SENIOR, "Site director"),
        ("St Brigid", "Milo Karras", Role.LEARNER, Level.SUPERVISOR, "Theatres"),
        ("Ashford Lab", "Thea Voss", Role.CHANGE_AGENT, Level.MIDDLE, "Sampling"),
        ("Northgate", "Grace Oduya", Role.CHANGE_AGENT, Level.MIDDLE, "Clinics"),
    ),
    "Corvane Aerospace": (
        ("Wichita, plant 2", "Ruth Vance", Role.CHANGE_AGENT, Level.MIDDLE, "Lean lead, wing line"),
        ("Wichita, plant 1", "Carl Imre", Role.SPONSOR, Level.EXECUTIVE, "Head of operations"),
    ),
}
LEVELS = (Level.FRONT_LINE,) * 5 + (Level.SUPERVISOR,) * 2 + (Level.MIDDLE,) * 2 + (Level.SENIOR,)
PER_SITE = 10
ACTIVE_LAPS = 5
NO_SIGN_IN = "!"  # what Django keeps where there is no password


@dataclass
class Ground:
    """What the rest of the demo stands on."""

    today: dt.date
    random: Random
    passwords: dict[str, str] = field(default_factory=dict)
    lei: dict[str, Person] = field(default_factory=dict)
    coaches: list[dict[str, Person]] = field(default_factory=list)  # per lap, by the name of the first lap's
    partners: list[Partner] = field(default_factory=list)
    sites: list[Site] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)

    def people_of(self, partner: Partner, role: Role | None = None) -> list[Assignment]:
        """Assignments of a partner that hold today."""
        return self._current().get((partner.pk, role), [])

    def _current(self) -> dict[tuple[int, Role | None], list[Assignment]]:
        if not hasattr(self, "_by_partner"):
            self._by_partner: dict[tuple[int, Role | None], list[Assignment]] = {}
            for assignment in self.assignments:
                if assignment.ended_on is None:
                    for role in (None, Role(assignment.role)):
                        self._by_partner.setdefault((assignment.site.partner_id, role), []).append(assignment)
        return self._by_partner


def settle_ground(today: dt.date, *, scale: int) -> Ground:
    """Write LEI's people, and `scale` times the six partners with sites, priorities, people and assignments."""
    ground = Ground(today=today, random=Random(1997))  # noqa: S311 - the same demo each time, nothing secret
    ground.passwords = {account.email: make_password(account.password) for account in demo_accounts()}
    _lei(ground)
    _coaches(ground, scale)
    write_profiles(ground.coaches)
    plans = [(organisation, lap) for lap in range(scale) for organisation in ORGANISATIONS]
    ground.partners = Partner.objects.bulk_create(
        Partner(
            name=organisation.name + (f" {lap + 1}" if lap else ""),
            description=organisation.description,
            joined_on=_months_before(today, organisation.months_ago),
        )
        for organisation, lap in plans
    )
    _coaches_of(ground, plans)
    _sites(ground, plans)
    _people(ground, plans)
    return ground


def _months_before(day: dt.date, months: int) -> dt.date:
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return dt.date(year, month + 1, 1)


def _lei(ground: Ground) -> None:
    people = [
        Person(
            name=colleague.name,
            email=f"{sort_key(colleague.name).replace(' ', '.')}@lei.example",
            zone=colleague.zone,
            based_in=colleague.based_in,
            is_coach=colleague.deed == "coach",
            is_lei_staff=colleague.deed == "staff",
            is_administrator=colleague.deed == "administrator",
        )
        for colleague in COLLEAGUES
    ]
    for person in people:
        person.password = ground.passwords.get(person.email, NO_SIGN_IN)
    ground.lei = {person.name: person for person in Person.objects.bulk_create(people)}


def _coaches(ground: Ground, scale: int) -> None:
    """Each lap has coaches of its own; those of late laps have left, only their visits are still there."""
    own = {person.name: person for person in ground.lei.values() if person.is_coach}
    ground.coaches = [own]
    for lap in range(1, scale):
        people = [
            Person(
                name=full_name("US", 390 * lap + number),
                email=f"coach.{lap}.{number}@lei.example",
                zone=person.zone,
                based_in=person.based_in,
                is_coach=True,
                is_active=lap < ACTIVE_LAPS,
                password=NO_SIGN_IN,
            )
            for number, person in enumerate(own.values())
        ]
        ground.coaches.append(dict(zip(own, Person.objects.bulk_create(people), strict=True)))


def _coaches_of(ground: Ground, plans: list[tuple[Organisation, int]]) -> None:
    link = Partner.coaches.through
    link.objects.bulk_create(
        link(partner_id=partner.pk, person_id=ground.coaches[lap][name].pk)
        for partner, (organisation, lap) in zip(ground.partners, plans, strict=True)
        for name in organisation.coaches
    )


def _sites(ground: Ground, plans: list[tuple[Organisation, int]]) -> None:
    pairs = list(zip(ground.partners, plans, strict=True))
    ground.sites = Site.objects.bulk_create(
        Site(
            partner=partner,
            name=place.name,
            city=place.city,
            country=place.country,
            zone=place.zone,
            **lies(place.city, place.country),
        )
        for partner, (organisation, _) in pairs
        for place in organisation.sites
    )
    Holiday.objects.bulk_create(
        (
            Holiday(site=site, on=dt.date(year, month, day), name=name)
            for site in ground.sites
            for year in range(ground.today.year, ground.today.year + 2)
            for month, day, name in HOLIDAYS[site.country]
        ),
        batch_size=5000,
    )
    Priority.objects.bulk_create(
        Priority(partner=partner, name=name, began_on=partner.joined_on + dt.timedelta(days=300 * number))
        for partner, (organisation, _) in pairs
        for number, name in enumerate(organisation.priorities)
    )


def _people(ground: Ground, plans: list[tuple[Organisation, int]]) -> None:
    counts = dict[str, int]()
    domains = {
        p.pk: o.domain.replace(".", f"{lap + 1}.", 1) if lap else o.domain
        for p, (o, lap) in zip(ground.partners, plans, strict=True)
    }
    areas = {p.pk: o.areas for p, (o, _) in zip(ground.partners, plans, strict=True)}
    people, places = list[Person](), list[tuple[Site, Role, Level, str]]()
    for order, site in enumerate(ground.sites):
        known = _known_at(site)
        for slot in range(max(PER_SITE, len(known))):
            if slot < len(known):
                name, role, level, position = known[slot]
            else:
                number = counts[site.country] = counts.get(site.country, -1) + 1
                name, level = full_name(site.country, number), LEVELS[slot]
                role, position = _role(order, slot), ground.random.choice(areas[site.partner_id])
            email = f"{sort_key(name).replace(' ', '.').replace('..', '.')}@{domains[site.partner_id]}"
            people.append(
                Person(name=name, email=email, zone=site.zone, password=ground.passwords.get(email, NO_SIGN_IN))
            )
            places.append((site, role, level, position))
    written = Person.objects.bulk_create(people, batch_size=5000)
    _assignments(ground, list(zip(written, places, strict=True)))


def _known_at(site: Site) -> list[tuple[str, Role, Level, str]]:
    """People known by name at a site: those listed above, and the owners of rich sheets."""
    known = [entry[1:] for entry in KNOWN.get(site.partner.name, ()) if entry[0] == site.name]
    listed = {entry[1] for entries in KNOWN.values() for entry in entries}
    for rich in rich_sheets():
        if (rich.partner, rich.site) == (site.partner.name, site.name) and rich.owner not in listed:
            role = Role(rich.role)
            level = Level.MIDDLE if role == Role.CHANGE_AGENT else Level.SUPERVISOR
            known.append((rich.owner, role, level, rich.position))
    return known


def _role(order: int, slot: int) -> Role:
    """One middle manager of each site is its change agent, one senior person of every other site a sponsor."""
    if slot == 7:
        return Role.CHANGE_AGENT
    return Role.SPONSOR if slot == 9 and order % 2 else Role.LEARNER


def _assignments(ground: Ground, people: list[tuple[Person, tuple[Site, Role, Level, str]]]) -> None:
    """Most people have stayed; one in six came from another site of the partner or rose a level on the way."""
    by_partner: dict[int, list[Site]] = {}
    for site in ground.sites:
        by_partner.setdefault(site.partner_id, []).append(site)
    rows = []
    for person, (site, role, level, position) in people:
        began = site.partner.joined_on + dt.timedelta(days=ground.random.randrange(60))
        if ground.random.random() < 1 / 6:
            moved = began + dt.timedelta(days=ground.random.randrange(200, max(201, (ground.today - began).days - 60)))
            elsewhere = ground.random.choice(by_partner[site.partner_id])
            before = Level(max(level - 1, Level.FRONT_LINE))
            rows.append(
                Assignment(
                    person=person, site=elsewhere, role=Role.LEARNER, level=before, position=position, began_on=began,
                    ended_on=moved - dt.timedelta(days=1),
                )
            )  # fmt: skip
            began = moved
        rows.append(Assignment(person=person, site=site, role=role, level=level, position=position, began_on=began))
    ground.assignments = Assignment.objects.bulk_create(rows, batch_size=5000)
