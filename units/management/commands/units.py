"""``manage.py units import FILE.csv``, ``manage.py units boundaries FILE.geojson`` and ``manage.py units list``."""

from datetime import date
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from units.actions import import_units, keep_boundaries
from units.boundaries import BoundariesRefused, read_areas
from units.importing import ImportRefused, read_units
from units.models import Unit


def _iso_day(raw: str) -> date:
    try:
        return date.fromisoformat(raw)
    except ValueError as error:
        raise CommandError(f"{raw!r}: expected a date like 2025-07-01") from error


class Command(BaseCommand):
    """The units of the province, from the shell."""

    help = "units import FILE.csv [--valid-from 2025-07-01]; units boundaries FILE.geojson; units list [--all]"

    def add_arguments(self, parser: CommandParser) -> None:
        """Three subcommands."""
        commands = parser.add_subparsers(dest="command", required=True)
        reading = commands.add_parser("import", help="import a CSV with code, name, type, parent_code[, name_en, slug]")
        reading.add_argument("file", type=Path)
        reading.add_argument("--valid-from", help="first day of the units in the file (2025-07-01)")
        ground = commands.add_parser(
            "boundaries", help="keep where communes lie, from a GeoJSON whose features have a code"
        )
        ground.add_argument("file", type=Path)
        listing = commands.add_parser("list", help="a line for each unit: code, slug, host, kind, state")
        listing.add_argument("--all", action="store_true", help="closed units too (the default; kept for scripts)")
        listing.add_argument("--current", action="store_true", help="current units only")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the subcommand."""
        if options["command"] == "import":
            self._import(options["file"], options["valid_from"])
        elif options["command"] == "boundaries":
            self._boundaries(options["file"])
        else:
            self._list(current_only=options["current"])

    def _import(self, path: Path, valid_from: str | None) -> None:
        day = _iso_day(valid_from) if valid_from else timezone.localdate()
        try:
            report = import_units(rows=read_units(path), valid_from=day, explicit_date=bool(valid_from))
        except ImportRefused as refused:
            for problem in refused.problems:
                self.stderr.write(problem)
            raise CommandError(f"{path}: {len(refused.problems)} bad line(s); nothing was written") from refused
        for name in report.closed:
            self.stdout.write(f"closed   {name}")
        self.stdout.write(
            f"{path}: created {len(report.created)}, updated {len(report.updated)}, closed {len(report.closed)}, "
            f"unchanged {report.unchanged}"
        )

    def _boundaries(self, path: Path) -> None:
        try:
            report = keep_boundaries(areas=read_areas(path))
        except BoundariesRefused as refused:
            raise CommandError(f"{path}: {refused}; nothing was written") from refused
        for code in report.unknown:
            self.stderr.write(f"no commune of today has the code {code}")
        self.stdout.write(
            f"{path}: kept {report.kept} areas; {report.points_inside} of {report.points} points lie in their own area"
        )

    def _list(self, *, current_only: bool) -> None:
        units = Unit.objects.prefetch_related("domains").order_by("valid_to", "kind", "sort_name")
        for unit in units.current() if current_only else units:
            state = f"closed {unit.valid_to}" if unit.is_closed else "current"
            self.stdout.write(f"{unit.code}\t{unit.slug}\t{unit.canonical_host}\t{unit.kind}\t{state}")
