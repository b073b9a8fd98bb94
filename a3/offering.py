"""What the dialog of a figure offers: the kinds that suit a section first, and the people who may be meant."""

from a3.figures import KINDS, Kind
from a3.models import Sheet
from a3.naming import people_of
from partners.models import Person

MOST_PEOPLE = 80
SUITING = {
    "background": ("run_chart", "trend"),
    "current": ("run_chart", "pareto", "before_after", "trend"),
    "goal": ("measures", "trend"),
    "target": ("measures", "trend"),
    "analysis": ("fishbone", "whys", "pareto"),
    "cause": ("fishbone", "whys", "pareto"),
    "countermeasure": ("countermeasures",),
    "proposal": ("countermeasures", "before_after"),
    "plan": ("plan",),
    "follow": ("measures", "run_chart", "trend", "before_after"),
    "result": ("measures", "run_chart", "before_after"),
}


def kinds_for(section: str) -> dict[str, list[Kind]]:
    """Return the kinds that suit a section of this name, and the others."""
    words = section.casefold()
    suiting = next((slugs for word, slugs in SUITING.items() if word in words), ())
    others = [kind for slug, kind in KINDS.items() if slug not in suiting]
    return {"suiting": [KINDS[slug] for slug in suiting], "others": others}


def people_near(sheet: Sheet) -> list[str]:
    """Return names to offer: those on the sheet, people of its site, then of its partner; not more than one reads."""
    named = people_of(sheet).filter(pk__in=[pk for pk in (sheet.owner_id, sheet.coach_id, sheet.sponsor_id) if pk])
    here = Person.objects.at_partner(sheet.partner, site=sheet.site)
    names = dict.fromkeys(named.values_list("name", flat=True))
    names |= dict.fromkeys(here.values_list("name", flat=True)[:MOST_PEOPLE])
    if len(names) < MOST_PEOPLE:
        names |= dict.fromkeys(people_of(sheet).values_list("name", flat=True)[:MOST_PEOPLE])
    return list(names)[:MOST_PEOPLE]
