"""Where the browser tests find a Chromium."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

NAMES = (
    "chromium",
    "chromium-browser",
    "google-chrome-stable",
    "google-chrome",
    "microsoft-edge-stable",
    "brave-browser",
)
MAC_APPS = (
    "Chromium.app/Contents/MacOS/Chromium",
    "Google Chrome.app/Contents/MacOS/Google Chrome",
    "Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
)
SNAP_STUB_SIZE = 5000  # Ubuntu's chromium-browser is a script that asks for a snap
MISSING = (
    "There is no Chromium for the browser tests: apt-get install chromium, brew install --cask chromium, "
    "or set BROWSER=/path/to/a/chromium."
)


def find() -> str | None:
    """The path of a Chromium, Chrome or Edge; BROWSER names one by hand."""
    if chosen := os.environ.get("BROWSER"):
        return chosen if Path(chosen).exists() else None
    for name in NAMES:
        if (found := shutil.which(name)) and not _asks_for_snap(Path(found)):
            return found
    if sys.platform == "darwin":
        for folder in (Path("/Applications"), Path.home() / "Applications"):
            for app in MAC_APPS:
                if (folder / app).exists():
                    return str(folder / app)
    return None


def options() -> list[str]:
    """What the browser needs to start in a container and as root."""
    return ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"] if os.geteuid() == 0 else []


def _asks_for_snap(program: Path) -> bool:
    return program.stat().st_size < SNAP_STUB_SIZE and b"snap" in program.read_bytes()


if __name__ == "__main__":
    sys.exit(0 if find() else 1)
