"""Texts on their way between the cast's units."""

from __future__ import annotations

from typing import Any

from news import actions
from news.enums.sharing import ShareMode
from news.models import Article, Category, SharedArticle, ShareDelivery
from news.tasks.sharing import receive_shares
from portal.core.tenancy import unit_scope
from portal.core.tenancy.escape import unscoped
from tests.factories.cast import Cast, House, make_article, make_user
from units.enums import Role
from units.models import Membership, Unit

CITY_WORDS = "CHARLIE-5518 quilzor"


def make_province_house(cast: Cast) -> tuple[Any, Category, Article]:
    """An approver of the province, a category there and a published article of its own."""
    with unit_scope(cast.province):
        approver = make_user("approver.hue")
        Membership.objects.create(user=approver, role=Role.APPROVER)
        category = Category.objects.create(name=f"Tin thành phố {CITY_WORDS}", slug="tin-thanh-pho", order=1)
        article = make_article(
            f"Chỉ thị phòng bão {CITY_WORDS}", category=category, slug="phong-bao",
            summary=f"Tóm tắt phòng bão {CITY_WORDS}.",
            body=f"<p>Các phường, xã kiểm tra nhà tránh bão trước ngày 25. {CITY_WORDS}</p>",
        )  # fmt: skip
    return approver, category, article


def offer(house: House, article: Article | None = None, message: str = "Xin đăng cổng thành phố.") -> ShareDelivery:
    """The house's editor offers an article (its newest) to the province."""
    with unit_scope(house.unit):
        return actions.offer_upwards(
            article=article or house.article, actor=house.people[Role.EDITOR], message=message,
            address=f"http://{house.host}{(article or house.article).get_absolute_url()}",
        )  # fmt: skip


def push(cast: Cast, article: Article, actor: Any, mode: ShareMode, *units: Unit, **more: Any) -> Any:
    """The province pushes an article to units."""
    with unit_scope(cast.province):
        return actions.push_down(
            article=article, actor=actor, mode=mode, unit_ids=[unit.pk for unit in units],
            address=f"http://{cast.province.canonical_host}{article.get_absolute_url()}", **more,
        )  # fmt: skip


def receive(unit: Unit) -> int:
    """What the unit's worker does."""
    return int(receive_shares(unit_id=unit.pk))


def copies_at(unit: Unit) -> list[Article]:
    """Copies of other units' texts on a unit's site."""
    with unit_scope(unit):
        rows = Article.objects.filter(origin_article_id__isnull=False).select_related("category", "picture")
        return list(rows.order_by("pk"))


def everything() -> tuple[list[ShareDelivery], list[SharedArticle]]:
    """All rows, whoever sent them: for counting."""
    with unscoped():
        return list(ShareDelivery.objects.order_by("pk")), list(SharedArticle.objects.order_by("pk"))
