"""Closed lists of the work schedule."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DaySession(models.TextChoices):
    """The halves of a working day as offices write them; a clock time decides by itself (units.rules.schedule)."""

    MORNING = "MORNING", _("Sáng")
    AFTERNOON = "AFTERNOON", _("Chiều")
    EVENING = "EVENING", _("Tối")
    ALL_DAY = "ALL_DAY", _("Cả ngày")


class Visibility(models.TextChoices):
    """Who may see an entry."""

    PUBLIC = "PUBLIC", _("Công khai")
    INTERNAL = "INTERNAL", _("Nội bộ")


class EntryStage(models.TextChoices):
    """Where an entry stands on its way from a department to the week's table."""

    PROPOSED = "PROPOSED", _("Đề xuất")
    ACCEPTED = "ACCEPTED", _("Đã đưa vào lịch")
    RETURNED = "RETURNED", _("Trả lại")


class EntryStatus(models.TextChoices):
    """What became of an entry; CHANGED means changed after citizens had seen it."""

    PLANNED = "PLANNED", _("Theo lịch")
    CHANGED = "CHANGED", _("Có thay đổi")
    CANCELLED = "CANCELLED", _("Hoãn")
    DONE = "DONE", _("Đã xong")


class WeekStatus(models.TextChoices):
    """Where the week's table stands: departments propose, the office consolidates, its chief approves and publishes."""

    COLLECTING = "COLLECTING", _("Đang lập")
    APPROVED = "APPROVED", _("Đã duyệt")
    PUBLISHED = "PUBLISHED", _("Đã công bố")


class ChangeKind(models.TextChoices):
    """What happened to an entry after its week was published."""

    ADDED = "ADDED", _("Bổ sung")
    MOVED = "MOVED", _("Đổi giờ")
    EDITED = "EDITED", _("Sửa nội dung")
    CANCELLED = "CANCELLED", _("Hoãn")
    RESTORED = "RESTORED", _("Họp lại")
    WITHDRAWN = "WITHDRAWN", _("Gỡ khỏi lịch công khai")


class ImportStatus(models.TextChoices):
    """A week's table read from a file: looked at, taken over, or dropped."""

    PREVIEW = "PREVIEW", _("Chờ xem lại")
    LOADED = "LOADED", _("Đã đưa vào lịch")
    DROPPED = "DROPPED", _("Đã bỏ")
