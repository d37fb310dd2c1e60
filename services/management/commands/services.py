"""``manage.py services import FILE.csv[.gz]`` and ``manage.py services runs``."""

from pathlib import Path
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.core.progress import ProgressLine
from services.actions.catalogue_runs import import_catalogue
from services.importing import CatalogueRefusedError
from services.models import CatalogueRun

SHOWN_PROBLEMS: Final = 30
SHOWN_RUNS: Final = 20


class Command(BaseCommand):
    """The catalogue of procedures, from the shell."""

    help = "services import FILE.csv[.gz] [--dry-run] [--partial] [--allow-closing]; services runs"

    def add_arguments(self, parser: CommandParser) -> None:
        """Two subcommands."""
        commands = parser.add_subparsers(dest="command", required=True)
        reading = commands.add_parser("import", help="import the catalogue; repeating it changes only what changed")
        reading.add_argument("file", type=Path)
        reading.add_argument("--dry-run", action="store_true", help="write nothing, say what would be done")
        reading.add_argument("--partial", action="store_true", help="the file is a part: what it lacks stays open")
        reading.add_argument(
            "--allow-closing", action="store_true", help="close even more than a third of the catalogue"
        )
        reading.add_argument("--all-problems", action="store_true", help=f"name more than {SHOWN_PROBLEMS} lines")
        commands.add_parser("runs", help=f"the last {SHOWN_RUNS} imports")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the subcommand."""
        if options["command"] == "import":
            self._import(options["file"], options)
        else:
            self._runs()

    def _import(self, path: Path, options: dict[str, Any]) -> None:
        try:
            report = import_catalogue(
                path=path, dry_run=options["dry_run"], allow_closing=options["allow_closing"],
                partial=options["partial"], progress=ProgressLine("procedures"),
            )  # fmt: skip
        except CatalogueRefusedError as refused:
            raise CommandError(f"{path}: {refused}") from refused
        shown = None if options["all_problems"] else SHOWN_PROBLEMS
        for problem in report.problems[:shown]:
            state = "kept out" if problem.is_refused else "kept as it is"
            self.stderr.write(f"line {problem.line} {problem.code or '-'} ({state}): {problem.words}")
        if report.problem_count > len(report.problems[:shown]):
            self.stderr.write(
                f"… {report.problem_count - len(report.problems[:shown])} more (see the run in the administration)"
            )
        for note in report.notes:
            self.stderr.write(note)
        would = "would be " if options["dry_run"] else ""
        self.stdout.write(
            f"{path}: {report.rows} rows; {would}added {report.added}, changed {report.changed}, closed {report.closed}, "
            f"reopened {report.reopened}, unchanged {report.unchanged}, read again {report.reread}, kept out {report.refused}"
        )

    def _runs(self) -> None:
        for run in CatalogueRun.objects.all()[:SHOWN_RUNS]:
            kind = "preview" if run.is_preview else "import"
            self.stdout.write(
                f"{run.started_at:%Y-%m-%d %H:%M}\t{kind}\t{run.state}\t{run.file_name}\trows {run.rows}\tadded {run.added}\t"
                f"changed {run.changed}\tclosed {run.closed}\tproblems {run.problem_count}"
            )
