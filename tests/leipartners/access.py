"""Who may open which page of the roof; see tests/test_access.py."""

from tests.access import ALL, EVERYONE, Row

ROWS = {
    "desk:my_work": Row(ALL),
    "healthz": Row(EVERYONE),
    "readyz": Row(EVERYONE),
}
