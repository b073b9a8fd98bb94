"""Is this container well? `python devstack/healthcheck.py web|worker|beat`; exit code 0 when it is.

It needs nothing of the project, so that asking costs little.
"""

import os
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

WEB = "http://127.0.0.1:8000/healthz"
BEAT_FILE = Path("/tmp/beat")
BEAT_WRITES_EVERY = 3 * 60  # seconds


def web() -> bool:
    """The web server answers; it knows itself only by the names in ALLOWED_HOSTS."""
    host = os.environ["ALLOWED_HOSTS"].split(",")[0]
    with urllib.request.urlopen(urllib.request.Request(WEB, headers={"Host": host}), timeout=5) as answer:
        return bool(answer.status == 200)


def worker() -> bool:
    """The worker of this container answers through the queue."""
    name = f"celery@{os.uname().nodename}"
    asking = ["celery", "-A", "leipartners", "inspect", "ping", "--destination", name, "--timeout", "10"]
    return subprocess.run(asking, stdout=subprocess.DEVNULL, check=False).returncode == 0


def beat() -> bool:
    """Beat writes its schedule down every few minutes."""
    files = BEAT_FILE.parent.glob(f"{BEAT_FILE.name}*")
    return any(time.time() - file.stat().st_mtime < 3 * BEAT_WRITES_EVERY for file in files)


if __name__ == "__main__":
    check = {"web": web, "worker": worker, "beat": beat}[sys.argv[1]]
    sys.exit(0 if check() else 1)
