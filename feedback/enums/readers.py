"""Closed lists of what readers say about pages."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class CommentStatus(models.TextChoices):
    """Where a comment stands; only SHOWN is ever seen by other readers."""

    HELD = "HELD", _("Chờ xem")
    SHOWN = "SHOWN", _("Đang hiện")
    REFUSED = "REFUSED", _("Không hiện")
    SPAM = "SPAM", _("Rác")


class RefuseReason(models.TextChoices):
    """Why an honest comment is not shown."""

    PERSONAL = "PERSONAL", _("Có thông tin riêng của người khác")
    RUDE = "RUDE", _("Lời lẽ xúc phạm")
    ELSEWHERE = "ELSEWHERE", _("Không liên quan đến bài")
    REPORT = "REPORT", _("Là phản ánh, kiến nghị: cần gửi ở mục Phản ánh")
    UNPROVEN = "UNPROVEN", _("Tin chưa kiểm chứng")
    REPEATED = "REPEATED", _("Gửi trùng")


class CommentMark(models.TextChoices):
    """What the machine noticed; a moderator reads it beside the text."""

    NO_PROOF = "NO_PROOF", _("Chưa qua kiểm tra máy")
    FAST = "FAST", _("Gửi nhanh bất thường")
    LINKS = "LINKS", _("Đã bỏ liên kết")
    MASKED = "MASKED", _("Đã che số riêng tư")
    ADVERTISING = "ADVERTISING", _("Có từ quảng cáo, cờ bạc")
    FOREIGN = "FOREIGN", _("Phần lớn không phải tiếng Việt")
    REPEATING = "REPEATING", _("Lặp một chữ nhiều lần")


class Satisfaction(models.TextChoices):
    """The three levels by which citizens rate a page."""

    VERY = "VERY", _("Rất hài lòng")
    SATISFIED = "SATISFIED", _("Hài lòng")
    UNSATISFIED = "UNSATISFIED", _("Chưa hài lòng")


class RatingReason(models.TextChoices):
    """Why a page did not help."""

    UNCLEAR = "UNCLEAR", _("Khó hiểu")
    INCOMPLETE = "INCOMPLETE", _("Thiếu thông tin")
    OUTDATED = "OUTDATED", _("Thông tin cũ")
    ELSEWHERE = "ELSEWHERE", _("Không phải điều tôi tìm")
    OTHER = "OTHER", _("Khác")
