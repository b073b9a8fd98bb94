"""How gunicorn serves the project, read by ./run and by the container alike."""

import os

from django.urls import get_resolver
from gunicorn.arbiter import Arbiter

preload_app = True  # imported once; the workers share its memory
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
timeout = 60  # a request that takes longer is cut off and its worker replaced
graceful_timeout = 10
keepalive = 5
max_requests = 5000  # a worker is replaced now and then, so that memory does not grow for ever
max_requests_jitter = 500
control_socket_disable = True


def when_ready(server: Arbiter) -> None:
    """Before the workers are forked: import all pages, so that no visitor waits for it."""
    server.log.debug("%s pages", len(get_resolver().reverse_dict))
