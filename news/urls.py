"""Addresses of the news room (design.md section 3)."""

from django.urls import path, re_path, register_converter

from news import feeds
from news.enums import PageLanguage
from news.views import articles, lists, pages

app_name = "news"


class TwoDigits:
    """Months and days as they are written, 7 or 07; addresses we make have two digits."""

    regex = "[0-9]{1,2}"

    def to_python(self, value: str) -> int:
        """``07`` → 7."""
        return int(value)

    def to_url(self, value: int | str) -> str:
        """7 → ``07``."""
        return f"{int(value):02d}"


class FourDigits(TwoDigits):
    """Years."""

    regex = "[0-9]{4}"

    def to_url(self, value: int | str) -> str:
        """2026 → ``2026``."""
        return f"{int(value):04d}"


register_converter(TwoDigits, "dd")
register_converter(FourDigits, "yyyy")

urlpatterns = [
    path("tin-tuc/", lists.article_list, name="article-list"),
    path("rss/", feeds.NewsFeed(), name="feed"),
    path("atom/", feeds.NewsAtomFeed(), name="atom"),
    path("tin-tuc/ngay/", lists.article_day_form, name="article-day-form"),
    path("tin-tuc/ngay/<yyyy:year>/<dd:month>/<dd:day>/", lists.article_day, name="article-day"),
    path("tin-tuc/ngay/<yyyy:year>/<dd:month>/", lists.article_month, name="article-month"),
    path("tin-tuc/the/<slug:tag_slug>/", lists.tag, name="tag"),
    path("tin-tuc/<slug:category_slug>/", lists.category, name="category"),
    path("tin-tuc/<slug:category_slug>/rss/", feeds.NewsFeed(), name="category-feed"),
    path("tin-tuc/<slug:category_slug>/atom/", feeds.NewsAtomFeed(), name="category-atom"),
    re_path(r"^tin-tuc/(?P<category_slug>[-\w]+)/(?P<slug>[-\w]+)-(?P<pk>\d{1,18})/$", articles.article_detail,
            name="article-detail"),
    path("gioi-thieu/", pages.page_index, name="page-index"),
    path("gioi-thieu/<slug:slug>/", pages.page_detail, name="page-detail"),
    path("en/about/<slug:slug>/", pages.page_detail, {"language": PageLanguage.EN}, name="page-detail-en"),
]  # fmt: skip
