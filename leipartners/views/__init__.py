"""Pages across apps."""

from leipartners.views.desk import my_work
from leipartners.views.health import healthz, readyz
from leipartners.views.outbox import mail_detail, mail_list, mail_resend
from leipartners.views.sign_in import sign_in

__all__ = ["healthz", "mail_detail", "mail_list", "mail_resend", "my_work", "readyz", "sign_in"]
