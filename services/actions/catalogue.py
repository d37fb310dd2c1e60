"""Importing the catalogue of procedures: repeatable, bounded, named line by line; nothing of the office's own words is touched."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.page_cache import bump_every_generation
from portal.search.actions import mark_shared_changed
from services.actions.catalogue_batches import Batch, BatchResult, FieldBook
from services.enums import RunState
from services.importing import CatalogueReader, CatalogueRefusedError, Record
from services.importing.problems import Problem
from services.importing.rows import code_of, refusal
from services.models import CatalogueRun, Procedure

BATCH: Final = 100
PROBLEMS_KEPT: Final = 500
"""Lines kept on the run; further ones are counted. Refused lines come first."""
FEW: Final = 5
"""So many may close without a word, however small the catalogue is."""

Progress = Callable[[int, int, str], None]


class RunLostError(Exception):
    """Another process has taken this run over; whoever finds out stops at once."""


@dataclass(slots=True)
class CatalogueReport:
    """Counts of one import, and the lines to look at (bounded)."""

    rows: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    reread: int = 0
    closed: int = 0
    reopened: int = 0
    refused: int = 0
    problem_count: int = 0
    problems: list[Problem] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    is_damaged: bool = False

    def tell(self, problem: Problem) -> None:
        """Keep a problem, up to the bound; what kept a line out is never displaced by what did not."""
        self.problem_count += 1
        self.refused += problem.is_refused
        kept_out = sum(known.is_refused for known in self.problems) if problem.is_refused else PROBLEMS_KEPT
        if len(self.problems) < PROBLEMS_KEPT:
            self.problems.append(problem)
        elif kept_out < PROBLEMS_KEPT:
            place = next(number for number, known in enumerate(self.problems) if not known.is_refused)
            self.problems[place] = problem

    def add(self, batch: BatchResult) -> None:
        """Count a batch in."""
        for name in ("added", "changed", "unchanged", "reread", "closed", "reopened"):
            setattr(self, name, getattr(self, name) + getattr(batch, name))
        for problem in batch.problems:
            self.tell(problem)

    def counts(self) -> dict[str, int]:
        """The columns of CatalogueRun."""
        names = ("rows", "added", "changed", "unchanged", "reread", "closed", "reopened", "problem_count")
        return {name: getattr(self, name) for name in names}


class CatalogueImport:
    """One file against the catalogue. ``run`` None or a preview: everything is looked at, nothing is written."""

    def __init__(
        self, path: Path, *, run: CatalogueRun | None, may_close: bool, is_partial: bool, progress: Progress | None
    ) -> None:
        self.reader = CatalogueReader(path)
        self.run, self.may_close, self.is_partial = run, may_close, is_partial
        self.writes = run is not None and not run.is_preview
        self.progress = progress
        self.report = CatalogueReport()
        self._kept_out: set[int] = set()
        self._codes: dict[str, int] = {}

    def __call__(self) -> CatalogueReport:
        """Look the whole file over, then write it batch by batch. Raises CatalogueRefusedError before anything is written."""
        self._survey()
        closing = self._closing()
        fields = FieldBook()
        done = 0
        for records in _in_batches(self._accepted(), BATCH):
            self.report.add(self._write(records, fields))
            done += len(records)
            self._tell_progress(done, code_of(records[-1].cells))
        self._close(closing)
        self.report.problems.sort(key=lambda problem: (not problem.is_refused, problem.line))
        return self.report

    # --- first look ---

    def _survey(self) -> None:
        """Which lines are kept out and which codes the file has; needs only the codes in memory."""
        for record in self.reader.records(self._tell_broken):
            self.report.rows += 1
            code, words = code_of(record.cells), refusal(record.cells)
            if words is None and code in self._codes:
                words = _("Mã %(code)s đã có ở dòng %(first)d. Giữ dòng ấy.") % {
                    "code": code,
                    "first": self._codes[code],
                }
            if words is not None:
                self._kept_out.add(record.line)
                self.report.tell(Problem(record.line, code[:60], words, is_refused=True))
                self.report.is_damaged |= not code
            if code:
                self._codes.setdefault(code, record.line)
            if self.report.rows % 1000 == 0:
                self._hold(done=0)
        if not len(self._codes) or len(self._kept_out) == self.report.rows:
            raise CatalogueRefusedError(_("Tệp không có dòng nào nạp được."))

    def _tell_broken(self, problem: Problem) -> None:
        """A line that could not be parsed: which rows it swallowed is unknown, so none is closed for missing."""
        self.report.rows += 1
        self.report.is_damaged = True
        if problem.code:
            self._codes.setdefault(problem.code, problem.line)
        self.report.tell(problem)

    def _accepted(self) -> Iterator[Record]:
        return (record for record in self.reader.records(lambda _problem: None) if record.line not in self._kept_out)

    # --- closing what disappeared ---

    def _closing(self) -> list[int]:
        """Ids of open procedures the file no longer has; refuses a file that would close too much of the catalogue."""
        if self.is_partial:
            return []
        standing = dict(Procedure.objects.current().values_list("code", "pk"))
        missing = [pk for code, pk in standing.items() if code not in self._codes]
        if missing and self.report.is_damaged:
            self.report.notes.append(
                _("Tệp có dòng hỏng nên không đóng %(number)d thủ tục vắng mặt. Sửa tệp rồi nạp lại.")
                % {"number": len(missing)}
            )
            return []
        if len(missing) > max(FEW, len(standing) // 3) and not self.may_close:
            raise CatalogueRefusedError(
                _(
                    "Tệp thiếu %(missing)d trong %(all)d thủ tục đang có, nạp sẽ đóng chúng. Có thể tệp bị đứt. "
                    "Nếu tệp chỉ là một phần, chọn “một phần danh mục” (--partial). Nếu đúng là phải đóng, chọn "
                    "“cho phép đóng nhiều” (--allow-closing)."
                )
                % {"missing": len(missing), "all": len(standing)}
            )
        return missing

    def _close(self, closing: list[int]) -> None:
        self.report.closed += len(closing)
        if not (self.writes and closing):
            return
        with transaction.atomic():
            self._hold(done=self.report.rows)
            for ids in _in_batches(iter(closing), 500):
                Procedure.objects.current().filter(pk__in=ids).update(
                    valid_to=timezone.localdate(), changed_at=timezone.now()
                )
            self._show(closing)

    # --- writing ---

    def _write(self, records: list[Record], fields: FieldBook) -> BatchResult:
        if not self.writes:
            return Batch(records, fields, None)()
        with transaction.atomic():
            self._hold(done=None)
            result = Batch(records, fields, self.run)()
            self._show(result.touched)
        return result

    @staticmethod
    def _show(touched: list[int]) -> None:
        """Citizens see and find what changed within two seconds, whichever site they are on."""
        if touched:
            mark_shared_changed(Procedure._meta.label, touched)
            bump_every_generation()

    def _hold(self, *, done: int | None) -> None:
        """Say that this process lives; raises RunLostError when the run is no longer its own."""
        if self.run is None:
            return
        moved = {"seen_at": timezone.now(), **({"done": done} if done is not None else {})}
        mine = CatalogueRun.objects.filter(pk=self.run.pk, state=RunState.RUNNING, attempts=self.run.attempts)
        if not mine.update(**moved):
            raise RunLostError(f"run {self.run.pk}")

    def _tell_progress(self, done: int, what: str) -> None:
        if self.run is not None:
            self._hold(done=done)
        if self.progress:
            self.progress(done, max(self.report.rows - len(self._kept_out), done), what)


def _in_batches(rows: Iterator[Any], size: int) -> Iterator[list[Any]]:
    while batch := list(islice(rows, size)):
        yield batch
