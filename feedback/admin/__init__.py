"""The feedback room in the administration."""

from typing import Any

from django.contrib import admin
from django.utils.translation import gettext_lazy

from feedback.admin import case_forgetting, case_rules, dialogues, polls  # noqa: F401 - they register
from feedback.admin.answer_templates import AnswerTemplateAdmin
from feedback.admin.case_desk import AUDIT_WORDS as CASE_AUDIT_WORDS
from feedback.admin.case_desk import cases_panel, waiting_number
from feedback.admin.cases import CaseAdmin
from feedback.admin.comments import CommentAdmin
from feedback.admin.desk import comments_panel
from feedback.admin.ratings import RatingTotalAdmin
from portal.core.admin_site import MenuItem

__all__ = ["AnswerTemplateAdmin", "CaseAdmin", "CommentAdmin", "RatingTotalAdmin"]

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
        "dialogue.save": gettext_lazy("Lưu buổi đối thoại"),
        "dialogue.ask": gettext_lazy("Nhận câu hỏi đối thoại"),
        "dialogue.queue": gettext_lazy("Đưa câu hỏi vào danh sách"),
        "dialogue.aside": gettext_lazy("Để câu hỏi ra ngoài"),
        "dialogue.answer": gettext_lazy("Trả lời câu hỏi đối thoại"),
        "dialogue.transcript": gettext_lazy("Tạo bài tường thuật đối thoại"),
        "poll.save": gettext_lazy("Lưu bình chọn"),
        "poll.delete": gettext_lazy("Xóa bình chọn"),
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
    "readers",
    MenuItem(
        gettext_lazy("Bình chọn"), "admin:feedback_poll_changelist", "vote", "feedback.view_poll", "feedback.poll", 50
    ),
    MenuItem(
        gettext_lazy("Đối thoại"),
        "admin:feedback_dialogue_changelist",
        "messages-square",
        "feedback.view_dialogue",
        "feedback.dialogue",
        51,
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
SITE.audit_words.update(CASE_AUDIT_WORDS)
SITE.audit_words.update({"case.spam_delete": gettext_lazy("Xóa rác quá hạn giữ")})
SITE.add_to_menu(
    "readers",
    MenuItem(
        gettext_lazy("Phản ánh, câu hỏi"), "admin:feedback_case_changelist", "megaphone", "feedback.view_case",
        "feedback.case", 1, waiting_number,
    ),
    MenuItem(
        gettext_lazy("Duyệt công khai"), "admin:feedback_case_moderation", "eye", "feedback.moderate_case", "", 2,
    ),
    MenuItem(
        gettext_lazy("Mẫu trả lời"), "admin:feedback_answertemplate_changelist", "copy",
        "feedback.view_answertemplate", "feedback.answertemplate", 8,
    ),
)  # fmt: skip
SITE.index_panels.append(cases_panel)
SITE.index_panels.append(comments_panel)
