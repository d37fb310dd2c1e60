"""Reads of contributors, of what articles are paid with, and of the monthly sheets."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.db.models import Count, F, Min, Sum

from news.enums.royalty import SheetState
from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from news.models import (
        Article,
        ArticleRoyalty,
        Contributor,
        RoyaltyLine,
        RoyaltyShare,
        RoyaltySheet,
    )

NAMES_OFFERED = 300
STATEMENT_LINES = 500


class ClosedMonthError(Exception):
    """Somebody tried to change what a locked sheet pays: a mistake in the code, never a clerk's."""


class ContributorQuerySet(TenantQuerySet["Contributor"]):
    """People who are paid for writing."""

    def named(self, pen_names: Iterable[str]) -> "dict[str, Contributor]":
        """Those with these pen names, by key (lower case)."""
        keys = {name.lower() for name in pen_names}
        return {row.key: row for row in self.filter(key__in=keys)}

    def offered(self) -> Self:
        """Pen names to choose from while typing; bounded."""
        return self.order_by("key")[:NAMES_OFFERED]

    def of_users(self, user_ids: Iterable[int | None]) -> "dict[int, Contributor]":
        """Contributors of these accounts, by account."""
        wanted = {key for key in user_ids if key is not None}
        return {row.user_id: row for row in self.filter(user_id__in=wanted) if row.user_id is not None}


class ArticleRoyaltyQuerySet(TenantQuerySet["ArticleRoyalty"]):
    """What articles are paid with."""

    def with_shares(self) -> Self:
        """With contributors, in two further queries."""
        return self.prefetch_related("shares__contributor")

    def of_articles(self, articles: "Sequence[Article]") -> "dict[int, ArticleRoyalty]":
        """What each of these articles is paid with, by article."""
        return {row.article_id: row for row in self.filter(article__in=articles).with_shares()}


class ShareQuerySet(TenantQuerySet["RoyaltyShare"]):
    """Parts of contributors."""


class SheetQuerySet(TenantQuerySet["RoyaltySheet"]):
    """Monthly sheets."""

    def locked(self) -> Self:
        """Closed months."""
        return self.filter(state=SheetState.LOCKED)

    def unpaid_by(self, day: date) -> Self:
        """Locked sheets whose money is due by ``day`` and not marked as paid, oldest first."""
        rows = self.filter(state=SheetState.LOCKED, paid_on__isnull=True, due_on__lte=day, total__gt=0)
        return rows.order_by("due_on", "pk")

    def for_detail(self) -> Self:
        """With the people of its steps, in the same query."""
        return self.select_related("computed_by", "checked_by", "locked_by")

    def before(self, month: date) -> "RoyaltySheet | None":
        """The newest sheet of an earlier month."""
        return self.filter(month__lt=month).order_by("-month").first()

    def held(self) -> "list[RoyaltySheet]":
        """All sheets, locked against others until the transaction ends: one computing at a time in a unit."""
        return list(self.select_for_update().order_by("pk").only("pk", "month", "state"))


class LineQuerySet(TenantQuerySet["RoyaltyLine"]):
    """Lines of sheets; written and taken away with the computing of an open sheet, otherwise never changed."""

    def of_sheet(self, sheet: "RoyaltySheet") -> Self:
        """The lines of one sheet: by day, article, text before photographs, in the order of the shares."""
        return self.filter(sheet=sheet).order_by("published_on", "article_id", "-kind", "pk")

    def by_contributor(self) -> "list[dict[str, Any]]":
        """Who is paid how much for how many works, by name."""
        rows = self.values("contributor_id", "pen_name", "real_name", "department")
        totals: Any = rows.annotate(total=Sum("amount"), works=Count("article_id", distinct=True))
        return list(totals.order_by("pen_name", "contributor_id"))

    def paid_elsewhere(self, sheet: "RoyaltySheet", articles: "Iterable[Article]") -> set[int]:
        """Ids of those articles that another sheet pays already."""
        rows = self.filter(article__in=list(articles)).exclude(sheet=sheet)
        return set(rows.values_list("article_id", flat=True))

    def first_day(self) -> date | None:
        """The earliest day of publishing among these lines."""
        found: date | None = self.aggregate(day=Min("published_on"))["day"]
        return found

    def statement_of(self, contributor: "Contributor", year: int) -> Self:
        """What closed months of a year pay to one person, newest month first; bounded."""
        rows = self.filter(contributor=contributor, sheet__state=SheetState.LOCKED, sheet__month__year=year)
        return rows.select_related("sheet").order_by("-sheet__month", "published_on", "pk")[:STATEMENT_LINES]

    def totals_by_month(self, contributor: "Contributor") -> "list[dict[str, Any]]":
        """Closed month → what it pays to one person, newest first."""
        rows = self.filter(contributor=contributor, sheet__state=SheetState.LOCKED)
        months = rows.values(month=F("sheet__month"), paid_on=F("sheet__paid_on"))
        totals: Any = months.annotate(total=Sum("amount"), works=Count("article_id", distinct=True))
        return list(totals.order_by("-month"))

    def replace(self, sheet: "RoyaltySheet", lines: "list[RoyaltyLine]") -> None:
        """Put ``lines`` in the place of those of an open sheet; raises ClosedMonthError for a locked one."""
        rows = self.filter(sheet=sheet)
        if rows.filter(sheet__state=SheetState.LOCKED).exists() or sheet.is_locked:
            raise ClosedMonthError("The month is closed.")
        TenantQuerySet.delete(rows)
        TenantQuerySet.bulk_create(self, lines, batch_size=500)

    def bulk_create(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: see replace."""
        raise ClosedMonthError("Lines are written by computing a sheet.")

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        """Refused: a line never changes."""
        raise ClosedMonthError("Lines of a sheet never change.")

    def update(self, **kwargs: Any) -> NoReturn:
        """Refused: a line never changes."""
        raise ClosedMonthError("Lines of a sheet never change.")

    def delete(self) -> NoReturn:
        """Refused: see replace."""
        raise ClosedMonthError("Lines of a sheet are not deleted.")
