"""Writing the rich sheets of `leipartners/demo/sheets/` into the database."""

import datetime as dt
from typing import Any

from django.utils import timezone

from a3.drawings import kept_of
from a3.figures import parse
from a3.models import Audience, Figure, Round, Section, SectionType, Sheet, SheetType, State
from a3.naming import with_people
from a3.sanitising import PLACE, figures_in
from leipartners.demo.people import Ground
from leipartners.demo.said import write_remark
from leipartners.demo.sheets import RichSheet, rich_sheets
from partners.models import Person, Priority


def write_rich_sheets(ground: Ground) -> int:
    """Write every rich sheet with its sections, rounds and remarks; returns how many."""
    sites = {(site.partner.name, site.name): site for site in ground.sites}
    people = {person.name: person for person in Person.objects.filter(name__in=_names())}
    priorities = {(p.partner_id, p.name): p for p in Priority.objects.all()}
    types = {kind.slug: kind for kind in SheetType.objects.all()}
    written = rich_sheets()
    for rich in written:
        site = sites[rich.partner, rich.site]
        owner, coach = people[rich.owner], people.get(rich.coach)
        days = min(30 * rich.started_months_ago + 6, (ground.today - site.partner.joined_on).days)
        now = dt.datetime.combine(ground.today, dt.time(7, 40), dt.UTC) - dt.timedelta(days=len(rich.slug) % 5)
        sheet = Sheet.objects.create(
            type=types[rich.type],
            title=rich.title,
            partner=site.partner,
            site=site,
            priority=priorities.get((site.partner_id, rich.priority)),
            owner=owner,
            coach=coach,
            sponsor=people.get(rich.sponsor),
            audience=Audience.LEI if coach else Audience.PARTNER,
            state=State(rich.state),
            purpose=rich.purpose,
            alignment=rich.alignment,
            right_work=rich.right_work,
            ball=people[rich.coach] if rich.ball == "coach" else owner,
            ball_since=now,
            round_number=rich.rounds + 1,
            started_on=ground.today - dt.timedelta(days=days),
            updated_at=now,
        )
        sections = _sections(sheet, rich, figures_of(sheet, rich))
        _rounds(sheet, sections, rich)
        for remark in rich.remarks:
            write_remark(sheet, sections, remark)
    return len(written)


def _names() -> set[str]:
    return {name for rich in rich_sheets() for name in (rich.owner, rich.coach, rich.sponsor) if name}


def figures_of(sheet: Sheet, rich: RichSheet) -> list[Figure]:
    """Keep the figures of a rich sheet; their order is that by which its texts name them."""
    return [
        Figure.objects.create(
            sheet=sheet,
            kind=figure.kind,
            title=figure.title,
            description=figure.note,
            data=_understood(sheet, figure.kind, figure.data(timezone.localdate())),
            changed_by=sheet.owner,
        )
        for figure in rich.figures
    ]


def _understood(sheet: Sheet, kind: str, data: dict[str, Any]) -> dict[str, Any]:
    return with_people(sheet, kind, parse(kind, data).as_data())


def _figures_then(sheet: Sheet, rich: RichSheet) -> dict[str, dict[str, Any]]:
    """The figures as the rounds before the last one keep them."""
    rows, today = sheet.figures.order_by("pk"), timezone.localdate()
    kept = kept_of(rows)
    for row, figure in zip(rows, rich.figures, strict=True):
        kept[str(row.pk)]["data"] = _understood(sheet, figure.kind, figure.data_then(today))
    return kept


def with_figures(body: str, figures: list[Figure]) -> str:
    """Return the text with the numbers that its figures got."""
    return PLACE.sub(lambda place: f'<figure data-figure="{figures[int(place[1]) - 1].pk}"></figure>', body)


def _sections(sheet: Sheet, rich: RichSheet, figures: list[Figure]) -> dict[str, Section]:
    rows = []
    for kind in SectionType.objects.filter(sheet_type=sheet.type):
        body = with_figures(rich.sections.get(kind.name, ""), figures)
        changed: dict[str, Any] = (
            {"revision": 1, "changed_at": sheet.updated_at, "changed_by": sheet.owner} if body else {}
        )
        rows.append(Section(sheet=sheet, type=kind, body=body, figure_ids=figures_in(body), **changed))
    return {section.name: section for section in Section.objects.bulk_create(rows)}


def _rounds(sheet: Sheet, sections: dict[str, Section], rich: RichSheet) -> None:
    """The copies grew: an early one holds the first sections only, some worded otherwise."""
    count = rich.rounds
    if sheet.coach is None:
        return
    pair = (sheet.coach, sheet.owner)
    then, now = _figures_then(sheet, rich), kept_of(sheet.figures.all())
    for number in range(1, count + 1):
        upto = max(2, round(len(sections) * number / count))
        kept = [
            {
                "number": s.number,
                "half": s.half,
                "name": s.name,
                "hint": s.hint,
                "body": _said(s, rich.earlier if number < count else {}, upto=upto),
            }
            for s in sections.values()
        ]
        Round.objects.create(
            sheet=sheet,
            number=number,
            handed_over_by=pair[number % 2],
            handed_over_to=pair[(number + 1) % 2],
            handed_over_at=sheet.ball_since - dt.timedelta(days=9 * (count - number)),
            content={"title": sheet.title, "sections": kept, "figures": then if number < count else now},
        )


def _said(section: Section, earlier: dict[str, str], *, upto: int) -> str:
    return earlier.get(section.name, section.body if section.number <= upto else "")
