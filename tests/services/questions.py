"""Our hundred everyday questions: reading them, asking them, counting the answers."""

from __future__ import annotations

import csv
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from services.finding import find_procedures
from units.models import Unit

QUESTIONS: Final = Path(__file__).with_name("data") / "everyday_questions.csv"
TOP: Final = 5


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody types, the codes of the procedures that answer it, and which half it belongs to (tuning or held)."""

    words: str
    codes: frozenset[str]
    half: str


def all_questions() -> list[Question]:
    """All hundred, in the file's order."""
    with QUESTIONS.open(encoding="utf-8", newline="") as handle:
        return [
            Question(row["question"], frozenset(row["codes"].split()), row["half"]) for row in csv.DictReader(handle)
        ]


@dataclass(frozen=True, slots=True)
class Miss:
    """A question whose procedure is not among the first TOP, and what came instead."""

    words: str
    half: str
    found: str


def missed(questions: Collection[Question], unit: Unit) -> list[Miss]:
    """What is not found on this unit's site."""
    misses = []
    for question in questions:
        found = [hit.procedure for hit in find_procedures(question.words, unit=unit, page_size=TOP).hits]
        if not question.codes & {procedure.code for procedure in found}:
            instead = " | ".join(f"{row.code} {row.short_name[:50]}" for row in found)
            misses.append(Miss(question.words, question.half, instead))
    return misses
