"""Addresses of things that have a number: a page names dozens, and each lookup by name costs more than its row."""

from functools import cache

from django.urls import reverse


def address_of(name: str, pk: int) -> str:
    """Return what `reverse(name, args=[pk])` returns, having asked it once per name."""
    before, after = _around_the_number(name)
    return f"{before}{pk}{after}"


@cache
def _around_the_number(name: str) -> tuple[str, str]:
    before, _, after = reverse(name, args=[0]).rpartition("0")
    return before, after
