"""Closed lists of polls and dialogues."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PollKind(models.TextChoices):
    """How one votes."""

    SINGLE = "SINGLE", _("Chọn một")
    MULTIPLE = "MULTIPLE", _("Chọn nhiều")
    RANKED = "RANKED", _("Xếp thứ tự")


class PollResults(models.TextChoices):
    """When counts are shown."""

    ALWAYS = "ALWAYS", _("Luôn hiện")
    AFTER_VOTE = "AFTER_VOTE", _("Sau khi bình chọn")
    AFTER_CLOSE = "AFTER_CLOSE", _("Sau khi đóng")


class DialogueStatus(models.TextChoices):
    """Where an online dialogue stands; open and over follow from its times."""

    DRAFT = "DRAFT", _("Đang soạn")
    ANNOUNCED = "ANNOUNCED", _("Đã thông báo")
    CLOSED = "CLOSED", _("Đã kết thúc")
    CANCELLED = "CANCELLED", _("Đã hủy")


class DialogueQuestionState(models.TextChoices):
    """Where a question to a dialogue stands; only QUEUED and ANSWERED are seen by others."""

    HELD = "HELD", _("Chờ duyệt")
    QUEUED = "QUEUED", _("Chờ trả lời")
    ANSWERED = "ANSWERED", _("Đã trả lời")
    REFUSED = "REFUSED", _("Không đưa vào")
    SPAM = "SPAM", _("Rác")
