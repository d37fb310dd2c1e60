"""The news room in the administration."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy

from news.admin.articles import ArticleAdmin
from news.admin.media import PictureAdmin
from news.admin.sections import CategoryAdmin, PageAdmin, TagAdmin
from news.desk import desk_panel
from portal.core.admin_site import MenuItem

__all__ = ["ArticleAdmin", "CategoryAdmin", "PageAdmin", "PictureAdmin", "TagAdmin"]

AUDIT_WORDS = {
    "article.create": gettext_lazy("Viết bài"),
    "article.change": gettext_lazy("Sửa bài"),
    "article.publish": gettext_lazy("Đăng bài"),
    "article.withdraw": gettext_lazy("Gỡ bài"),
    "article.delete": gettext_lazy("Xóa bài"),
    "picture.add": gettext_lazy("Tải ảnh"),
    "picture.describe": gettext_lazy("Sửa mô tả ảnh"),
    "page.save": gettext_lazy("Lưu trang giới thiệu"),
    "category.save": gettext_lazy("Lưu chuyên mục"),
    "picture.delete": gettext_lazy("Xóa ảnh"),
    "page.delete": gettext_lazy("Xóa trang giới thiệu"),
    "category.delete": gettext_lazy("Xóa chuyên mục"),
    "tag.save": gettext_lazy("Sửa thẻ"),
    "tag.delete": gettext_lazy("Xóa thẻ"),
}

admin.site.audit_words.update(AUDIT_WORDS)  # type: ignore[attr-defined]  # as the next line
SITE: Any = admin.site  # PortalAdminSite
SITE.add_to_menu(
    "desk",
    MenuItem(
        gettext_lazy("Tin, bài"), "admin:news_article_changelist", "newspaper", "news.view_article", "news.article", 10
    ),
    MenuItem(gettext_lazy("Ảnh"), "admin:news_picture_changelist", "image", "news.view_picture", "news.picture", 30),
    MenuItem(
        gettext_lazy("Trang giới thiệu"), "admin:news_page_changelist", "file-text", "news.view_page", "news.page", 40
    ),
    MenuItem(
        gettext_lazy("Chuyên mục"),
        "admin:news_category_changelist",
        "folder",
        "news.view_category",
        "news.category",
        50,
    ),
    MenuItem(gettext_lazy("Thẻ"), "admin:news_tag_changelist", "tag", "news.view_tag", "news.tag", 60),
)
admin.site.index_panels.append(desk_panel)  # type: ignore[attr-defined]  # PortalAdminSite's list
