"""What the rows of a list may mean: the people whom its maker sees, where they work, and how they stand here."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from courses.models import Enrollment, EnrollmentImport, ImportRow
from partners.lib.fields import sort_key
from partners.models import Assignment, Partner, Person

MOST_WORDS = 5
WORDS = re.compile(r"[^\W_]+")


@dataclass(frozen=True)
class Place:
    """Where somebody works now, by names as they are looked up."""

    partner_pk: int
    partner_name: str
    partner: str
    site: str


@dataclass
class Known:
    """What a few hundred rows need, read at once."""

    by_pk: dict[int, Person] = field(default_factory=dict)
    by_email: dict[str, Person] = field(default_factory=dict)
    by_name: dict[str, list[Person]] = field(default_factory=lambda: defaultdict(list))
    places: dict[int, list[Place]] = field(default_factory=lambda: defaultdict(list))
    led: set[int] | None = None  # partners; None: any
    living: dict[int, Enrollment] = field(default_factory=dict)
    answered: set[int] = field(default_factory=set)  # enrollments that the maker may approve
    earlier: dict[int, int] = field(default_factory=dict)  # the row in which a person stands already


def words_of(text: str) -> list[str]:
    """The words of a name as they are looked up."""
    return WORDS.findall(sort_key(text))


def turns_of(name: str) -> list[str]:
    """The keys under which a name may be kept: as it is, and with last names first or last."""
    words = words_of(name)[:MOST_WORDS]
    keys = [sort_key(" ".join(name.split()))]
    keys += [" ".join(words[place:] + words[:place]) for place in range(len(words))]
    return [key for key in dict.fromkeys(keys) if key]


def known_for(of: EnrollmentImport, rows: Iterable[ImportRow]) -> Known:
    """Read what is known of these rows. Somebody whom the maker does not see is nobody."""
    rows, by = list(rows), of.made_by
    seen = Person.objects.visible_to(by)
    emails = {row.email for row in rows if row.email}
    keys = {key for row in rows for key in turns_of(row.name)}
    chosen = {row.person_id for row in rows if row.is_chosen and row.person_id}
    known = Known()
    named = seen.filter(sort_name__in=keys) if keys else []
    for person in [*seen.filter(email__in=emails), *seen.filter(pk__in=chosen), *named]:
        known.by_pk[person.pk] = person
        known.by_email[person.email] = person
    if not by.sees_all_partners:
        known.led = set(Partner.objects.led_by(by).values_list("pk", flat=True))
    _add_places(known)
    for person in known.by_pk.values():
        if person.sort_name in keys and (known.led is None or _works_at(known, person, known.led)):
            known.by_name[person.sort_name].append(person)
    _add_enrollments(known, of, rows)
    return known


def _works_at(known: Known, person: Person, partners: set[int]) -> bool:
    return any(place.partner_pk in partners for place in known.places[person.pk])


def _add_places(known: Known) -> None:
    work = Assignment.objects.current().filter(person__in=known.by_pk).order_by("-began_on", "-pk")
    for row in work.select_related("site__partner"):
        partner = row.site.partner
        place = Place(partner.pk, partner.name, sort_key(partner.name), sort_key(row.site.name))
        known.places[row.person_id].append(place)


def _add_enrollments(known: Known, of: EnrollmentImport, rows: list[ImportRow]) -> None:
    living = Enrollment.objects.living().filter(offering=of.offering_id, person__in=known.by_pk)
    known.living = {row.person_id: row for row in living}
    known.answered = set(living.approvable_by(of.made_by).values_list("pk", flat=True))
    others = ImportRow.objects.filter(of=of, person__in=known.by_pk).counting()
    others = others.exclude(pk__in=[row.pk for row in rows]).order_by("-number")
    known.earlier = dict(others.values_list("person", "number"))
