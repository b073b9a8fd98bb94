"""The catalogue by month, and one offering."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from courses.models import Enrollment, Offering
from courses.models.enrollments import SEATED
from courses.papers import show_papers
from courses.views.chairs import chairs_of
from courses.views.line import balances_of, groups_of, held_for
from courses.views.people import people_to_choose
from courses.views.rows import months, seats_in_words, twelve_months
from partners.http import AuthenticatedRequest, shown
from partners.lib.pages import page_of
from partners.models import Partner, Person

LISTED = 200  # people of one offering
BALANCES = 3  # partners whose seats are shown


@require_safe
def offering_list(request: AuthenticatedRequest) -> HttpResponse:
    now, user = timezone.now(), request.user
    show = request.GET.get("show", "")
    offerings = Offering.objects.visible_to(user).upcoming(now).for_list().with_state_of(user)
    if show == "online":
        offerings = offerings.online()
    elif show == "mine":
        offerings = offerings.asked_for_by(user)
    page = page_of(offerings, "starts_on", "pk", after=request.GET.get("after", ""))
    leads = user.sees_all_partners or Partner.objects.led_by(user).exists()
    context = {"page": page, "months": list(months(page, user, now, leads=leads)), "show": show, "leads": leads}
    return render(request, "courses/offering_list.html", context)


@require_safe
def offering_detail(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    return detail(request, pk)


@require_safe
def offerings_of_partner(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """What is taught for a partner, or at one of its sites, in ?year=: twelve cells of the partner's year."""
    partner = get_object_or_404(Partner.objects.visible_to(request.user), pk=pk)
    today = timezone.localdate()
    text = request.GET.get("year", "")
    year = int(text) if text.isascii() and text.isdigit() and len(text) == 4 and int(text) else today.year
    theirs = Offering.objects.visible_to(request.user).of_partner(partner).filter(starts_on__year=year)
    offerings = list(theirs.select_related("course", "site").order_by("starts_on", "pk"))
    context = {"months": twelve_months(year, offerings, today) if offerings else []}
    return render(request, "courses/offerings_of_partner.html", context)


@require_safe
def offering_people(request: AuthenticatedRequest, pk: int) -> HttpResponse:
    """Those who could go, found by name or e-mail; who is ticked stays."""
    offering = get_object_or_404(Offering.objects.approvable_by(request.user), pk=pk)
    context = {"offering": offering, "people": people_to_choose(request, offering)}
    return render(request, "courses/_people.html", context)


def detail(request: AuthenticatedRequest, pk: int, *, status: int = 200, **more: Any) -> HttpResponse:
    """Answer with the offering's page or its panel; `refusal` or `form` say what went wrong."""
    user = request.user
    offering = get_object_or_404(Offering.objects.visible_to(user).for_page().with_state_of(user), pk=pk)
    rows = Enrollment.objects.visible_to(user).listed().with_repeated()
    seen = list(rows.filter(offering=offering).for_page()[:LISTED])
    listed = [row for row in seen if row.is_living]
    own = next((row for row in listed if row.person_id == user.pk), None)
    context = {
        "offering": offering,
        "own": own,
        "place": own.place_in_line if own and own.is_waiting else 0,
        "groups": groups_of(listed, user),
        "held": held_for(offering, user),
        "others": [row for row in listed if row.person_id != user.pk],
        "given_back": [row for row in seen if not row.is_living],
        "papers": show_papers(listed, timezone.now()),
        "chairs": chairs_of(offering, 0 if user.is_at_lei else sum(row.has_seat for row in listed)),
        "seats": seats_in_words(offering),
        "own_hours": offering.hours_in(user.tzinfo) if offering.is_elsewhere(user.tzinfo) else "",
    } | _rights(offering, user)
    if context["may_enroll"]:
        context["people"] = people_to_choose(request, offering)
        context["balances"] = balances_of(context["led"][:BALANCES], offering)
    return render(request, shown(request, "courses/offering_detail.html", part="offer"), context | more, status=status)


def may_see_link(offering: Offering, user: Person) -> bool:
    """Who has a seat or teaches joins; LEI's staff look. `offering` is one of `with_state_of` this user."""
    own = getattr(offering, "own_state", None)
    return user.sees_all_partners or own in SEATED or user in offering.instructors.all()


def _rights(offering: Offering, user: Person) -> dict[str, Any]:
    """What this person may do here; the actions check again."""
    now = timezone.now()
    led = list(Partner.objects.led_by(user))
    is_open, takes_late = offering.is_open(now), offering.takes_late(now)
    is_alive = not (offering.cancelled_at or offering.is_over(now))
    own = getattr(offering, "own_state", None)
    is_learner = not led and not user.is_at_lei
    return {
        "led": led,
        "is_open": is_open,
        "may_approve": is_alive and bool(led or user.sees_all_partners),
        "may_enroll": is_alive and (user.sees_all_partners or (bool(led) and (is_open or takes_late))),
        "may_keep_door": user.sees_all_partners or (user.is_coach and user in offering.instructors.all()),
        "is_over": offering.is_over(now),
        "is_late_back": offering.is_late_to_give_back(now),
        "may_see_link": may_see_link(offering, user),
        "may_ask": is_learner and is_open and not own,
        "may_ask_late": is_learner and takes_late and not own,
        "asks_late": takes_late and not user.sees_all_partners,
    }
