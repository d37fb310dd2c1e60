"""The news room in the administration."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy

from news.admin.articles import ArticleAdmin
from news.admin.attachments import AttachmentAdmin
from news.admin.drafting import unsaved_panel
from news.admin.imports import ImportRunAdmin
from news.admin.library import AlbumAdmin, VideoAdmin
from news.admin.links import DeadLinkAdmin, link_panel
from news.admin.media import PictureAdmin
from news.admin.royalty_desk import royalty_panel
from news.admin.royalty_menu import ContributorAdmin, RoyaltyFactorAdmin, RoyaltySheetAdmin, RoyaltyTableAdmin
from news.admin.sections import CategoryAdmin, PageAdmin, TagAdmin
from news.admin.share_desk import share_panel
from news.admin.sharing import inbox_count
from news.admin.subscriptions import SubscriptionAdmin
from news.desk import desk_panel
from news.rules.workflow import VERB_WORDS
from portal.core.admin_site import MenuItem

__all__ = [
    "AlbumAdmin",
    "ArticleAdmin",
    "AttachmentAdmin",
    "CategoryAdmin",
    "ContributorAdmin",
    "DeadLinkAdmin",
    "ImportRunAdmin",
    "PageAdmin",
    "PictureAdmin",
    "RoyaltyFactorAdmin",
    "RoyaltySheetAdmin",
    "RoyaltyTableAdmin",
    "SubscriptionAdmin",
    "TagAdmin",
    "VideoAdmin",
]

AUDIT_WORDS = {
    "import.preview": gettext_lazy("Xem thử tệp từ trang cũ"),
    "import.start": gettext_lazy("Nạp bài từ trang cũ"),
    "link.recheck": gettext_lazy("Thử lại liên kết"),
    "link.ignore": gettext_lazy("Bỏ qua liên kết hỏng"),
    "link.heed": gettext_lazy("Tính lại liên kết hỏng"),
    "article.preview_link": gettext_lazy("Tạo liên kết xem trước"),
    "article.preview_revoke": gettext_lazy("Thu hồi liên kết xem trước"),
    "article.create": gettext_lazy("Viết bài"),
    "article.change": gettext_lazy("Sửa bài"),
    "article.publish": gettext_lazy("Đăng bài"),
    "article.withdraw": gettext_lazy("Gỡ bài"),
    "article.delete": gettext_lazy("Xóa bài"),
    "article.mail": gettext_lazy("Báo tin bằng thư"),
    "article.remind-approval": gettext_lazy("Nhắc hạn duyệt bằng thư"),
    "article.remind-look": gettext_lazy("Nhắc xem lại bằng thư"),
    "article.unpin": gettext_lazy("Hết hạn ghim"),
    "article.unfeature": gettext_lazy("Hết hạn nổi bật"),
    "category.rights": gettext_lazy("Đổi người viết, người duyệt của chuyên mục"),
    "picture.add": gettext_lazy("Tải ảnh"),
    "picture.describe": gettext_lazy("Sửa mô tả ảnh"),
    "attachment.add": gettext_lazy("Tải tệp đính kèm"),
    "attachment.change": gettext_lazy("Đổi tên tệp đính kèm"),
    "attachment.delete": gettext_lazy("Xóa tệp đính kèm"),
    "article.attach": gettext_lazy("Đổi tệp đính kèm của bài"),
    "album.save": gettext_lazy("Lưu album ảnh"),
    "album.delete": gettext_lazy("Xóa album ảnh"),
    "video.save": gettext_lazy("Lưu video"),
    "video.delete": gettext_lazy("Xóa video"),
    "article.publish-shared": gettext_lazy("Đăng bài của đơn vị khác"),
    "share.offer": gettext_lazy("Đề nghị cấp trên đăng bài"),
    "share.push": gettext_lazy("Gửi bài xuống đơn vị"),
    "share.take": gettext_lazy("Lấy bài của đơn vị khác"),
    "share.decline": gettext_lazy("Từ chối bài gửi đến"),
    "share.place": gettext_lazy("Đổi chỗ bài lấy lại"),
    "share.seen": gettext_lazy("Đã xem bài gốc thay đổi"),
    "review.confirm": gettext_lazy("Ghi nội dung vẫn đúng"),
    "translation.create": gettext_lazy("Dịch bài sang tiếng Anh"),
    "translation.change": gettext_lazy("Sửa bản tiếng Anh"),
    "translation.publish": gettext_lazy("Đăng bản tiếng Anh"),
    "translation.withdraw": gettext_lazy("Gỡ bản tiếng Anh"),
    "page.save": gettext_lazy("Lưu trang giới thiệu"),
    "category.save": gettext_lazy("Lưu chuyên mục"),
    "picture.delete": gettext_lazy("Xóa ảnh"),
    "page.delete": gettext_lazy("Xóa trang giới thiệu"),
    "category.delete": gettext_lazy("Xóa chuyên mục"),
    "tag.save": gettext_lazy("Sửa thẻ"),
    "tag.delete": gettext_lazy("Xóa thẻ"),
}

STEP_WORDS = {f"article.{verb}": words for verb, words in VERB_WORDS.items()}
admin.site.audit_words.update(STEP_WORDS)  # type: ignore[attr-defined]  # PortalAdminSite's
admin.site.audit_words.update(AUDIT_WORDS)  # type: ignore[attr-defined]  # as the next line
SITE: Any = admin.site  # PortalAdminSite
SITE.add_to_menu(
    "desk",
    MenuItem(
        gettext_lazy("Lịch biên tập"), "admin:news_article_calendar", "calendar-days", "news.view_article", "", 15
    ),
    MenuItem(
        gettext_lazy("Tin, bài"), "admin:news_article_changelist", "newspaper", "news.view_article", "news.article", 10
    ),
    MenuItem(
        gettext_lazy("Trao đổi bài"),
        "admin:news_article_sharing",
        "share-2",
        "news.offer_article",
        "news.sharedarticle",
        25,
        inbox_count,
    ),
    MenuItem(
        gettext_lazy("Bài tự viết, lấy lại"),
        "admin:news_article_originality",
        "copy",
        "news.view_originalitymonth",
        "news.originalitymonth",
        90,
    ),
    MenuItem(gettext_lazy("Ảnh"), "admin:news_picture_changelist", "image", "news.view_picture", "news.picture", 30),
    MenuItem(gettext_lazy("Album ảnh"), "admin:news_album_changelist", "layers", "news.view_album", "news.album", 32),
    MenuItem(gettext_lazy("Video"), "admin:news_video_changelist", "film", "news.view_video", "news.video", 34),
    MenuItem(
        gettext_lazy("Tệp đính kèm"),
        "admin:news_attachment_changelist",
        "paperclip",
        "news.view_attachment",
        "news.attachment",
        36,
    ),
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
SITE.add_to_menu(
    "care",
    MenuItem(gettext_lazy("Cần xem lại"), "admin:news_article_reviews", "clock", "news.view_article", "", 20),
)
admin.site.index_panels.append(desk_panel)  # type: ignore[attr-defined]  # PortalAdminSite's list
SITE.index_panels.append(share_panel)
admin.site.index_panels.append(unsaved_panel)  # type: ignore[attr-defined]  # as above
admin.site.index_panels.append(royalty_panel)  # type: ignore[attr-defined]  # likewise
admin.site.index_panels.append(link_panel)  # type: ignore[attr-defined]  # PortalAdminSite's list
SITE.add_to_menu(
    "care",
    MenuItem(
        gettext_lazy("Liên kết hỏng"), "admin:news_deadlink_changelist", "link", "news.view_deadlink", "news.deadlink", 50
    ),
    MenuItem(
        gettext_lazy("Nạp bài từ trang cũ"),
        "admin:news_importrun_changelist",
        "download",
        "news.view_importrun",
        "news.importrun",
        70,
    ),
)
