"""Plain functions that make valid rows of a3."""

import datetime as dt
import importlib
from copy import deepcopy
from typing import Any

from django.apps import apps
from django.utils import timezone

from a3 import actions
from a3.contents import content_of
from a3.models import Agreement, CoachNote, Figure, Photo, Remark, Reviewer, Round, Section, Sheet, SheetType, Talk
from a3.pictures import Picture
from a3.sanitising import figures_in
from partners.lib.tokens import hash_token
from partners.models import Person, Site


def sheet_type(slug: str = "problem-solving") -> SheetType:
    """A type the product comes with; loaded again where a test has emptied the tables."""
    if not SheetType.objects.exists():
        importlib.import_module("a3.migrations.0002_types").load(apps, None)
    return SheetType.objects.get(slug=slug)


def make_sheet(owner: Person, site: Site, *, bodies: dict[int, str] | None = None, **fields: Any) -> Sheet:
    """A sheet of a type (problem solving) with its empty sections; `bodies` fills some, by number."""
    given = {"type": sheet_type(), "title": "Leave by noon", "ball": owner, "partner": site.partner} | fields
    sheet = Sheet.objects.create(owner=owner, site=site, **given)
    actions.add_sections(sheet)
    write(sheet, bodies or {})
    return sheet


def write(sheet: Sheet, bodies: dict[int, str]) -> None:
    """Put texts into the sections with these numbers."""
    for number, body in bodies.items():
        Section.objects.filter(sheet=sheet, type__position=number).update(body=body, figure_ids=figures_in(body))


def section_of(sheet: Sheet, number: int) -> Section:
    return Section.objects.select_related("type").get(sheet=sheet, type__position=number)


def make_remark(sheet: Sheet, author: Person, *, number: int = 2, **fields: Any) -> Remark:
    """A question of `author` on the section with this number."""
    given = {"text": "Have you been there?"} | fields
    return Remark.objects.create(sheet=sheet, section=section_of(sheet, number), author=author, **given)


def make_round(sheet: Sheet, *, to: Person, **fields: Any) -> Round:
    """What the sheet says now, frozen, without passing the ball."""
    given = {"number": 1, "handed_over_by": sheet.owner, "handed_over_to": to, "content": content_of(sheet)} | fields
    return Round.objects.create(sheet=sheet, **given)


def make_photo(sheet: Sheet) -> Photo:
    return actions.add_photo(sheet, Picture(b"not looked at here", "jpg", 4, 3), by=sheet.owner)


RUN = {
    "options": {"unit": "h"},
    "rows": [{"id": f"r{n}", "when": f"2026-10-0{n}", "value": str(7 - n)} for n in (1, 2, 3)],
}


def make_figure(sheet: Sheet, **fields: Any) -> Figure:
    """A run chart of three days, placed nowhere."""
    given = {"kind": "run_chart", "title": "Order to door", "data": deepcopy(RUN), "changed_by": sheet.owner} | fields
    return Figure.objects.create(sheet=sheet, **given)


def place(figure: Figure, *, number: int, sheet: Sheet | None = None) -> Section:
    """Put a figure at the end of the section with this number, of its own sheet unless said otherwise."""
    section = section_of(sheet or figure.sheet, number)
    section.body += f'<figure data-figure="{figure.pk}"></figure>'
    section.figure_ids = figures_in(section.body)
    section.save()
    return section


def make_agreement(sheet: Sheet, person: Person | None = None) -> Agreement:
    """The owner asks somebody, the sheet's coach if nobody is named, to agree."""
    (asked,) = actions.ask_to_agree(sheet, people=[person or coach_of(sheet)], by=sheet.owner)
    return asked


def make_talk(sheet: Sheet, *, days: int = 3, **fields: Any) -> Talk:
    """The owner proposes two times to the sheet's coach."""
    day = timezone.now().replace(minute=0, second=0, microsecond=0) + dt.timedelta(days=days)
    given = {"asked_of": coach_of(sheet), "offered_times": [day, day + dt.timedelta(days=1)], "minutes": 30} | fields
    return actions.ask_to_talk(Talk(sheet=sheet, **given), by=sheet.owner)


def make_coach_note(sheet: Sheet, **fields: Any) -> CoachNote:
    """A note of the sheet's coach about its owner."""
    given = {"text": "Answers before looking. Ask for the numbers."} | fields
    return CoachNote.objects.create(author=coach_of(sheet), about=sheet.owner, sheet=sheet, **given)


def coach_of(sheet: Sheet) -> Person:
    assert sheet.coach
    return sheet.coach


def make_plan(sheet: Sheet, person: Person, **row: Any) -> Figure:
    """A plan of one step, given to this person, placed nowhere."""
    who = {"person": person.pk, "name": person.name}
    step = {"id": "s1", "what": "Huddle on all bays", "who": who, "until": "2026-12-04"} | row
    return make_figure(sheet, kind="plan", title="", data={"options": {}, "rows": [step]})


def make_reviewer(sheet: Sheet, *, token: str = "t" * 43, **fields: Any) -> Reviewer:
    """Somebody outside, with a link of this token that works for two weeks."""
    given = {"name": "Ines Roth", "email": "ines@outside.example", "asked_by": sheet.owner} | fields
    expires_at = given.pop("expires_at", timezone.now() + dt.timedelta(days=14))
    given |= {"token_hash": hash_token(token), "expires_at": expires_at}
    return Reviewer.objects.create(sheet=sheet, **given)
