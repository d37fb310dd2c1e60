"""Closed lists of the royalty books."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class RateStatus(models.TextChoices):
    """A rate table is prepared, then confirmed with its decision; only then is anything paid by it."""

    DRAFT = "DRAFT", _("Đang soạn")
    IN_FORCE = "IN_FORCE", _("Đã ban hành")


class WorkKind(models.TextChoices):
    """What one line of a rate table pays for."""

    TEXT = "TEXT", _("Tin, bài")
    PHOTO = "PHOTO", _("Ảnh, tranh")


class SupplementEffect(models.TextChoices):
    """How a supplement changes an amount."""

    ADD = "ADD", _("Cộng thêm")
    PORTION = "PORTION", _("Chỉ hưởng một phần")


class ShareRole(models.TextChoices):
    """What a contributor did; photographers share what the photographs earn, all others what the text earns."""

    AUTHOR = "AUTHOR", _("Tác giả")
    TRANSLATOR = "TRANSLATOR", _("Người dịch")
    EDITOR = "EDITOR", _("Biên tập")
    PHOTOGRAPHER = "PHOTO", _("Chụp ảnh")


class SheetState(models.TextChoices):
    """Where the sheet of one month stands; from LOCKED there is no way back."""

    OPEN = "OPEN", _("Đang mở")
    COMPUTED = "COMPUTED", _("Đã tính")
    CHECKED = "CHECKED", _("Đã kiểm tra")
    LOCKED = "LOCKED", _("Đã khóa")


class OverBudget(models.TextChoices):
    """What happens when a month costs more than its budget."""

    REDUCE = "REDUCE", _("Giảm đều theo tỷ lệ")
    REFUSE = "REFUSE", _("Không tính, báo số vượt")
