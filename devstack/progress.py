"""Progress lines with the seconds since the command was given."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from typing import TextIO

BEGAN = float(os.environ.get("DEVSTACK_BEGAN") or time.time())


def say(*words: object, to: TextIO | None = None) -> None:
    """Print one line; a terminal that has gone away is no reason to fail."""
    with contextlib.suppress(OSError):
        print(f"[{time.time() - BEGAN:5.1f} s]", *words, file=to or sys.stdout, flush=True)
