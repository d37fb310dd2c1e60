"""Readers of the hand-written text files in content/: small, line-based, checked by the tests."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

CONTENT = Path(__file__).parent / "content"


def _lines(name: str) -> list[str]:
    return (CONTENT / name).read_text(encoding="utf-8").splitlines()


@cache
def profiles(name: str) -> dict[str, dict[str, str]]:
    """`@slug` sections of `key: value` lines, by slug."""
    found: dict[str, dict[str, str]] = {}
    current: dict[str, str] = {}
    for line in _lines(name):
        if line.startswith("@"):
            current = found.setdefault(line[1:].strip(), {})
        elif ": " in line:
            key, value = line.split(": ", 1)
            current[key] = value
    return found


@cache
def monument_notes() -> dict[str, tuple[str, ...]]:
    """Facts about a monument restated in our own words, by its id in the city's open data."""
    rows = (line.split("|") for line in _lines("monuments.txt") if "|" in line)
    return {row[0]: tuple(part.strip() for part in row[1:]) for row in rows}


@cache
def festival_notes() -> dict[tuple[str, str], tuple[str, str, str]]:
    """(place to print, season, what happens) by (name, place) of the city's open data."""
    rows = (line.split("|") for line in _lines("festivals.txt") if "|" in line)
    return {(row[0], row[1]): (row[2] or row[1], row[3], row[4]) for row in rows}


@cache
def procedure_notes() -> dict[str, tuple[str, str, str, str]]:
    """(everyday name, who needs it, what to bring, a tip) by procedure code."""
    rows = (line.split("|") for line in _lines("procedures.txt") if "|" in line)
    return {row[0]: (row[1], row[2], row[3], row[4]) for row in rows}


@dataclass(frozen=True, slots=True)
class Written:
    """One hand-written article as it stands in content/articles/*.txt (dates still as placeholders)."""

    unit: str
    category: str
    days: int
    time: str
    scene: str
    tags: tuple[str, ...]
    title: str
    summary: str
    caption: str
    body: str
    source: str
    pinned: bool


def _written(head: str, lines: list[str]) -> Written:
    unit, category, when, scene, tags, *rest = [part.strip() for part in head.split("|")]
    days, time = when.split()
    fields = {"Tóm": "", "Ảnh": ""}
    while len(lines) > 1 and lines[1][:5] in ("Tóm: ", "Ảnh: "):
        line = lines.pop(1)
        fields[line[:3]] = line[5:].strip()
    return Written(
        unit=unit, category=category, days=int(days), time=time, scene=scene,
        tags=tuple(tag.strip() for tag in tags.split(",")), title=lines[0].removeprefix("# ").strip(),
        summary=fields["Tóm"], caption=fields["Ảnh"], body="\n".join(lines[1:]).strip(),
        source=rest[0] if rest and rest[0] != "ghim" else "", pinned="ghim" in rest,
    )  # fmt: skip


@cache
def written_articles() -> tuple[Written, ...]:
    """Every hand-written article, in the order of the files."""
    found: list[Written] = []
    for path in sorted((CONTENT / "articles").glob("*.txt")):
        for chunk in path.read_text(encoding="utf-8").split("\n=== ")[0:]:
            text = chunk.removeprefix("=== ").strip()
            if text:
                head, *lines = text.splitlines()
                found.append(_written(head, list(lines)))
    return tuple(found)
