"""Addresses put together from their pattern are those that Django looks up."""

import pytest
from django.urls import reverse

from partners.lib.addresses import address_of

NAMES = (
    "a3:sheet_detail",
    "coaching:visit_detail",
    "courses:offering_detail",
    "partners:partner_detail",
    "partners:person_detail",
)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("pk", [1, 10, 7003])
def test_the_same_as_reverse(name, pk):
    assert address_of(name, pk) == reverse(name, args=[pk])
