"""A Summit: its programme, sessions that fill, and teams that nobody of another partner reads."""

import datetime as dt
import uuid

import pytest

from courses import actions
from courses.actions.refusals import AlreadyEnded, Full, NoSeat
from courses.models import Enrollment, Offering, Pick, Session, Team, TeamNote, TeamTrial
from partners.models import Obligation
from tests.cast import PEOPLE
from tests.courses.factories import make_enrollment, make_offering
from tests.courses.summits import a_summit, make_session, make_team
from tests.courses.test_last_seats import at_once
from tests.courses.test_offering_pages import words
from tests.courses.test_visibility import found, user_of
from tests.factories import make_person

SEEN = {
    "nobody": set(),
    "learner": {"Riverside", "mixed"},
    "change_agent": {"Riverside"},
    "sponsor": {"Riverside"},
    "outsider": {"Wichita", "mixed"},
    "coach": {"Riverside"},
    "staff": {"Riverside", "Wichita", "mixed"},
    "administrator": {"Riverside", "Wichita", "mixed"},
}
WRITES = SEEN | {"sponsor": set(), "coach": set()}


@pytest.fixture
def summit(cast):
    return a_summit(cast)


@pytest.fixture
def teams(cast, summit):
    make_team(summit, cast.learner, cast.outsider, name="mixed")
    return {team.name: team for team in Team.objects.all()}


def note(team, by, once=None):
    actions.note(team, "Seen", session=None, once=once or uuid.uuid4(), by=by)


@pytest.mark.parametrize("name", SEEN)
def test_each_sees_exactly_these_teams_notes_and_trials(cast, summit, teams, name):
    for row in teams.values():
        note(row, cast.staff)
        member = row.members.first().person
        actions.try_out(row, actions.Trial("Try", member, summit.ends_on, uuid.uuid4()), by=member)
    user = user_of(cast, name)
    assert found(teams, Team.objects.visible_to(user)) == SEEN[name]
    assert found(teams, Team.objects.editable_by(user)) == WRITES[name]
    for rows in (TeamNote.objects.visible_to(user), TeamTrial.objects.visible_to(user)):
        assert {row.team.name for row in rows} == SEEN[name]
    assert {row.team.name for row in TeamTrial.objects.editable_by(user)} == WRITES[name]


def test_who_gave_the_seat_back_reads_no_more(cast, summit, teams):
    actions.cancel(summit.enrollments.get(person=cast.outsider), by=cast.outsider, reason="Ill")
    assert not Team.objects.visible_to(cast.outsider).filter(name="mixed").exists()


def test_who_left_the_partner_reads_and_writes_no_more(cast, summit, teams):
    assert found(teams, Team.objects.visible_to(cast.learner)) == {"Riverside", "mixed"}
    cast.learner.assignments.update(ended_on=cast.learner.assignments.get().began_on)
    assert found(teams, Team.objects.visible_to(cast.learner)) == set()
    assert found(teams, Team.objects.editable_by(cast.learner)) == set()


@pytest.mark.parametrize("name", PEOPLE)
def test_picks_and_sessions(cast, summit, name):
    theirs = make_session(make_offering(partner=cast.partner))
    actions.pick(Session.objects.get(title="Planning by hand"), by=cast.learner)
    user = user_of(cast, name)
    number = {"nobody": 0, "outsider": 3}.get(name, 4)
    assert Session.objects.visible_to(user).count() == number
    assert Session.objects.shown_to(user, theirs.offering.starts_at).count() == 3
    assert Pick.objects.visible_to(user).count() == (name in {"learner", "staff", "administrator"})


def test_a_session_fills_and_says_so(cast, summit, sign_in):
    small, other = Session.objects.get(title="Planning by hand"), Session.objects.get(title="Kata at the bedside")
    for _ in range(2):
        actions.pick(small, by=cast.learner)
    actions.pick(other, by=cast.learner)  # at the same hour
    small.refresh_from_db()
    assert (small.taken, small.is_full) == (1, True)
    with pytest.raises(Full):
        actions.pick(small, by=cast.outsider)
    with pytest.raises(NoSeat):
        actions.pick(other, by=cast.sponsor)
    page = f"/courses/{summit.pk}/programme/"
    assert ">Full<" in words(sign_in("outsider").get(page)).replace("> ", ">").replace(" <", "<")
    assert "https://example.com/room" not in words(sign_in("sponsor").get(page))
    client = sign_in("learner")
    assert "https://example.com/room" in words(client.get(page))
    for _ in range(2):
        client.post(f"/courses/sessions/{small.pk}/", {"go": "0"})
    small.refresh_from_db()
    assert small.taken == 0


@pytest.mark.django_db(transaction=True)
def test_the_last_place_goes_once(transactional_db, cast):
    summit = make_offering()
    session = make_session(summit, capacity=3)
    people = [make_person(site=cast.site) for _ in range(10)]
    for person in people:
        make_enrollment(summit, person, "enrolled")
    told = at_once(lambda person: actions.pick(session, by=person), people)
    session.refresh_from_db()
    assert (session.taken, session.picks.count(), sum(isinstance(one, Full) for one in told)) == (3, 3, 7)


def test_a_team_is_of_one_partner_or_of_several(cast, summit, sign_in):
    client, page = sign_in("change_agent"), f"/courses/{summit.pk}/teams/new/"
    seat = summit.enrollments.get(person=cast.learner).pk
    alien = summit.enrollments.get(person=cast.outsider).pk
    assert client.post(page, {"name": "A", "members": [alien]}).status_code == 422
    assert client.post(page, {"name": "A", "members": [seat]}).status_code == 302
    assert Team.objects.get(name="A").partner == cast.partner
    assert sign_in("staff").post(page, {"name": "B", "members": [seat, alien]}).status_code == 302
    mixed = Team.objects.get(name="B")
    assert mixed.partner is None
    answer = sign_in("learner").post(f"{mixed.get_absolute_url()}edit/", {"name": "C", "members": [seat]})
    mixed.refresh_from_db()
    assert (answer.status_code, mixed.name, mixed.partner, mixed.members.count()) == (302, "C", None, 2)


def test_what_a_team_of_several_wrote_stays_with_its_members(cast, summit, teams, sign_in):
    """Also once the last of the other partner is taken out of it."""
    mixed, seat = teams["mixed"], summit.enrollments.get(person=cast.learner).pk
    actions.note(mixed, "Said by the other partner", session=None, once=uuid.uuid4(), by=cast.outsider)
    sign_in("staff").post(f"{mixed.get_absolute_url()}edit/", {"name": "mixed", "members": [seat]})
    assert list(mixed.members.values_list("pk", flat=True)) == [seat]
    for name in ("change_agent", "sponsor", "coach"):
        assert sign_in(name).get(mixed.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("name", PEOPLE)
def test_each_puts_exactly_these_into_a_team(cast, summit, name):
    """One's co-workers with a seat at the Summit, never those of another partner, and never those of a course."""
    mate = make_person("ida_brandt", site=cast.site)
    gone = make_person("gone", site=cast.site)
    rows = {
        "own": summit.enrollments.get(person=cast.learner),
        "mate": make_enrollment(summit, mate, "enrolled"),
        "asked": make_enrollment(summit, gone),
        "alien": summit.enrollments.get(person=cast.outsider),
        "course": make_enrollment(make_offering(), mate, "enrolled"),
        "other": make_enrollment(make_offering(summit.course, in_days=90), mate, "enrolled"),
    }
    ours = {"own", "mate", "course", "other"}
    seen = {
        "nobody": set(),
        "learner": {"own", "mate"},
        "change_agent": ours,
        "sponsor": set(),
        "outsider": {"alien"},
        "coach": ours,
        "staff": ours | {"alien"},
        "administrator": ours | {"alien"},
    }
    assert found(rows, Enrollment.objects.teamable_by(user_of(cast, name))) == seen[name]


def test_who_left_the_partner_finds_nobody_there(cast, summit):
    make_enrollment(summit, make_person(site=cast.site), "enrolled")
    cast.learner.assignments.all().delete()
    assert [row.person for row in Enrollment.objects.teamable_by(cast.learner)] == [cast.learner]


def test_a_learner_puts_co_workers_into_a_team(cast, summit, sign_in):
    mate = make_enrollment(summit, make_person("ida_brandt", site=cast.site), "enrolled")
    own, alien = (summit.enrollments.get(person=one) for one in (cast.learner, cast.outsider))
    client, page = sign_in("learner"), f"/courses/{summit.pk}/teams/new/"
    assert mate.person.name in words(client.get(page))
    assert cast.outsider.name not in words(client.get(page))
    assert client.post(page, {"name": "A", "members": [own.pk, alien.pk]}).status_code == 422
    assert client.post(page, {"name": "A", "members": [own.pk, mate.pk]}).status_code == 302
    assert Team.objects.get(name="A").partner == cast.partner


def test_notes_once_and_what_is_tried_is_owed(cast, summit, sign_in):
    team, once = Team.objects.get(name="Riverside"), str(uuid.uuid4())
    client, page = sign_in("learner"), team.get_absolute_url()
    for _ in range(2):
        client.post(f"{page}notes/", {"words": "Red means ask", "once": once})
    assert team.notes.filter(words="Red means ask").count() == 1
    assert client.post(f"{page}notes/", {"words": "", "once": once}).status_code == 422
    sent = {"words": "Ask first", "person": cast.learner.pk, "due_on": "2031-01-14", "once": str(uuid.uuid4())}
    for _ in range(2):
        assert client.post(f"{page}trials/", sent).status_code == 302
    owed = Obligation.objects.open().get(words="Try: Ask first")
    assert (owed.person, owed.partner) == (cast.learner, cast.partner)
    assert "Ask first" in words(sign_in("change_agent").get(page))
    trial = TeamTrial.objects.get(words="Ask first")
    for _ in range(2):
        sign_in("learner").post(f"/courses/trials/{trial.pk}/done/")
    assert not Obligation.objects.open().filter(words="Try: Ask first").exists()
    with pytest.raises(AlreadyEnded):
        actions.try_out(team, actions.Trial("x", cast.sponsor, summit.ends_on, uuid.uuid4()), by=cast.learner)


@pytest.mark.parametrize("name", ["learner", "change_agent", "coach", "staff"])
def test_the_pages_cost_the_same_for_few_and_many(cast, summit, sign_in, name, django_assert_max_num_queries):
    team, client = Team.objects.get(name="Riverside"), sign_in(name)
    Offering.objects.update(capacity=100)
    for number in (1, 50, 300):
        usual = {"offering": summit, "day": summit.starts_on, "begins": dt.time(14), "ends": dt.time(15)}
        Session.objects.bulk_create(Session(title="More", **usual) for _ in range(number))
        Team.objects.bulk_create(Team(offering=summit, partner=cast.partner, name="More") for _ in range(number))
        TeamNote.objects.bulk_create(
            TeamNote(team=team, words="Seen", written_by=cast.learner, once=uuid.uuid4()) for _ in range(number)
        )
        for _ in range(min(number, 10)):
            team.members.add(make_enrollment(summit, make_person(site=cast.site), "enrolled"))
        for page, most in ((f"/courses/{summit.pk}/programme/", 6), (team.get_absolute_url(), 7)):
            with django_assert_max_num_queries(most):
                assert client.get(page).status_code == 200


def test_the_public_programme_has_no_rooms_links(cast, client):
    summit = a_summit(cast)
    page = words(client.get(f"/courses/public/{summit.pk}/"))
    assert "Kata at the bedside" in page
    assert "https://example.com/room" not in page
    assert "Riverside" not in page
