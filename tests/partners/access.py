"""Who may open which page of partners; see tests/test_access.py."""

from tests.access import ALL, Row

ROWS = {
    "partners:partner_list": Row(ALL),
    "partners:profile": Row(ALL),
}
