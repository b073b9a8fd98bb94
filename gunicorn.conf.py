"""How gunicorn serves the project, read by ./run and by the container alike."""

import gc
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
GARBAGE = 10_000  # objects made and not yet gone, after which the cyclic ones among them are looked for


def when_ready(server: Arbiter) -> None:
    """Before the workers are forked: import all pages, so that no visitor waits for it.

    What is there then stays: the search for cyclic garbage passes it by, which took longer than answering ten
    requests each time; and it begins more seldom than in the midst of every big page, whose rows are no garbage.
    """
    server.log.debug("%s pages", len(get_resolver().reverse_dict))
    gc.collect()
    gc.freeze()
    gc.set_threshold(GARBAGE)
