"""Third-party front-end files are exactly those that vendor.toml names, with their licence."""

import base64
import hashlib
import tomllib
from pathlib import Path

import pytest

FOLDERS = sorted(path.parent for top in ("static", "tests") for path in Path(top).glob("vendor/*/vendor.toml"))


def integrity(path: Path) -> str:
    return "sha512-" + base64.b64encode(hashlib.sha512(path.read_bytes()).digest()).decode()


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_files_are_the_ones_named(folder):
    named = tomllib.loads((folder / "vendor.toml").read_text())
    files = {path.name: integrity(path) for path in folder.iterdir() if path.name not in {"vendor.toml", "LICENSE"}}
    assert files == named["files"]
    assert folder.name == f"{named['package']}-{named['version']}"
    assert (folder / "LICENSE").read_text().strip()


def test_every_vendored_folder_has_its_record():
    assert {path.parent for path in Path("static/vendor").glob("*/*")} <= set(FOLDERS)
    assert Path("tests/vendor/axe-core-4.14.1") in FOLDERS
