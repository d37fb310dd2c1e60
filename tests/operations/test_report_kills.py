"""Nothing sent is ever lost: web processes are killed, and connections cut, at moments drawn by a fixed seed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
pytestmark = [pytest.mark.operations, pytest.mark.slow]
BLOWS = 200
SEED = 20261122


def test_every_code_that_was_shown_is_there_and_no_other(db: None) -> None:
    """``db``: the migrated copy that the rig begins with is made by then."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.kills", str(BLOWS), str(SEED)], cwd=PROJECT, capture_output=True, text=True,
        check=False, env={name: value for name, value in os.environ.items() if name != "PYTEST_XDIST_WORKER"},
    )  # fmt: skip
    assert done.returncode == 0, done.stdout[-2_000:] + done.stderr[-4_000:]
    figures = json.loads(done.stdout.strip().splitlines()[-1])
    # Four blows each, and one person before them whom nobody struck.
    assert (figures["blows"], figures["shown"], figures["cases"]) == (BLOWS, BLOWS // 4 + 1, BLOWS // 4 + 1)
    assert (figures["never shown"], figures["missing"], figures["files without a row"]) == ([], [], [])
