"""What the sheets of six years gained, and what was answered each time somebody asked whether it still holds."""

import datetime as dt
from decimal import Decimal
from random import Random

from a3.models import Audience, Effect, Sheet
from leipartners.demo.people import Ground
from partners.models import Check, Claim, Level, Outcome
from partners.models.claims import CHECKED_AFTER

ANSWERED = dt.time(9, 30)
WRITTEN = 4  # rounds after which a plain sheet has a follow-up to claim from
RICH = {  # title: measure, unit, before, now, days of work, answers: outcome, number, words
    "Leave by noon: discharge flow on 5 West": (
        "Order to door, median", "h", "4.6", "3.1", 20,
        [("improving", "2.9", "The huddle at 15:00 is held on all four bays. Weekends are still open.")],
    ),
    "Right label, first time: samples that come back": (
        "Refused tubes per week", "", "41", "11", 100,
        [("holding", "11", "Labels are printed at the bed; every new nurse practises it once with Thea."),
         ("improving", "8", "The night shift asked for a second printer and got it."),
         ("improving", "6", ""), ("holding", "6", ""), ("improving", "4", "Now part of how we teach new people.")],
    ),
    "Line 3 starts at six, and not at 6:41": (
        "Minutes until the first good cup", "min", "41", "7", 90,
        [("holding", "7", "The team leader walks the line at 5:40 with the list."), ("holding", "8", ""),
         ("slipped", "19", "Two new team leaders had never seen the list. We walk it with each new one now."),
         ("improving", "6", "Walked with every new team leader."), ("improving", "3", ""), ("holding", "2", "")],
    ),
    "Change a die in nine minutes, press 4": (
        "Change of a die", "min", "68", "19", 180,
        [("holding", "19", ""), ("improving", "14", "Bolts became clamps."), ("improving", "12", ""),
         ("improving", "9.5", ""), ("holding", "9.5", "The setters keep the film of each change and look at it."),
         ("improving", "8.7", "")],
    ),
    "Complete kits at the wing line, every morning": (
        "Kits complete at 6:00", "%", "35", "74", 60,
        [("improving", "83", "The kit carts are checked at the store, not at the line."), ("improving", "91", "")],
    ),
    "A dispute answered in two days": (
        "Days until an answer, median", "days", "11", "4.2", 150,
        [("holding", "4.0", ""), ("improving", "3.1", "One team answers, nobody passes on."),
         ("slipped", "4.9", "Two experienced people left in August; the standard was in their heads.")],
    ),
}  # fmt: skip
PLAIN = (
    ("Days on time, of 20", "", 9, 17),
    ("Longest wait", "min", 180, 80),
    ("Rework per week", "", 34, 12),
    ("Handover", "min", 35, 14),
    ("First-hour output", "%", 61, 84),
)
HELD = (
    "",
    "",
    "The standard is walked every morning.",
    "Two people teach it to everyone new.",
    "Nobody wants to go back.",
)
SLIPPED = (
    "Whoever led it changed sites, and nobody had learned it from them.",
    "The list was replaced by a screen that nobody looks at.",
    "It is done on the early shift only.",
    "Demand rose by a third; we went back to the old way for a week and stayed there.",
)


def claim_gains(ground: Ground) -> int:
    """Write the claims of the rich sheets and of most plain ones that went far enough; returns how many checks."""
    random = ground.random
    levels = {assignment.person_id: assignment.level for assignment in ground.assignments}
    sheets = Sheet.objects.select_related("partner", "site", "owner").order_by("pk")
    far = sheets.filter(round_number__gte=WRITTEN).exclude(title__in=RICH)
    claims, answers = [], []
    for sheet in sheets.filter(title__in=RICH):
        measure, unit, before, now, days, told = RICH[sheet.title]
        claims.append(_claim(ground, sheet, levels, (measure, unit, before, now), days))
        answers.append([(Outcome(outcome), Decimal(number), words) for outcome, number, words in told])
    for sheet in far.iterator(chunk_size=2000):
        if random.random() < 0.8:
            measure, unit, was, is_now = random.choice(PLAIN)
            claims.append(_claim(ground, sheet, levels, (measure, unit, str(was), str(is_now)), 60))
            answers.append(_answers(random, Decimal(was), Decimal(is_now)))
    Claim.objects.bulk_create([claim for _, claim in claims], batch_size=2000)
    Effect.objects.bulk_create((Effect(sheet=sheet, claim=claim) for sheet, claim in claims), batch_size=4000)
    rows = [row for (_, claim), told in zip(claims, answers, strict=True) for row in _checks(ground, claim, told)]
    Check.objects.bulk_create(rows, batch_size=4000)
    return len(rows)


def _claim(
    ground: Ground, sheet: Sheet, levels: dict[int, int], gain: tuple[str, str, str, str], days: int
) -> tuple[Sheet, Claim]:
    measure, unit, before, now = gain
    measured_on = min(sheet.started_on + dt.timedelta(days=days), ground.today)
    claim = Claim(
        partner=sheet.partner,
        site=sheet.site,
        level=levels.get(sheet.owner_id, Level.MIDDLE),
        owner=sheet.owner,
        measure=measure,
        unit=unit,
        baseline=Decimal(before),
        value=Decimal(now),
        measured_on=measured_on,
        source_words=f"{sheet.code} {sheet.title}",
        source_url=sheet.get_absolute_url(),
        is_shared_with_lei=sheet.audience == Audience.LEI,
        made_by=sheet.owner,
        made_at=dt.datetime.combine(measured_on, ANSWERED, dt.UTC),
    )
    return sheet, claim


def _answers(random: Random, before: Decimal, now: Decimal) -> list[tuple[Outcome, Decimal, str]]:
    """About a third of what was gained holds after two years; some stop answering."""
    told: list[tuple[Outcome, Decimal, str]] = []
    value = now
    for _ in CHECKED_AFTER:
        chance = random.random()
        if chance < 0.12:
            break
        if chance < 0.32:
            value += (before - value) * 2 // 3
            told.append((Outcome.SLIPPED, value, random.choice(SLIPPED)))
        else:
            better = chance > 0.8
            value += (now - before) // 10 if better else 0
            told.append((Outcome.IMPROVING if better else Outcome.HOLDING, value, random.choice(HELD)))
    return told


def _checks(ground: Ground, claim: Claim, told: list[tuple[Outcome, Decimal, str]]) -> list[Check]:
    rows = []
    for number, days in enumerate(CHECKED_AFTER):
        due_on = claim.measured_on + dt.timedelta(days=days)
        check = Check(claim=claim, due_on=due_on)
        if due_on < ground.today and number < len(told):
            check.outcome, check.value, check.made_it_so = told[number]
            check.asked_at = check.answered_at = dt.datetime.combine(due_on, ANSWERED, dt.UTC)
            check.answered_by = claim.owner
        rows.append(check)
    return rows
