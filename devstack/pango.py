"""Is Pango here, the library WeasyPrint sets its text with? `python -m devstack.pango` answers by its exit code."""

from __future__ import annotations

import ctypes
import sys

NAMES = ("libpango-1.0.so.0", "libpango-1.0.dylib", "libpango-1.0-0")
MISSING = (
    "Pango is missing: everything works but PDFs (apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0, or brew install pango)"
)


def is_there() -> bool:
    """Can it be loaded?"""
    for name in NAMES:
        try:
            ctypes.CDLL(name)
        except OSError:
            continue
        return True
    return False


if __name__ == "__main__":
    sys.exit(0 if is_there() else 1)
