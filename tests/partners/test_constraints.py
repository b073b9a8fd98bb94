"""What the database itself refuses, whoever writes."""

import datetime as dt

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from partners.models import Assignment, Holiday, Invitation, Partner, Person, Priority, Role, Site
from tests.factories import LONG_AGO, make_assignment, make_person


def refused(name, write):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        write()


def test_one_role_at_one_site_at_a_time(cast):
    row = cast.learner.assignments.get()
    refused("partners_assignment_once_at_a_time", lambda: make_assignment(cast.learner, cast.site))
    row.ended_on = dt.date(2024, 3, 1)
    row.save()
    refused(
        "partners_assignment_once_at_a_time",
        lambda: make_assignment(cast.learner, cast.site, began_on=dt.date(2024, 3, 1)),
    )
    make_assignment(cast.learner, cast.site, began_on=dt.date(2024, 3, 2))
    make_assignment(cast.learner, cast.site, role=Role.CHANGE_AGENT)


def test_an_assignment_does_not_end_before_it_began(cast):
    # the range that the exclusion constraint compares cannot even be built; either refusal will do
    with pytest.raises(DatabaseError, match=r"partners_assignment_ends|range"), transaction.atomic():
        make_assignment(cast.learner, cast.other_site, ended_on=dt.date(2020, 1, 1))


def test_addresses_are_unique_in_lower_case(cast):
    make_person("Mixed.Case")
    assert Person.objects.filter(email="mixed.case@example.com").exists()
    refused("partners_person_email", lambda: make_person("MIXED.case"))

    def write_past_the_field():
        with connection.cursor() as cursor:
            cursor.execute("UPDATE partners_person SET email = 'Upper@example.com' WHERE id = %s", [cast.learner.pk])

    refused("partners_person_email_lower", write_past_the_field)


def test_partners_leave_after_they_joined_and_priorities_end_after_they_began(cast):
    refused("left_after_joined", lambda: Partner.objects.create(name="X", joined_on=LONG_AGO, left_on=LONG_AGO))
    before = LONG_AGO - dt.timedelta(days=1)
    row = Priority(partner=cast.partner, name="X", began_on=LONG_AGO, ended_on=before)
    refused("partners_priority_ends_after", row.save)


def test_names_are_unique_where_they_are_looked_up(cast):
    refused("partners_partner_name", lambda: Partner.objects.create(name=cast.partner.name, joined_on=LONG_AGO))
    site = {"country": "US", "zone": "UTC"}
    refused("partners_site_once", lambda: Site.objects.create(partner=cast.partner, name=cast.site.name, **site))
    Holiday.objects.create(site=cast.site, on=LONG_AGO, name="A")
    refused("partners_holiday_once", lambda: Holiday.objects.create(site=cast.site, on=LONG_AGO, name="B"))


def invitation(cast, number, **fields):
    later = dt.datetime(2030, 1, 1, tzinfo=dt.UTC)
    words = {"email": "a@example.com", "name": "A", "invited_by": cast.staff, "expires_at": later}
    return Invitation.objects.create(token_hash=str(number), **words | fields)


def test_one_open_invitation_for_address_and_site(cast):
    invitation(cast, 1)
    refused("partners_invitation_one_open", lambda: invitation(cast, 2))
    invitation(cast, 3, site=cast.site)
    refused("partners_invitation_one_open", lambda: invitation(cast, 4, site=cast.site))
    refused("accepted_at_with_by", lambda: invitation(cast, 5, accepted_by=cast.learner))


def test_the_history_cannot_be_rewritten(cast):
    cast.learner.name = "Luis Ferrer"
    cast.learner.save()
    event = cast.learner.events.latest("pk")
    for deed in (event.delete, lambda: type(event).objects.filter(pk=event.pk).update(name="X")):
        with pytest.raises(DatabaseError, match="Cannot update or delete"), transaction.atomic():
            deed()
    assert Assignment.objects.get(person=cast.learner).person.name == "Luis Ferrer"
