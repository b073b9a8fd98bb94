"""The plain sheets of six years: plausible, not rich, so that lists and pages have something to hold."""

import datetime as dt
from collections import defaultdict

from a3.models import Audience, Kind, Remark, Round, Section, SectionType, Sheet, SheetType, State
from leipartners.demo.people import Ground
from leipartners.demo.visits import AREAS
from leipartners.demo.words import PROBLEMS, QUESTIONS, SECTIONS
from partners.models import Assignment, Level, Partner

PER_PARTNER = 50


def write_sheets(ground: Ground) -> int:
    """Write fifty plain sheets per partner, with sections, rounds and remarks; returns how many."""
    problem_solving = SheetType.objects.get(slug="problem-solving")
    types = list(SectionType.objects.filter(sheet_type=problem_solving))
    coaches: dict[int, list[int]] = defaultdict(list)
    for partner_pk, person_pk in Partner.coaches.through.objects.order_by("pk").values_list("partner_id", "person_id"):
        coaches[partner_pk].append(person_pk)
    sheets = [
        _sheet(ground, partner, problem_solving, coaches[partner.pk], number)
        for partner in ground.partners
        for number in range(PER_PARTNER)
    ]
    Sheet.objects.bulk_create(sheets, batch_size=2000)
    sections = Section.objects.bulk_create(
        (_section(ground, sheet, kind) for sheet in sheets for kind in types), batch_size=4000
    )
    by_sheet: dict[int, list[Section]] = defaultdict(list)
    for section in sections:
        by_sheet[section.sheet_id].append(section)
    Round.objects.bulk_create((row for s in sheets for row in _rounds(s, by_sheet[s.pk])), batch_size=2000)
    Remark.objects.bulk_create((row for s in sheets for row in _remarks(ground, s, by_sheet[s.pk])), batch_size=4000)
    return len(sheets)


def _owner(ground: Ground, partner: Partner) -> Assignment:
    """Mostly somebody from the middle: that is where change came from."""
    people = ground.people_of(partner)
    middle = [a for a in people if a.level >= Level.MIDDLE]
    return ground.random.choice(middle if middle and ground.random.random() < 0.7 else people)


def _sheet(ground: Ground, partner: Partner, kind: SheetType, coaches: list[int], number: int) -> Sheet:
    random = ground.random
    owner = _owner(ground, partner)
    days = max((ground.today - partner.joined_on).days - 40, 30)
    started_on = partner.joined_on + dt.timedelta(days=30 + days * number // PER_PARTNER)
    rounds = random.choice((1, 1, 2, 3, 4))
    begun = dt.datetime.combine(started_on, dt.time(14, 20), owner.site.tzinfo)
    last = min(begun + dt.timedelta(days=9 * rounds), dt.datetime.combine(ground.today, dt.time(9), dt.UTC))
    coach = random.choice(coaches)
    area = random.choice(AREAS[partner.name.rstrip("0123456789 ")])
    return Sheet(
        type=kind,
        title=random.choice(PROBLEMS).format(area=area),
        partner=partner,
        site=owner.site,
        owner=owner.person,
        coach_id=coach,
        audience=Audience.LEI if random.random() < 0.6 else Audience.PARTNER,
        state=State.IN_COACHING if rounds > 1 else State.DRAFT,
        purpose=f"Customers of {area} get what they need on the day they need it.",
        ball_id=coach if rounds % 2 == 0 else owner.person_id,
        ball_since=last,
        round_number=rounds,
        started_on=started_on,
        updated_at=last,
    )


def _section(ground: Ground, sheet: Sheet, kind: SectionType) -> Section:
    """The further a sheet has come, the more of it is written."""
    written = kind.position <= min(1 + 2 * sheet.round_number, 7)
    now = ground.random.randrange(5, 16)
    words = SECTIONS[kind.name].format(
        area=sheet.site.name, year=sheet.started_on.year, now=now, ok=20 - now, goal=18, wait=12 * now, half=6 * now
    )
    return Section(
        sheet=sheet,
        type=kind,
        body=words if written else "",
        revision=int(written),
        changed_at=sheet.updated_at if written else None,
        changed_by_id=sheet.owner_id if written else None,
    )


def _rounds(sheet: Sheet, sections: list[Section]) -> list[Round]:
    """Odd rounds went from the owner to the coach, even ones back."""
    pair = (sheet.coach_id or sheet.owner_id, sheet.owner_id)
    content = {
        "title": sheet.title,
        "sections": [
            {"number": s.number, "half": s.half, "name": s.name, "hint": s.hint, "body": s.body} for s in sections
        ],
    }
    return [
        Round(
            sheet=sheet,
            number=number,
            handed_over_by_id=pair[number % 2],
            handed_over_to_id=pair[(number + 1) % 2],
            handed_over_at=sheet.ball_since - dt.timedelta(days=8 * (sheet.round_number - 1 - number)),
            content=content,
        )
        for number in range(1, sheet.round_number)
    ]


def _remarks(ground: Ground, sheet: Sheet, sections: list[Section]) -> list[Remark]:
    """Two questions per round that the coach has read; those of the last round are open."""
    return [
        _question(ground, sheet, section, number)
        for number in range(2, sheet.round_number + 1, 2)
        for section in ground.random.sample(sections[: 2 * number], 2)
    ]


def _question(ground: Ground, sheet: Sheet, section: Section, number: int) -> Remark:
    asked_at = sheet.ball_since - dt.timedelta(days=8 * (sheet.round_number - number) - 1)
    is_open = number >= sheet.round_number - 1
    return Remark(
        sheet=sheet,
        section=section,
        kind=Kind.QUESTION,
        text=ground.random.choice(QUESTIONS),
        author_id=sheet.coach_id or sheet.owner_id,
        round_number=number,
        made_at=asked_at,
        answered_at=None if is_open else asked_at + dt.timedelta(days=3),
        answered_by_id=None if is_open else sheet.owner_id,
    )
