"""Closed lists of imports and link checks."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ImportState(models.TextChoices):
    """How far an import has come."""

    WAITING = "WAITING", _("Đang chờ")
    RUNNING = "RUNNING", _("Đang nạp")
    DONE = "DONE", _("Đã xong")
    REFUSED = "REFUSED", _("Không nạp được")


class ImportKind(models.TextChoices):
    """What one thing of another system became here."""

    ARTICLE = "ARTICLE", _("Bài")
    PAGE = "PAGE", _("Trang giới thiệu")
    PICTURE = "PICTURE", _("Ảnh")
    FILE = "FILE", _("Tệp đính kèm")


class ImportedState(models.TextChoices):
    """Whether something is left to do for one thing that was taken over."""

    DONE = "DONE", _("Xong")
    LINKS = "LINKS", _("Còn liên kết phải nối")


class LinkState(models.TextChoices):
    """What is known of a link that did not answer well."""

    SUSPECT = "SUSPECT", _("Hỏng lần đầu, sẽ thử lại")
    DEAD = "DEAD", _("Hỏng")
    UNSURE = "UNSURE", _("Không chắc")
    IGNORED = "IGNORED", _("Bỏ qua")


class LinkFault(models.TextChoices):
    """What a link answered, in words for a clerk."""

    NOT_HERE = "NOT_HERE", _("Trang này của cổng không có hoặc chưa đăng")
    NOT_FOUND = "NOT_FOUND", _("Trang kia báo không có (404, 410)")
    NO_HOST = "NO_HOST", _("Tên miền không còn")
    NO_ANSWER = "NO_ANSWER", _("Không trả lời kịp")
    BAD_CERTIFICATE = "BAD_CERT", _("Chứng thư bảo mật sai hoặc hết hạn")
    SERVER_ERROR = "SERVER", _("Máy chủ kia báo lỗi (5xx)")
    BLOCKED = "BLOCKED", _("Trang kia chặn máy kiểm tra (401, 403, 429)")
    INSIDE = "INSIDE", _("Địa chỉ trong mạng nội bộ, người đọc không mở được")
    WRITTEN_WRONG = "WRONG", _("Địa chỉ viết sai")
