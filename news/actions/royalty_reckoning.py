"""What a month costs: the lines of its sheet, and what can not be reckoned yet, with the reason."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from news.actions.royalty import day_of, plain_number, range_words
from news.actions.royalty_terms import RateBook, Terms
from news.enums import WithdrawalKind
from news.enums.royalty import ShareRole, WorkKind
from news.models import Article, ArticleRoyalty, RoyaltyLine, RoyaltyShare, RoyaltySheet
from news.querysets import day_bounds
from news.rules.royalty import Amount, Supplement, first_of, split, within_budget, work_amount
from news.rules.workflow import SEEN_STATUSES

LATE_LIMIT = 500


@dataclass(frozen=True, slots=True)
class Problem:
    """An article that is left out of the sheet, and what to do about it."""

    article: Article
    words: str


@dataclass(slots=True)
class Reckoning:
    """A month as it would be computed now."""

    lines: list[RoyaltyLine] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    terms: dict[tuple[int, Decimal], Terms] = field(default_factory=dict)

    @property
    def total_before(self) -> int:
        """What the works earn, before the month's budget is looked at."""
        return sum(line.amount_before for line in self.lines)

    def first_due(self) -> date | None:
        """The day by which all must be paid: so many days after the earliest publishing, as its table says."""
        days = max((terms.table.payment_days for terms in self.terms.values()), default=0)
        own = [line.published_on for line in self.lines if not line.is_late] or [
            line.published_on for line in self.lines
        ]
        return min(own) + timedelta(days=days) if own else None


class CanNotReckon(Exception):
    """One work of one article can not be reckoned; the message is for the clerk."""


def payable(month: date) -> QuerySet[Article]:
    """Articles that citizens first saw in the month, own ones and copies; those published in error are no work done."""
    seen = Article.objects.in_month(month).filter(status__in=SEEN_STATUSES)
    rows = seen.exclude(withdrawal_kind=WithdrawalKind.ERROR)
    return rows.select_related("category", "origin_unit").defer("body").order_by("published_at", "pk")


def reckon(sheet: RoyaltySheet, book: RateBook | None = None) -> Reckoning:
    """The sheet's lines as the rates, articles and shares of this moment make them; writes nothing.

    A constant number of queries however many articles: articles, late ones, royalties, shares, people, rates.
    """
    book = book or RateBook()
    result = Reckoning()
    royalties = list(_of_month(sheet)) + list(_late(sheet))
    paid = RoyaltyLine.objects.paid_elsewhere(sheet, [row.article for row in royalties])
    for royalty in royalties:
        if royalty.article_id not in paid:
            _add(result, sheet, royalty, book)
    for line, amount in zip(result.lines, within_budget(_amounts(result), sheet.budget), strict=True):
        line.amount = amount
    return result


def unscored(month: date) -> QuerySet[Article]:
    """The unit's own articles of the month for which nobody has said anything yet ("Chưa chấm")."""
    known = ArticleRoyalty.objects.filter(article=OuterRef("pk"))
    return payable(month).filter(~Exists(known), origin_unit__isnull=True)


def unscored_since(month: date) -> QuerySet[Article]:
    """The same from the month's first day until now."""
    first, _end = day_bounds(month)
    known = ArticleRoyalty.objects.filter(article=OuterRef("pk"))
    rows = Article.objects.filter(published_at__gte=first, status__in=SEEN_STATUSES, origin_unit__isnull=True)
    return rows.exclude(withdrawal_kind=WithdrawalKind.ERROR).filter(~Exists(known))


def _amounts(result: Reckoning) -> list[int]:
    return [line.amount_before for line in result.lines]


def _of_month(sheet: RoyaltySheet) -> QuerySet[ArticleRoyalty]:
    rows = ArticleRoyalty.objects.filter(article__in=payable(sheet.month).values("pk"), is_unpaid=False)
    return _with_all(rows).order_by("article__published_at", "article_id")


def _late(sheet: RoyaltySheet) -> list[ArticleRoyalty]:
    """Of locked months before this one, and in nobody's sheet: what was entered too late ("truy lĩnh")."""
    locked = set(RoyaltySheet.objects.locked().filter(month__lt=sheet.month).values_list("month", flat=True))
    if not locked:
        return []
    first, _end = day_bounds(min(locked))
    last, _end = day_bounds(sheet.month)
    elsewhere = RoyaltyLine.objects.filter(article=OuterRef("article")).exclude(sheet=sheet)
    rows = ArticleRoyalty.objects.filter(
        ~Exists(elsewhere), is_unpaid=False, article__published_at__gte=first, article__published_at__lt=last,
        article__status__in=SEEN_STATUSES,
    ).exclude(article__withdrawal_kind=WithdrawalKind.ERROR)  # fmt: skip
    found = _with_all(rows).order_by("article__published_at", "article_id")[:LATE_LIMIT]
    return [row for row in found if first_of(day_of(row.article)) in locked]


def _with_all(rows: QuerySet[ArticleRoyalty]) -> QuerySet[ArticleRoyalty]:
    related = rows.select_related("article__category", "article__origin_unit").defer("article__body")
    return related.prefetch_related("shares__contributor")


def _add(result: Reckoning, sheet: RoyaltySheet, royalty: ArticleRoyalty, book: RateBook) -> None:
    terms = book.on(day_of(royalty.article))
    if terms is None:
        result.problems.append(Problem(royalty.article, _("Chưa có bảng mức áp dụng ngày đăng.")))
        return
    lines = []
    try:
        if royalty.genre_code:
            lines += _lines(sheet, royalty, terms, WorkKind.TEXT)
        if royalty.photo_count:
            lines += _lines(sheet, royalty, terms, WorkKind.PHOTO)
    except CanNotReckon as problem:
        result.problems.append(Problem(royalty.article, str(problem)))
        return
    result.lines += lines
    result.terms[(terms.table.pk, terms.percent)] = terms


def _lines(sheet: RoyaltySheet, royalty: ArticleRoyalty, terms: Terms, kind: WorkKind) -> list[RoyaltyLine]:
    """One line for each person of one work; the amounts sum to the work's."""
    is_photo = kind == WorkKind.PHOTO
    people = [row for row in royalty.shares.all() if (row.role == ShareRole.PHOTOGRAPHER) is is_photo]
    if not people:
        raise CanNotReckon(_("Chưa ghi người chụp ảnh.") if is_photo else _("Chưa ghi tác giả."))
    common = _work(royalty, terms, kind)
    parts = split(common["work_amount"], [share.percent for share in people])
    return [
        _line(sheet, royalty.article, share, {**common, "amount_before": part, "amount": part})
        for share, part in zip(people, parts, strict=True)
    ]


def _work(royalty: ArticleRoyalty, terms: Terms, kind: WorkKind) -> dict[str, Any]:
    """What one work earns, with the facts that make it."""
    is_photo = kind == WorkKind.PHOTO
    code = royalty.photo_genre_code if is_photo else royalty.genre_code
    coefficient = royalty.photo_coefficient if is_photo else royalty.coefficient
    quantity = royalty.photo_count if is_photo else 1
    genre = terms.genres.get(code)
    if genre is None or genre.kind != kind:
        raise CanNotReckon(_("Thể loại không có trong bảng áp dụng ngày đăng. Chọn lại thể loại."))
    if royalty.article.origin_unit_id is not None and not genre.pays_copies:
        raise CanNotReckon(_("Bài lấy lại từ đơn vị khác, thể loại này không trả cho bài lấy lại."))
    if not genre.coefficient_min <= coefficient <= genre.coefficient_max:
        words = {"name": genre.name, "range": range_words(genre)}
        raise CanNotReckon(_("Hệ số của “%(name)s” %(range)s.") % words)
    supplements = [] if is_photo else _supplements(royalty, terms)
    amount: Amount = work_amount(
        base=terms.table.base_amount, unit_percent=terms.percent, coefficient=coefficient, quantity=quantity,
        supplements=supplements, supplement_ceiling=terms.table.supplement_ceiling,
        ceiling=None if is_photo else terms.table.article_ceiling,
    )  # fmt: skip
    return {
        "kind": kind, "genre_name": genre.name, "coefficient": coefficient, "quantity": quantity,
        "base_amount": terms.table.base_amount, "unit_percent": terms.percent, "work_amount": amount.value,
        "ceiling_applied": amount.is_cut, "supplements": _told(supplements)[:400],
    }  # fmt: skip


def _supplements(royalty: ArticleRoyalty, terms: Terms) -> list[Supplement]:
    chosen = []
    for item in royalty.supplements:
        row, percent = terms.supplements.get(item["code"]), Decimal(item["percent"])
        if row is None or not row.percent_min <= percent <= row.percent_max:
            raise CanNotReckon(_("Mức cộng thêm không hợp với bảng áp dụng ngày đăng. Mở bài và chọn lại."))
        chosen.append(Supplement(row.name, percent, stacks=row.stacks, is_portion=row.effect == "PORTION"))
    return chosen


def _told(supplements: Sequence[Supplement]) -> str:
    """``Bản dịch: 50 %; Điều kiện khó khăn: +30 %``."""
    return "; ".join(
        f"{item.name}: {'' if item.is_portion else '+'}{plain_number(item.percent)} %" for item in supplements
    )


def _line(sheet: RoyaltySheet, article: Article, share: RoyaltyShare, facts: dict[str, Any]) -> RoyaltyLine:
    person, day = share.contributor, day_of(article)
    return RoyaltyLine(
        sheet=sheet, article=article, article_title=article.title, article_path=article.get_absolute_url()[:400],
        published_on=day, is_late=first_of(day) != sheet.month, contributor=person, pen_name=person.pen_name,
        real_name=person.real_name, department=person.department, role=share.role, share_percent=share.percent, **facts,
    )  # fmt: skip
