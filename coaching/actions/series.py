"""Planning visits in a series: placed together, told in one mail, and then each on its own."""

from collections.abc import Sequence

from django.db import transaction

from coaching import answers, mails
from coaching.actions.confirming import confirm
from coaching.actions.refusals import Refused
from coaching.actions.visits import place
from coaching.models import Visit, VisitSeries
from partners import actions as floor
from partners.models import Person


@transaction.atomic
def place_series(visits: Sequence[Visit], *, by: Person, every_weeks: int, reason: str = "") -> VisitSeries:
    """Put all of these visits on the board or none; one mail to each person lists them.

    Raises CoachIsElsewhere or NeedsReason for the first that cannot be placed.
    """
    series = VisitSeries.objects.create(site=visits[0].site, every_weeks=every_weeks, placed_by=by)
    for visit in visits:
        visit.series = series
        place(visit, by=by, reason=reason)
    for person in visits[0].people():
        paths = [answers.address_for(visit, person) for visit in visits]
        said = mails.series_placed(visits, person, by, answers=paths)
        floor.post(said, key=f"series:{series.pk}:placed:to:{person.pk}", to=person, is_secret=any(paths))
    return series


def confirm_series(series: VisitSeries, *, by: Person) -> tuple[int, list[str]]:
    """Confirm for one's side what is still tentative; returns how many, and a sentence for each that cannot be."""
    done, refusals = 0, []
    waiting = Visit.objects.confirmable_by(by).filter(series=series).select_related("coach", "site__partner")
    for visit in waiting.order_by("starts_at", "pk"):
        try:
            confirm(visit, by=by)
        except Refused as refused:
            refusals.append(str(refused))
        else:
            done += 1
    return done, refusals
