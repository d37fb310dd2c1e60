"""The locked requirements: complete, hashed, and nothing compiled is tracked."""

import re
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.operations

PIN = re.compile(r"^(?P<name>[a-z0-9][a-z0-9._-]*)(?P<extras>\[[^]]*\])?==(?P<version>[^ \\;]+)")
# design.md and the project's card: these are the base and must be there.
BASE = {
    "django", "django-ckeditor", "psycopg2-binary", "celery", "redis", "django-haystack", "whoosh", "pillow",
}  # fmt: skip


def blocks(name: str) -> dict[str, str]:
    """The lock's entries: package name to the whole entry."""
    found: dict[str, str] = {}
    current = ""
    for line in (PROJECT / name).read_text().splitlines():
        if match := PIN.match(line):
            current = match["name"]
            found[current] = ""
        if current:
            found[current] += line + "\n"
    return found


def wanted(name: str) -> set[str]:
    """The packages that a .in file asks for."""
    lines = (PROJECT / name).read_text().splitlines()
    names = [re.match(r"[A-Za-z0-9._-]+", line) for line in lines if line and line[0] not in "#-"]
    return {match[0].lower() for match in names if match}


@pytest.mark.parametrize("name", ["requirements", "requirements-dev"])
def test_every_package_is_pinned_with_hashes(name: str) -> None:
    locked = blocks(f"{name}.txt")
    assert [package for package, text in locked.items() if "--hash=sha256:" not in text] == []
    assert wanted(f"{name}.in") <= set(locked)


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt"])
def test_lock_has_no_line_outside_an_entry(name: str) -> None:
    text = (PROJECT / name).read_text()
    stray = [line for line in text.splitlines() if line and not line.startswith((" ", "#")) and not PIN.match(line)]
    assert stray == []


@pytest.mark.parametrize("name", ["requirements.txt", "requirements-dev.txt", "requirements.in", "requirements-dev.in"])
def test_lock_names_no_registry(name: str) -> None:
    assert "://" not in (PROJECT / name).read_text()


def test_base_packages_are_locked() -> None:
    assert set(blocks("requirements.txt")) >= BASE


def test_both_locks_agree_on_versions() -> None:
    running, checking = blocks("requirements.txt"), blocks("requirements-dev.txt")
    different = [
        name
        for name in running.keys() & checking.keys()
        if PIN.match(running[name])["version"] != PIN.match(checking[name])["version"]  # type: ignore[index]
    ]
    assert different == []


def test_nothing_made_by_the_set_up_is_tracked() -> None:
    tracked = subprocess.run(["git", "ls-files"], cwd=PROJECT, capture_output=True, text=True, check=False)
    if tracked.returncode:
        pytest.skip("not a git work tree")
    made = re.compile(r"\.(mo|pyc|sqlite3)$|^var/|^\.venv/|^\.env$|(^|/)secret_key$")
    assert [path for path in tracked.stdout.splitlines() if made.search(path)] == []
