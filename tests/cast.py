"""The cast: the same people in every test."""

from partners.models import Level, Person, Role
from tests.factories import make_partner, make_person, make_site

PEOPLE = ("nobody", "outsider", "learner", "change_agent", "sponsor", "coach", "staff", "administrator")


class Cast:
    """Halden Valley with a learner, a change agent and a sponsor at Riverside, coached by `coach`; LEI's staff and
    administrator; an outsider, who is change agent of another partner.
    """

    def __init__(self) -> None:
        self.partner = make_partner("Halden Valley Health")
        self.elsewhere = make_partner("Corvane Aerospace")
        self.site = make_site(self.partner, "Riverside", zone="America/New_York")
        self.other_site = make_site(self.elsewhere, "Wichita", zone="America/Chicago")
        self.learner = make_person("learner", site=self.site)
        self.change_agent = make_person("change_agent", site=self.site, role=Role.CHANGE_AGENT, level=Level.MIDDLE)
        self.sponsor = make_person("sponsor", site=self.site, role=Role.SPONSOR, level=Level.EXECUTIVE)
        self.outsider = make_person("outsider", site=self.other_site, role=Role.CHANGE_AGENT, level=Level.MIDDLE)
        self.coach = make_person("coach", is_coach=True)
        self.partner.coaches.add(self.coach)
        self.staff = make_person("staff", is_lei_staff=True)
        self.administrator = make_person("administrator", is_administrator=True)

    def __getitem__(self, name: str) -> Person:
        person = getattr(self, name)
        assert isinstance(person, Person)
        return person

    def name_of(self, person: Person) -> str:
        return next(name for name in PEOPLE if name != "nobody" and self[name] == person)
