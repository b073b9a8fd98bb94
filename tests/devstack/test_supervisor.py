import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from devstack.places import ROOT, Trouble
from devstack.programs import Program
from devstack.supervisor import Supervisor

SLEEPER = [sys.executable, "-c", "import time; time.sleep(60)"]
KILLED_LATER = """
import sys, time
from devstack.programs import Program
from devstack.supervisor import Supervisor
supervisor = Supervisor()
for name in ("web", "worker"):
    supervisor.start(Program(name, [sys.executable, "-c", "import time; time.sleep(60)"], {}))
print(*(watched.service.process.pid for watched in supervisor.watched), flush=True)
time.sleep(60)
"""


def is_alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def wait_for(what, seconds: float = 5) -> bool:
    end = time.monotonic() + seconds
    while not what() and time.monotonic() < end:
        time.sleep(0.02)
    return bool(what())


def look_after_for_ever(supervisor: Supervisor) -> None:
    while True:
        supervisor.look_after()
        time.sleep(0.02)


def test_a_dead_program_is_started_again_and_all_are_stopped(capsys):
    program, supervisor = Program("worker", SLEEPER, {}), Supervisor()
    supervisor.start(program)
    first = program.process
    assert first
    first.kill()
    first.wait()
    supervisor.look_after()
    assert program.process
    assert program.process.pid != first.pid
    supervisor.stop()
    assert program.process.returncode == -signal.SIGTERM
    assert "worker was killed by SIGKILL: started again" in capsys.readouterr().out


def test_a_program_that_dies_at_once_again_and_again_ends_the_run():
    program, supervisor = Program("beat", [sys.executable, "-c", "raise SystemExit(3)"], {}), Supervisor()
    supervisor.start(program)
    with pytest.raises(Trouble, match="beat ended with exit code 3, 5 times in a row"):
        look_after_for_ever(supervisor)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells children that their parent has died")
def test_no_child_outlives_a_killed_supervisor():
    supervisor = subprocess.Popen([sys.executable, "-c", KILLED_LATER], cwd=ROOT, stdout=subprocess.PIPE, text=True)
    with supervisor:
        assert supervisor.stdout
        children = [int(pid) for pid in supervisor.stdout.readline().split()]
        assert all(is_alive(pid) for pid in children)
        os.kill(supervisor.pid, signal.SIGKILL)
    assert wait_for(lambda: not any(is_alive(pid) for pid in children))
