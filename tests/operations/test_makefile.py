"""The Makefile: the targets people are told about, and its word when Python is too old."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.operations

# `make test` is itself run by make, which tells its children so.
OUTSIDE_MAKE = {name: value for name, value in os.environ.items() if not name.startswith(("MAKE", "MFLAGS"))}


@pytest.mark.parametrize("target", ["run", "setup", "dev", "test", "bench", "lock", "format", "clean", "help"])
def test_target_exists_and_can_be_planned(target: str) -> None:
    plan = subprocess.run(
        ["make", "-n", target], cwd=PROJECT, env=OUTSIDE_MAKE, capture_output=True, text=True, check=False
    )
    assert plan.returncode == 0, plan.stderr


def test_help_names_every_public_target() -> None:
    text = subprocess.run(
        ["make", "help"], cwd=PROJECT, env=OUTSIDE_MAKE, capture_output=True, text=True, check=True
    ).stdout
    assert [line.split()[1] for line in text.splitlines()[1:]] == [
        "help", "run", "test", "bench", "setup", "dev", "lock", "format", "clean",
    ]  # fmt: skip


def test_too_old_python_is_named_in_two_languages(tmp_path: Path) -> None:
    shutil.copy(PROJECT / "Makefile", tmp_path)
    tools = tmp_path / "bin"
    tools.mkdir()
    old = tools / "python3"
    old.write_text("#!/bin/sh\nexit 1\n")
    old.chmod(0o755)
    for name in ("make", "sh", "cksum", "tr", "rm"):
        (tools / name).symlink_to(shutil.which(name) or name)
    result = subprocess.run(
        ["make", "setup"],
        cwd=tmp_path,
        env={"PATH": str(tools), "HOME": os.environ.get("HOME", "/")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode != 0
    assert "Cần Python 3.11 trở lên" in result.stderr
    assert "Python 3.11 or newer" in result.stderr


def test_ci_calls_make_test_and_refuses_to_skip() -> None:
    script = (PROJECT / ".ci" / "run").read_text()
    assert script.rstrip().endswith("exec make test")
    assert "REQUIRE_BROWSER=1" in script
    assert "REQUIRE_SERVICES=1" in script
    assert os.access(PROJECT / ".ci" / "run", os.X_OK)
