"""LEI's coaches: who could go somewhere, how their months are taken, which visits have no confirmed coach."""

import datetime as dt
from collections import Counter
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from coaching import words
from coaching.finding import Known, Wish, count_days, find
from coaching.forms import FindForm, ProfileForm
from coaching.forms.finding import LONGEST_PURPOSE
from coaching.models import CoachProfile, Visit, VisitRequest
from coaching.purposes import fields_of, like_it
from coaching.workload import Load, loads_of, months_from
from partners.http import AuthenticatedRequest, csv_answer
from partners.lib.pages import Page, page_of, some_of
from partners.models import BusyTime, Partner, Person, Site
from partners.tables import Cell, Column

MONTHS = 6
COACHES = 30  # rows on one page
REQUESTS = 10  # that wait, on the page of visits without a coach
TWO_YEARS = dt.timedelta(days=731)
AROUND = dt.timedelta(days=4)  # what is so near a search may share the way
LIMITS = (30, 60, 90)
HEAD = ("Coach", "Month", "Working days", "Committed", "Tentative", "Travel", "Away", "Free")


@require_safe
def coach_finder(request: AuthenticatedRequest) -> HttpResponse:
    """Who could go to a site in some days, and why; from a request, or from what is entered."""
    lei_only(request)
    asked = asked_for(request)
    form = FindForm(given(request, asked), sites=Site.objects.visible_to(request.user))
    wish = wish_of(form, asked) if form.is_bound and form.is_valid() else None
    context = {
        "form": form,
        "asked": asked,
        "wish": wish,
        "found": find(wish, known_to(request.user, wish)) if wish else [],
    }
    return render(request, "coaching/coach_finder.html", context, status=422 if form.errors else 200)


def wish_of(form: FindForm, asked: VisitRequest | None) -> Wish:
    """What was entered, without the days on which the site has a holiday or said that it cannot."""
    given = form.cleaned_data
    holidays = given["site"].holidays.filter(on__range=(given["first"], given["last"])).values_list("on", flat=True)
    cannot = asked.impossible_on if asked and asked.site == given["site"] else []
    return Wish(**given, closed=frozenset([*holidays, *cannot]))


def lei_only(request: AuthenticatedRequest) -> None:
    get_object_or_404(Person.objects.visible_to(request.user).at_lei(), pk=request.user.pk)


def asked_for(request: AuthenticatedRequest) -> VisitRequest | None:
    """The request for which a coach is looked for, if one is named."""
    number = request.GET.get("request", "")
    if not (number.isascii() and number.isdigit() and len(number) < 19):
        return None
    rows = VisitRequest.objects.placeable_by(request.user).select_related("site__partner")
    return rows.filter(pk=int(number)).first()


def given(request: AuthenticatedRequest, asked: VisitRequest | None) -> Any:
    """What was entered, or what the request says, or nothing yet."""
    if "first" in request.GET or asked is None:
        return request.GET if "first" in request.GET else None
    today = timezone.localdate()
    first, last = max(asked.preferred_from, today), max(asked.preferred_to, today)
    return {
        "site": asked.site_id,
        "first": first,
        "last": min(last, first + dt.timedelta(days=120)),
        "days": 1,
        "purpose": asked.purpose[:LONGEST_PURPOSE],
        "language": "" if asked.site.language == "en" else asked.site.language,
    }


def known_to(reader: Person, wish: Wish) -> list[Known]:
    """Everything about every coach that the search weighs; a fixed number of queries."""
    known = {coach.pk: Known(coach) for coach in Person.objects.visible_to(reader).coaches().order_by("sort_name")}
    first, last = (dt.datetime.combine(day, dt.time(), dt.UTC) for day in (wish.first, wish.last))
    month = months_from(wish.first, 1)[0]
    begin, end = (dt.datetime.combine(day, dt.time(), dt.UTC) for day in month)
    for row in BusyTime.objects.visible_to(reader).between(min(first, begin) - AROUND, max(last, end) + AROUND):
        if row.person_id in known:
            known[row.person_id].busy.append(row)
    visits = Visit.objects.visible_to(reader).active().select_related("site__partner")
    for visit in visits.between(first - AROUND, last + AROUND):
        if visit.coach_id in known:
            known[visit.coach_id].visits.append(visit)
    add_history(known, reader, wish)
    for one in known.values():
        one.days_taken = count_days(one.busy, *month)
    return list(known.values())


def add_history(known: dict[int, Known], reader: Person, wish: Wish) -> None:
    """Profiles, visits at the partner in two years, and who its coaches are."""
    for profile in CoachProfile.objects.visible_to(reader):
        if profile.coach_id in known:
            known[profile.coach_id].profile = profile
    here = Visit.objects.visible_to(reader).confirmed().filter(site__partner=wish.site.partner_id)
    seen = Counter(here.filter(starts_at__gt=timezone.now() - TWO_YEARS).values_list("coach", flat=True))
    theirs = set(Partner.objects.visible_to(reader).filter(pk=wish.site.partner_id).values_list("coaches", flat=True))
    for pk, one in known.items():
        one.visits_here, one.is_theirs = seen[pk], pk in theirs
    if wish.purpose:
        add_purpose(known, reader, wish.purpose)


def add_purpose(known: dict[int, Known], reader: Person, purpose: str) -> None:
    """Who went for something like it, and who brings what it is about."""
    over = Visit.objects.visible_to(reader).confirmed().filter(ends_at__lt=timezone.now())
    for visit in like_it(over.select_related("site__partner"), purpose, timezone.now() - TWO_YEARS):
        if visit.coach_id in known:
            known[visit.coach_id].like_it.append(visit)
    wanted = fields_of(purpose)
    for one in known.values():
        one.brings = [name for name in one.profile.experience if name in wanted] if one.profile else []


@require_safe
def coach_load(request: AuthenticatedRequest) -> HttpResponseBase:
    """How the days of each coach are taken in six months; also as CSV."""
    lei_only(request)
    start = first_of(request.GET.get("from", ""))
    months = months_from(start, MONTHS)
    coaches = Person.objects.visible_to(request.user).coaches()
    if request.GET.get("as") == "csv":
        return as_csv(loads_for(list(coaches.order_by("sort_name", "pk")), months, request.user))
    page = page_of(coaches, "sort_name", "pk", after=request.GET.get("after", ""), size=COACHES)
    context = {
        "page": page,
        "loads": loads_for(page.rows, months, request.user),
        "months": [first for first, _ in months],
        "start": start,
        "earlier": months_from(start - dt.timedelta(days=1), 1)[0][0],
        "later": months[1][0],
    }
    return render(request, "coaching/coach_load.html", context)


def first_of(text: str) -> dt.date:
    """The first of the month that ?from=2026-11 names, of this month when it names none."""
    today = timezone.localdate()
    try:
        day = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        day = today
    return (day if abs(day.year - today.year) < 50 else today).replace(day=1)


def loads_for(coaches: list[Person], months: list[tuple[dt.date, dt.date]], reader: Person) -> list[Load]:
    start = dt.datetime.combine(months[0][0], dt.time(), dt.UTC) - dt.timedelta(days=1)
    end = dt.datetime.combine(months[-1][1], dt.time(), dt.UTC) + dt.timedelta(days=2)
    busy = BusyTime.objects.visible_to(reader).filter(person__in=coaches).between(start, end)
    tentative = Visit.objects.visible_to(reader).tentative().filter(coach__in=coaches).between(start, end)
    return loads_of(coaches, months, busy, tentative)


def as_csv(loads: list[Load]) -> StreamingHttpResponse:
    rows: list[list[Cell]] = []
    for load in loads:
        for month in load.months:
            days = (month.working, month.committed, month.tentative, month.travel, month.away, month.free)
            rows.append([load.coach.name, f"{month.first:%Y-%m}", *(f"{number:g}" for number in days)])
    return csv_answer("coaches", [Column(title) for title in HEAD], rows)


@require_http_methods(["GET", "POST"])
def coach_profile(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """What is known of a coach: languages, experience, days a month, where they live."""
    coaches = Person.objects.visible_to(request.user).coaches()
    if not request.user.is_lei_staff:
        coaches = coaches.filter(pk=request.user.pk)
    coach = get_object_or_404(coaches, pk=pk)
    profile = CoachProfile.objects.editable_by(request.user).filter(coach=coach).first() or CoachProfile(
        coach=coach, languages=["en"]
    )
    form = ProfileForm(request.POST or None, instance=profile)
    if form.is_valid():
        form.save()
        messages.success(request, "Saved.")
        return redirect("coaching:coach_load")
    context = {"form": form, "coach": coach}
    return render(request, "coaching/coach_profile.html", context, status=422 if form.errors else 200)


@require_safe
def coverage(request: AuthenticatedRequest) -> HttpResponse:
    """Visits without a confirmed coach and requests that wait, by how many days are left."""
    lei_only(request)
    now = timezone.now()
    waiting = Visit.objects.visible_to(request.user).upcoming(now).filter(coach_confirmed_at__isnull=True)
    near = waiting.filter(starts_at__lt=now + dt.timedelta(days=LIMITS[-1] + 2)).select_related(
        "coach", "site__partner"
    )
    page = page_of(near, "starts_at", "pk", after=request.GET.get("after", ""))
    groups = by_days_left(page, now)
    requests = VisitRequest.objects.visible_to(request.user).to_place().select_related("site__partner", "asked_by")
    context = {
        "page": page,
        "groups": groups,
        "requests": some_of(requests, REQUESTS) if page.is_first else [],
        "today": timezone.localdate(now),
    }
    return render(request, "coaching/coverage.html", context)


def by_days_left(page: Page[Visit], now: dt.datetime) -> list[tuple[int, list[tuple[Visit, str, int]]]]:
    """Within 30 days, 60 and 90: each visit, when it is, and the days left on the calendar of its site.

    A limit of which nothing is known comes without a group: what precedes or follows stands on another page.
    """
    groups: dict[int, list[tuple[Visit, str, int]]] = {limit: [] for limit in LIMITS}
    for visit in page:
        left = max((visit.first_day - now.astimezone(visit.tzinfo).date()).days, 0)
        if limit := next((limit for limit in LIMITS if left <= limit), None):
            groups[limit].append((visit, words.when(visit), left))
    filled = [limit for limit in LIMITS if groups[limit]]
    first = LIMITS[0] if page.is_first else min(filled, default=LIMITS[-1] + 1)
    last = max(filled, default=0) if page.next else LIMITS[-1]
    return [(limit, visits) for limit, visits in groups.items() if first <= limit <= last]
