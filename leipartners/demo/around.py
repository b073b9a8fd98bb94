"""What surrounds the visits of a year: who asked for them, sheets they touched, where to meet, what is prepared."""

import datetime as dt
from collections import defaultdict

from django.utils import timezone

from a3.models import Sheet
from coaching.models import Preparation, SheetTouched, Visit, VisitRequest
from leipartners.demo.people import Ground
from partners.models import Person, Role

BACK, AHEAD = dt.timedelta(days=340), dt.timedelta(days=70)
MEETING = (
    "Main entrance at 7:45; ask for {agent}. Flat, closed shoes; badges are ready at the desk. Lunch in the canteen.",
    "Gate 2, staff parking. Safety briefing of ten minutes on arrival; glasses and vests are there.",
    "Reception on the first floor. {agent} takes you to the huddle at 8:15. No photos where people can be known.",
    "Loading dock side. Steel toes, size by mail to {agent}. The line stops at noon: be there before.",
)
LINES = (
    "Send the last four weeks of the measure, as they are",
    "Tell the team that we come to see, not to inspect",
    "Book the small room beside the floor for the last hour",
    "Ask two people of the night shift to come half an hour early",
    "Bring the sheets to the floor, printed",
)


class Around:
    """Collects the rows for visits of the first six partners."""

    def __init__(self, ground: Ground) -> None:
        self.random = ground.random
        self.agents = {p.pk: [a.person for a in ground.people_of(p, Role.CHANGE_AGENT)] for p in ground.partners[:6]}
        self.sheets: dict[int, list[Sheet]] = defaultdict(list)
        for sheet in Sheet.objects.kept().filter(partner__in=ground.partners[:6]).order_by("pk"):
            self.sheets[sheet.site_id].append(sheet)
        self.requests: list[VisitRequest] = []
        self.touched: list[SheetTouched] = []
        self.lines: list[Preparation] = []

    def add(self, visit: Visit) -> None:
        agent = self.random.choice(self.agents[visit.site.partner_id])
        if self.random.random() < 0.6 and not visit.is_cancelled and visit.request_id is None:
            self._asked(visit, agent)
        if visit.is_on_site:
            visit.logistics = self.random.choice(MEETING).format(agent=agent.name)
        for sheet in self._chosen(visit):
            self.touched.append(SheetTouched(visit=visit, sheet=sheet, added_by=visit.coach, added_at=visit.placed_at))
        if visit.is_confirmed and visit.is_on_site:
            self._prepare(visit, agent)

    def _asked(self, visit: Visit, agent: Person) -> None:
        asked_at = visit.placed_at - dt.timedelta(days=self.random.randrange(3, 12))
        visit.request = VisitRequest(
            purpose=visit.purpose,
            site=visit.site,
            kind=visit.kind,
            preferred_from=visit.first_day - dt.timedelta(days=self.random.randrange(5)),
            preferred_to=visit.last_day + dt.timedelta(days=self.random.randrange(7)),
            asked_by=agent,
            asked_at=asked_at,
            placed_at=visit.placed_at,
        )
        self.requests.append(visit.request)

    def _chosen(self, visit: Visit) -> list[Sheet]:
        """Up to three sheets of the site that were begun by then."""
        begun = [sheet for sheet in self.sheets[visit.site_id] if sheet.started_on <= visit.first_day]
        return self.random.sample(begun, min(len(begun), self.random.choice((0, 1, 2, 3))))

    def _prepare(self, visit: Visit, agent: Person) -> None:
        """What is over was prepared; what comes is half done."""
        is_over = visit.ends_at < timezone.now()
        for number, words in enumerate(self.random.sample(LINES, 3)):
            done_at = visit.placed_at + dt.timedelta(days=4 + number) if is_over or not number else None
            done_by = agent if done_at else None
            self.lines.append(
                Preparation(visit=visit, words=words, added_by=visit.coach, done_at=done_at, done_by=done_by)
            )


def surround_visits(ground: Ground) -> int:
    """Write what surrounds the visits from eleven months ago on; returns of how many."""
    around, now = Around(ground), timezone.now()
    visits = Visit.objects.filter(site__partner__in=ground.partners[:6]).between(now - BACK, now + AHEAD)
    rows = list(visits.select_related("site", "coach").order_by("starts_at", "pk"))
    for visit in rows:
        around.add(visit)
    VisitRequest.objects.bulk_create(around.requests, batch_size=1000)
    for visit in rows:
        visit.request = visit.request  # it has a number now
    Visit.objects.bulk_update(rows, ["request", "logistics"], batch_size=500)
    SheetTouched.objects.bulk_create(around.touched, batch_size=1000)
    Preparation.objects.bulk_create(around.lines, batch_size=1000)
    return len(rows)
