"""What became of the courses of some years: why people went, what they planned, what they did, and what slipped."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from itertools import batched

from django.utils import timezone

from a3.models import Sheet
from courses.actions import ask_follow_ups, ask_for_plans, ask_for_purposes
from courses.models import ApplicationPlan, Enrollment, FollowUp, Purpose, Reaction
from courses.models.enrollments import State
from courses.models.plans import ASKED_AFTER, PATIENCE, Can, Done, Much, Would, due_at
from leipartners.demo.people import Ground
from partners.models import Level, Person, Site

A_YEAR = dt.timedelta(days=365)
A_DAY = dt.timedelta(days=1)
SIX = 6
PIECE = 4000  # enrollments that are in memory at once
OWED = 120  # things at most that people are asked at the end
PURPOSES = (
    ("Orders wait two days between us and the next team, and nobody can say where.",
     "Draw the way of one order with those who do the work.", "One order followed end to end by spring."),
    ("We solve the same three troubles every Monday.",
     "Find the cause and not the culprit, on one sheet.", "One trouble that does not come back."),
    ("New people learn the job from whoever stands next to them, each in another way.",
     "Write down the best known way with the people who do it.", "A standard that is checked every day."),
    ("My people bring me every problem, and I solve them myself.",
     "Ask so that they find the next step.", "Two sheets a month that are not mine."),
    ("On paper we hand over at three; in truth it is four, and the day after pays for it.",
     "See what really happens there.", "A handover in ten minutes, four days of five."),
)  # fmt: skip
PLANS = (
    ("Walk the handover every morning for a month and note what is missing.", "The two shift leads",
     "Fewer than two things are missing a day."),
    ("Draw the way of one order on the wall, with the team, and count where it waits.", "Planning and the store",
     "We can name the longest wait, and it is shorter in six weeks."),
    ("Coach one sheet a week with questions only.", "Three team leaders",
     "Each of them has a sheet that passed its second round."),
    ("Write the standard for setting up with those who do it, and look at it daily.", "The setters of both shifts",
     "It is done the same way nine times of ten."),
    ("Lead a walk every Thursday with one question.", "My colleagues from purchasing",
     "Each walk leaves one thing that we try."),
    ("Begin each meeting at the board: what was promised, what was kept.", "My team",
     "Eight of ten promises are kept."),
)  # fmt: skip
WORDS = {
    Done.YES: (
        "It is part of the morning now; nobody asks why any more.", "Twice the first week, then daily.",
        "The second shift took it over by itself.", "Shorter by a third, and calmer.", "",
    ),
    Done.PARTLY: (
        "Three days of five: on the others nobody had time.", "With one team; the other waits for its new lead.",
        "We draw it, but do not count yet.",
    ),
    Done.NOT_YET: (
        "The line was down twice; I did not get to it.", "My manager changed, and with that what counts.",
        "I need one day with the team that nobody gives me.",
    ),
    Done.GAVE_UP: (
        "The area was closed in summer.", "Too big: I would begin with one order now.", "I have another job since May.",
    ),
}  # fmt: skip
SAID = (
    "",
    "",
    "The walk on the second day was worth the journey.",
    "Less talking, more doing.",
    "I would send my boss.",
)
QUESTION = "What will be different for the customer?"


def bring_to_work(ground: Ground) -> int:
    """Write purposes, reactions, plans and checks, and ask what is due now; returns how many plans."""
    sites = {one.person_id: one.site for one in ground.assignments if one.ended_on is None}
    managers = _managers(ground)
    begun: dict[tuple[int, int | None], list[Sheet]] = defaultdict(list)
    for sheet in Sheet.objects.order_by("-round_number", "-pk").iterator(chunk_size=2000):
        begun[sheet.owner_id, sheet.partner_id].append(sheet)
    years = 6 if len(ground.partners) <= SIX else 2  # a large program is for measuring, and to be loaded quickly
    recent = Enrollment.objects.filter(partner__isnull=False, offering__ends_on__gte=ground.today - years * A_YEAR)
    pks = recent.filter(state__in=(State.ATTENDED, State.ENROLLED)).order_by("pk").values_list("pk", flat=True)
    written = sum(_write(ground, some, sites, managers, begun) for some in batched(pks, PIECE))
    now = timezone.now()
    for ask in (ask_for_purposes, ask_for_plans, ask_follow_ups):
        ask(now, limit=OWED)
    return written


def _write(
    ground: Ground,
    pks: tuple[int, ...],
    sites: dict[int, Site],
    managers: dict[int, list[Person]],
    begun: dict[tuple[int, int | None], list[Sheet]],
) -> int:
    """For some of them: a large program is more than fits in memory."""
    random, rows = ground.random, list(Enrollment.objects.filter(pk__in=pks).select_related("offering").order_by("pk"))
    came = [row for row in rows if row.state == State.ATTENDED]
    going = [row for row in rows if row.offering.starts_on > ground.today and random.random() < 0.4]
    say_why(ground, [*came, *going], managers)
    Reaction.objects.bulk_create(_reaction(ground, row) for row in came if random.random() < 0.8)
    plans = _plans(ground, came, sites, begun)
    checks = [_checks(ground, plan) for plan in plans]  # they also say how each plan stands
    ApplicationPlan.objects.bulk_create(plans)
    FollowUp.objects.bulk_create(check for some in checks for check in some)
    return len(plans)


def _managers(ground: Ground) -> dict[int, list[Person]]:
    """Partner -> those there who could be somebody's."""
    found: dict[int, list[Person]] = defaultdict(list)
    for one in ground.assignments:
        if one.ended_on is None and one.level >= Level.MIDDLE:
            found[one.site.partner_id].append(one.person)
    return found


def say_why(ground: Ground, rows: Iterable[Enrollment], managers: dict[int, list[Person]] | None = None) -> None:
    """Write why most of them go, and what their managers say to it."""
    there = managers or _managers(ground)
    purposes = [_purpose(ground, row, there) for row in rows if ground.random.random() < 0.7]
    Purpose.objects.bulk_create(filter(None, purposes))


def _purpose(ground: Ground, row: Enrollment, managers: dict[int, list[Person]]) -> Purpose | None:
    others = [person for person in managers[row.partner_id or 0] if person.pk != row.person_id]
    if not others:
        return None
    problem, able_to, expected = ground.random.choice(PURPOSES)
    written_at, chance = row.asked_at + 2 * A_DAY, ground.random.random()
    purpose = Purpose(
        enrollment=row,
        problem=problem,
        able_to=able_to,
        expected=expected,
        manager=ground.random.choice(others),
        written_at=written_at,
    )
    if chance < 0.8:
        purpose.agreed_at = written_at + A_DAY
    elif chance < 0.88:
        purpose.asked_back, purpose.asked_back_at = QUESTION, written_at + A_DAY
    return purpose


def _reaction(ground: Ground, row: Enrollment) -> Reaction:
    pick = ground.random.choices
    return Reaction(
        enrollment=row,
        recommends=pick(Would.values, (7, 2, 1))[0],
        useful=pick(Much.values, (6, 3, 1))[0],
        could=pick(Can.values, (1, 3, 6))[0],
        can=pick(Can.values, (4, 5, 1))[0],
        said=ground.random.choice(SAID),
        given_at=row.offering.ends_at,
    )


def _plans(
    ground: Ground, came: list[Enrollment], sites: dict[int, Site], begun: dict[tuple[int, int | None], list[Sheet]]
) -> list[ApplicationPlan]:
    """Of more than half; where somebody has begun a sheet since, the plan became that sheet."""
    plans = []
    for row in came:
        site, last = sites.get(row.person_id), row.offering.ends_on
        mine = begun[row.person_id, row.partner_id]
        sheet = next((one for one in mine if one.started_on > last), None)
        if site is None or site.partner_id != row.partner_id or (sheet is None and ground.random.random() > 0.55):
            continue
        if sheet:
            mine.remove(sheet)
        what, with_whom, how_known = ground.random.choice(PLANS)
        plans.append(
            ApplicationPlan(
                enrollment=row,
                what=what,
                site=site,
                with_whom=with_whom,
                how_known=how_known,
                by_on=last + dt.timedelta(days=ground.random.choice((14, 21, 30))),
                written_at=row.offering.ends_at,
                changed_at=row.offering.ends_at,
                sheet=sheet,
            )
        )
    return plans


def _checks(ground: Ground, plan: ApplicationPlan) -> list[FollowUp]:
    """What was begun mostly goes on; about a quarter of the questions are never answered."""
    rows, done, now = [], Done.NOT_YET, timezone.now()
    weights = {
        Done.YES: (8, 1, 0, 1), Done.PARTLY: (4, 4, 1, 1), Done.NOT_YET: (4, 3, 3, 1), Done.GAVE_UP: (0, 0, 0, 1),
    }  # fmt: skip
    for after in ASKED_AFTER:
        due = due_at(plan.enrollment.offering, after)
        row = FollowUp(plan=plan, after=after, due_at=due)
        if due < now and done != Done.GAVE_UP:
            is_old = due < now - PATIENCE
            row.asked_at = due if is_old else None
            if is_old and ground.random.random() < 0.75:
                done = Done(ground.random.choices(Done.values, weights[done])[0])
                row.done, row.words = done, ground.random.choice(WORDS[done])
                row.answered_at, row.answered_by_id = due + A_DAY, plan.enrollment.person_id
                plan.latest, plan.latest_due_at = done, due
        rows.append(row)
    return rows
