"""Who may open which page of courses; see tests/test_access.py."""

from tests.access import ALL, Row

ROWS = {
    "courses:offering_list": Row(ALL),
}
