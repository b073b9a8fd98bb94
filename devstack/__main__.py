"""./run: servers, database, demo program, web server, worker and beat, until Ctrl-C."""

from __future__ import annotations

import argparse
import os
import signal
from pathlib import Path
from types import FrameType

from devstack import afresh
from devstack.places import ROOT
from devstack.progress import say
from devstack.stack import Options, Stack


class Stopped(BaseException):
    """Somebody asked us to stop."""


def main() -> None:
    """Run until a signal; exit code 0 when asked to stop, 1 with a sentence when something is wrong."""
    options = read_options()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _stop)
    stack = Stack(options)
    try:
        stack.lock()
        if options.fresh:
            afresh.start_afresh(options)
        stack.start()
        stack.welcome()
        stack.watch()
    except Stopped:
        say("stopping")
    finally:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        stack.stop()
    say("stopped")


def read_options(arguments: list[str] | None = None) -> Options:
    """The command line and DATA_DIR."""
    parser = argparse.ArgumentParser(
        prog="./run", description="Starts the whole project on this machine; Ctrl-C stops it."
    )
    parser.add_argument("--port", type=int, default=8000, help="port of the web server (8000)")
    parser.add_argument(
        "--fresh", action="store_true", help="delete the private database and files first; asks before it does"
    )
    parser.add_argument("--yes", action="store_true", help="answer the question of --fresh with yes")
    parser.add_argument(
        "--no-demo", dest="demo", action="store_false", help="do not fill an empty database with the demo program"
    )
    given = parser.parse_args(arguments)
    if not 0 < given.port < 65536:
        parser.error("--port takes a number from 1 to 65535")
    data = Path(os.environ.get("DATA_DIR") or ROOT / ".local").resolve()
    return Options(port=given.port, demo=given.demo, fresh=given.fresh, yes=given.yes, data=data)


def _stop(number: int, frame: FrameType | None) -> None:
    raise Stopped


if __name__ == "__main__":
    main()
