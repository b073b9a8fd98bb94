"""Pages across apps."""

from leipartners.views.desk import my_work
from leipartners.views.health import healthz, readyz
from leipartners.views.sign_in import sign_in

__all__ = ["healthz", "my_work", "readyz", "sign_in"]
