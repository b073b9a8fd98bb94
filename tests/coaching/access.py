"""Who may open which page of coaching; see tests/test_access.py."""

from tests.access import ALL, Row

ROWS = {
    "coaching:board": Row(ALL),
}
