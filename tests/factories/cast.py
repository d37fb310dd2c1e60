"""The cast of every test: two look-alike units, their people, an outsider, an operator, a closed unit, the province.

Thuận An and Phú Vinh have the same categories, slugs, pages and number of articles. Every text of Thuận An carries
ALPHA-7391 and the word *zenlua*, every text of Phú Vinh BRAVO-2846 and *morvane*: whoever finds one of them on the
other's host has found a leak. Unit names and addresses carry neither, for the directory shows them to everybody.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from news import actions as news_actions
from news.enums import ArticleStatus, PageLanguage
from news.models import Article, Category, Page, Picture, Tag
from portal.core.models import User
from portal.core.tenancy import unit_scope
from tests.factories.care import make_care_rows
from tests.factories.pictures import png_bytes
from tests.factories.register import make_register_rows
from tests.factories.royalty_rows import make_royalty_rows
from units.actions import close_unit, create_unit, link_successor
from units.enums import Extent, LinkGroup, Role, UnitKind
from units.models import Alert, Membership, Site, SiteLink, Unit

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
NOW = datetime(2026, 11, 22, 7, 30, tzinfo=HANOI)
SINCE = date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class House:
    """One unit with everything it publishes and everybody who works there."""

    unit: Unit
    host: str
    marker: str
    word: str
    site: Site
    category: Category
    notices: Category
    tag: Tag
    picture: Picture
    articles: list[Article]
    notice: Article
    draft: Article
    withdrawn: Article
    page: Page
    child_page: Page
    english_page: Page
    link: SiteLink
    people: dict[Role, User]

    @property
    def article(self) -> Article:
        """The newest published article; it has the picture and the tag."""
        return self.articles[0]

    @property
    def admin(self) -> User:
        """The unit's administrator."""
        return self.people[Role.UNIT_ADMIN]


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody."""

    province: Unit
    a: House
    b: House
    third: Unit
    closed: Unit
    outsider: User
    stranger: User
    operator: User


def make_user(username: str, *, is_operator: bool = False) -> User:
    """An account nobody can log into by password; tests use force_login."""
    user = User(username=username, full_name=f"Người dùng {username}", is_superuser=is_operator)
    user.set_unusable_password()
    user.save()
    return user


def make_article(
    title: str,
    *,
    category: Category,
    published_at: datetime | None = None,
    slug: str = "",
    status: ArticleStatus = ArticleStatus.PUBLISHED,
    summary: str = "Tóm tắt.",
    body: str = "<p>Nội dung.</p>",
    **more: object,
) -> Article:
    """One article of the unit in scope, published unless said otherwise, without an audit row or an index change."""
    article = Article(
        title=title, slug=slug, category=category, summary=summary, body=body, status=status,
        published_at=published_at if published_at or status == ArticleStatus.DRAFT else NOW - timedelta(hours=1),
        **more,
    )  # fmt: skip
    article.save()
    return article


def make_house(
    *, code: str, name: str, name_en: str, slug: str, marker: str, word: str, parent: Unit, colour: tuple[int, int, int]
) -> House:
    """A unit with one of everything."""
    type_name = name.split(maxsplit=1)[0]
    unit = create_unit(
        code=code, valid_from=SINCE, kind=UnitKind.COMMUNE, type_name=type_name, name=name, name_en=name_en,
        slug=slug, parent=parent,
    )  # fmt: skip
    words = f"{marker} {word}"
    with unit_scope(unit):
        people = {role: _member(role, slug) for role in Role}
        category = Category.objects.create(name=f"Tin hoạt động {marker}", slug="tin-hoat-dong", order=1)
        notices = Category.objects.create(name=f"Thông báo {marker}", slug="thong-bao", order=2, is_notice=True)
        picture = news_actions.add_picture(
            upload=io.BytesIO(png_bytes(colour)), alt_text=f"Đèn lồng {words}", caption=f"Ảnh {words}", credit=marker
        )
        articles = _articles(category, picture, words)
        tag = Tag.objects.create(name=f"Lễ hội {marker}", slug="le-hoi")
        articles[0].tags.add(tag)
        make_royalty_rows(words)
        make_care_rows(words)
        make_register_rows(words)
        return House(
            unit=unit,
            host=unit.canonical_host,
            marker=marker,
            word=word,
            site=_site(words, marker),
            category=category,
            notices=notices,
            tag=tag,
            picture=picture,
            articles=articles,
            notice=make_article(
                f"Thông báo cắt điện {words}", category=notices, slug="cat-dien", published_at=NOW - timedelta(hours=2)
            ),
            draft=make_article(
                f"Bản nháp {words}",
                category=category,
                slug="ban-nhap",
                status=ArticleStatus.DRAFT,
                created_by=people[Role.AUTHOR],
            ),
            withdrawn=make_article(
                f"Bài đã gỡ {words}", category=category, slug="bai-da-go", status=ArticleStatus.WITHDRAWN
            ),
            page=(page := _page("Liên hệ", "lien-he", words)),
            child_page=_page("Lãnh đạo", "lanh-dao", words, parent=page),
            english_page=_page("Contact", "contact", words, language=PageLanguage.EN),
            link=SiteLink.objects.create(
                group=LinkGroup.PROVINCE, label=f"Liên kết {words}", url=f"https://example.vn/{marker}"
            ),
            people=people,
        )


def _member(role: Role, slug: str) -> User:
    user = make_user(f"{role.value.lower()}.{slug}")
    Membership.objects.create(user=user, role=role)
    return user


def _articles(category: Category, picture: Picture, words: str) -> list[Article]:
    body = f"<h2>Mở đầu {words}</h2><p>Chi tiết {words}.</p><p><img src='{picture.url}' alt='Ảnh {words}'></p>"
    common: dict[str, Any] = {
        "category": category,
        "body": body,
        "author_name": f"Ban biên tập {words}",
        "source_name": f"Báo {words}",
    }
    return [
        make_article(
            f"Lễ hội đèn lồng {words}", slug="le-hoi-den-long", summary=f"Tóm tắt đèn lồng {words}.",
            published_at=NOW - timedelta(hours=3), picture=picture, **common,
        ),
        make_article(
            f"Tiêm phòng cúm {words}", slug="tiem-phong-cum", summary=f"Tóm tắt tiêm phòng {words}.",
            published_at=NOW - timedelta(days=1), **common,
        ),
        make_article(
            f"Trồng cây đầu xuân {words}", slug="trong-cay", summary=f"Tóm tắt trồng cây {words}.",
            published_at=NOW - timedelta(days=2), revised_at=NOW - timedelta(days=1), **common,
        ),
    ]  # fmt: skip


def _page(title: str, slug: str, words: str, **more: object) -> Page:
    return news_actions.save_page(
        page=Page(title=f"{title} {words}", slug=slug, body=f"<p>Nội dung {title} {words}.</p>", **more)
    )


def _site(words: str, marker: str) -> Site:
    site = Site.objects.of_current_unit()
    site.hero_title = f"Chào {words}"
    site.hero_lead = f"Câu dưới {words}"
    site.popular_searches = f"từ hay tìm {words}"
    site.search_example = f"Ví dụ {words}"
    site.intro = f"Giới thiệu ngắn {words}."
    site.responsible = f"Bà Trần Thị Mẫu, Chủ tịch {marker}"
    site.address = f"Số 1 đường Mẫu {marker}"
    site.phone = "0234 382 0000"
    site.email = f"lien-he@{marker.lower()}.example.vn"
    site.hours = f"Sáng 7:30 – 11:30 {marker}"
    site.contacts = [{"label": f"Hộ tịch {marker}", "detail": "Bàn 1", "url": ""}]
    site.save()
    Alert.objects.create(
        text=f"Tin khẩn {words}", url="/tin-tuc/", starts_at=NOW - timedelta(hours=1), ends_at=NOW + timedelta(days=1)
    )
    return site


def make_cast() -> Cast:
    """Everybody, from the province down."""
    province = create_unit(
        code="46", valid_from=date(2025, 1, 1), kind=UnitKind.PROVINCE, type_name="Thành phố Trung ương",
        name="Thành phố Huế", name_en="Hue City", slug="hue",
    )  # fmt: skip
    a = make_house(
        code="19900", name="Phường Thuận An", name_en="Thuan An Ward", slug="thuan-an", marker="ALPHA-7391",
        word="zenlua", parent=province, colour=(122, 18, 21),
    )  # fmt: skip
    b = make_house(
        code="19945", name="Xã Phú Vinh", name_en="Phu Vinh Commune", slug="phu-vinh", marker="BRAVO-2846",
        word="morvane", parent=province, colour=(10, 90, 160),
    )  # fmt: skip
    third = create_unit(
        code="19774", valid_from=SINCE, kind=UnitKind.COMMUNE, type_name="Phường", name="Phường Kim Long",
        slug="kim-long", parent=province,
    )  # fmt: skip
    closed = create_unit(
        code="19901", valid_from=date(2000, 1, 1), kind=UnitKind.COMMUNE, type_name="Xã", name="Xã Phú Thuận",
        slug="phu-thuan", parent=province,
    )  # fmt: skip
    close_unit(unit=closed, last_day=date(2025, 6, 30))
    link_successor(predecessor=closed, successor=a.unit, extent=Extent.FULL)
    outsider = make_user("outsider")
    with unit_scope(third):
        Membership.objects.create(user=outsider, role=Role.UNIT_ADMIN)
    return Cast(
        province=province, a=a, b=b, third=third, closed=closed, outsider=outsider,
        stranger=make_user("stranger"), operator=make_user("operator", is_operator=True),
    )  # fmt: skip
