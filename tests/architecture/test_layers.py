"""Who may import whom is a contract, and the contract is kept (import-linter, pyproject.toml)."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
ROOMS = ("portal", "units", "news", "services", "feedback")


def _sources() -> list[Path]:
    return [path for room in ROOMS for path in (PROJECT / room).rglob("*.py")]


@pytest.mark.operations
def test_import_linter_passes() -> None:
    """`-m operations` runs once, not on every database."""
    linter = Path(sys.executable).parent / "lint-imports"
    done = subprocess.run([linter, "--no-cache"], cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_contracts_are_all_there() -> None:
    """A contract that was dropped would never fail."""
    config = tomllib.loads((PROJECT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]
    contracts = {contract["id"]: contract for contract in config["contracts"]}
    assert {"rooms", "inside", "scopes", "escape", "uploader"} <= set(contracts)
    assert set(ROOMS) <= set(config["root_packages"])
    assert contracts["escape"]["protected_modules"] == ["portal.core.tenancy.escape"]
    assert len(contracts["escape"]["allowed_importers"]) <= 5


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            found |= {f"{node.module}.{alias.name}" for alias in node.names} | {node.module}
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


def test_only_tenancy_knows_the_scope_library() -> None:
    guilty = [
        str(path.relative_to(PROJECT))
        for path in _sources()
        if any(name.split(".")[0] == "django_scopes" for name in _imports(path))
        and (PROJECT / "portal/core/tenancy") not in path.parents
    ]
    assert guilty == []


def test_nobody_writes_raw_sql_past_the_scope() -> None:
    """Cursors, extra() and the link tables of many-to-many fields carry no unit; the one cursor asks for life."""
    # addresses.py asks the link table for its name only.
    allowed = {
        "portal/pages/views/health.py",
        "news/admin/addresses.py",
        "units/schedule/calendar_events.py",  # joined to the entry's unit
        "units/querysets/schedule.py",  # a subquery below rows of the unit in scope
        "units/schedule/lines.py",  # by keys of entries that were read in the unit's scope
        "portal/pages/demo/schedules.py",  # writes links of rows it has just made
    }
    guilty = [
        str(path.relative_to(PROJECT))
        for path in _sources()
        if "migrations" not in path.parts
        and any(word in path.read_text("utf-8") for word in (".cursor()", ".extra(", "RawSQL(", ".through"))
    ]
    assert set(guilty) <= allowed


def test_cases_are_read_past_their_parties_in_actions_only() -> None:
    """`.everywhere` knows no scope (docs/decisions/0017): the sender's door and steps across units, nothing else."""
    past = re.compile(r"\bCase\w*\.everywhere\b")
    guilty = [str(path.relative_to(PROJECT)) for path in _sources() if past.search(path.read_text("utf-8"))]
    # The models say what it is for.
    assert [path for path in guilty if not path.startswith(("feedback/actions/", "feedback/models/"))] == []


def test_nobody_marks_foreign_strings_as_safe() -> None:
    """mark_safe stands only where something has just been cleaned or escaped."""
    allowed = {
        "news/models/text.py",  # after clean_html
        "units/models/people.py",  # likewise
        "news/admin/share_screens.py",  # cleaned when it was saved; addresses of its own pictures replaced
        "portal/core/templatetags/page_parts.py",  # what templates rendered, which escape
        "portal/core/structured_data.py",  # JSON with <, > and & escaped
        "portal/search/highlight.py",  # text escaped, <mark> added
        "portal/core/templatetags/portal_admin.py",  # Django's own table cell, an attribute added
    }
    guilty = {
        str(path.relative_to(PROJECT)) for path in _sources() if "django.utils.safestring.mark_safe" in _imports(path)
    }
    assert guilty <= allowed


def test_templates_switch_off_escaping_nowhere() -> None:
    words = ("|safe", "autoescape off", "|safeseq")
    # Help texts of forms are ours or Django's (a list of password rules), never somebody's input.
    allowed = {"admin/includes/field.html"}
    guilty = [
        str(path.relative_to(PROJECT / "templates"))
        for path in (PROJECT / "templates").rglob("*.html")
        if any(word in path.read_text("utf-8") for word in words)
    ]
    assert set(guilty) <= allowed
