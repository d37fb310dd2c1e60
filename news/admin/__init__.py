"""The news room in the administration."""

from django.contrib import admin
from django.utils.translation import gettext_lazy

from news.admin.articles import ArticleAdmin, PictureAdmin
from news.admin.sections import CategoryAdmin, PageAdmin, TagAdmin
from news.desk import desk_panel

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
admin.site.index_panels.append(desk_panel)  # type: ignore[attr-defined]  # PortalAdminSite's list
