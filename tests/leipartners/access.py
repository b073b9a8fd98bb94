"""Who may open which page of the roof; see tests/test_access.py."""

from tests.access import ALL, EVERYONE, NO_ONE, Row, only
from tests.cast import Cast
from tests.factories import make_mail

OFFICE = ("staff", "administrator")


def a_mail(cast: Cast) -> list[int]:
    return [make_mail(cast.learner).pk]


ROWS = {
    "desk:my_work": Row(ALL),
    "outbox:mail_list": Row(only(*OFFICE)),
    "outbox:mail_detail": Row(only(*OFFICE), args=a_mail),
    "outbox:mail_resend": Row(NO_ONE | dict.fromkeys(OFFICE, 302), args=a_mail, data={}),
    "service_worker": Row(EVERYONE),
    "offline": Row(EVERYONE),
    "healthz": Row(EVERYONE),
    "readyz": Row(EVERYONE),
}
