"""Reads of articles. Each costs a constant number of queries whatever the size of the archive."""

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Self

from django.db.models import Count, Q
from django.db.models.functions import ExtractDay
from django.utils import timezone

from news.enums import ArticleStatus, WithdrawalKind
from news.querysets.desk import DeskQuerySet
from news.rules import FEED_SIZE, PAGE_SIZE, Cursor

if TYPE_CHECKING:
    from news.models import Article, Category, Subscription, Tag


def day_bounds(day: date) -> tuple[datetime, datetime]:
    """Start of the day and of the next, in the portal's time zone; days at the edge of the calendar stay in it."""
    zone = timezone.get_current_timezone()
    start = datetime.combine(day, time.min, zone)
    return start, start + timedelta(days=1)


class ArticleQuerySet(DeskQuerySet):
    """Articles and notices."""

    def published(self) -> Self:
        """What citizens may see now; the one predicate behind pages, feeds, site map and search."""
        return self.filter(status=ArticleStatus.PUBLISHED, published_at__lte=timezone.now())

    def readable(self) -> Self:
        """What has a page of its own: published, and with a notice above it what expired or was withdrawn that way."""
        return self.filter(
            Q(status=ArticleStatus.PUBLISHED, published_at__lte=timezone.now())
            | Q(status=ArticleStatus.EXPIRED)
            | Q(status=ArticleStatus.WITHDRAWN, withdrawal_kind=WithdrawalKind.NOTICE)
        )

    def taken_away(self) -> Self:
        """What citizens could once read and can not now: withdrawn for good, merged into another, or being written anew."""
        once = self.filter(published_at__isnull=False)
        shown = (ArticleStatus.PUBLISHED, ArticleStatus.EXPIRED)
        return once.exclude(status__in=shown).exclude(
            status=ArticleStatus.WITHDRAWN, withdrawal_kind=WithdrawalKind.NOTICE
        )

    def published_since(self, moment: datetime) -> Self:
        """Published at or after a moment: how alive the site is."""
        return self.published().filter(published_at__gte=moment)

    def newest_first(self) -> Self:
        """By time of publishing, then id, so that the order is total and keyset paging exact."""
        return self.order_by("-published_at", "-pk")

    def for_list(self) -> Self:
        """Only what a list row shows, with category and picture in the same query."""
        return self.select_related("category", "picture").defer("body", "source_ref")

    def for_detail(self) -> Self:
        """Everything one article's page shows, in two queries."""
        return self.select_related("category", "picture", "translation").prefetch_related("tags")

    def older_than(self, cursor: Cursor) -> Self:
        """Rows behind a place in the newest-first order."""
        return self.filter(Q(published_at__lt=cursor.at) | Q(published_at=cursor.at, pk__lt=cursor.pk))

    def newer_than(self, cursor: Cursor) -> Self:
        """Rows before a place in the newest-first order, oldest of them first."""
        newer = self.filter(Q(published_at__gt=cursor.at) | Q(published_at=cursor.at, pk__gt=cursor.pk))
        return newer.order_by("published_at", "pk")

    def in_category(self, category: "Category") -> Self:
        """Articles of one category."""
        return self.filter(category=category)

    def tagged(self, tag: "Tag") -> Self:
        """Articles that carry a tag."""
        return self.filter(tags=tag)

    def on_day(self, day: date) -> Self:
        """Published on one day, Vietnamese time."""
        start, end = day_bounds(day)
        return self.filter(published_at__gte=start, published_at__lt=end)

    def in_month(self, first: date) -> Self:
        """Published in the month that begins with ``first``, Vietnamese time."""
        start, _end = day_bounds(first)
        following, _next = day_bounds((first + timedelta(days=32)).replace(day=1))
        return self.filter(published_at__gte=start, published_at__lt=following)

    def notices(self) -> Self:
        """Items of the notice categories."""
        # `IN`, since `is_notice = True` becomes a bare column in SQL, for which SQLite uses no index.
        return self.filter(is_notice__in=[True])

    def news(self) -> Self:
        """Items that are not notices."""
        return self.filter(is_notice__in=[False])

    def front_page(self, news: int, notices: int) -> tuple[list["Article"], list["Article"]]:
        """The newest news and notices for a front page, pinned ones first; bounded, three index walks."""
        rows = self.published().for_list()
        still = Q(pinned_until__isnull=True) | Q(pinned_until__gt=timezone.now())
        pinned = list(rows.filter(still, is_pinned__in=[True]).newest_first()[: news + notices])

        def first(kind: Self, number: int, *, is_notice: bool) -> list["Article"]:
            found = [article for article in pinned if article.is_notice is is_notice]
            known = {article.pk for article in found}
            found += [article for article in kind.newest_first()[:number] if article.pk not in known]
            return found[:number]

        return first(rows.news(), news, is_notice=False), first(rows.notices(), notices, is_notice=True)

    def counts_by_day(self, month: date) -> dict[int, int]:
        """Day of month → number of published items, for the calendar."""
        rows = (
            self.published()
            .in_month(month.replace(day=1))
            .annotate(day=ExtractDay("published_at"))
            .values("day")
            .order_by("day")
            .annotate(number=Count("pk"))
        )
        return {row["day"]: row["number"] for row in rows}

    def for_feed(self) -> list["Article"]:
        """The newest items of a feed, bounded."""
        return list(self.published().for_list().newest_first()[:FEED_SIZE])

    def new_for(self, subscription: "Subscription", until: datetime) -> Self:
        """What a subscriber has not been sent yet and citizens see, newest first; its categories must be prefetched."""
        rows = self.published().for_list().filter(published_at__gt=subscription.last_sent_at, published_at__lte=until)
        if not subscription.whole_unit:
            rows = rows.filter(category__in=[category.pk for category in subscription.categories.all()])
        return rows.newest_first()

    def page_after(self, cursor: Cursor | None) -> tuple[list["Article"], bool]:
        """One page of a list behind ``cursor`` (None: the first), and whether older rows follow."""
        rows = self if cursor is None else self.older_than(cursor)
        found = list(rows.newest_first()[: PAGE_SIZE + 1])
        return found[:PAGE_SIZE], len(found) > PAGE_SIZE

    def page_before(self, cursor: Cursor) -> tuple[list["Article"], bool]:
        """The page just newer than ``cursor``, newest first, and whether still newer rows exist."""
        found = list(self.newer_than(cursor)[: PAGE_SIZE + 1])
        return found[:PAGE_SIZE][::-1], len(found) > PAGE_SIZE

    def neighbours_of(self, article: "Article", number: int) -> list["Article"]:
        """The newest others of the same category."""
        rows = self.published().filter(category_id=article.category_id).exclude(pk=article.pk)
        return list(rows.for_list().newest_first()[:number])

    def others_than(self, article: "Article", number: int) -> list["Article"]:
        """The newest items of other categories."""
        rows = self.published().exclude(category_id=article.category_id)
        return list(rows.for_list().newest_first()[:number])

    def drafts_of(self, user_id: int) -> Self:
        """What a person has begun and not published."""
        return self.filter(status=ArticleStatus.DRAFT, created_by_id=user_id).order_by("-edited_at")
