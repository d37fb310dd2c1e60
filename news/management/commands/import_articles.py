"""``manage.py import_articles FILE.jsonl[.gz] --unit SLUG``."""

import zlib
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from news.actions import load_articles, save_category
from news.enums import ArticleStatus
from news.importing import ArticleLine, BadLine, count_lines, read_articles
from news.models import Article, Category
from portal.core.progress import ProgressLine
from portal.core.tenancy import unit_scope
from units.models import Unit

BATCH = 200
SHOWN_PROBLEMS = 50


class Command(BaseCommand):
    """Bring articles of another system in: bad lines are named, the rest goes in, repeating adds nothing."""

    help = "import_articles FILE.jsonl[.gz] --unit SLUG [--category SLUG]"

    def add_arguments(self, parser: CommandParser) -> None:
        """See help."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--unit", required=True, help="slug of the unit that gets them")
        parser.add_argument("--category", default="tin-nhap", help="slug of the category; made when missing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Import inside the unit's scope."""
        unit = Unit.objects.filter(slug=options["unit"]).first()
        if unit is None:
            raise CommandError(f"--unit {options['unit']}: no such unit (see `manage.py units list`)")
        try:
            with unit_scope(unit):
                self._import(options["file"], options["category"])
        except (OSError, EOFError, zlib.error) as error:
            raise CommandError(f"{options['file']}: {error}") from error

    def _import(self, path: Path, category_slug: str) -> None:
        total = count_lines(path)
        category = Category.objects.filter(slug=category_slug).first() or save_category(
            category=Category(name="Tin nhập", slug=category_slug, order=90)
        )
        progress, now = ProgressLine("import"), timezone.now()
        added, bad, batch, seen = 0, 0, list[Article](), 0
        for number, line in read_articles(path):
            if isinstance(line, BadLine):
                bad += 1
                if bad <= SHOWN_PROBLEMS:
                    self.stderr.write(f"line {number}: {line.reason}")
                continue
            seen += 1
            batch.append(self._article(line, category, now - timedelta(minutes=number)))
            if len(batch) >= BATCH:
                added += load_articles(articles=batch)
                batch.clear()
                progress(number, total)
        added += load_articles(articles=batch)
        progress(total, total)
        self.stdout.write(f"{path}: added {added}, already there {seen - added}, bad lines {bad}")

    @staticmethod
    def _article(line: ArticleLine, category: Category, fallback: Any) -> Article:
        return Article(
            category=category, title=line.title, summary=line.summary, body=line.body_html,
            status=ArticleStatus.PUBLISHED, published_at=line.published_at or fallback,
            source_ref=f"import:{line.reference}",
        )  # fmt: skip
