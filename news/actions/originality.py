"""How much of what a unit publishes it wrote itself: printing texts as hashes, comparing, counting by month."""

from datetime import date, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from news.models import Article, OriginalityMonth, ShareDelivery, TextMark, TextPrint
from news.querysets import day_bounds
from news.rules.listing import neighbour_months
from news.rules.shingles import (
    Share,
    marks_of,
    names_other_publisher,
    pack,
    share_of,
    shingles_of,
    unpack,
    words_of,
)
from portal.core.richtext import plain_text
from portal.core.tenancy import current_unit_id
from units.models import Unit

# Texts are compared with what others published in the last thirteen months; older prints are forgotten.
PRINTS_KEPT: Final = timedelta(days=400)
PRINTS_AT_ONCE: Final = 200
_READ: Final = (
    *("title", "summary", "body", "source_name", "origin_unit", "origin_article_id", "follows_origin"),
    *("published_at", "version_number", "unit"),
)


def text_of(article: Article) -> str:
    """The words that are counted: summary and body."""
    return f"{plain_text(article.summary)} {plain_text(article.body)}"


# --- prints -----------------------------------------------------------------------------------------------------------


def print_texts() -> int:
    """Print the unit's published texts that are new or changed since; forget old prints. Returns how many were printed.

    Bounded; what is left over is printed at the next run. Repeating changes nothing.
    """
    edge = timezone.now() - PRINTS_KEPT
    TextPrint.objects.of_current_unit().filter(published_at__lt=edge).delete()
    known = dict(TextPrint.objects.of_current_unit().values_list("article_id", "version_number"))
    rows = Article.objects.published_since(edge).order_by("pk").values_list("pk", "version_number")
    wanted = [pk for pk, version in rows.iterator(chunk_size=2000) if known.get(pk, -1) != version]
    for start in range(0, len(wanted), PRINTS_AT_ONCE):
        _print_some(wanted[start : start + PRINTS_AT_ONCE])
    return len(wanted)


@transaction.atomic
def _print_some(keys: list[int]) -> None:
    TextPrint.objects.of_current_unit().filter(article_id__in=keys).delete()
    articles = list(Article.objects.filter(pk__in=keys).only(*_READ))
    values = {article.pk: shingles_of(words_of(text_of(article))) for article in articles}
    prints = TextPrint.objects.bulk_create(
        TextPrint(
            unit_id=current_unit_id(), article_id=article.pk, version_number=article.version_number,
            published_at=article.published_at, shingles=pack(values[article.pk]),
        )
        for article in articles if article.published_at
    )  # fmt: skip
    marks = [TextMark(print=row, value=value) for row in prints for value in marks_of(values[row.article_id])]
    TextMark.objects.bulk_create(marks, batch_size=500)


# --- months -----------------------------------------------------------------------------------------------------------


def measure_due_months(today: date | None = None) -> list[OriginalityMonth]:
    """Count the running month, and finally the one before when it was not counted since it ended."""
    this = (today or timezone.localdate()).replace(day=1)
    before, _after = neighbour_months(this)
    months = [measure_month(this)]
    if not OriginalityMonth.objects.filter(month=before, is_final=True).exists():
        months.insert(0, measure_month(before))
    return months


@transaction.atomic
def measure_month(month: date) -> OriginalityMonth:
    """Count one month of the unit in scope anew; a month that is over is final then."""
    now = timezone.now()
    articles = Article.objects.published().in_month(month).only(*_READ).order_by("pk")
    unit_name = Unit.objects.only("name").get(pk=current_unit_id()).name
    totals = {"articles_own": 0, "articles_copied": 0, "words_own": 0, "words_copied": 0}
    for article in articles.iterator(chunk_size=100):
        share = share_of_article(article, unit_name)
        totals["articles_copied" if share.is_copied else "articles_own"] += 1
        totals["words_own"] += share.own
        totals["words_copied"] += share.copied
    is_over = day_bounds(neighbour_months(month)[1])[0] <= now
    row, _is_new = OriginalityMonth.objects.update_or_create(
        month=month, defaults={**totals, "computed_at": now, "is_final": is_over}
    )
    return row


def share_of_article(article: Article, unit_name: str) -> Share:
    """Own and copied words of one article of the unit in scope.

    All of it is copied when it follows another unit's text or names another publisher; else the words that stand in
    sequences another unit published earlier.
    """
    words = words_of(text_of(article))
    whole = Share(own=0, copied=len(words))
    if article.origin_article_id is None and names_other_publisher(article.source_name, unit_name):
        return whole
    if article.follows_origin or article.published_at is None:
        return whole
    shingles = shingles_of(words)
    known: set[int] = set()
    for packed in TextPrint.objects.earlier_elsewhere(marks_of(shingles), article.published_at):
        known |= unpack(packed)
    if article.origin_article_id is not None:
        known |= _of_source(article)
    return share_of(words, shingles, known)


def _of_source(article: Article) -> set[int]:
    """The sequences of the text that an edited copy was made from, as its parcel holds them."""
    delivery = ShareDelivery.objects.incoming().filter(local_article_id=article.pk).select_related("parcel").first()
    if delivery is None:
        return set()
    parcel = delivery.parcel
    return set(shingles_of(words_of(f"{plain_text(parcel.summary)} {plain_text(parcel.body)}")))
