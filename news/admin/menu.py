"""The news room's lines of the menu, by what a clerk comes for."""

from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from news.admin.sharing import inbox_count
from portal.core.admin_site import MenuItem

LINES: Final[dict[str, tuple[MenuItem, ...]]] = {
    "desk": (
        MenuItem(_("Tin, bài"), "admin:news_article_changelist", "newspaper", "news.view_article", "news.article", 10),
        MenuItem(_("Lịch biên tập"), "admin:news_article_calendar", "calendar-days", "news.view_article", order=15),
        MenuItem(_("Văn bản"), "admin:news_document_changelist", "file-text", "news.view_document", "news.document", 20),
        MenuItem(
            _("Lấy ý kiến dự thảo"), "admin:news_consultation_changelist", "message-square",
            "news.view_consultation", "news.consultation", 22,
        ),
        MenuItem(
            _("Trao đổi bài"), "admin:news_article_sharing", "share-2", "news.offer_article", "news.sharedarticle", 25,
            inbox_count,
        ),
    ),
    "library": (
        MenuItem(_("Ảnh"), "admin:news_picture_changelist", "image", "news.view_picture", "news.picture", 10),
        MenuItem(_("Album ảnh"), "admin:news_album_changelist", "layers", "news.view_album", "news.album", 20),
        MenuItem(_("Video"), "admin:news_video_changelist", "film", "news.view_video", "news.video", 30),
        MenuItem(
            _("Tệp đính kèm"), "admin:news_attachment_changelist", "paperclip", "news.view_attachment",
            "news.attachment", 40,
        ),
    ),
    "arrange": (
        MenuItem(_("Trang giới thiệu"), "admin:news_page_changelist", "file-text", "news.view_page", "news.page", 10),
        MenuItem(_("Chuyên mục"), "admin:news_category_changelist", "folder", "news.view_category", "news.category", 20),
        MenuItem(_("Thẻ"), "admin:news_tag_changelist", "tag", "news.view_tag", "news.tag", 30),
    ),
    "pay": (
        MenuItem(
            _("Nhuận bút"), "admin:news_royaltysheet_changelist", "coins", "news.view_royaltysheet",
            "news.royaltysheet", 10,
        ),
        MenuItem(_("Nhuận bút của tôi"), "admin:news_royaltysheet_mine", "user", "news.view_own_royalty", order=20),
    ),
    "system": (
        MenuItem(
            _("Hạn đăng văn bản"), "admin:news_disclosurerule_changelist", "clock", "", "news.disclosurerule", 60
        ),
        MenuItem(
            _("Thời hạn lấy ý kiến"), "admin:news_consultationrule_changelist", "clock", "", "news.consultationrule", 70
        ),
    ),
    "care": (
        MenuItem(_("Cần xem lại"), "admin:news_article_reviews", "clock", "news.view_article", order=20),
        MenuItem(_("Đăng đúng hạn"), "admin:news_document_on_time", "badge-check", "news.view_document", order=30),
        MenuItem(_("Liên kết hỏng"), "admin:news_deadlink_changelist", "link", "news.view_deadlink", "news.deadlink", 50),
        MenuItem(
            _("Bài tự viết, lấy lại"), "admin:news_article_originality", "copy", "news.view_originalitymonth",
            "news.originalitymonth", 60,
        ),
        MenuItem(
            _("Nạp bài từ trang cũ"), "admin:news_importrun_changelist", "download", "news.view_importrun",
            "news.importrun", 70,
        ),
    ),
}  # fmt: skip


def add_lines(site: Any) -> None:
    """Put them into the menu of the administration (portal.core.admin_site.PortalAdminSite)."""
    for section, lines in LINES.items():
        site.add_to_menu(section, *lines)
