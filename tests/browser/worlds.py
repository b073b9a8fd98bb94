"""Rows for the pages that are looked at: enough of each kind that a page is as full as on a working day."""

import datetime as dt
from typing import Any

from django.utils import timezone

from a3.actions import archive, hand_over
from a3.models import Effect, SavedList, Sheet
from coaching import actions as coaching
from coaching.models import CoachProfile, Kind, Leave, TravelDay, Visit, VisitDocument, VisitRequest, VisitSeries
from coaching.times import whole_days
from courses import actions as courses
from courses.account import keep
from courses.models import Enrollment, EnrollmentImport, Offering
from partners import actions
from partners.models import Allotment, Benefit, Claim, Outcome, Person
from partners.models.allotments import Kind as Entry
from tests.a3.factories import make_remark, make_sheet
from tests.cast import Cast
from tests.coaching.documents import PDF, make_document
from tests.coaching.factories import make_confirmed, make_request, make_visit, token_of
from tests.courses.factories import hold_for, make_course, make_enrollment, make_offering
from tests.courses.lists import make_import
from tests.factories import make_allotment, make_claim, make_person

TABLE = (
    "<table><tbody><tr><th><p>Cause</p></th><th><p>Countermeasure</p></th></tr><tr><td><p>Letter after rounds</p></td>"
    "<td><p>Draft the letter at the huddle; on rounds only correct and sign.</p></td></tr>"
    "</tbody></table>"
)
BODIES = {
    1: "<p>Beds upstairs open late: the wait for a bed went from <strong>3.9 to 6.2 hours</strong> in a year.</p>",
    2: "<p>Six walks on the ward, 9 to 27 October.</p><ul><li><p>17 % leave before noon</p></li></ul>",
    5: TABLE,
}

SUMMARY = "Three days of writing one A3 on a problem you own, with a coach who asks and does not answer."
BEFORE = """Pick one problem you own: Your sponsor says yes to it in a sentence.
Walk it once, with a watch: One patient, one order or one part, end to end. Two hours.
Bring the numbers on paper: Six weeks, one line. No slides."""
PRACTICE = "Write sections 1 to 3 of a sheet, coached. Your coach reads it in red within two days."


def at(day: int, hour: int) -> dt.datetime:
    """This hour (UTC) of the day that is so many days from today."""
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight + dt.timedelta(days=day, hours=hour)


def a_sheet(cast: Cast) -> Sheet:
    sheet = make_sheet(cast.change_agent, cast.site, coach=cast.coach, bodies=BODIES)
    make_remark(sheet, cast.coach, number=2)
    quote = {"quote": "17 % leave before noon", "after": "", "before": ""}
    make_remark(sheet, cast.coach, number=2, text="What did you see?", **quote)
    make_remark(sheet, cast.coach, number=5, text="Who signs if the junior is off sick?", quote="only correct and sign")
    return sheet


def many_sheets(cast: Cast) -> dict[str, Any]:
    """A cascade of three, one sheet in the archive, and a list that is kept."""
    parent = make_sheet(cast.change_agent, cast.site, title="Leave by noon", coach=cast.coach, bodies=BODIES)
    for title in ("Leave before noon, 4 East", "Letters before noon"):
        child = make_sheet(cast.learner, cast.site, title=title, parent=parent, bodies=BODIES)
    child.copied_from = parent
    child.save()
    archived = make_sheet(cast.change_agent, cast.site, title="Noon huddles", bodies=BODIES)
    archive(archived, by=cast.change_agent, reason="The ward moved.")
    kept = SavedList.objects.create(person=cast.change_agent, name="My drafts", query="state=draft")
    return {"parent": parent, "archived": archived, "list": kept}


def a_claim(cast: Cast) -> Claim:
    """Claimed half a year ago; one answer held, one slipped, the third is overdue."""
    claim = make_claim(cast.change_agent, cast.site, measured_on=at(-190, 0).date(), evidence="Counted at the door")
    for check, outcome in zip(claim.checks.all(), (Outcome.HOLDING, Outcome.SLIPPED), strict=False):
        words = "" if outcome == Outcome.HOLDING else "It is done on the early shift only."
        actions.answer_check(check, outcome=outcome, value=None, made_it_so=words, by=cast.change_agent)
    return claim


def an_effect(cast: Cast) -> Sheet:
    sheet = a_sheet(cast)
    Effect.objects.create(sheet=sheet, claim=a_claim(cast))
    return sheet


def a_sheet_with_its_coach(cast: Cast) -> Sheet:
    """Handed over, so that it can be taken back."""
    sheet = a_sheet(cast)
    hand_over(sheet, to=cast.coach, by=cast.change_agent)
    return sheet


def a_visit(cast: Cast) -> Visit:
    make_request(cast.site, cast.change_agent, preferred_from=at(9, 0).date(), preferred_to=at(12, 0).date())
    make_confirmed(cast.site, cast.coach, starts_at=at(1, 14), ends_at=at(2, 21), kind=Kind.GEMBA)
    make_visit(cast.other_site, cast.coach, starts_at=at(3, 15), ends_at=at(3, 17), placed_by=cast.staff)
    return make_visit(cast.site, cast.coach, starts_at=at(4, 14), ends_at=at(4, 16), placed_by=cast.staff)


def a_declined_visit(cast: Cast) -> str:
    """Returns the secret of the link by which it was declined."""
    visit = make_visit(cast.site, cast.coach, starts_at=at(4, 14), ends_at=at(4, 16), placed_by=cast.staff)
    token = token_of(visit, cast.change_agent)
    coaching.decline(visit, by=cast.change_agent, reason="An audit that week. The week after would fit.")
    return token


def some_leave(cast: Cast) -> Leave:
    slot = whole_days(at(3, 0).date(), at(4, 0).date(), cast.coach.tzinfo)
    return Leave.objects.create(coach=cast.coach, note="Thanksgiving", added_by=cast.staff, **vars(slot))


def a_way(cast: Cast) -> TravelDay:
    """The day after a visit."""
    visit = make_visit(cast.site, cast.coach, starts_at=at(4, 14), ends_at=at(4, 16))
    slot = whole_days(at(5, 0).date(), at(5, 0).date(), cast.site.tzinfo)
    way = {"route": "Columbus to Boston", "visit": visit, "added_by": cast.staff}
    return TravelDay.objects.create(coach=cast.coach, **way, **vars(slot))


def an_offering(cast: Cast) -> Offering:
    """A month or two of courses; the last is nearly full, and the learner asks for a seat in it."""
    course = make_course("Managing with A3s", summary=SUMMARY, before=BEFORE, practice=PRACTICE)
    basics = make_course("Value stream basics")
    make_offering(basics, in_days=12, link="https://meet.example.com/1", zone="Asia/Kolkata", daily_from=dt.time(14))
    full = make_offering(course, in_days=45, days=2, place="Detroit", capacity=1)
    make_enrollment(full, cast.sponsor, Enrollment.State.ENROLLED)
    make_enrollment(full, cast.learner, Enrollment.State.APPROVED)
    make_offering(course, in_days=70, days=3, zone="Europe/Copenhagen", place="Copenhagen", partner=cast.partner)
    offering = make_offering(course, in_days=40, days=3, capacity=14)
    offering.instructors.add(cast.coach)
    make_enrollment(offering, cast.learner)
    for person in (cast.sponsor, cast.outsider):
        make_enrollment(offering, person, Enrollment.State.ENROLLED)
    make_person("Priti Anand", site=cast.site)
    make_person("Noor Haddad", site=cast.site)
    return offering


def a_public_offering(cast: Cast) -> Offering:
    """It says all that a public page can say."""
    offering = an_offering(cast)
    offering.price_note = "One seat of your partner’s year; 1,950 USD for others."
    offering.save()
    offering.instructors.add(make_person("Noor Haddad Lindqvist", is_coach=True))
    return offering


def a_cancelled_offering(cast: Cast) -> Offering:
    offering = an_offering(cast)
    courses.cancel_offering(offering, by=cast.staff, reason="The instructor is ill.")
    return offering


def course_seats(cast: Cast) -> Allotment:
    """Twelve seats for a year around today."""
    today = timezone.localdate()
    first, last = today - dt.timedelta(days=90), today + dt.timedelta(days=274)
    more = {"benefit": Benefit.COURSE_SEATS, "words": "Course seats", "made_by": cast.staff}
    return make_allotment(cast.partner, Entry.GRANTED, "12", begins_on=first, ends_on=last, **more)


def an_offered_seat(cast: Cast) -> Offering:
    """A seat that was given back is offered to the learner; two go together and wait; some seats are held."""
    offering = make_offering(make_course("Leading with questions", summary=SUMMARY), in_days=30, days=3, capacity=3)
    hold_for(offering, cast.partner, 2, by=cast.staff, why="Agreed in the charter: two from Riverside.")
    actions.allot([course_seats(cast)])
    holder = courses.enroll(offering, person=cast.sponsor, by=cast.staff)
    courses.enroll(offering, person=cast.outsider, by=cast.staff)
    courses.enroll(offering, person=make_person("Marta Kowal", site=cast.site), by=cast.staff)
    courses.enroll(offering, person=cast.learner, by=cast.change_agent)
    people = [make_person(name, site=cast.site) for name in ("Ida Brandt", "Jon Reyes")]
    courses.enroll_all(offering, people=people, by=cast.change_agent, together=True)
    courses.cancel(holder, by=cast.sponsor, reason="An audit that week.")
    keep(*offering.enrollments.values_list("pk", flat=True))
    return offering


LISTED = """Name|E-mail|Department|Comments
Marta Kowal|Priti.Anand@example.com|Pharmacy|
Ida Brandt|noor.haddad@example.com|4 East|Vegan
Learner|learner@example.com||Reads German better than English
Sponsor|sponsor@example.com||
Change Agent|change_agent@example.com|Office|
Anand, Priti|||
Luis Ferrer|luis.ferrer@halden.example|5 West|
Kim Lund|||Nights only
Sade Okafor|sade at halden||
Sam Okonjo|learner@example.com||"""


def a_list(cast: Cast) -> EnrollmentImport:
    """Some who will be put down, some who are on the list already, and rows that need a look of several kinds."""
    offering = an_offering(cast)
    for name in ("Priti Anand", "Noor Haddad"):
        Person.objects.filter(name=name).update(email=f"{name.replace(' ', '.').lower()}@example.com")
    for number in (1, 2):
        person = make_person(f"kim{number}", site=cast.site)
        Person.objects.filter(pk=person.pk).update(name="Kim Lund", sort_name="kim lund")
    return make_import(offering, cast.change_agent, LISTED, name="Who comes in January.xlsx")


def a_list_put_down(cast: Cast) -> EnrollmentImport:
    of = a_list(cast)
    courses.confirm(of)
    courses.work_on(of.pk)
    return of


def a_long_list(cast: Cast) -> EnrollmentImport:
    """Confirmed, and some are put down already."""
    of = a_list(cast)
    courses.confirm(of)
    courses.work_on(of.pk, seconds=0)
    return of


def a_day(cast: Cast) -> None:
    """All of it, for pages that show a bit of everything."""
    a_sheet(cast)
    a_visit(cast)
    an_offering(cast)


def an_elaborate_request(cast: Cast) -> VisitRequest:
    """Dates that cannot be, who comes along, and a sheet it is about."""
    soon = timezone.localdate() + dt.timedelta(days=7)
    days = [soon + dt.timedelta(days=number) for number in (3, 4, 8)]
    asked = make_request(
        cast.site,
        cast.change_agent,
        preferred_from=soon,
        preferred_to=soon + dt.timedelta(days=20),
        impossible_on=days,
        others="Two nurses of the night shift",
    )
    asked.co_workers.add(cast.learner)
    asked.sheets.add(make_sheet(cast.change_agent, cast.site))
    return asked


def a_series(cast: Cast) -> VisitSeries:
    start = timezone.now().replace(hour=15, minute=0, second=0, microsecond=0)
    visits = [
        Visit(
            site=cast.site,
            coach=cast.coach,
            kind=Kind.REMOTE,
            purpose="Read the sheets together.",
            zone=cast.site.zone,
            starts_at=start + dt.timedelta(weeks=4 * number + 1),
            ends_at=start + dt.timedelta(weeks=4 * number + 1, hours=1),
        )
        for number in range(3)
    ]
    return coaching.place_series(visits, by=cast.staff, every_weeks=4)


def free_coaches(cast: Cast) -> None:
    """A request with the number 9001, and two coaches of whom one is out for some days."""
    soon = timezone.localdate() + dt.timedelta(days=7)
    make_request(cast.site, cast.change_agent, pk=9001, preferred_from=soon, preferred_to=soon + dt.timedelta(days=20))
    other = make_person("ida_norgaard", is_coach=True, based_in="Copenhagen")
    CoachProfile.objects.create(
        coach=other, languages=["en", "da"], experience=["health"], latitude=55.7, longitude=12.6
    )
    start = dt.datetime.combine(soon, dt.time(14), dt.UTC)
    make_confirmed(cast.site, cast.coach, starts_at=start, ends_at=start + dt.timedelta(days=3))


def a_document(cast: Cast) -> VisitDocument:
    return make_document(a_visit(cast), cast.change_agent)


def a_prepared_visit(cast: Cast) -> Visit:
    """In ten days: who comes, what about, what the host prepares, a sheet that waits for the coach."""
    start = timezone.now().replace(minute=0, second=0, microsecond=0) + dt.timedelta(days=10)
    visit = make_confirmed(cast.site, cast.coach, starts_at=start)
    sheet = make_sheet(cast.change_agent, cast.site, coach=cast.coach, ball=cast.coach)
    coaching.prepare(
        visit,
        by=cast.change_agent,
        logistics="Main entrance, 7:45. Safety shoes at the desk.",
        others="Two nurses of the night shift",
        sheets=[sheet],
        lines=["Discharges of four weeks by hour", "A room for the hour after the walk"],
    )
    coaching.tick(visit.preparations.all()[0], by=cast.change_agent, is_done=True)
    visit.co_workers.add(cast.learner)
    make_document(visit, cast.change_agent, name="Plan of the ward, with the way from the gate to 5 West.pdf")
    make_document(visit, cast.coach, content=PDF + b"2", name="What we read before.pdf")
    make_claim(cast.learner, cast.site)
    return visit
