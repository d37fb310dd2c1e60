"""Addresses of the news room (design.md section 3)."""

from django.urls import path, re_path, register_converter

from news import feeds
from news.views import (
    articles,
    budgets,
    consultations,
    corrections,
    disclosure,
    documents,
    english,
    library,
    lists,
    pages,
    previews,
    subscriptions,
)

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
    path("dinh-chinh/", corrections.corrections, name="corrections"),
    path("xem-truoc/<str:token>/", previews.preview, name="preview"),
    path("nhan-tin/", subscriptions.subscribe, name="subscription"),
    path("nhan-tin/da-nhan/", subscriptions.subscription_received, name="subscription-received"),
    path("nhan-tin/xac-nhan/", subscriptions.subscription_confirmed, name="subscription-confirmed"),
    re_path(r"^nhan-tin/xac-nhan/(?P<pk>\d{1,18})/(?P<token>[-\w]{20,100})/$", subscriptions.confirm_subscription,
            name="subscription-confirm"),
    re_path(r"^nhan-tin/thoi/(?P<pk>\d{1,18})/(?P<token>[-\w]{20,100})/$", subscriptions.leave,
            name="subscription-leave"),
    path("thu-vien/", library.library, name="library"),
    path("thu-vien/anh/", library.album_list, name="album-list"),
    path("thu-vien/video/", library.video_list, name="video-list"),
    re_path(r"^thu-vien/anh/(?P<slug>[-\w]+)-(?P<pk>\d{1,18})/$", library.album_detail, name="album-detail"),
    re_path(r"^thu-vien/video/(?P<slug>[-\w]+)-(?P<pk>\d{1,18})/$", library.video_detail, name="video-detail"),
    path("van-ban/", documents.document_list, name="document-list"),
    path("van-ban/rss/", feeds.DocumentFeed(), name="document-feed"),
    path("van-ban/tai-ve.csv", documents.document_csv, name="document-csv"),
    path("van-ban/so/<path:number>/", documents.document_by_number, name="document-by-number"),
    re_path(r"^van-ban/(?P<slug>[-\w]+)-(?P<pk>\d{1,18})/$", documents.document_detail, name="document-detail"),
    path("lay-y-kien/", consultations.consultation_list, name="consultation-list"),
    re_path(r"^lay-y-kien/(?P<slug>[-\w]+)-(?P<pk>\d{1,18})/$", consultations.consultation_detail,
            name="consultation-detail"),
    path("cong-khai/", disclosure.disclosure_list, name="disclosure-list"),
    path("cong-khai/rss/", disclosure.disclosure_feed, name="disclosure-feed"),
    path("cong-khai/tai-ve.csv", disclosure.register_csv, name="disclosure-csv"),
    path("cong-khai/cac-don-vi/", disclosure.units_overview, name="disclosure-units"),
    path("cong-khai/cac-don-vi.csv", disclosure.units_csv, name="disclosure-units-csv"),
    path("cong-khai/noi-dung/<slug:code>/", disclosure.duty_detail, name="disclosure-duty"),
    re_path(r"^cong-khai/bang/(?P<pk>\d{1,18})\.csv$", budgets.table_csv, name="disclosure-table"),
    re_path(r"^cong-khai/bang/(?P<pk>\d{1,18})\.xlsx$", budgets.table_xlsx, name="disclosure-table-xlsx"),
    re_path(r"^cong-khai/(?P<slug>[-\w]+)-(?P<pk>\d{1,18})/$", disclosure.disclosure_detail,
            name="disclosure-detail"),
    path("gioi-thieu/", pages.page_index, name="page-index"),
    path("gioi-thieu/<slug:slug>/", pages.page_detail, name="page-detail"),
    path("en/news/", english.article_list_en, name="article-list-en"),
    re_path(r"^en/news/(?P<slug>[-\w]+)-(?P<pk>\d{1,18})/$", english.article_en, name="article-en"),
    path("en/about/", english.page_index_en, name="page-index-en"),
    path("en/about/<slug:slug>/", pages.page_detail_en, name="page-detail-en"),
]  # fmt: skip
