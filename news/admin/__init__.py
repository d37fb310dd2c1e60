"""The news room in the administration."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy

from news.admin import budgets, disclosure, disclosure_duties  # noqa: F401 - they register
from news.admin.articles import ArticleAdmin
from news.admin.attachments import AttachmentAdmin
from news.admin.consultations import ConsultationAdmin, ConsultationRuleAdmin, consultations_panel
from news.admin.disclosure_rules import DisclosureRuleAdmin
from news.admin.disclosure_screens import disclosure_panel
from news.admin.document_desk import document_panel
from news.admin.documents import DocumentAdmin
from news.admin.drafting import unsaved_panel
from news.admin.imports import ImportRunAdmin
from news.admin.library import AlbumAdmin, VideoAdmin
from news.admin.links import DeadLinkAdmin, link_panel
from news.admin.media import PictureAdmin
from news.admin.menu import add_lines
from news.admin.royalty_desk import royalty_panel
from news.admin.royalty_menu import ContributorAdmin, RoyaltyFactorAdmin, RoyaltySheetAdmin, RoyaltyTableAdmin
from news.admin.sections import CategoryAdmin, PageAdmin, TagAdmin
from news.admin.share_desk import share_panel
from news.admin.subscriptions import SubscriptionAdmin
from news.desk import desk_panel
from news.rules.workflow import VERB_WORDS

__all__ = [
    "AlbumAdmin",
    "ArticleAdmin",
    "AttachmentAdmin",
    "CategoryAdmin",
    "ConsultationAdmin",
    "ConsultationRuleAdmin",
    "ContributorAdmin",
    "DeadLinkAdmin",
    "DisclosureRuleAdmin",
    "DocumentAdmin",
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
    "document.create": gettext_lazy("Nhập văn bản"),
    "document.change": gettext_lazy("Sửa văn bản"),
    "document.files": gettext_lazy("Đổi tệp của văn bản"),
    "document.relate": gettext_lazy("Đổi quan hệ văn bản"),
    "document.publish": gettext_lazy("Đăng văn bản"),
    "document.withdraw": gettext_lazy("Gỡ văn bản"),
    "document.delete": gettext_lazy("Xóa văn bản nháp"),
    "disclosurerule.save": gettext_lazy("Lưu hạn đăng văn bản"),
    "disclosurerule.delete": gettext_lazy("Xóa hạn đăng văn bản"),
    "document.import": gettext_lazy("Nạp văn bản từ tệp"),
    "consultation.save": gettext_lazy("Lưu dự thảo lấy ý kiến"),
    "consultation.publish": gettext_lazy("Đăng lấy ý kiến"),
    "consultation.withdraw": gettext_lazy("Gỡ dự thảo lấy ý kiến"),
    "consultation.summary": gettext_lazy("Đăng tổng hợp ý kiến"),
    "consultation.outcome": gettext_lazy("Ghi kết quả dự thảo"),
    "consultation.delete": gettext_lazy("Xóa dự thảo lấy ý kiến"),
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
SITE: Any = admin.site  # PortalAdminSite
SITE.audit_words.update({**STEP_WORDS, **AUDIT_WORDS})
SITE.index_panels.extend(
    [
        desk_panel,
        document_panel,
        share_panel,
        unsaved_panel,
        royalty_panel,
        link_panel,
        consultations_panel,
        disclosure_panel,
    ]
)
add_lines(SITE)
