"""What was recorded at the visits of the last year: walks, promises kept and not kept, and the memos."""

import datetime as dt
import tomllib
from collections import defaultdict
from pathlib import Path
from typing import Any, cast

from django.utils import timezone

from coaching import memo_text
from coaching.models import Certainty, Kind, Memo, Observation, Outcome, Promise, Question, Visit, Walk
from coaching.models.promises import Tally
from leipartners.demo.people import Ground
from leipartners.demo.places import ORGANISATIONS
from partners.models import Partner, Person, Role

YEAR = dt.timedelta(days=365)
STORIES: dict[str, list[dict[str, Any]]] = defaultdict(list)
for _found in tomllib.loads((Path(__file__).parent / "walks.toml").read_text()).items():
    STORIES[_found[0]] += _found[1]
AREAS = {organisation.name: organisation.areas for organisation in ORGANISATIONS}
WHY_NOT = (
    "The line was down that week; promised again.",
    "It was begun, and stopped when the lead was away.",
    "We tried it for three days. Nobody had agreed who reads the numbers.",
    "Other things came first. That is the answer, and not a good one.",
)
HOW_KEPT = (
    "",
    "",
    "Two weeks as agreed; it goes on.",
    "Done, and shown to the next shift.",
    "Later than promised, by three days.",
)


class Records:
    """Collects the rows of all records; those of the visit that goes on are not finished."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.random = ground.random
        self.now = timezone.now()
        self.told: dict[int, int] = defaultdict(int)
        self.walks: list[Walk] = []
        self.seen: list[Observation] = []
        self.asked: list[Question] = []
        self.promised: list[Promise] = []
        self.memos: list[Memo] = []

    def add(self, visit: Visit, *, memo: bool) -> None:
        """Tell the partner's next story as the record of this visit."""
        partner = visit.site.partner
        stories = STORIES[partner.name.rstrip("0123456789 ")]
        story = stories[self.told[partner.pk] % len(stories)]
        self.told[partner.pk] += 1
        area = self.random.choice(AREAS[partner.name.rstrip("0123456789 ")])
        goes_on = visit.ends_at > self.now
        self._walk(visit, story, area, goes_on=goes_on)
        promises = [] if goes_on else self._promises(visit, story, area)
        if memo:
            self._memo(visit, promises)

    def _by(self, visit: Visit, at: dt.datetime) -> dict[str, Any]:
        return {
            "visit": visit,
            "written_by": visit.coach,
            "changed_by": visit.coach,
            "written_at": at,
            "changed_at": at,
        }

    def _walk(self, visit: Visit, story: dict[str, Any], area: str, *, goes_on: bool) -> None:
        route = "\n".join(story["route"]).format(area=area)
        learned = "" if goes_on else story["learned"]
        start = visit.starts_at + dt.timedelta(minutes=20)
        theme = story["theme"].format(area=area)
        self.walks.append(Walk(theme=theme, route=route, learned=learned, **self._by(visit, start)))
        for number, (about, certainty, saw, standard, why, teaches) in enumerate(story["seen"]):
            at = start + dt.timedelta(minutes=17 * number + 5)
            words = {"saw": saw, "standard": standard, "why_asked": why, "learned": teaches}
            if at < self.now:
                row = Observation(about=about, certainty=Certainty(certainty), seen_at=at, **words)
                self._keep(self.seen, row, visit, at)
        for text, answer in story["questions"]:
            answered = bool(answer) and visit.ends_at < self.now - dt.timedelta(days=9)
            said: dict[str, Any] = (
                {"answer": answer, "answered_by": self._agent(visit.site.partner)} if answered else {}
            )
            if answered:
                said["answered_at"] = visit.ends_at + dt.timedelta(days=6)
            self._keep(self.asked, Question(text=text, **said), visit, start)

    def _keep(self, rows: list[Any], row: Any, visit: Visit, at: dt.datetime) -> None:
        for name, value in self._by(visit, at).items():
            setattr(row, name, value)
        rows.append(row)

    def _promises(self, visit: Visit, story: dict[str, Any], area: str) -> list[Promise]:
        made = []
        for who, days, words in story["promises"]:
            due_on = visit.last_day + dt.timedelta(days=days)
            owner = {"agent": self._agent, "lead": self._lead}.get(who, lambda _partner: visit.coach)(
                visit.site.partner
            )
            row = Promise(words=words.format(area=area), owner=owner, due_on=due_on, **self._outcome(owner, due_on))
            self._keep(self.promised, row, visit, visit.ends_at)
            made.append(row)
        return made

    def _outcome(self, owner: Person, due_on: dt.date) -> dict[str, Any]:
        """Most were kept, some were not, of a few nobody has spoken yet; what is still to come is open."""
        chance = self.random.random()
        if due_on >= self.ground.today or chance > 0.93:
            return {}
        said_at = timezone.make_aware(dt.datetime.combine(due_on, dt.time(15)), dt.UTC)
        kept = chance < 0.76
        words = self.random.choice(HOW_KEPT if kept else WHY_NOT)
        outcome = Outcome.KEPT if kept else Outcome.NOT_KEPT
        return {"outcome": outcome, "outcome_words": words, "said_at": said_at, "said_by": owner}

    def _agent(self, partner: Partner) -> Person:
        return self.ground.people_of(partner, Role.CHANGE_AGENT)[0].person

    def _lead(self, partner: Partner) -> Person:
        return self.random.choice(self.ground.people_of(partner, Role.LEARNER)).person

    def _memo(self, visit: Visit, promises: list[Promise]) -> None:
        """Sent the day after, and now and then too late."""
        sent_at = visit.ends_at + dt.timedelta(hours=self.random.choice((3, 5, 16, 20, 22, 28, 40, 66)))
        walk, seen, asked = self.walks[-1], self._of(self.seen, visit), self._of(self.asked, visit)
        body = memo_text.written(visit, memo_text.Record(walk, seen, asked, promises), Tally(0, 0))
        people = [visit.coach.name, self._agent(visit.site.partner).name]
        memo = Memo(body=body, sent_at=sent_at, sent_by=visit.coach, sent_to=people, **self._by(visit, sent_at))
        self.memos.append(memo)

    @staticmethod
    def _of(rows: list[Any], visit: Visit) -> list[Any]:
        return [row for row in rows[-12:] if row.visit_id == visit.pk]


def record_walks(ground: Ground) -> int:
    """Write a record for each visit on site of the last year, and most memos; returns of how many visits.

    One memo is overdue, and those of visits that ended within a day are still to be written.
    """
    records = Records(ground)
    on_site = [kind for kind in Kind if kind.is_on_site]
    since = records.now - YEAR
    rows = Visit.objects.confirmed().filter(kind__in=on_site, starts_at__gt=since, starts_at__lt=records.now)
    visits = list(rows.select_related("site__partner", "coach").order_by("starts_at", "pk"))
    overdue = _overdue(visits, records.now)
    for visit in visits:
        records.add(visit, memo=visit is not overdue and visit.ends_at < records.now - dt.timedelta(days=1))
    for model, found in (
        (Walk, records.walks),
        (Observation, records.seen),
        (Question, records.asked),
        (Promise, records.promised),
        (Memo, records.memos),
    ):
        cast("Any", model).objects.bulk_create(found, batch_size=2000)
    return len(visits)


def _overdue(visits: list[Visit], now: dt.datetime) -> Visit | None:
    """The last visit of the coach who signs in that ended more than two days ago; else of any coach."""
    late = [v for v in visits if dt.timedelta(days=2) < now - v.ends_at < dt.timedelta(days=13)]
    mine = [visit for visit in late if visit.coach.name == "Ken Obara"]
    chosen = mine or late
    return chosen[-1] if chosen else None
