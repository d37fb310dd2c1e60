"""``manage.py import_documents FILE --unit SLUG``."""

from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from news.actions.document_import import import_documents
from news.importing.documents import DocumentListError, read_rows
from portal.core.progress import ProgressLine
from portal.core.tenancy import unit_scope
from units.enums import UnitKind
from units.models import Unit

SHOWN_PROBLEMS: Final = 50


class Command(BaseCommand):
    """Bring a list of documents into a unit's register: what can not be taken is named by line, repeating adds nothing."""

    help = (
        "CSV with so_ky_hieu, loai, co_quan_ban_hanh, nam, ngay_ban_hanh, trich_yeu into one unit's register. "
        "Repeating changes only what differs. Only lists of documents that are public: they are published."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """See help."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--unit", required=True, help="slug of the unit that gets them")
        parser.add_argument(
            "--everywhere", action="store_true", help="the province's: show them in every unit's register"
        )
        parser.add_argument("--dry-run", action="store_true", help="write nothing, give the report")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import inside the unit's scope."""
        unit = Unit.objects.filter(slug=options["unit"]).first()
        if unit is None:
            raise CommandError(f"--unit {options['unit']}: no such unit (see `manage.py units list`)")
        if options["everywhere"] and unit.kind != UnitKind.PROVINCE:
            raise CommandError("--everywhere: only the province's documents stand in every register")
        path: Path = options["file"]
        try:
            with unit_scope(unit):
                report = import_documents(
                    rows=read_rows(path), is_preview=options["dry_run"], everywhere=options["everywhere"],
                    progress=ProgressLine("documents"),
                )  # fmt: skip
        except (DocumentListError, OSError, ValidationError) as error:
            raise CommandError(f"{path}: {error}") from error
        for bad in report.bad[:SHOWN_PROBLEMS]:
            self.stderr.write(str(bad))
        if len(report.bad) > SHOWN_PROBLEMS:
            self.stderr.write(f"… and {len(report.bad) - SHOWN_PROBLEMS} more")
        mood = "would be " if options["dry_run"] else ""
        self.stdout.write(
            f"{path}: {mood}added {report.added}, changed {report.changed}, the same {report.same}, "
            f"left as the office wrote them {report.kept}, bad lines {len(report.bad)}"
        )
