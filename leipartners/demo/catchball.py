"""Catchball of the demo: the states sheets went through, who agreed, a talk asked for, a coach's own notes."""

import datetime as dt

from django.utils import timezone

from a3.models import Agreement, CoachNote, Round, Sheet, State, StateChange, Talk
from leipartners.demo.gains import RICH
from leipartners.demo.people import Ground
from partners.models import Person

S = State
type Way = tuple[State, ...]

WAYS: tuple[
    tuple[int, tuple[Way, ...]], ...
] = (  # by age of the sheet in days: how far it may have come, and how it ended
    (45, ((S.DRAFT,), (S.IN_COACHING,))),
    (120, ((S.IN_COACHING,), (S.IN_COACHING, S.IN_AGREEMENT))),
    (200, ((S.IN_COACHING, S.IN_AGREEMENT), (S.IN_COACHING, S.IN_AGREEMENT, S.AGREED))),
    (360, ((S.IN_COACHING, S.IN_AGREEMENT, S.AGREED, S.IN_TRIAL),)),
    (560, ((S.IN_COACHING, S.AGREED, S.IN_TRIAL, S.CHECKED), (S.IN_COACHING, S.AGREED, S.IN_TRIAL, S.ABANDONED))),
    (760, ((S.IN_COACHING, S.AGREED, S.IN_TRIAL, S.CHECKED, S.STANDARDISED),)),
    (
        10_000,
        (
            (S.IN_COACHING, S.AGREED, S.IN_TRIAL, S.CHECKED, S.STANDARDISED, S.SUSTAINED),
            (S.IN_COACHING, S.AGREED, S.IN_TRIAL, S.CHECKED, S.STANDARDISED, S.SUSTAINED),
            (S.IN_COACHING, S.AGREED, S.IN_TRIAL, S.CHECKED, S.STANDARDISED, S.SLIPPED),
            (S.IN_COACHING, S.AGREED, S.IN_TRIAL, S.ABANDONED),
        ),
    ),
)
REASONS = {
    S.DRAFT: "Started again.",
    S.IN_COACHING: "Asked for coaching.",
    S.IN_AGREEMENT: "Asked those concerned whether they agree.",
    S.AGREED: "Everybody who does the work said yes.",
    S.IN_TRIAL: "Two weeks on one shift, then we look.",
    S.CHECKED: "Counted for a month and compared with what we predicted.",
    S.STANDARDISED: "It is in the work standard, and new people learn it so.",
    S.SUSTAINED: "Looked again after a year: it holds without anybody pushing.",
    S.SLIPPED: "Looked again: back to where we were, since the lead changed.",
    S.ABANDONED: "The line moves to another site next year.",
}
LESSON = "We had asked for a countermeasure before anybody had stood at the place for an hour."
ASKED = (S.IN_AGREEMENT, S.AGREED, S.IN_TRIAL)
NOTES = (
    "Knows the answer before she looks. Ask only for what she saw.",
    "Brings the team to the board by herself since October. Say so.",
)


def write_catchball(ground: Ground) -> int:
    """Write how every sheet came to its state, and who agreed; returns how many changes of state."""
    sheets = list(Sheet.objects.filter(rounds__isnull=False).distinct().order_by("pk"))
    changes: list[StateChange] = []
    for sheet in sheets:
        changes += _walk(ground, sheet)
    StateChange.objects.bulk_create(changes, batch_size=4000)
    Sheet.objects.bulk_update(sheets, ["state", "is_agreed_on"], batch_size=2000)
    _agreements(ground, [sheet for sheet in sheets if sheet.state in ASKED])
    _between_dana_and_ken()
    return len(changes)


def _walk(ground: Ground, sheet: Sheet) -> list[StateChange]:
    """Give a sheet the state that its age and luck lead to, and return the way there."""
    age = (ground.today - sheet.started_on).days
    ways = next(ways for days, ways in WAYS if age <= days)
    if sheet.title in RICH:  # what gained something was not given up
        ways = tuple(way for way in ways if S.ABANDONED not in way and S.SLIPPED not in way)
    way = ground.random.choice(ways)
    if age <= WAYS[0][0] or sheet.ball_id != sheet.owner_id:
        way = (S(sheet.state),)  # it is being talked about at this moment
    before = [S.DRAFT, *way[:-1]]
    steps = [(left, entered) for left, entered in zip(before, way, strict=True) if left != entered]
    began = dt.datetime.combine(sheet.started_on, dt.time(9, 30), dt.UTC)
    sheet.state = way[-1]
    sheet.is_agreed_on = sheet.state in ASKED
    return [
        StateChange(
            sheet=sheet,
            from_state=left,
            to_state=entered,
            reason=REASONS[entered],
            lesson=LESSON if entered == S.ABANDONED else "",
            made_by_id=sheet.owner_id,
            made_at=began + dt.timedelta(days=age * number / (len(steps) + 1)),
        )
        for number, (left, entered) in enumerate(steps, 1)
    ]


def _agreements(ground: Ground, sheets: list[Sheet]) -> None:
    """The coach and the partner's change agents were asked about the last round; some have not answered yet."""
    last = {r.sheet_id: r for r in Round.objects.filter(sheet__in=sheets).order_by("number").defer("content")}
    agents = {p.pk: list(Person.objects.change_agents_of(p)[:2]) for p in ground.partners}
    rows = []
    for sheet in sheets:
        asked = {sheet.coach_id, *(p.pk for p in agents.get(sheet.partner_id, []))} - {sheet.owner_id, None}
        for number, person in enumerate(sorted(pk for pk in asked if pk)):
            rows.append(
                _agreement(sheet, last[sheet.pk], person, is_waiting=sheet.state == S.IN_AGREEMENT and not number)
            )
    Agreement.objects.bulk_create(rows, batch_size=2000)


def _agreement(sheet: Sheet, frozen: Round, person: int, *, is_waiting: bool) -> Agreement:
    asked_at = frozen.handed_over_at + dt.timedelta(days=1)
    return Agreement(
        sheet=sheet,
        round=frozen,
        person_id=person,
        asked_by_id=sheet.owner_id,
        asked_at=asked_at,
        agreed_at=None if is_waiting else min(asked_at + dt.timedelta(days=2), timezone.now()),
    )


def _between_dana_and_ken() -> None:
    """What the demo's change agent and her coach find: a talk asked for, and notes that he alone sees."""
    sheet = Sheet.objects.filter(owner__name="Dana Whitlock", coach__name="Ken Obara").order_by("-updated_at").first()
    if sheet is None or sheet.coach is None:
        return
    first = timezone.now().replace(hour=15, minute=0, second=0, microsecond=0) + dt.timedelta(days=2)
    Talk.objects.create(
        sheet=sheet,
        asked_by=sheet.owner,
        asked_of=sheet.coach,
        offered_by=sheet.owner,
        offered_times=[first, first + dt.timedelta(days=1, hours=1)],
        note="Section 5: who signs when the junior is off sick?",
    )
    CoachNote.objects.bulk_create(
        CoachNote(author=sheet.coach, about=sheet.owner, sheet=sheet, text=text) for text in NOTES
    )
