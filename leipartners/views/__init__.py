"""Pages across apps."""

from leipartners.views.desk import my_work
from leipartners.views.health import healthz, readyz
from leipartners.views.offline import offline, service_worker
from leipartners.views.outbox import mail_detail, mail_list, mail_resend
from leipartners.views.sign_in import sign_in

__all__ = [
    "healthz",
    "mail_detail",
    "mail_list",
    "mail_resend",
    "my_work",
    "offline",
    "readyz",
    "service_worker",
    "sign_in",
]
