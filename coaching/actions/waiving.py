"""Notice that was too short: keeping that, and waiving it for LEI."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone

from coaching import mails
from coaching.actions import telling
from coaching.actions.days import keep_days
from coaching.actions.refusals import AlreadyWaived
from coaching.models import ShortNotice, Visit
from coaching.notice import notice_of
from partners.models import Person


def keep_short_notice(
    before: Visit, after: Visit, *, by: Person, deed: ShortNotice.Deed, kept: Iterable[dt.date] = ()
) -> ShortNotice | None:
    """Keep that days which both sides had confirmed were given up too late, if they were.

    In the transaction of the deed, after its write; `kept` are days that the visit takes all the same.
    """
    notice = notice_of(before, by=by, kept=kept)
    if notice is None or not notice.is_short:
        return None
    return ShortNotice.objects.create(
        visit=after,
        deed=deed,
        **vars(notice.slot),
        days_given=notice.given,
        days_asked=notice.asked,
        version=notice.version,
        days=notice.days,
        sequence=after.sequence,
        by=by,
    )


@transaction.atomic
def waive(late: ShortNotice, *, by: Person, reason: str) -> ShortNotice:
    """Give the days back although the notice was too short, for a reason that both sides read; tell the partner.

    Said twice it is done once. Raises AlreadyWaived when somebody else did it, or for another reason.
    """
    visit = Visit.objects.select_for_update(of=("self",), no_key=True).select_related("site").get(pk=late.visit_id)
    deed = {"waived_at": timezone.now(), "waived_by": by, "waive_reason": reason}
    is_new = ShortNotice.objects.counting().filter(pk=late.pk).update(**deed)
    row = ShortNotice.objects.select_related("visit__site__partner", "waived_by", "version", "by").get(pk=late.pk)
    if not is_new:
        if (row.waived_by, row.waive_reason) != (by, reason):
            raise AlreadyWaived(f"{row.waived_by} has waived it meanwhile: {row.waive_reason}")
        return row
    keep_days(visit, by=by)
    telling.tell_of_waiving(row, say=mails.waived)
    return row
