"""After a course: the plan and what one says of the course, the checks, and the sheet that a plan becomes."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.html import escape

from a3 import actions as a3
from a3.models import Section, Sheet, SheetType
from courses import answers
from courses.actions.purposes import held, unasked
from courses.actions.refusals import AlreadyEnded, NoSeat, NotYet, TooLate
from courses.models import ApplicationPlan, Enrollment, FollowUp, Purpose, Reaction
from courses.models.enrollments import SEATED
from courses.models.plans import ASKED_AFTER, Done, due_at, opens_at, plan_key
from partners.actions import call_off, owe, settle
from partners.lib.addresses import address_of
from partners.models import Person

LAST_HOUR = dt.timedelta(hours=1)
RECENT = dt.timedelta(days=14)  # whose last day is longer past is not asked for a plan any more
PLAN_REMINDED = (-LAST_HOUR, dt.timedelta(days=1), dt.timedelta(days=3), dt.timedelta(days=7))  # after the last hour
REMINDED_AFTER = (dt.timedelta(0), dt.timedelta(days=3), dt.timedelta(days=7))
PROBLEM_SOLVING = "problem-solving"


def _there(enrollment: Enrollment) -> Enrollment:
    """The enrollment, held, of somebody who was there. Raises NoSeat, and NotYet before the last day at the place."""
    enrollment = held(enrollment)
    if enrollment.state not in SEATED or enrollment.offering.cancelled_at:
        raise NoSeat("A plan is for people who had a seat in the course.")
    if timezone.now() < opens_at(enrollment.offering):
        raise NotYet("Your plan is for the last day of the course; it opens that morning.")
    return enrollment


@transaction.atomic
def react(enrollment: Enrollment, **said: Any) -> Reaction:
    """Keep what somebody says of the course; said again, it replaces what was said. Raises NoSeat and NotYet."""
    enrollment = _there(enrollment)
    reaction, _ = Reaction.objects.update_or_create(enrollment=enrollment, defaults=said)
    return reaction


@transaction.atomic
def write_plan(enrollment: Enrollment, **said: Any) -> ApplicationPlan:
    """Keep a plan, with a check 30, 60 and 90 days after the last day; those past are not asked. Again: changed.

    Raises NoSeat, NotYet, and TooLate once the first check has come.
    """
    enrollment, now = _there(enrollment), timezone.now()
    plan = ApplicationPlan.objects.filter(enrollment=enrollment).prefetch_related("follow_ups").first()
    if plan and plan.is_fixed(now):
        raise TooLate("The first check has come: the plan stays as it was. Say there what became of it.")
    if plan is None:
        days = [after for after in ASKED_AFTER if due_at(enrollment.offering, after) > now]
        if not days:
            raise TooLate("The course is more than 90 days past. Start an A3 instead.")
        plan = ApplicationPlan.objects.create(enrollment=enrollment, written_at=now, changed_at=now, **said)
        FollowUp.objects.bulk_create(
            FollowUp(plan=plan, after=after, due_at=due_at(enrollment.offering, after)) for after in days
        )
        settle(plan_key(enrollment.pk))
        return plan
    if any(getattr(plan, name) != value for name, value in said.items()):
        for name, value in said.items():
            setattr(plan, name, value)
        plan.changed_at = now
        plan.save(update_fields=[*said, "changed_at"])
    return plan


@transaction.atomic
def ask_for_plans(now: dt.datetime, *, limit: int) -> int:
    """Have at most `limit` people whose course has come to its last hour owe a plan; returns how many. Each once."""
    over = Enrollment.objects.who_came().filter(
        partner__isnull=False,
        plan__isnull=True,
        person__is_active=True,
        offering__cancelled_at__isnull=True,
        offering__ends_on__range=((now - RECENT).date(), (now + dt.timedelta(days=1)).date()),
    )
    rows = unasked(over, "plan:").select_for_update(skip_locked=True, of=("self",), no_key=True)
    found = rows.select_related("person", "partner", "offering__course").order_by("offering__ends_on", "pk")[:limit]
    due = [row for row in found if row.offering.ends_at - LAST_HOUR <= now]
    for enrollment in due:
        _owe_plan(enrollment)
    return len(due)


def _owe_plan(enrollment: Enrollment) -> None:
    offering, now = enrollment.offering, timezone.now()
    moments = [offering.ends_at + after for after in PLAN_REMINDED]
    owe(
        enrollment.person,
        key=plan_key(enrollment.pk),
        partner=enrollment.partner,
        words=f"What will you try after {offering.course.name}?",
        detail="Your plan in five lines, and four taps about the course.",
        why="You took this course.",
        url=address_of("courses:plan_edit", enrollment.pk),
        verb="Write it",
        due_at=offering.ends_at + dt.timedelta(days=3),
        reminders_at=[max(moments[0], now + dt.timedelta(seconds=30)), *moments[1:]],
    )


def close_plans(now: dt.datetime) -> None:
    """Nobody owes a plan who turned out not to have been there, or once the last day to be asked about it is past."""
    last = now - dt.timedelta(days=ASKED_AFTER[-1])
    late = Enrollment.objects.filter(offering__ends_on__range=((last - RECENT).date(), last.date()))
    recent = Enrollment.objects.filter(offering__ends_on__range=((now - RECENT).date(), now.date()))
    absent = recent.seated().exclude(pk__in=recent.who_came().values("pk"))
    pks = [*late.values_list("pk", flat=True), *absent.values_list("pk", flat=True)]
    call_off(*[plan_key(pk) for pk in pks])


@transaction.atomic
def ask_follow_ups(now: dt.datetime, *, limit: int) -> int:
    """Put at most `limit` checks whose day has come on their people's lists; returns how many.

    Rows that another planner holds are skipped, so several may run at once.
    """
    due = FollowUp.objects.to_ask(now).select_for_update(skip_locked=True, of=("self",), no_key=True)
    rows = list(due.for_page().order_by("due_at", "pk")[:limit])
    for row in rows:
        enrollment = row.plan.enrollment
        owe(
            enrollment.person,
            key=row.key,
            partner=enrollment.partner,
            words=f"Did you do it? {row.after} days after {enrollment.offering.course.name}",
            detail=row.plan.what,
            why="You planned this after the course. Two questions.",
            url=answers.follow_up_address(row, enrollment.person),
            verb="Answer",
            due_at=row.due_at + REMINDED_AFTER[-1],
            reminders_at=[max(row.due_at + after, now + dt.timedelta(seconds=30)) for after in REMINDED_AFTER],
        )
    FollowUp.objects.filter(pk__in=[row.pk for row in rows]).update(asked_at=now)
    return len(rows)


@dataclass(frozen=True)
class Told:
    """What somebody answers to a check: whether they did it, what came of it, a number, how one knows, a sheet."""

    done: str
    words: str = ""
    number: Decimal | None = None
    evidence: str = ""
    sheet: Sheet | None = None


@transaction.atomic
def answer_follow_up(follow_up: FollowUp, told: Told, *, by: Person, is_first: bool = False) -> FollowUp:
    """Keep an answer; a later one replaces it, the history keeps both.

    Raises NotYet before its day, and with `is_first` AlreadyEnded when another was given before.
    """
    now = timezone.now()
    plan = ApplicationPlan.objects.select_for_update(no_key=True).get(pk=follow_up.plan_id)
    row = FollowUp.objects.get(pk=follow_up.pk)
    if row.due_at > now:
        raise NotYet("This is asked on its day, not before.")
    said = vars(told)
    is_new = row.answered_at is None or any(getattr(row, name) != value for name, value in said.items())
    if is_new and row.answered_at and is_first:
        raise AlreadyEnded("You have answered already. To correct it, sign in and open My enrollments.")
    if is_new:
        for name, value in said.items():
            setattr(row, name, value)
        row.answered_at, row.answered_by = now, by
        row.save(update_fields=[*said, "answered_at", "answered_by"])
    newest = FollowUp.objects.filter(plan=plan, answered_at__isnull=False).latest("due_at")
    plan.latest, plan.latest_due_at = newest.done, newest.due_at
    plan.save(update_fields=["latest", "latest_due_at"])
    settle(row.key)
    if told.done == Done.GAVE_UP:  # who gave it up is not asked again
        call_off(*[other.key for other in plan.follow_ups.filter(answered_at__isnull=True)])
    return row


@transaction.atomic
def make_sheet(plan: ApplicationPlan, *, by: Person) -> Sheet:
    """Start the plan's sheet at its site, with title and background filled in; the same one however often asked."""
    plan = ApplicationPlan.objects.select_for_update(of=("self",), no_key=True).for_page().get(pk=plan.pk)
    if plan.sheet:  # one more query, once
        return plan.sheet
    enrollment = plan.enrollment
    purpose = Purpose.objects.filter(enrollment=enrollment).first()
    sheet = a3.start_sheet(
        Sheet(
            type=SheetType.objects.get(slug=PROBLEM_SOLVING),
            title=_title(plan.what),
            partner=plan.site.partner,
            site=plan.site,
            purpose=purpose.problem[:300] if purpose else "",
        ),
        by=by,
    )
    first = Section.objects.filter(sheet=sheet).order_by("type__position").first()
    if first and not first.body:
        a3.save_section(first.pk, body=background_of(plan, purpose), revision=first.revision, by=by)
    plan.sheet = sheet
    plan.save(update_fields=["sheet"])
    return sheet


def _title(what: str) -> str:
    """The first line of what will be tried, whole words of it."""
    line = what.strip().splitlines()[0]
    return line if len(line) <= 120 else f"{line[:116].rsplit(' ', 1)[0]} ..."


def background_of(plan: ApplicationPlan, purpose: Purpose | None) -> str:
    """What a sheet says at first: why, and what is planned; safe text of its own paragraphs."""
    offering = plan.enrollment.offering
    lines = [("The problem", purpose.problem), ("To be able to", purpose.able_to)] if purpose else []
    lines += [
        ("To try", plan.what),
        ("With", plan.with_whom),
        ("We will know by", plan.how_known),
        ("It began with", f"{offering.course.name}, {offering.dates}"),
    ]
    return "".join(f"<p><strong>{word}:</strong> {escape(' '.join(text.split()))}</p>" for word, text in lines)
