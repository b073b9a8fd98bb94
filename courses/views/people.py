"""Who could go: a few people of the partner, those already ticked first."""

from dataclasses import dataclass

from django.db.models import Prefetch, Q, QuerySet

from courses.forms import SearchForm, people_of
from courses.models import Enrollment, Offering
from partners.http import AuthenticatedRequest
from partners.lib.fields import sort_key
from partners.models import Assignment, Person

OFFERED = 6


@dataclass(frozen=True)
class Candidate:
    person: Person
    line: str
    is_chosen: bool


def people_to_choose(request: AuthenticatedRequest, offering: Offering) -> list[Candidate]:
    """The ticked ones, then the first few who match `find` and are not on the list yet."""
    sent = request.POST if request.method == "POST" else request.GET
    ticked = [int(number) for number in sent.getlist("who") if number.isdecimal() and len(number) < 19]
    work = Assignment.objects.visible_to(request.user).current().select_related("site")
    people = people_of(request.user).prefetch_related(Prefetch("assignments", work))
    on_list = Enrollment.objects.visible_to(request.user).living().filter(offering=offering).values("person")
    rest = matching(people, SearchForm(sent).words).exclude(pk__in=on_list).exclude(pk__in=ticked)
    chosen = people.filter(pk__in=ticked) if ticked else []
    return [_candidate(person, is_chosen=True) for person in chosen] + [_candidate(person) for person in rest[:OFFERED]]


def matching(people: QuerySet[Person], words: str) -> QuerySet[Person]:
    """Those whose name or e-mail contains the words."""
    if not words:
        return people
    return people.filter(Q(sort_name__contains=sort_key(words)) | Q(email__contains=words.lower()))


def _candidate(person: Person, *, is_chosen: bool = False) -> Candidate:
    current = next(iter(person.assignments.all()), None)
    line = ", ".join(filter(None, [current.position, current.site.name])) if current else ""
    return Candidate(person=person, line=line, is_chosen=is_chosen)
