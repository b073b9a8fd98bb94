"""How the demo's sheets hang together: cascades, an archive, a copy, and lists that people keep."""

import datetime as dt

from django.db.models import Count
from django.utils import timezone

from a3 import actions
from a3.models import SavedList, Sheet, State
from leipartners.demo.people import Ground
from partners.models import Person

KEPT = {
    "Dana Whitlock": (("Waiting for me", "show=turn"), ("In trial", "state=in_trial"), ("Held too long", "stale=on")),
    "Ken Obara": (("My turn", "show=turn"), ("Slipped", "state=slipped")),
}
PUT_AWAY = "The line moved to another site."


def arrange_sheets(ground: Ground) -> int:
    """Return how many sheets are part of another."""
    children = []
    for partner in ground.partners:
        sheets = list(Sheet.objects.filter(partner=partner).order_by("-updated_at", "-pk")[:40])
        by_site: dict[int, list[Sheet]] = {}
        for sheet in sheets:
            by_site.setdefault(sheet.site_id, []).append(sheet)
        for parent, *below in by_site.values():
            for child in below[:2]:
                child.parent = parent
                children.append(child)
    Sheet.objects.bulk_update(children, ["parent"], batch_size=2000)
    _put_away()
    _copy_one()
    people = {person.name: person for person in Person.objects.filter(name__in=KEPT)}
    SavedList.objects.bulk_create(
        SavedList(person=people[who], name=name, query=query)
        for who, lists in KEPT.items()
        if who in people
        for name, query in lists
    )
    return len(children)


def _put_away() -> None:
    """Sheets that were given up, from the archive of their owners."""
    for sheet in Sheet.objects.filter(state=State.ABANDONED).order_by("pk")[:6]:
        sheet.archived_at, sheet.archived_by_id = timezone.now() - dt.timedelta(days=30), sheet.owner_id
        sheet.archive_reason = PUT_AWAY
        sheet.save(update_fields=["archived_at", "archived_by", "archive_reason"])


def _copy_one() -> None:
    dana = Person.objects.filter(name="Dana Whitlock").first()
    written = Sheet.objects.filter(owner=dana).annotate(n=Count("figures")).order_by("-n", "pk").first()
    if dana and written:
        actions.copy_sheet(written, title=f"{written.title}, evening shift", site=written.site, by=dana)
