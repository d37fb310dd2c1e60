"""Steps, papers and legal bases of a procedure, set for the page: numbered, tickable, and folded where they are very long."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote

from services.models import Procedure
from services.rules.shapes import Basis, Paper, PaperGroup, Step
from services.rules.source_text import Folded, Line, cut, fold, fold_lines, lines_of, says_nothing

STEP_OPEN: Final = 420
"""Characters of one step that stand open."""
STEPS_OPEN: Final = 3_000
MOST_STEPS_OPEN: Final = 8
PAPER_OPEN: Final = 320
PAPERS_OPEN: Final = 3_000
MOST_PAPERS_OPEN: Final = 12
NOTES_OPEN: Final = 600
BASES_OPEN: Final = 5


@dataclass(frozen=True, slots=True)
class StepShown:
    """One step with its number; ``lines`` are folded where it is long."""

    number: int
    title: str
    lines: Folded


StepsShown = Folded  # of StepShown


@dataclass(frozen=True, slots=True)
class PaperShown:
    """One paper to tick. ``key`` is made of its words: a tick never moves to another paper when the catalogue changes."""

    key: str
    head: str
    rest: tuple[Line, ...]
    originals: int | None
    copies: int | None


@dataclass(frozen=True, slots=True)
class GroupShown:
    """Papers under one heading of the source; nothing open where the list is so long that the heading is pressed."""

    title: str
    papers: Folded  # of PaperShown

    @property
    def everything(self) -> tuple[PaperShown, ...]:
        """Open and folded ones."""
        return (*self.papers.shown, *self.papers.hidden)


@dataclass(frozen=True, slots=True)
class NoteShown:
    """What the source writes among the papers without its being one."""

    title: str
    lines: Folded

    @property
    def everything(self) -> tuple[Line, ...]:
        """Open and folded lines."""
        return (*self.lines.shown, *self.lines.hidden)


@dataclass(frozen=True, slots=True)
class PapersShown:
    """The checklist and the notes beside it."""

    groups: tuple[GroupShown, ...]
    notes: tuple[NoteShown, ...]

    @property
    def number(self) -> int:
        """How many boxes there are."""
        return sum(len(group.everything) for group in self.groups)


@dataclass(frozen=True, slots=True)
class BasisShown:
    """One legal basis and the address under which the document register answers, whether it has it or not."""

    number: str
    title: str
    url: str


def steps_of(procedure: Procedure) -> StepsShown:
    """The steps, numbered; the first ones open."""
    steps = [_step(number, step) for number, step in enumerate(Step.many(procedure.steps), start=1)]
    return fold(steps, STEPS_OPEN, _open_size, MOST_STEPS_OPEN)


def _step(number: int, step: Step) -> StepShown:
    words = "" if says_nothing(step.words) and step.title else step.words
    return StepShown(number, step.title, fold_lines(words, STEP_OPEN))


def _open_size(step: StepShown) -> int:
    return len(step.title) + sum(len(line.text) for line in step.lines.shown)


def papers_of(procedure: Procedure) -> PapersShown:
    """The checklist by the source's own groups; what can not be known (“bắt buộc”, “nếu có”) is not said."""
    groups = [group for group in PaperGroup.many(procedure.papers) if group.papers]
    # What stands under no heading stands right below the section's own.
    groups.sort(key=lambda group: bool(_heading(group.title)))
    left, seen = PAPERS_OPEN, Counter[str]()
    shown = []
    for group in groups:
        if group.is_note:
            continue
        rows = [_paper(group.title, paper, seen) for paper in group.papers if paper.words.strip()]
        # Where the groups before have filled the screen, a group is one line to press: its heading.
        papers = fold(rows, left, _paper_size, MOST_PAPERS_OPEN) if left > 0 else Folded((), tuple(rows))
        left -= sum(_paper_size(paper) for paper in papers.shown)
        shown.append(GroupShown(_heading(group.title), papers))
    return PapersShown(tuple(shown), tuple(_notes(groups)))


def _paper(group: str, paper: Paper, seen: Counter[str]) -> PaperShown:
    lines = lines_of(paper.words)
    first = lines[0].text if lines else ""
    head, rest = cut(first.lstrip("-–—•*+ "), PAPER_OPEN)
    key = hashlib.sha256(f"{group}\n{paper.words}".encode()).hexdigest()[:12]
    seen[key] += 1
    # The source names some papers twice; each box keeps its own tick.
    key = f"{key}-{seen[key]}" if seen[key] > 1 else key
    more = (*((Line(rest),) if rest else ()), *lines[1:])
    return PaperShown(key, head, more, paper.originals, paper.copies)


def _paper_size(paper: PaperShown) -> int:
    return len(paper.head)


def _notes(groups: Sequence[PaperGroup]) -> Iterator[NoteShown]:
    """Notes by their headings; those under the same one, or under none, become one text with one press to unfold."""
    texts: dict[str, list[str]] = {}
    for group in groups:
        if group.is_note:
            texts.setdefault(_heading(group.title), []).extend(paper.words for paper in group.papers)
    for title, words in texts.items():
        yield NoteShown(title, fold_lines("\n".join(words), NOTES_OPEN))


def _heading(title: str) -> str:
    """“* Giấy tờ phải nộp:” → “Giấy tờ phải nộp”."""
    return title.strip(" *#:-–\n\t")


def bases_of(procedure: Procedure) -> Folded:
    """Legal bases with their addresses in the document register of the site."""
    bases = [_basis(basis) for basis in Basis.many(procedure.bases)]
    return fold(bases, BASES_OPEN, lambda _basis: 1, BASES_OPEN)


def _basis(basis: Basis) -> BasisShown:
    number = basis.number.strip()
    # A number is an address only where it looks like one; anything else stays words.
    is_number = "/" in number and len(number) <= 60 and " " not in number and ".." not in number  # noqa: PLR2004
    url = f"/van-ban/so/{quote(number, safe='/')}/" if is_number else ""
    return BasisShown(number, basis.title, url)
