"""manage.py reindex [--unit SLUG | --shared]: build the search index anew while searches go on."""

import sys
import time
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from portal.search.actions import index_is_ready, rebuild_index, rebuild_shared, rebuild_unit
from portal.search.errors import IndexBusyError
from portal.search.rebuilding import unit_id_of


class Command(BaseCommand):
    """Build the search index anew; repeatable, and the site can be searched meanwhile."""

    help = "Builds the search index anew, for all units or for one; searches go on meanwhile."

    def add_arguments(self, parser: CommandParser) -> None:
        """--unit SLUG for one unit's documents only, --shared for those of all sites; --if-missing: only without an index."""
        which = parser.add_mutually_exclusive_group()
        which.add_argument("--unit", metavar="SLUG", help="only the documents of this unit")
        which.add_argument(
            "--shared", action="store_true", help="only what all sites share: the catalogue of procedures"
        )
        parser.add_argument("--if-missing", action="store_true", help="do nothing when there is an index already")

    def handle(self, *_args: Any, **options: Any) -> None:
        """Run, show progress on a terminal, and say what was done."""
        if options["if_missing"] and index_is_ready():
            self.stdout.write("The index is there; nothing to do.")
            return
        started = time.monotonic()
        try:
            count = rebuild_shared(self._progress) if options["shared"] else self._build(options["unit"])
        except IndexBusyError as error:
            raise CommandError("The index is being written by somebody else; try again in a minute.") from error
        seconds = max(time.monotonic() - started, 0.001)
        self.stdout.write(f"Indexed {count} documents in {seconds:.1f} s ({count / seconds:.0f}/s).")

    def _build(self, slug: str | None) -> int:
        if slug is None:
            return rebuild_index(self._progress)
        unit_id = unit_id_of(slug)
        if unit_id is None:
            raise CommandError(f"There is no unit with the slug {slug!r}.")
        return rebuild_unit(unit_id, self._progress)

    def _progress(self, done: int, total: int) -> None:
        if sys.stderr.isatty():
            end = "\n" if done >= total else ""
            self.stderr.write(f"\rIndexing {done}/{total}", ending=end)
            self.stderr.flush()
