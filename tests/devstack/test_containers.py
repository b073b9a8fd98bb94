"""Dockerfile and docker-compose.yml say the same as the settings and ./run."""

import ast
import os
import re
import subprocess
import sys
import tomllib
from typing import Any

import pytest
import yaml

from devstack import pango, postgres_install, programs
from devstack.places import ROOT

DOCKERFILE = (ROOT / "Dockerfile").read_text()
COMPOSE = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = ["migrate", "web", "worker", "beat"]
READERS = {"env", "flag", "secret"}


def names_read_by_settings() -> set[str]:
    tree = ast.parse((ROOT / "leipartners/settings.py").read_text())
    return {
        node.args[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in READERS
        if isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    }


def filled_in(value: str) -> str:
    """What Compose makes of ${NAME:?...} and ${NAME:-default} with a filled-in .env."""
    value = re.sub(r"\$\{(\w+):-([^}]*)\}", r"\2", value)
    samples = {"SITE_URL": "https://partners.example.org", "SMTP_URL": "smtp://mail.example.org"}
    return re.sub(
        r"\$\{(\w+):\?[^}]*\}", lambda name: samples.get(name[1], "long-enough-for-a-secret-of-this-kind"), value
    )


def import_settings(environment: dict[str, str]) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "import leipartners.settings"]
    clean = {"PATH": os.environ["PATH"], "DATA_DIR": os.environ["DATA_DIR"], **environment}
    return subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, text=True, check=False)


def test_everything_that_makes_up_the_project_is_there_and_watched():
    assert set(SERVICES) == {*OURS, "postgres", "redis"}
    unwatched = [name for name, service in SERVICES.items() if "test" not in service.get("healthcheck", {})]
    assert unwatched == ["migrate"]


@pytest.mark.parametrize(
    ("name", "command"), [("web", programs.WEB), ("worker", programs.WORKER), ("beat", programs.BEAT)]
)
def test_the_commands_are_those_of_run(name, command):
    assert tuple(SERVICES[name]["command"][: len(command)]) == command


def test_the_image_alone_serves_the_web():
    last = re.findall(r"^CMD (.*)$", DOCKERFILE, re.MULTILINE)[-1]
    assert ast.literal_eval(last) == SERVICES["web"]["command"]


@pytest.mark.parametrize("name", OURS)
def test_settings_know_every_name_they_are_given(name):
    assert set(SERVICES[name]["environment"]) - names_read_by_settings() == set()


def test_production_settings_start_with_what_compose_gives_and_refuse_without_any_required_name():
    environment = {name: filled_in(value) for name, value in SERVICES["web"]["environment"].items()}
    assert import_settings(environment).stderr == ""
    for secret in ("", "changeme"):
        refused = import_settings(environment | {"SECRET_KEY": secret})
        assert "SECRET_KEY is missing or too weak" in refused.stderr


def test_no_secret_has_a_default():
    text = (ROOT / "docker-compose.yml").read_text()
    assert re.findall(r"\$\{(?:SECRET_KEY|POSTGRES_PASSWORD)(?!:\?)", text) == []


def test_the_example_names_exactly_what_compose_asks_for():
    asked = set(re.findall(r"\$\{(\w+)", (ROOT / "docker-compose.yml").read_text()))
    example = (ROOT / ".env.example").read_text()
    assert set(re.findall(r"^(\w+)=", example, re.MULTILINE)) == asked


def test_versions_are_those_of_the_project():
    python = re.findall(r"^FROM python:([\d.]+)-slim$", DOCKERFILE, re.MULTILINE)
    assert python == [(ROOT / ".python-version").read_text().strip()]
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert tuple(map(int, python[0].split("."))) >= tuple(map(int, project["requires-python"][2:].split(".")))
    image, _, major = SERVICES["postgres"]["image"].partition(":")
    assert image == "postgres"
    assert int(major) >= postgres_install.OLDEST


def test_the_image_installs_pinned_packages_and_pango_and_runs_as_nobody_special():
    assert "--require-hashes -r requirements/run.txt" in DOCKERFILE
    packages = re.findall(r"lib\S+-\d+(?:\.\d+)*-\d+|libharfbuzz-subset0", pango.MISSING)
    assert packages
    assert [name for name in packages if name not in DOCKERFILE] == []
    assert re.findall(r"^USER (.*)$", DOCKERFILE, re.MULTILINE) == ["app"]


def test_what_is_kept_is_kept_in_volumes():
    mounted = {mount.split(":")[0] for service in SERVICES.values() for mount in service.get("volumes", [])}
    assert mounted == set(COMPOSE["volumes"])
    assert SERVICES["web"]["volumes"] == SERVICES["worker"]["volumes"] == ["files:/data/files"]
