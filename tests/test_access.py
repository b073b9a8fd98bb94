"""Who may open which URL: the whole table, and proof that it is whole.

Each app keeps its rows in tests/<app>/access.py. "Not there" and "not yours" are the same 404.
"""

from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests.a3.access import ROWS as A3
from tests.access import Row
from tests.cast import PEOPLE
from tests.coaching.access import ROWS as COACHING
from tests.courses.access import ROWS as COURSES
from tests.leipartners.access import ROWS as ROOF
from tests.partners.access import ROWS as PARTNERS

ACCESS: dict[str, Row] = ROOF | PARTNERS | A3 | COACHING | COURSES
# The admin has tests of its own.
THEIRS = ("admin:",)


def names(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            yield from names(pattern, f"{pattern.namespace}:" if pattern.namespace else prefix)
        elif isinstance(pattern, URLPattern):
            yield f"{prefix}{pattern.name}"


def test_every_url_has_a_row():
    ours = {name for name in names(get_resolver()) if not name.startswith(THEIRS) and name != "None"}
    assert ours == set(ACCESS)


@pytest.mark.parametrize("name", ACCESS)
def test_access(name, cast, client):
    row = ACCESS[name]
    url = reverse(name, args=row.args(cast))
    found = {}
    for person in PEOPLE:
        client.logout()
        if person != "nobody":
            client.force_login(cast[person])
        data = row.data(cast) if callable(row.data) else row.data
        response = client.get(url, row.query) if data is None else client.post(url, data)
        found[person] = response.status_code
        list(response)  # a file is closed when it has been read
    assert found == dict(row.statuses)
