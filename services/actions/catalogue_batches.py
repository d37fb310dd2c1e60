"""Writing one batch of catalogue rows: what is new, what changed, what came back; all or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Max
from django.utils import timezone

from portal.core.text import slugify_vi
from services.importing import ReadRow, Record, merged, read_source
from services.importing.problems import Problem
from services.importing.rows import code_of, derived_level, fingerprint
from services.models import CatalogueRun, Field, Procedure, ProcedureVersion

OURS: Final = ("everyday_names", "summary", "often_order", "checked_on")
"""Columns of Procedure that no import touches (the menu's own list fills the empty ones, services.actions.menu)."""
COMPARED: Final = (
    "code",
    "source",
    "fingerprint",
    "channels",
    "online_level",
    "valid_from",
    "valid_to",
    "version_number",
)


@dataclass(slots=True)
class BatchResult:
    """What one batch did, or would do: ids of touched rows are empty in a preview."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    reread: int = 0
    reopened: int = 0
    closed: int = 0
    touched: list[int] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


class FieldBook:
    """Fields by name; new ones are made on first use, with a slug nobody has."""

    def __init__(self) -> None:
        self._by_name = {row.name: row for row in Field.objects.all()}
        self._slugs = {row.slug for row in self._by_name.values()}

    def get(self, name: str) -> Field:
        """The field of this name."""
        if name not in self._by_name:
            slug = base = slugify_vi(name)
            number = 2
            while slug in self._slugs:
                slug, number = f"{base}-{number}", number + 1
            self._by_name[name] = Field.objects.create(name=name, slug=slug)
            self._slugs.add(slug)
        return self._by_name[name]


class Batch:
    """One batch against the catalogue as it is now; ``run`` None means look only."""

    def __init__(self, records: Sequence[Record], fields: FieldBook, run: CatalogueRun | None) -> None:
        self.records, self.fields, self.run = records, fields, run
        self.today = timezone.localdate()
        self.result = BatchResult()

    def __call__(self) -> BatchResult:
        """Compare and write; call it inside a transaction unless it only looks."""
        codes = [code_of(record.cells) for record in self.records]
        known = {row.code: row for row in Procedure.objects.filter(code__in=codes).only(*COMPARED)}
        new: list[Procedure] = []
        differing: list[tuple[Procedure, ReadRow, bool]] = []
        for record, code in zip(self.records, codes, strict=True):
            old = known.get(code)
            source = merged(old.source if old else {}, record.cells)
            if old is not None and old.fingerprint == fingerprint(source):
                self._unchanged(old, source, record.line)
                continue
            row, problems = read_source(source, line=record.line)
            self.result.problems += problems
            if old is None:
                new.append(self._made(row))
            else:
                differing.append((old, row, old.source != source))
        self._add(new)
        self._change(differing)
        return self.result

    # --- what is the same ---

    def _unchanged(self, old: Procedure, source: dict[str, str], line: int) -> None:
        """A row whose words did not change; one that had disappeared from the list is open again."""
        self.result.unchanged += 1
        if old.valid_to is None:
            return
        row, _problems = read_source(source, line=line)
        if self._end(row) is None:
            self.result.reopened += 1
            self._keep(old, {"valid_to": None})

    # --- what is new ---

    def _made(self, row: ReadRow) -> Procedure:
        level = {"online_level": derived_level(row.values["channels"]), **row.online}
        return Procedure(
            code=row.code, source=row.source, fingerprint=row.fingerprint, **row.values, **level,
            valid_from=row.valid_from or self.today, valid_to=self._end(row),
            field=self.fields.get(row.field_name) if self.run else Field(name=row.field_name),
        )  # fmt: skip

    def _add(self, rows: list[Procedure]) -> None:
        self.result.added += len(rows)
        if self.run and rows:
            self.result.touched += [row.pk for row in Procedure.objects.bulk_create(rows, batch_size=50)]

    def _end(self, row: ReadRow) -> date | None:
        """The last day the file itself gives, once it is over; a coming one is read when it has come."""
        return row.valid_to if row.valid_to and row.valid_to < self.today else None

    # --- what changed ---

    def _change(self, rows: list[tuple[Procedure, ReadRow, bool]]) -> None:
        rewritten = [(old, row) for old, row, is_new_text in rows if is_new_text]
        self.result.changed += len(rewritten)
        self.result.reread += len(rows) - len(rewritten)
        if self.run:
            self._keep_versions(rewritten)
        for old, row, is_new_text in rows:
            values = {**row.values, **self._online(old, row), "fingerprint": row.fingerprint}
            values |= {"source": row.source, "version_number": old.version_number + is_new_text}
            ends = self._end(row)
            if ends != old.valid_to:
                values["valid_to"] = ends
                self.result.reopened += ends is None
                self.result.closed += ends is not None
            if self.run:
                values["field"] = self.fields.get(row.field_name)
                values |= {"valid_from": row.valid_from} if row.valid_from else {}
            self._keep(old, values)

    @staticmethod
    def _online(old: Procedure, row: ReadRow) -> dict[str, Any]:
        """What the file states wins; where it is silent, only a level that was derived follows the channels."""
        if "online_level" not in row.online and old.online_level == derived_level(old.channels):
            return {"online_level": derived_level(row.values["channels"]), **row.online}
        return row.online

    def _keep_versions(self, rows: list[tuple[Procedure, ReadRow]]) -> None:
        """The rows as they were, with the columns that are different now."""
        since = dict(
            ProcedureVersion.objects.filter(procedure__in=[old.pk for old, _row in rows])
            .values_list("procedure")
            .annotate(Max("valid_to"))
        )
        ProcedureVersion.objects.bulk_create(
            [
                ProcedureVersion(
                    procedure=old, number=old.version_number, source=old.source, run=self.run,
                    changed_columns=changed_columns(old.source, row.source),
                    valid_from=min(since.get(old.pk, old.valid_from), self.today), valid_to=self.today,
                )
                for old, row in rows
            ],
            batch_size=50,
        )  # fmt: skip

    def _keep(self, old: Procedure, values: dict[str, Any]) -> None:
        if not self.run:
            return
        for name, value in values.items():
            setattr(old, name, value)
        old.save(update_fields=[*values, "changed_at"])
        self.result.touched.append(old.pk)


def changed_columns(before: dict[str, str], after: dict[str, str]) -> list[str]:
    """Names of the columns whose words differ, in the file's order."""
    names = [*after, *(name for name in before if name not in after)]
    return [name for name in names if before.get(name, "") != after.get(name, "")]
