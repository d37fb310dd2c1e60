"""``manage.py import_articles FILE --unit SLUG``."""

import csv
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from news.actions.import_runs import begin_run, run_import
from news.actions.import_terms import ImportOptions
from news.importing import FORMATS, ImportRefusedError, ImportReport
from portal.core.progress import ProgressLine
from portal.core.tenancy import unit_scope
from units.models import Unit

SHOWN_PROBLEMS = 50


class Command(BaseCommand):
    """Bring articles of another system in: what can not be taken is named, the rest goes in, repeating adds nothing."""

    help = "WordPress (WXR), RSS, Atom, CSV or JSON lines into one unit. Repeating goes on where it stopped and adds nothing twice."

    def add_arguments(self, parser: CommandParser) -> None:
        """See help."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--unit", required=True, help="slug of the unit that gets them")
        parser.add_argument("--category", default="tin-nhap", help="slug for texts without category; made when missing")
        parser.add_argument("--format", choices=FORMATS, help="only where content and name do not tell")
        parser.add_argument("--media-folder", type=Path, help="a copy of wp-content/uploads")
        parser.add_argument("--fetch-media", action="store_true", help="fetch pictures from the old site")
        parser.add_argument("--drafts", action="store_true", help="take drafts too, as drafts")
        parser.add_argument(
            "--map", type=Path, help='JSON {"categories": {old: new}, "authors": {…}} or CSV kind,old,new'
        )
        parser.add_argument("--category-base", default="category", help="WordPress: first part of category addresses")
        parser.add_argument("--tag-base", default="tag", help="WordPress: first part of tag addresses")
        parser.add_argument("--limit", type=int, help="stop after so many texts")
        parser.add_argument("--dry-run", action="store_true", help="write nothing, give the report")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import inside the unit's scope."""
        unit = Unit.objects.filter(slug=options["unit"]).first()
        if unit is None:
            raise CommandError(f"--unit {options['unit']}: no such unit (see `manage.py units list`)")
        folder: Path | None = options["media_folder"]
        if folder is not None and not folder.is_dir():
            raise CommandError(f"--media-folder {folder}: no such folder")
        with unit_scope(unit):
            report = self._import(options["file"], options)
        self._tell(options["file"], report, is_preview=options["dry_run"])

    @staticmethod
    def _import(path: Path, options: dict[str, Any]) -> ImportReport:
        mapping = _mapping(options["map"]) if options["map"] else {}
        how = ImportOptions(
            category=options["category"], drafts=options["drafts"], media_folder=options["media_folder"],
            fetch_media=options["fetch_media"], limit=options["limit"], is_preview=options["dry_run"],
            categories=mapping.get("categories", {}), authors=mapping.get("authors", {}),
        )  # fmt: skip
        reading = {name: options[name] for name in ("format", "drafts", "category_base", "tag_base")}
        try:
            run = None if how.is_preview else begin_run(path=path, options=reading)
            return run_import(path=path, reading=reading, options=how, run=run, progress=ProgressLine("import"))
        except ImportRefusedError as error:
            raise CommandError(f"{path}: {error}") from error
        except OSError as error:
            raise CommandError(f"{path}: {error}") from error

    def _tell(self, path: Path, report: ImportReport, *, is_preview: bool) -> None:
        for line in report.notes[:SHOWN_PROBLEMS]:
            self.stderr.write(line)
        if is_preview:
            self.stdout.write(report.text())
        else:
            folder = settings.VAR_DIR / "imports"
            folder.mkdir(parents=True, exist_ok=True)
            target = folder / f"{path.name}-{timezone.localtime():%Y%m%d-%H%M%S}-report.txt"
            target.write_text(report.text(), encoding="utf-8")
            self.stdout.write(report.text())
            self.stdout.write(f"report: {target}")
        words = "would be added" if is_preview else "added"
        self.stdout.write(
            f"{path}: {words} {report.added + report.pages_added}, already there {report.known}, bad lines {report.bad}"
        )


def _mapping(path: Path) -> dict[str, dict[str, str]]:
    """The map of names; raises CommandError where it is none."""
    try:
        text = path.read_text(encoding="utf-8-sig")
        if text.lstrip().startswith("{"):
            found: Any = json.loads(text)
            return {
                kind: {str(old): str(new) for old, new in found.get(kind, {}).items()}
                for kind in ("categories", "authors")
            }
        mapping: dict[str, dict[str, str]] = {"categories": {}, "authors": {}}
        for kind, old, new in csv.reader(text.splitlines()):
            mapping["authors" if kind.strip().startswith("author") else "categories"][old.strip()] = new.strip()
    except (OSError, ValueError, AttributeError) as error:
        raise CommandError(f"--map {path}: {error}") from error
    return mapping
