"""Closed lists of the news room."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ArticleStatus(models.TextChoices):
    """Where an article stands (news.rules.workflow says which steps lead from where to where).

    Citizens find only PUBLISHED ones in lists, feeds and search. EXPIRED ones and those WITHDRAWN with a notice keep their
    page with a notice above it.
    """

    DRAFT = "DRAFT", _("Bản nháp")
    SUBMITTED = "SUBMITTED", _("Chờ duyệt")
    RETURNED = "RETURNED", _("Trả lại")
    APPROVED = "APPROVED", _("Đã duyệt")
    SCHEDULED = "SCHEDULED", _("Hẹn giờ đăng")
    PUBLISHED = "PUBLISHED", _("Đã đăng")
    EXPIRED = "EXPIRED", _("Hết hạn")
    WITHDRAWN = "WITHDRAWN", _("Đã gỡ")


class WithdrawalKind(models.TextChoices):
    """Why an article was taken away, and what its address answers (after GOV.UK's unpublishing reasons)."""

    ERROR = "ERROR", _("Đăng nhầm: trang báo bài không còn (410)")
    MERGED = "MERGED", _("Nhập vào bài khác: địa chỉ dẫn sang bài kia")
    NOTICE = "NOTICE", _("Không còn đúng: bài vẫn đọc được, có dòng báo ở trên")


class VersionReason(models.TextChoices):
    """What made a version."""

    SAVE = "SAVE", _("Lưu")
    BASELINE = "BASELINE", _("Nội dung trước lần sửa đầu")
    RESTORE = "RESTORE", _("Khôi phục")
    FOLLOW = "FOLLOW", _("Theo bài gốc")


class PublicNoteKind(models.TextChoices):
    """What a public note under an article says."""

    CHANGE = "CHANGE", _("Cập nhật")
    CORRECTION = "CORRECTION", _("Đính chính")


class CategoryRightKind(models.TextChoices):
    """What a category may keep to named people; without any row it is open to everybody whose role allows it."""

    WRITE = "WRITE", _("Viết")
    APPROVE = "APPROVE", _("Duyệt")


class PageLanguage(models.TextChoices):
    """Language of an about page; English ones stand under /en/."""

    VI = "vi", "Tiếng Việt"
    EN = "en", "English"


class Licence(models.TextChoices):
    """By what right the unit shows a picture."""

    OWN = "OWN", _("Của đơn vị")
    PERMITTED = "PERMITTED", _("Được tác giả cho phép")
    CC_BY = "CC_BY", _("Creative Commons CC BY (ghi tên tác giả)")
    CC_BY_SA = "CC_BY_SA", _("Creative Commons CC BY-SA (ghi tên, chia sẻ tương tự)")
    PUBLIC = "PUBLIC", _("Thuộc về công chúng")
    OTHER = "OTHER", _("Quyền khác (ghi ở ô bên dưới)")


class Rhythm(models.TextChoices):
    """How often a subscriber gets a digest."""

    DAILY = "DAILY", _("Mỗi ngày một thư")
    WEEKLY = "WEEKLY", _("Mỗi tuần một thư")
