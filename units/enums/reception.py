"""Closed lists of citizen reception (Luật Tiếp công dân 2013; Nghị định 154/2026)."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ReceptionKind(models.TextChoices):
    """Regular sessions are set in advance; special ones are called for a matter or an urgent case."""

    REGULAR = "REGULAR", _("Định kỳ")
    SPECIAL = "SPECIAL", _("Đột xuất")


class SessionStatus(models.TextChoices):
    """What became of a session."""

    PLANNED = "PLANNED", _("Sẽ tiếp")
    CANCELLED = "CANCELLED", _("Hoãn")
    DONE = "DONE", _("Đã tiếp")


class BookingStatus(models.TextChoices):
    """What became of a registration."""

    BOOKED = "BOOKED", _("Đã đăng ký")
    CANCELLED = "CANCELLED", _("Đã hủy")
    CAME = "CAME", _("Đã đến")
    ABSENT = "ABSENT", _("Không đến")
