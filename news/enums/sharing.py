"""Closed lists of sharing across units."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ShareDirection(models.TextChoices):
    """Which way in the tree of units a text travels."""

    UP = "UP", _("Gửi lên")
    DOWN = "DOWN", _("Gửi xuống")


class ShareMode(models.TextChoices):
    """Whether the receiving unit decides."""

    OFFERED = "OFFERED", _("Mời đăng")
    MANDATORY = "MANDATORY", _("Bắt buộc đăng")


class ShareState(models.TextChoices):
    """What became of a text at one receiving unit."""

    WAITING = "WAITING", _("Đang chờ")
    TAKEN = "TAKEN", _("Đã lấy")
    DECLINED = "DECLINED", _("Từ chối")
    RECALLED = "RECALLED", _("Đơn vị gửi đã gỡ bài")


class ShareAlert(models.TextChoices):
    """What the receiving unit must look at, because its own copy no longer follows the source by itself."""

    CORRECTED = "CORRECTED", _("Bài gốc đã sửa")
    WITHDRAWN = "WITHDRAWN", _("Bài gốc đã gỡ")
