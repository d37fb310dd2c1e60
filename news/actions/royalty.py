"""What an article is paid with: genre, coefficient, who wrote it, photographs, supplements."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news.actions.royalty_terms import RateBook, Terms
from news.enums.royalty import ShareRole, SheetState, WorkKind
from news.models import Article, ArticleRoyalty, Contributor, RoyaltyGenre, RoyaltyLine, RoyaltyShare, RoyaltySheet
from news.rules.royalty import HUNDRED, equal_shares
from portal.core.audit import record
from portal.core.models import User
from portal.core.text import one_line

NAME_LIMIT = 120


@dataclass(frozen=True, slots=True)
class Part:
    """One person's part as it was typed; ``percent`` None: shared equally with the others who named none."""

    pen_name: str
    role: ShareRole = ShareRole.AUTHOR
    percent: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """Everything a clerk says about the royalty of one article. Names are those of the form's fields."""

    is_unpaid: bool = False
    genre: str = ""
    coefficient: Decimal | None = None
    parts: Sequence[Part] = ()
    photo_genre: str = ""
    photo_count: int = 0
    photo_coefficient: Decimal | None = None
    supplements: dict[str, Decimal] = field(default_factory=dict)
    note: str = ""


def day_of(article: Article) -> date:
    """The day whose rates count: of publishing; today while it is not published."""
    return timezone.localdate(article.published_at) if article.published_at else timezone.localdate()


@transaction.atomic
def set_article_royalty(
    *, article: Article, entry: Entry, actor: User | None, book: RateBook | None = None
) -> ArticleRoyalty:
    """Write what one article of the unit is paid with.

    Raises ValidationError by field for what the table of the publishing day does not allow, and for an article that a
    locked month has paid already.
    """
    # Whoever locks or computes a month waits, or is waited for: what is said to be saved is never left out unseen.
    # Sheets before the article, in the order of computing, which needs the article's row for its lines.
    RoyaltySheet.objects.held()
    Article.objects.select_for_update().only("pk").get(pk=article.pk)
    paid = RoyaltyLine.objects.filter(article=article, sheet__state=SheetState.LOCKED).select_related("sheet").first()
    if paid:
        raise ValidationError(
            _("Bài đã trả ở bảng tháng %(month)s. Bảng đã khóa nên không sửa được.") % {"month": paid.sheet}
        )
    values = _checked(article, entry, (book or RateBook()).on(day_of(article)))
    shares = [] if entry.is_unpaid else _checked_parts(entry)
    royalty, created = ArticleRoyalty.objects.update_or_create(
        article=article, defaults={**values, "note": one_line(entry.note)[:250], "set_by": actor}
    )
    people = contributors_named([part.pen_name for part in shares], actor=actor)
    if not created:
        RoyaltyShare.objects.filter(royalty=royalty).delete()
    RoyaltyShare.objects.bulk_create(
        RoyaltyShare(
            royalty=royalty, contributor=people[_key(part.pen_name)], role=part.role, percent=part.percent or Decimal(0)
        )
        for part in shares
    )
    record(verb="royalty.set", target=article, actor=actor, detail=_told(royalty, shares))
    return royalty


def contributors_named(pen_names: Iterable[str], *, actor: User | None) -> dict[str, Contributor]:
    """The unit's contributors with these pen names, by key; those nobody has typed before are added."""
    names = {_key(name): one_line(name) for name in pen_names}
    known = Contributor.objects.named(names.values())
    missing = {key: name for key, name in names.items() if key not in known}
    if missing:
        # Two clerks may type the same new name at once: whoever comes second finds the first one's row.
        fresh = [Contributor(pen_name=name, key=key) for key, name in missing.items()]
        Contributor.objects.bulk_create(fresh, ignore_conflicts=True)
        known = Contributor.objects.named(names.values())
        for key in missing:
            record(verb="contributor.save", target=known[key], actor=actor)
    return known


@transaction.atomic
def save_contributor(*, contributor: Contributor, actor: User | None) -> Contributor:
    """Add or change somebody who is paid for writing; closed sheets keep the names they were locked with."""
    contributor.save()
    record(verb="contributor.save", target=contributor, actor=actor)
    return contributor


@transaction.atomic
def delete_contributor(*, contributor: Contributor, actor: User | None) -> None:
    """Take away somebody who never wrote anything; the database protects all others."""
    record(verb="contributor.delete", target=contributor, actor=actor)
    contributor.delete()


def _key(name: str) -> str:
    return one_line(name).lower()


def _checked(article: Article, entry: Entry, terms: Terms | None) -> dict[str, Any]:
    """The row's columns, after asking the table of the day."""
    if entry.is_unpaid:
        return {
            "is_unpaid": True, "genre_code": "", "genre_name": "", "coefficient": Decimal(0), "photo_genre_code": "", "photo_count": 0,
            "photo_coefficient": Decimal(0), "supplements": [],
        }  # fmt: skip
    if terms is None:
        raise ValidationError(
            _("Chưa có bảng mức nhuận bút nào áp dụng ngày này. Hỏi người quản trị đơn vị hoặc tỉnh.")
        )
    if not entry.genre and not entry.photo_count:
        raise ValidationError({"genre": _("Chọn thể loại, hoặc chọn “Không tính nhuận bút”.")})
    is_copy = article.origin_unit_id is not None
    values: dict[str, Any] = {"is_unpaid": False, "genre_code": "", "genre_name": "", "coefficient": Decimal(0)}
    if entry.genre:
        genre = _genre(terms, entry.genre, WorkKind.TEXT, "genre", is_copy=is_copy)
        values |= {
            "genre_code": genre.code,
            "genre_name": genre.name,
            "coefficient": _coefficient(genre, entry.coefficient, "coefficient"),
        }
    values |= {"photo_genre_code": "", "photo_count": entry.photo_count, "photo_coefficient": Decimal(0)}
    if entry.photo_count:
        photo = _genre(terms, entry.photo_genre, WorkKind.PHOTO, "photo_genre", is_copy=is_copy)
        rate = _coefficient(photo, entry.photo_coefficient, "photo_coefficient")
        values |= {"photo_genre_code": photo.code, "photo_coefficient": rate}
    return {**values, "supplements": _checked_supplements(entry, terms)}


def _genre(terms: Terms, code: str, kind: WorkKind, name: str, *, is_copy: bool) -> RoyaltyGenre:
    offered = terms.genres_for(kind, is_copy=is_copy)
    if not code and len(offered) == 1:
        return offered[0]
    for genre in offered:
        if genre.code == code:
            return genre
    if is_copy:
        raise ValidationError(
            {name: _("Bài lấy lại từ đơn vị khác chỉ trả theo thể loại có ghi “trả cả bài lấy lại”.")}
        )
    raise ValidationError({name: _("Chọn một thể loại có trong bảng áp dụng ngày đăng.")})


def _coefficient(genre: RoyaltyGenre, typed: Decimal | None, name: str) -> Decimal:
    value = genre.coefficient_default if typed is None else typed
    if value is None:
        raise ValidationError({name: _("Nhập hệ số, %(range)s.") % {"range": range_words(genre)}})
    if not genre.coefficient_min <= value <= genre.coefficient_max:
        words = {"name": genre.name, "range": range_words(genre)}
        raise ValidationError({name: _("Hệ số của “%(name)s” %(range)s.") % words})
    return value


def range_words(genre: RoyaltyGenre) -> str:
    """``từ 1 đến 10``: the coefficients that a table allows."""
    return _("từ %(low)s đến %(high)s") % {
        "low": plain_number(genre.coefficient_min), "high": plain_number(genre.coefficient_max)
    }  # fmt: skip


def plain_number(number: Decimal) -> str:
    """``12,5``: a decimal without needless zeros, as it is written in Vietnamese."""
    return f"{number.normalize():f}".replace(".", ",")


def _checked_supplements(entry: Entry, terms: Terms) -> list[dict[str, str]]:
    chosen = []
    for code, percent in entry.supplements.items():
        row = terms.supplements.get(code)
        if row is None:
            raise ValidationError(
                {"supplements": _("Có mức cộng thêm không còn trong bảng áp dụng ngày đăng. Bỏ chọn mức đó.")}
            )
        if not row.percent_min <= percent <= row.percent_max:
            words = {"name": row.name, "low": plain_number(row.percent_min), "high": plain_number(row.percent_max)}
            raise ValidationError({"supplements": _("“%(name)s” từ %(low)s %% đến %(high)s %%.") % words})
        chosen.append({"code": code, "percent": str(percent)})
    return chosen


def _checked_parts(entry: Entry) -> list[Part]:
    """Shares of text and of photographs, each summing to 100; photographs nobody claims are the authors'."""
    typed = [Part(one_line(part.pen_name), part.role, part.percent) for part in entry.parts if one_line(part.pen_name)]
    if any(len(part.pen_name) > NAME_LIMIT for part in typed):
        raise ValidationError({"parts": _("Tên dài quá %(limit)d ký tự.") % {"limit": NAME_LIMIT}})
    if len({(_key(part.pen_name), part.role) for part in typed}) != len(typed):
        raise ValidationError({"parts": _("Một người ghi hai lần cùng vai trò. Gộp lại thành một dòng.")})
    photos = [part for part in typed if part.role == ShareRole.PHOTOGRAPHER]
    texts = [part for part in typed if part.role != ShareRole.PHOTOGRAPHER]
    if entry.genre and not texts:
        raise ValidationError({"parts": _("Ghi ít nhất một tác giả.")})
    if photos and not entry.photo_count:
        raise ValidationError({"photo_count": _("Có người chụp ảnh: nhập số ảnh, hoặc bỏ dòng của người đó.")})
    if entry.photo_count and not photos:
        if not texts:
            raise ValidationError({"parts": _("Ghi người chụp ảnh.")})
        photos = _as_photographers(texts)
    return [*_shared(texts if entry.genre else []), *_shared(photos)]


def _as_photographers(texts: list[Part]) -> list[Part]:
    """The people of the text with the parts they have there; an author who also edited is one photographer."""
    names = {_key(part.pen_name): part.pen_name for part in texts}
    sums: dict[str, Decimal] = dict.fromkeys(names, Decimal(0))
    for part in _shared(texts):
        sums[_key(part.pen_name)] += part.percent or Decimal(0)
    return [Part(name, ShareRole.PHOTOGRAPHER, sums[key]) for key, name in names.items()]


def _shared(parts: list[Part]) -> list[Part]:
    if all(part.percent is None for part in parts):
        portions = equal_shares(len(parts)) if parts else []
        return [Part(part.pen_name, part.role, portion) for part, portion in zip(parts, portions, strict=True)]
    if any(part.percent is None or part.percent <= 0 for part in parts):
        raise ValidationError({"parts": _("Ghi phần trăm cho mọi người, hoặc để trống cả để chia đều.")})
    total = sum((part.percent or Decimal(0) for part in parts), Decimal(0))
    if total != HUNDRED:
        raise ValidationError(
            {"parts": _("Các phần cộng lại được %(sum)s %%. Cần đúng 100 %%.") % {"sum": plain_number(total)}}
        )
    return parts


def _told(royalty: ArticleRoyalty, shares: Sequence[Part]) -> dict[str, Any]:
    """What the audit trail keeps."""
    if royalty.is_unpaid:
        return {"unpaid": True}
    return {
        "genre": royalty.genre_code,
        "coefficient": str(royalty.coefficient),
        "photos": royalty.photo_count,
        "supplements": royalty.supplements,
        "shares": [f"{part.pen_name} {part.role} {part.percent}" for part in shares],
    }
