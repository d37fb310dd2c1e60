"""The feedback room in the administration."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy

from feedback.admin import case_forgetting, case_rules  # noqa: F401 - they register
from feedback.admin.comments import CommentAdmin
from feedback.admin.desk import comments_panel
from feedback.admin.ratings import RatingTotalAdmin
from portal.core.admin_site import MenuItem

__all__ = ["CommentAdmin", "RatingTotalAdmin"]

SITE: Any = admin.site  # PortalAdminSite
SITE.audit_words.update(
    {
        "comment.receive": gettext_lazy("Nhận góp ý"),
        "comment.show": gettext_lazy("Hiện góp ý"),
        "comment.refuse": gettext_lazy("Không hiện góp ý"),
        "comment.spam": gettext_lazy("Bỏ góp ý vào rác"),
        "comment.hold": gettext_lazy("Đưa góp ý về chờ xem"),
        "comment.answer": gettext_lazy("Trả lời góp ý"),
    }
)
SITE.add_to_menu(
    "readers",
    MenuItem(
        gettext_lazy("Góp ý dưới bài"),
        "admin:feedback_comment_changelist",
        "message-square",
        "feedback.view_comment",
        "feedback.comment",
        10,
    ),
    MenuItem(
        gettext_lazy("Đánh giá của bạn đọc"),
        "admin:feedback_ratingtotal_changelist",
        "star",
        "feedback.view_ratingtotal",
        "feedback.ratingtotal",
        20,
    ),
)
SITE.audit_words.update(
    {
        "case_category.save": gettext_lazy("Lưu loại phản ánh"),
        "case_route.save": gettext_lazy("Lưu phân công xử lý"),
        "case_route.delete": gettext_lazy("Xóa phân công xử lý"),
        "case_term.save": gettext_lazy("Lưu thời hạn xử lý"),
        "case.forget": gettext_lazy("Xóa thông tin người gửi"),
    }
)
SITE.add_to_menu(
    "system",
    MenuItem(
        gettext_lazy("Loại phản ánh"),
        "admin:feedback_casecategory_changelist",
        "list-ordered",
        "",
        "feedback.casecategory",
        60,
    ),
    MenuItem(
        gettext_lazy("Phân công xử lý"), "admin:feedback_caseroute_changelist", "route", "", "feedback.caseroute", 61
    ),
    MenuItem(
        gettext_lazy("Thời hạn xử lý"), "admin:feedback_caseterm_changelist", "clock", "", "feedback.caseterm", 62
    ),
)
SITE.add_to_menu(
    "care",
    MenuItem(
        gettext_lazy("Xóa thông tin người gửi"),
        "admin:feedback_caseforgetting_changelist",
        "lock",
        "feedback.view_caseforgetting",
        "feedback.caseforgetting",
        90,
    ),
)
SITE.index_panels.append(comments_panel)
