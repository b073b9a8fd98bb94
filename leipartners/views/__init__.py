"""Pages across apps."""

from leipartners.views.desk import my_work
from leipartners.views.health import healthz, readyz

__all__ = ["healthz", "my_work", "readyz"]
