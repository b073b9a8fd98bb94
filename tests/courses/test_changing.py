"""Somebody else goes instead, or at another date: no seat and no place in the line is lost or doubled on the way."""

import pytest
import time_machine

from courses import actions, mails
from courses.actions.refusals import AlreadyAsked, AlreadyEnded, Full, NotForThisPartner, TooLate
from courses.models import Enrollment, Offering
from partners.models import Mail
from tests.courses.factories import make_course, make_enrollment, make_offering
from tests.factories import make_person


def states(*rows):
    found = dict(Enrollment.objects.values_list("pk", "state"))
    return [found[row.pk] for row in rows]


@pytest.fixture
def full(cast):
    """One seat, which the learner has; the sponsor waits."""
    offering = make_offering(make_course("Managing with A3s"), capacity=1)
    return [actions.enroll(offering, person=person, by=cast.change_agent) for person in (cast.learner, cast.sponsor)]


def test_a_seat_is_handed_over_past_the_line_and_once(cast, full):
    seat, waits = full
    other = make_person("Ana", site=cast.site)
    new, again = (actions.substitute(seat, person=other, by=cast.change_agent) for _ in range(2))
    assert (again, states(seat, waits, new)) == (new, ["cancelled", "approved", "enrolled"])
    assert (new.instead_of, Enrollment.objects.count(), Offering.objects.get().seats_taken) == (seat, 3, 1)
    for pk in Enrollment.objects.untold().values_list("pk", flat=True):
        mails.tell(pk)
    assert "Ana goes instead." in Mail.objects.filter(person=cast.learner).latest("pk").text
    assert Mail.objects.get(person=other).subject.startswith("You have a seat")


def test_a_place_in_the_line_keeps_its_turn(cast, full):
    _, waits = full
    last = actions.enroll(waits.offering, person=make_person(site=cast.site), by=cast.staff)
    new = actions.substitute(waits, person=make_person(site=cast.site), by=cast.change_agent)
    assert (new.place_in_line, last.place_in_line, new.approved_at) == (1, 2, waits.approved_at)


def test_an_offer_is_handed_over_with_its_end(cast, full):
    seat, waits = full
    actions.cancel(seat, by=cast.learner, reason="Ill")
    until = Enrollment.objects.get(pk=waits.pk).offered_until
    new = actions.substitute(waits, person=cast.learner, by=cast.change_agent)
    assert (new.state, new.offered_until) == ("offered", until)


def test_who_cannot_go_instead(cast, full):
    seat, waits = full
    ana = make_person("Ana", site=cast.site)
    with pytest.raises(AlreadyAsked, match="on the list already"):
        actions.substitute(seat, person=cast.sponsor, by=cast.change_agent)
    with pytest.raises(NotForThisPartner, match="Only somebody of"):
        actions.substitute(seat, person=cast.outsider, by=cast.staff)
    with time_machine.travel(seat.offering.starts_at), pytest.raises(TooLate):
        actions.substitute(seat, person=ana, by=cast.change_agent)
    actions.cancel(waits, by=cast.staff, reason="Ill")
    with pytest.raises(AlreadyEnded):
        actions.substitute(waits, person=ana, by=cast.change_agent)
    assert states(seat) == ["enrolled"]


def test_somebody_else_is_chosen_on_the_page(cast, sign_in, full):
    ana, client = make_person("Ana", site=cast.site), sign_in("change_agent")
    address = f"/courses/enrollments/{full[0].pk}/instead/"
    assert [one.person for one in client.get(address, {"find": "ana"}).context["people"]] == [ana]
    assert client.post(address).status_code == 422
    assert client.post(address, {"who": cast.outsider.pk}).status_code == 422
    answer = client.post(address, {"who": ana.pk}, follow=True)
    assert "Ana has a seat in Managing with A3s" in answer.text
    assert client.post(address, {"who": cast.change_agent.pk}).status_code == 409


def test_moving_takes_a_free_seat_and_frees_the_old_one(cast, full):
    seat, waits = full
    later = make_offering(in_days=60)
    new = actions.move(seat, to=later, by=cast.administrator, reason="The plant is shut.")
    assert (new.state, new.offering) == ("enrolled", later)
    assert states(seat, waits) == ["cancelled", "offered"]
    seat.refresh_from_db()
    assert seat.reason == f"Moved to {later}. The plant is shut."
    assert actions.move(new, to=later, by=cast.administrator, reason="Again") == new


def test_nobody_is_moved_from_a_seat_to_a_line(cast, full):
    seat, waits = full
    other = make_offering(capacity=1)
    make_enrollment(other, make_person(site=cast.site), "enrolled")
    with pytest.raises(Full, match="keeps the seat"):
        actions.move(seat, to=other, by=cast.administrator, reason="")
    assert states(seat, waits) == ["enrolled", "approved"]
    assert not other.enrollments.filter(person=cast.learner).exists()
    assert actions.move(waits, to=other, by=cast.administrator, reason="").state == "approved"
    with pytest.raises(AlreadyEnded):
        actions.move(waits, to=make_offering(), by=cast.administrator, reason="")


@pytest.fixture
def admin(sign_in):
    return sign_in("administrator")


def do(admin, action, *rows, **more):
    data = {"action": action, "_selected_action": [row.pk for row in rows]} | more
    answer = admin.post("/admin/courses/enrollment/", data, follow=True)
    return answer, [str(message) for message in answer.context["messages"]]


def test_the_admin_moves_many_and_says_who_stays(cast, admin, full):
    seat, waits = full
    later = make_offering(in_days=60, capacity=1)
    make_enrollment(later, make_person(site=cast.site), "enrolled")
    answer, _ = do(admin, "move", seat, waits)
    assert answer.context["title"] == "Move: where to?"
    answer, _ = do(admin, "move", seat, waits, to="", reason="Shut")
    assert "to" in answer.context["form"].errors
    _, said = do(admin, "move", seat, waits, to=later.pk, reason="The plant is shut.")
    assert said[0] == "Waiting for a seat: 1."
    assert "is full. Learner keeps the seat." in said[1]


def test_the_admin_sends_a_mail_again(cast, admin, full):
    asked = make_enrollment(full[0].offering, make_person(site=cast.site))
    _, said = do(admin, "send_again", full[0], asked, sure="yes")
    assert said[0] == "Mails on their way: 1."
    assert "asked, no mail." in said[1]
    for _ in range(2):
        mails.tell_again(full[0].pk, 29_000_000)
    assert Mail.objects.filter(person=cast.learner).count() == 1
