"""``manage.py demo``: a whole province to look at, and synthetic articles for load tests."""

from datetime import date
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from portal.core.progress import ProgressLine
from portal.core.tenancy import unit_scope
from portal.pages.demo.accounts import create_accounts
from portal.pages.demo.budget_tables import load_budget_tables
from portal.pages.demo.catalogue import load_catalogue
from portal.pages.demo.consultations import load_consultations
from portal.pages.demo.counters import load_counters
from portal.pages.demo.disclosures import load_disclosures
from portal.pages.demo.documents import load_documents
from portal.pages.demo.dossiers import load_dossiers
from portal.pages.demo.loader import load_province
from portal.pages.demo.mistakes import load_mistakes
from portal.pages.demo.newsroom import fill_desks
from portal.pages.demo.people import load_people
from portal.pages.demo.plan import province_plan
from portal.pages.demo.receptions import load_receptions
from portal.pages.demo.reports import load_reports
from portal.pages.demo.scaling import add_synthetic
from portal.pages.demo.schedules import load_schedules
from portal.pages.demo.voices import load_voices
from units.models import Unit

# Leaders first: schedules and sessions name them.
_PEOPLE_FIRST: Final = (
    load_people, load_receptions, load_schedules, load_disclosures, load_budget_tables, load_voices,
)  # fmt: skip


class Command(BaseCommand):
    """Today's Huế, or the province as it was on another day; can be repeated, adds only what is missing."""

    help = "demo [--as-of 2025-06-30] [--scale N [--unit hue]] [--if-empty]"

    def add_arguments(self, parser: CommandParser) -> None:
        """See help."""
        parser.add_argument("--as-of", help="the province as it was on this day (2025-06-30: four levels)")
        parser.add_argument("--scale", type=int, default=0, help="add synthetic articles up to this number")
        parser.add_argument("--unit", default="hue", help="unit that gets the synthetic articles")
        parser.add_argument("--if-empty", action="store_true", help="do nothing when there are units already")

    def handle(self, *args: Any, **options: Any) -> None:
        """Load, then scale."""
        if options["if_empty"] and Unit.objects.exists():
            self.stdout.write("demo: the database is not empty, nothing to do")
            return
        as_of = self._day(options["as_of"])
        # All or nothing: a load that was stopped half-way must not pass for a loaded one.
        with transaction.atomic():
            report = load_province(province_plan(as_of), ProgressLine("demo"))
            accounts = create_accounts()
            desks = fill_desks()
            documents = load_documents()
            load_consultations()
            procedures = load_catalogue()
            # After the catalogue: what units say is about its procedures.
            counters = load_counters()
            load_mistakes()
            for sample in load_dossiers():
                self.stdout.write(f"dossiers to look up at /dich-vu-cong/tra-cuu/: {sample}")
            for load in _PEOPLE_FIRST:
                load()
            reports = load_reports()
        self.stdout.write(
            f"demo as of {as_of}: {report.units} units, {report.articles} articles, {report.pages} pages, "
            f"{accounts} accounts, {desks} desks, {documents} documents, {procedures} procedures, {counters} counters, "
            f"{reports} reports added"
        )
        if options["scale"]:
            self._scale(options["unit"], options["scale"])

    @staticmethod
    def _day(raw: str | None) -> date:
        try:
            return date.fromisoformat(raw) if raw else timezone.localdate()
        except ValueError as error:
            raise CommandError(f"--as-of {raw!r}: expected a date like 2025-06-30") from error

    def _scale(self, slug: str, number: int) -> None:
        unit = Unit.objects.filter(slug=slug).first()
        if unit is None:
            raise CommandError(f"--unit {slug}: no such unit (see `manage.py units list`)")
        with unit_scope(unit):
            added = add_synthetic(number, ProgressLine("scale"))
        self.stdout.write(
            f"scale: {added} synthetic articles added to {slug}; not indexed, run `manage.py reindex` to search"
        )
