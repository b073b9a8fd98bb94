"""Who may open which page of a3; see tests/test_access.py."""

from tests.access import ALL, Row

ROWS = {
    "a3:sheet_list": Row(ALL),
}
