"""Closed lists about people and the parts of a unit."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Honorific(models.TextChoices):
    """How a person is spoken of."""

    NONE = "", _("Không ghi")
    MR = "MR", _("Ông")
    MRS = "MRS", _("Bà")


class DivisionKind(models.TextChoices):
    """What a part of the unit's apparatus is; the order is the chart's."""

    LEADERSHIP = "LEADERSHIP", _("Ban lãnh đạo")
    OFFICE = "OFFICE", _("Văn phòng")
    DIVISION = "DIVISION", _("Phòng, ban chuyên môn")
    CENTRE = "CENTRE", _("Đơn vị sự nghiệp, trung tâm")
    OTHER = "OTHER", _("Bộ phận khác")


class PostLevel(models.TextChoices):
    """Who has a page of their own, and who stands in the directory only."""

    LEADER = "LEADER", _("Lãnh đạo đơn vị")
    HEAD = "HEAD", _("Trưởng, phó phòng, ban")
    STAFF = "STAFF", _("Công chức, viên chức")


class SpokesRole(models.TextChoices):
    """Nghị định 244/2026 Điều 3: the spokesperson, and whoever speaks by authority in one matter."""

    MAIN = "MAIN", _("Người phát ngôn")
    AUTHORISED = "AUTHORISED", _("Người được ủy quyền phát ngôn")


class TermCode(models.TextChoices):
    """Numbers that the law sets for this room, kept as dated rows (units.LegalTerm)."""

    SPOKESPERSON_HOURS = "SPOKESPERSON_HOURS", _("Đăng người phát ngôn trong (giờ)")
    RECEPTION_POST_DAYS = "RECEPTION_POST_DAYS", _("Đăng lịch tiếp công dân trước (ngày làm việc)")
    RECEPTION_SESSIONS = "RECEPTION_SESSIONS", _("Người đứng đầu tiếp công dân ít nhất (ngày mỗi tháng)")
    RECEPTION_KEEP_DAYS = "RECEPTION_KEEP_DAYS", _("Giữ tên, điện thoại người đăng ký tiếp dân sau buổi tiếp (ngày)")
