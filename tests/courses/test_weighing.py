"""What becomes of each row of a list before anybody is put down."""

import pytest

from courses import actions
from courses.models import Enrollment, ImportRow
from tests.courses.factories import make_enrollment, make_offering
from tests.courses.lists import lines, make_import, outcomes, row
from tests.factories import make_person, make_site

Outcome = ImportRow.Outcome


@pytest.fixture
def offering(cast):
    return make_offering(capacity=3)


@pytest.fixture
def people(cast):
    """Two of the same name at two sites, and one whose account is closed."""
    other = make_site(cast.partner, "Lakeshore")
    first = make_person("kim", site=cast.site)
    second = make_person("kim2", site=other)
    for person in (first, second):
        person.name = "Kim Lund"
        person.save()
    return {"first": first, "second": second, "closed": make_person("closed", site=cast.site, is_active=False)}


CASES = {
    "by address": ("|LEARNER@example.com", Outcome.READY),
    "name and address in one cell": ("Learner <learner@example.com>|", Outcome.READY),
    "by name": ("Sponsor|", Outcome.READY),
    "last name first": ("Lund, Kim|kim2@example.com", Outcome.READY),
    "nobody has the address": ("|nobody@example.com", Outcome.UNKNOWN),
    "nobody has the name": ("No Body|", Outcome.UNKNOWN),
    "another partner's address": ("|outsider@example.com", Outcome.UNKNOWN),
    "another partner's name": ("Outsider|", Outcome.UNKNOWN),
    "two have the name": ("Kim Lund|", Outcome.SEVERAL),
    "the name of somebody else": ("Sam Okonjo|learner@example.com", Outcome.DIFFERS),
    "no address": ("Learner|learner at home", Outcome.NO_ADDRESS),
    "nothing": ("||x", Outcome.EMPTY),
    "closed account": ("|closed@example.com", Outcome.INACTIVE),
    "somebody of LEI": ("|coach@example.com", Outcome.ELSEWHERE),
    "a formula": ('=HYPERLINK("http://x.example/","Learner")|', Outcome.UNKNOWN),
}


@pytest.mark.parametrize("case", CASES)
def test_a_row_of_a_change_agent(cast, offering, people, case):
    text, expected = CASES[case]
    of = make_import(offering, cast.change_agent, f"Name|E-mail|Partner\n{text}")
    assert outcomes(of) == [Outcome.HEADING, expected]
    assert (row(of, 2).person is not None) == (expected == Outcome.READY)
    assert Enrollment.objects.count() == 0


def test_staff_put_down_anybody_and_the_partner_tells_one_from_another(cast, offering, people):
    text = "Name|E-mail|Partner|Site\n|outsider@example.com||\n|coach@example.com||\nLearner||Corvane|\n"
    of = make_import(offering, cast.staff, f"{text}Kim Lund||halden|LAKESHORE\nKim Lund|||")
    assert outcomes(of) == [
        Outcome.HEADING,
        Outcome.READY,
        Outcome.READY,
        Outcome.DIFFERS,
        Outcome.READY,
        Outcome.SEVERAL,
    ]
    assert row(of, 5).person == people["second"]
    assert row(of, 4).candidates == [cast.learner.pk]
    assert sorted(row(of, 6).candidates) == sorted(p.pk for p in (people["first"], people["second"]))


def test_an_offering_kept_for_a_partner(cast, people):
    of = make_import(make_offering(partner=cast.partner), cast.staff, "learner@example.com\noutsider@example.com")
    assert outcomes(of) == [Outcome.READY, Outcome.ELSEWHERE]
    assert row(of, 2).says == "This is kept for Halden Valley Health, and Outsider is not there now."


def test_who_asked_is_approved_who_has_a_seat_stays(cast, offering):
    make_enrollment(offering, cast.learner)
    make_enrollment(offering, cast.sponsor, "enrolled")
    elsewhere = make_enrollment(offering, cast.change_agent, partner=cast.elsewhere)
    of = make_import(
        offering, cast.change_agent, "learner@example.com\nsponsor@example.com\nchange_agent@example.com\n"
    )
    assert outcomes(of) == [Outcome.READY, Outcome.ON_LIST, Outcome.ELSEWHERE]
    assert row(of, 1).says == "Has asked, and is approved."
    assert row(of, 3).says == f"{elsewhere.person} has asked through another partner, which answers."


def test_a_person_twice_in_the_list_counts_once(cast, offering, people):
    of = make_import(offering, cast.change_agent, "Sponsor|\n|sponsor@example.com\nKim Lund|\n|kim@example.com")
    assert outcomes(of) == [Outcome.READY, Outcome.TWICE, Outcome.SEVERAL, Outcome.READY]
    assert row(of, 2).says == "The same person as in row 1."
    actions.mend(row(of, 3), person=people["first"].pk)
    assert row(of, 3).says == "The same person as in row 4."
    actions.leave_out(row(of, 1))
    assert outcomes(of) == [Outcome.LEFT_OUT, Outcome.READY, Outcome.TWICE, Outcome.READY]
    actions.leave_out(row(of, 1))
    assert outcomes(of)[0] == Outcome.TWICE


def test_mending_writes_it_anew_and_only_a_candidate_is_taken(cast, offering, people):
    of = make_import(offering, cast.change_agent, "Kim Lund|kim@nowhere.example\nLerner|learnr@example.com")
    assert (row(of, 1).outcome, row(of, 1).says) == (
        Outcome.UNKNOWN,
        "Nobody has this address. Somebody with this name has another one.",
    )
    actions.mend(row(of, 2), name="Lerner", email="nobody@example.com", person=cast.outsider.pk)
    assert row(of, 2).outcome == Outcome.UNKNOWN
    actions.mend(row(of, 2), name="Learner", email=" Learner@Example.com ")
    actions.mend(row(of, 1), person=people["second"].pk)
    assert outcomes(of) == [Outcome.READY, Outcome.READY]
    assert row(of, 1).person == people["second"]


def test_columns_said_otherwise_are_read_anew(cast, offering):
    of = make_import(offering, cast.change_agent, "Sponsor|Learner|learner@example.com")
    assert (of.columns, outcomes(of)) == (["name", "", "email"], [Outcome.DIFFERS])
    actions.match_columns(of, ["name", "", ""], headings=0)
    actions.work_on(of.pk)
    assert row(of, 1).person == cast.sponsor
    actions.match_columns(of, ["name", "", ""], headings=1)
    actions.work_on(of.pk)
    assert outcomes(of) == [Outcome.HEADING]


def test_the_queries_do_not_grow_with_the_rows(cast, offering, django_assert_max_num_queries):
    for number in (1, 40):
        text = "\n".join(f"{make_person(site=cast.site).email}" for _ in range(number))
        with django_assert_max_num_queries(28):
            make_import(offering, cast.change_agent, text)
    assert len(lines(text)) == 40
