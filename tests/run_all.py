"""`make test`: every check and test in order, through to the end, then a summary. Standard library only.

The exit code is 0 only when all of them passed. Reads TEST_DATABASE_URL and TEST_REDIS_URL (a second pytest run on them),
REQUIRE_SERVICES=1 and REQUIRE_BROWSER=1 (what is missing fails instead of being skipped).
"""

from __future__ import annotations

import os
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET  # our own pytest wrote the files that are read

PROJECT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
NO_TESTS_COLLECTED = 5
SKIPS_SHOWN = 60


@dataclass
class Outcome:
    """What has happened so far."""

    failed_steps: list[str] = field(default_factory=list)
    passed_steps: list[str] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=lambda: {"passed": 0, "failed": 0, "skipped": 0})
    skips: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def fail(self, text: str) -> None:
        """Record a requirement that is not met."""
        self.failed_steps.append(text)


def main() -> int:
    """Run everything; 0 when all of it passed."""
    os.chdir(PROJECT)
    outcome = Outcome()
    with tempfile.TemporaryDirectory(prefix="cong-check-") as folder:
        scratch = Path(folder)
        ahead = start_migrating()
        for label, command, environment in checks(scratch):
            run_step(outcome, label, command, environment)
        for process in ahead:
            process.wait()
        run_tests(outcome, scratch)
    print_summary(outcome)
    return 1 if outcome.failed_steps or outcome.counts["failed"] else 0


def checks(scratch: Path) -> list[tuple[str, list[str], dict[str, str]]]:
    """The static checks: label, command, environment."""
    python = sys.executable
    developer = {"DEBUG": "1", "VAR_DIR": str(scratch / "check")}
    steps = [
        ("ruff check", [tool("ruff"), "check", "."], {}),
        ("ruff format", [tool("ruff"), "format", "--check", "."], {}),
        ("mypy", [tool("mypy")], developer),
        ("import-linter", [tool("lint-imports")], developer),
        ("djlint lint", [tool("djlint"), "templates", "--lint", "--quiet"], {}),
        ("check --deploy", [python, "manage.py", "check", "--deploy", "--fail-level", "WARNING"], production(scratch)),
        ("makemigrations --check", [python, "manage.py", "makemigrations", "--check", "--dry-run"], developer),
        ("compile_translations", [python, "manage.py", "compile_translations"], developer),
    ]
    return [(label, command, {**clean_environment(), **extra}) for label, command, extra in steps]


def start_migrating() -> list[subprocess.Popen[bytes]]:
    """Every migration from zero, on each kind of database, beside the static checks (tests/migrated_once.py).

    Where it fails, the tests migrate by themselves, and say what is wrong.
    """
    base = clean_environment()
    server = base.pop("TEST_DATABASE_URL", "")
    kinds = [base, *([{**base, "TEST_DATABASE_URL": server}] if server else [])]
    command = [sys.executable, "-m", "tests.migrated_once"]
    return [subprocess.Popen(command, env=kind, stdin=subprocess.DEVNULL) for kind in kinds]


def clean_environment() -> dict[str, str]:
    """Our environment without what a developer's shell may say about a running portal."""
    foreign = {"DATABASE_URL", "REDIS_URL", "CELERY_BROKER_URL", "SEARCH_URL", "SECRET_KEY", "SECRET_KEY_FILE", "DEBUG"}
    return {name: value for name, value in os.environ.items() if name not in foreign}


def production(scratch: Path) -> dict[str, str]:
    """What a server would set, so that `check --deploy` judges the settings a server has."""
    return {
        "DEBUG": "0",
        "HTTPS": "1",
        "PORTAL_DOMAIN": "cong.example.vn",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "VAR_DIR": str(scratch / "production"),
    }


def run_tests(outcome: Outcome, scratch: Path) -> None:
    """pytest on SQLite without services, then again on the services that are named."""
    base = clean_environment()
    database, redis = base.pop("TEST_DATABASE_URL", ""), base.pop("TEST_REDIS_URL", "")
    browser = find_browser()
    outcome.notes.append(f"browser: {browser or 'none found, browser tests skipped'}")
    if not browser and os.environ.get("REQUIRE_BROWSER") == "1":
        outcome.fail("REQUIRE_BROWSER=1, and there is no Chromium")
    quick = "not serial and not browser and not postgres and not redis"
    run_pytest(outcome, scratch, "pytest, SQLite", ["-n", "2", "-m", quick], base)
    run_pytest(outcome, scratch, "pytest, SQLite, in the browser", ["-n", "2", "-m", "browser and not serial"], base)
    run_pytest(outcome, scratch, "pytest, SQLite, one by one", ["-m", "serial"], base)
    services = {"TEST_DATABASE_URL": database, "TEST_REDIS_URL": redis}
    usable = {name: url for name, url in services.items() if url and answers(outcome, name, url)}
    for name in services:
        if name not in usable and os.environ.get("REQUIRE_SERVICES") == "1":
            outcome.fail(f"REQUIRE_SERVICES=1, and {name} is not set or does not answer")
    names = {"TEST_DATABASE_URL": "PostgreSQL", "TEST_REDIS_URL": "Redis"}
    used = [f"{names[name]} ({urlsplit(url).hostname}{urlsplit(url).path})" for name, url in usable.items()]
    outcome.notes.append("databases: SQLite" + "".join(f", {text}" for text in used))
    if usable:
        label, environment = "pytest, " + " and ".join(used), {**base, **usable}
        run_pytest(
            outcome, scratch, label, ["-n", "2", "-m", "not browser and not operations and not serial"], environment
        )
        run_pytest(
            outcome, scratch, f"{label}, one by one", ["-m", "serial and not browser and not operations"], environment
        )
    else:
        outcome.notes.append("skipped: PostgreSQL and Redis (TEST_DATABASE_URL and TEST_REDIS_URL are not set)")


def answers(outcome: Outcome, name: str, url: str) -> bool:
    """Whether something listens where the address says."""
    parts = urlsplit(url)
    port = parts.port or (5432 if name == "TEST_DATABASE_URL" else 6379)
    try:
        socket.create_connection((parts.hostname or "127.0.0.1", port), timeout=3).close()
    except OSError as error:
        outcome.fail(f"{name}: nothing answers at {parts.hostname}:{port} ({error})")
        return False
    return True


def find_browser() -> str | None:
    """The path of a Chromium, from CHROMIUM or the usual names."""
    named = os.environ.get("CHROMIUM")
    return next(filter(None, map(shutil.which, [named] if named else BROWSERS)), None)


def run_pytest(
    outcome: Outcome, scratch: Path, label: str, arguments: Sequence[str], environment: Mapping[str, str]
) -> None:
    """One pytest run, its counts added to the total."""
    report = scratch / f"{len(outcome.passed_steps) + len(outcome.failed_steps)}.xml"
    command = [sys.executable, "-m", "pytest", *arguments, f"--junitxml={report}"]
    run_step(outcome, label, command, environment, fine=(0, NO_TESTS_COLLECTED))
    if report.exists():
        count(outcome, label, report)


def count(outcome: Outcome, label: str, report: Path) -> None:
    """Add one report's numbers, and the names of what was skipped."""
    for case in ET.parse(report).getroot().iter("testcase"):
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            outcome.counts["failed"] += 1
        elif skipped is not None and skipped.get("type") != "pytest.xfail":
            outcome.counts["skipped"] += 1
            outcome.skips.append(f"{label}: {case.get('classname')}.{case.get('name')}: {skipped.get('message')}")
        else:
            outcome.counts["passed"] += 1


def run_step(
    outcome: Outcome, label: str, command: Sequence[str], environment: Mapping[str, str], fine: Sequence[int] = (0,)
) -> None:
    """Run one command with its output shown; remember how it went."""
    print(f"\n=== {label}", flush=True)
    began = time.monotonic()
    code = subprocess.run(command, env=dict(environment), check=False, stdin=subprocess.DEVNULL).returncode
    seconds = f"{label} ({time.monotonic() - began:.0f} s)"
    if code in fine:
        outcome.passed_steps.append(seconds)
    else:
        outcome.failed_steps.append(f"{seconds}, exit code {code}")


def tool(name: str) -> str:
    """The path of a tool in the virtual environment that runs us."""
    return str(BIN / name)


def print_summary(outcome: Outcome) -> None:
    """The last lines: steps, skips by name, what was used, and the total alone on its line."""
    print("\n=== summary")
    for step in outcome.passed_steps:
        print(f"ok      {step}")
    for skip in outcome.skips[:SKIPS_SHOWN]:
        print(f"skipped {skip}")
    if len(outcome.skips) > SKIPS_SHOWN:
        print(f"skipped … and {len(outcome.skips) - SKIPS_SHOWN} more")
    for step in outcome.failed_steps:
        print(f"FAILED  {step}")
    for note in outcome.notes:
        print(note)
    counts = outcome.counts
    # A failed check counts as a failure, so that the last line never looks green when the run is not.
    failed = counts["failed"] + (len(outcome.failed_steps) if not counts["failed"] else 0)
    print(f"{counts['passed']} passed, {failed} failed, {counts['skipped']} skipped", flush=True)


if __name__ == "__main__":
    sys.exit(main())
