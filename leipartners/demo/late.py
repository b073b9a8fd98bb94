"""What comes late in the demo: requests that wait for LEI and for the partner, and a seat given back too late."""

import datetime as dt

from courses import actions
from courses.account import keep
from courses.models import Enrollment, Offering
from leipartners.demo.people import Ground
from partners.models import Person

CODE = "KATA-0142"
ASKED = ("Hollis Reed", "Beatriz Nunes", "Luis Ferrer")


def come_late(ground: Ground) -> int:
    """In the next offering with free seats that has passed its freeze date; returns how many rows came late."""
    partner, today = ground.partners[0], ground.today
    coming = Offering.objects.filter(partner=None, cancelled_at=None, starts_on__gt=today + dt.timedelta(days=2))
    near = coming.filter(starts_on__lt=today + dt.timedelta(days=40)).with_free_seats().order_by("starts_on", "pk")
    offering = next((row for row in near if row.enrollments.seated().filter(partner=partner).exists()), None)
    if offering is None:
        return 0
    days = (offering.starts_on - today).days
    offering.enroll_until, offering.late_code, offering.give_back_days = today - dt.timedelta(days=3), CODE, days + 2
    offering.save(update_fields=["enroll_until", "late_code", "give_back_days"])
    agent = Person.objects.change_agents_of(partner).get(name="Dana Whitlock")
    seat = offering.enrollments.seated().filter(partner=partner).exclude(person=agent).order_by("pk").first()
    if seat:
        actions.cancel(seat, by=seat.person, reason="A rush order; nobody of the line can be spared that week.")
        keep(seat.pk)
    on_list = Enrollment.objects.living().filter(offering=offering).values("person")
    free = list(Person.objects.filter(name__in=ASKED).exclude(pk__in=on_list).order_by("-name"))
    if free:
        plea = actions.Plea("The charge nurse we had named left us last week.")
        actions.ask_late(offering, people=free[:1], by=agent, late=plea)
    if free[1:]:
        actions.ask(offering, by=free[1], late=actions.Plea("My own unit starts a month earlier now."))
    return len(free[:2]) + bool(seat)
