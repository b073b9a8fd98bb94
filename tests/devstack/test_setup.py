"""How ./run and ./test find a Python."""

import subprocess
import sys
from pathlib import Path

import pytest

from devstack.places import ROOT

NONE_ANYWHERE = "list_pythons() { :; }; apt_install() { return 1; }; fetch_python() { :; }; "


def shell(script: str, **env: str) -> subprocess.CompletedProcess[str]:
    environment = {"PATH": "/usr/bin:/bin", "HOME": "/nonexistent", **env}
    command = ["sh", "-eu", "-c", f". {ROOT}/setup.sh; {script}"]
    return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)


def test_one_that_answers_with_an_error_is_passed_over(tmp_path: Path):
    shim = tmp_path / "python3.13"
    shim.write_text("#!/bin/sh\necho 'pyenv: python3.13: command not found' >&2\nexit 127\n")
    shim.chmod(0o755)
    (tmp_path / "python3.14").symlink_to(sys.executable)
    assert shell("find_python", PATH=f"{tmp_path}:/usr/bin:/bin").stdout.strip() == str(tmp_path / "python3.14")


def test_pyenvs_versions_are_found_without_its_shims(tmp_path: Path):
    folder = tmp_path / "versions" / "3.13.0" / "bin"
    folder.mkdir(parents=True)
    (folder / "python").symlink_to(sys.executable)
    found = shell("list_pythons", PYENV_ROOT=str(tmp_path)).stdout
    assert str(folder / "python") in found.splitlines()


@pytest.mark.parametrize("chosen", ["/bin/false", "/nonexistent/python"])
def test_one_chosen_by_hand_that_does_not_serve_is_not_replaced_by_another(chosen):
    assert shell("find_python || :", PYTHON=chosen).stdout == ""


def test_no_python_at_all_is_one_clear_sentence():
    answer = shell(NONE_ANYWHERE + "make_venv")
    assert answer.returncode == 1
    assert answer.stderr.startswith("[setup] Python 3.12 or newer with venv is needed: apt-get install python3")
    assert answer.stderr.count("\n") == 1


def test_an_environment_with_these_pins_is_left_alone(tmp_path: Path):
    pins = tmp_path / "pins.txt"
    pins.write_text("django==6.1.3\n")
    (tmp_path / ".venv/bin").mkdir(parents=True)
    (tmp_path / ".venv/bin/python").symlink_to(sys.executable)
    calls = "install() { echo installed; }; apt_install() { :; }; prepare_environment pins.txt"
    stub = "mkdir -p devstack; : > devstack/__init__.py; : > devstack/pango.py; "
    script = (
        f"cd {tmp_path}; {stub}{calls}; prepare_environment pins.txt; echo x >> pins.txt; prepare_environment pins.txt"
    )
    assert shell(script).stdout.split() == ["installed", "installed"]
