"""Words of the mails about a visit, and about a charter."""

from collections.abc import Sequence
from zoneinfo import ZoneInfo

from django.conf import settings

from coaching import words
from coaching.charters import in_days
from coaching.memo_text import plain
from coaching.models import CharterVersion, Memo, ShortNotice, Visit, VisitRequest
from coaching.notice import consequence, missed
from partners.lib.calendars import day_words
from partners.lib.mailing import Words, words_of
from partners.models import Person


def placed(visit: Visit, to: Person, *, answer: str = "") -> Words:
    """A visit is proposed; please confirm."""
    return _words("visit_placed", visit, to, answer=answer)


def confirmed(visit: Visit, to: Person, *, answer: str = "") -> Words:
    """Both sides have confirmed; goes with the invitation."""
    return _words("visit_confirmed", visit, to, answer=answer)


def moved(visit: Visit, to: Person, *, by: Person, late: ShortNotice | None = None, answer: str = "") -> Words:
    """Somebody moved the visit, perhaps too late; please confirm the new time."""
    return _words("visit_moved", visit, to, by=by, answer=answer, notice=_of_notice(late))


def rezoned(visit: Visit, to: Person, *, before: ZoneInfo, answer: str = "") -> Words:
    """The site's zone was changed: the visit keeps its clocks, and is not asked about when it loses its time by it."""
    lost = words.in_the_way(visit, reader=to) if visit.is_tentative else ""
    was, is_now = words.city(before), words.city(visit.tzinfo)
    answer = "" if lost else answer
    return _words("visit_rezoned", visit, to, answer=answer, lost=lost, before=was, now_in=is_now)


def given_away(visit: Visit, to: Person, *, by: Person, answer: str = "") -> Words:
    """For the coach who was to go: somebody else goes now."""
    return _words("visit_given", visit, to, by=by, answer=answer)


def joined(visit: Visit, to: Person, *, answer: str = "") -> Words:
    """For somebody who has come to take part; goes with the invitation."""
    return _words("visit_joined", visit, to, answer=answer)


def left(visit: Visit, to: Person, *, answer: str = "") -> Words:
    """For somebody who takes part no more; takes the visit out of their calendar, and tells nothing new of it."""
    return _words("visit_left", visit, to, answer=answer)


def cancelled(visit: Visit, to: Person, *, late: ShortNotice | None = None, answer: str = "") -> Words:
    """The visit will not take place; says why, and what it means that it comes too late."""
    return _words("visit_cancelled", visit, to, by=visit.cancelled_by, answer=answer, notice=_of_notice(late))


def waived(late: ShortNotice, to: Person) -> Words:
    """The notice was too short, and LEI lets that be; says why."""
    return _words("visit_waived", late.visit, to, by=late.waived_by, answer="", notice=_of_notice(late))


def _of_notice(late: ShortNotice | None) -> str:
    return f"{missed(late)} {consequence(late)}" if late else ""


def declined(visit: Visit, to: Person, *, answer: str = "") -> Words:
    """One side has said no; says why."""
    return _words("visit_declined", visit, to, by=visit.cancelled_by, answer=answer)


def _words(name: str, visit: Visit, to: Person, *, by: Person | None = None, answer: str, **more: str) -> Words:
    return words_of(
        f"coaching/mail/{name}",
        {
            "visit": visit,
            "person": to,
            "by": by or visit.placed_by,
            "place": words.place(visit),
            "when": words.when(visit),
            "clocks": words.clocks(visit, to),
            "state": words.state(visit),
            "link": f"{settings.SITE_URL}{visit.get_absolute_url()}",
            "answer": f"{settings.SITE_URL}{answer}" if answer else "",
            **more,
        },
    )


def series_placed(visits: Sequence[Visit], to: Person, by: Person, *, answers: Sequence[str]) -> Words:
    """Visits planned together are proposed; please confirm each, or all at once. `answers` are paths, as for one."""
    first = visits[0]
    series = first.series
    context = {
        "visit": first,
        "person": to,
        "by": by,
        "place": words.place(first),
        "dates": [
            (words.when(visit), f"{settings.SITE_URL}{answer}" if answer else "")
            for visit, answer in zip(visits, answers, strict=True)
        ],
        "may_answer": any(answers),
        "link": f"{settings.SITE_URL}{series.get_absolute_url() if series else first.get_absolute_url()}",
    }
    return words_of("coaching/mail/series_placed", context)


def request_declined(asked: VisitRequest, by: Person) -> Words:
    """LEI cannot do what was asked; says why, and what to do next."""
    context = {
        "asked": asked,
        "person": asked.asked_by,
        "by": by,
        "link": f"{settings.SITE_URL}{asked.get_absolute_url()}",
    }
    return words_of("coaching/mail/request_declined", context)


def charter_proposed(version: CharterVersion, to: Person) -> Words:
    """A charter, or a change of one, waits to be acknowledged."""
    return _of_charter("charter_proposed", version, to)


def charter_in_force(version: CharterVersion, to: Person) -> Words:
    """Both sides have acknowledged it."""
    return _of_charter("charter_in_force", version, to)


def charter_ended(version: CharterVersion, to: Person) -> Words:
    """It ends before the day that was agreed, or is not proposed any more; says why."""
    return _of_charter("charter_ended", version, to)


def _of_charter(name: str, version: CharterVersion, to: Person) -> Words:
    charter = version.charter
    return words_of(
        f"coaching/mail/{name}",
        {
            "charter": charter,
            "version": version,
            "person": to,
            "days": in_days(version.days_per_year),
            "first": day_words(version.begins_on, year=True),
            "last": day_words(charter.last_on if charter.ended_on else version.ends_on, year=True),
            "link": f"{settings.SITE_URL}{charter.get_absolute_url()}",
        },
    )


def memo(memo: Memo, to: Person) -> Words:
    """The memo of a visit, in full."""
    visit = memo.visit
    return words_of(
        "coaching/mail/memo",
        {
            "memo": memo,
            "visit": visit,
            "person": to,
            "place": words.place(visit),
            "when": words.when(visit),
            "lines": plain(memo.body).splitlines(),
            "link": f"{settings.SITE_URL}{memo.get_absolute_url()}",
        },
    )
