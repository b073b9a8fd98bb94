"""Where a person works now, as the subquery of the scopes: it says what the querysets say, for each person and day."""

import datetime as dt

import pytest
import time_machine

from partners.models import Assignment, Level, Partner, Person, Role

PEOPLE = ("learner", "change_agent", "sponsor", "coach", "staff", "outsider")


def names(partners) -> set[str]:
    return set(Partner.objects.filter(pk__in=partners).values_list("name", flat=True))


@pytest.mark.parametrize("name", PEOPLE)
def test_it_says_what_the_assignments_say(cast, name):
    person: Person = cast[name]
    now = person.assignments.current()
    assert names(person.works_at()) == names(now.values("site__partner"))
    assert names(person.leads()) == names(now.as_change_agent().values("site__partner"))
    assert names(person.sponsors()) == names(now.as_sponsor().values("site__partner"))
    assert names(person.coaches_at()) == names(person.coached_partners.values("pk"))


def test_it_follows_the_day(cast):
    today = dt.datetime.now(dt.UTC).date()
    Assignment.objects.create(
        person=cast.learner,
        site=cast.other_site,
        role=Role.CHANGE_AGENT,
        level=Level.MIDDLE,
        began_on=today + dt.timedelta(days=2),
        ended_on=today + dt.timedelta(days=4),
    )
    elsewhere = cast.elsewhere.name
    found = []
    for days in (1, 2, 4, 5):
        with time_machine.travel(today + dt.timedelta(days=days)):
            found.append((elsewhere in names(cast.learner.works_at()), elsewhere in names(cast.learner.leads())))
    assert found == [(False, False), (True, True), (True, True), (False, False)]
