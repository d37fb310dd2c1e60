"""`manage.py compile_translations`: .po to .mo without GNU gettext, which a fresh machine does not have."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser


class Command(BaseCommand):
    """Compiles what has changed; the .mo files are made by the set-up and never committed."""

    help = "Compile locale/**/*.po to .mo in pure Python (only files that have changed)."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """Offer --force, to compile everything."""
        parser.add_argument("--force", action="store_true", help="compile files that have not changed, too")

    def handle(self, *, force: bool, verbosity: int, **_: Any) -> None:
        """Compile, and say how many files were written."""
        sources = sorted(path for folder in settings.LOCALE_PATHS for path in Path(folder).glob("*/LC_MESSAGES/*.po"))
        written = [source for source in sources if force or _is_stale(source)]
        for source in written:
            _compile(source)
        if verbosity:
            self.stdout.write(f"Bản dịch: {len(written)} tệp biên dịch, {len(sources) - len(written)} tệp đã sẵn sàng.")


def _is_stale(source: Path) -> bool:
    target = source.with_suffix(".mo")
    return not target.exists() or target.stat().st_mtime < source.stat().st_mtime


def _compile(source: Path) -> None:
    """Write the .mo beside its .po; the old one stays readable until the new one is complete."""
    try:
        with source.open("rb") as file:
            catalog = read_po(file, locale=source.parent.parent.name, abort_invalid=True)
    except (PoFileError, UnicodeDecodeError) as error:
        raise CommandError(f"{source}: {error}") from error
    # A placeholder misspelt in a translation would be an error page for those who read that language.
    if mistakes := [f"{message.id!r}: {error}" for message, errors in catalog.check() for error in errors]:
        raise CommandError("\n".join([f"{source}:", *mistakes]))
    unfinished = source.with_suffix(".mo.new")
    with unfinished.open("wb") as file:
        write_mo(file, catalog)
    unfinished.replace(source.with_suffix(".mo"))
