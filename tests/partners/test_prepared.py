"""Rows read by SQL that was written once."""

import pytest

from partners.models import Assignment, Site
from partners.prepared import Prepared

at_site = Prepared(lambda site: Assignment.objects.filter(site=site).select_related("person").order_by("pk"))


def test_each_use_reads_the_rows_of_its_own_numbers(cast, django_assert_num_queries):
    sites = list(Site.objects.order_by("pk"))
    for site in [*sites, *sites]:
        with django_assert_num_queries(1):
            found = [(row, row.person.name) for row in at_site(site.pk)]
        assert found == [(row, row.person.name) for row in site.assignments.order_by("pk")]
    assert {len(at_site(site.pk)) > 0 for site in sites} >= {True}


def test_a_number_that_is_not_put_in_is_noticed(db):
    with pytest.raises(ValueError, match="once"):
        Prepared(lambda _site: Assignment.objects.all())(1)


def test_numbers_are_not_mixed_up(cast):
    one = Assignment.objects.first()
    of = Prepared(lambda site, person: Assignment.objects.filter(person=person, site=site), numbers=2)
    assert one in of(one.site_id, one.person_id)
    assert of(one.person_id + 10_000, one.site_id) == []
