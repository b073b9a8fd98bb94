"""A list of people that waits for its change agent: some can be put down, three need a look."""

from django.utils import timezone

from courses import actions
from courses.importing.lines import Line
from courses.importing.reading import Read
from courses.models import EnrollmentImport, Offering
from leipartners.demo.people import Ground
from partners.models import Role

FILE = "Who comes to the workshop.xlsx"
HEAD = ["Participant", "E-mail address", "Department", "Comments"]
PUT_DOWN = 11
IN_DOUBT = (
    ["Grace Amadi", "grace.amadi@halden.example", "Night desk", "Began last week"],  # nobody is here by that name
    ["{name}", "{name} at halden", "", ""],
    ["Sam Okonjo", "{email}", "", "Or somebody else from the ward"],  # this address is another person's
)


def bring_list(ground: Ground) -> int:
    """Return how many rows the list has."""
    partner = ground.partners[0]
    agent = ground.people_of(partner, Role.CHANGE_AGENT)[0].person
    coming = Offering.objects.visible_to(agent).upcoming(timezone.now()).with_free_seats().filter(partner=None)
    offering = coming.filter(enroll_until__gt=ground.today).order_by("-starts_on", "pk").first()
    if offering is None:
        return 0
    people = [a.person for a in ground.people_of(partner, Role.LEARNER)][: PUT_DOWN + 2]
    lines: list[Line] = [(1, HEAD)]
    for number, person in enumerate(people[:PUT_DOWN], start=2):
        lines.append((number, [person.name, person.email.upper() if number % 4 == 0 else person.email, "", ""]))
    for number, (cells, person) in enumerate(zip(IN_DOUBT, people[-3:], strict=True), start=PUT_DOWN + 2):
        lines.append((number, [cell.format(name=person.name, email=person.email) for cell in cells]))
    of = actions.take_in(offering, Read(lines), by=agent, name=FILE)
    actions.work_on(of.pk)
    return EnrollmentImport.objects.get(pk=of.pk).rows.count()
