"""House rules that no linter knows: sizes of files and functions, names of modules, marks of tests."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.operations

ROOTS = ("portal", "units", "news", "services", "feedback")
FILE_LINES = 300
# One module of settings, a list from top to bottom, is easier to read than two.
LONG_FILES = {"portal/settings/base.py"}
# Without the docstring: a well-explained function is not a long one.
FUNCTION_LINES = 30
JUNK_DRAWERS = {"utils", "common", "helpers", "services", "misc"}


def sources() -> list[Path]:
    paths = [path for root in ROOTS for path in (PROJECT / root).rglob("*.py")]
    return sorted(path for path in paths if "migrations" not in path.parts)


def functions(path: Path) -> Iterator[tuple[str, int]]:
    """Name and length of each function, without its docstring and decorators."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            first = node.body[0]
            if ast.get_docstring(node, clean=False) is not None:
                length -= (first.end_lineno or first.lineno) - first.lineno + 1
            yield node.name, length


def test_files_are_short() -> None:
    lengths = {str(path.relative_to(PROJECT)): len(path.read_text().splitlines()) for path in sources()}
    assert {name: lines for name, lines in lengths.items() if lines > FILE_LINES and name not in LONG_FILES} == {}


def test_functions_are_short() -> None:
    long = {
        f"{path.relative_to(PROJECT)}:{name}": length
        for path in sources()
        for name, length in functions(path)
        if length > FUNCTION_LINES
    }
    assert long == {}


def test_no_junk_drawers() -> None:
    inside_rooms = [path.relative_to(PROJECT) for path in sources() if len(path.relative_to(PROJECT).parts) > 1]
    # A command is named by what operators type (design.md section 4: `manage.py services import`).
    inside_rooms = [path for path in inside_rooms if "commands" not in path.parts]
    assert [str(path) for path in inside_rooms if path.stem in JUNK_DRAWERS] == []


def test_query_counts_are_checked_inside_a_with_block() -> None:
    """`assertNumQueries(3)` without `with` checks nothing."""
    loose = []
    for path in (PROJECT / "tests").rglob("test_*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Call):
                name = ast.unparse(node.value.func)
                if name.endswith(("assert_num_queries", "assertNumQueries")) and len(node.value.args) < 2:
                    loose.append(f"{path.name}:{node.lineno}")
    assert loose == []
