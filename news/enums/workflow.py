"""What a person may decide about an article on its review screen."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Decision(models.TextChoices):
    """One line of the review screen; which of them stand there depends on where the article stands, and on the person."""

    PUBLISH = "publish", _("Duyệt và đăng ngay")
    SCHEDULE = "schedule", _("Duyệt, đăng lúc")
    APPROVE = "approve", _("Chỉ duyệt, chưa đăng")
    PUBLISH_NOW = "publish-now", _("Đăng ngay")
    RESCHEDULE = "reschedule", _("Hẹn giờ đăng")
    UNSCHEDULE = "unschedule", _("Bỏ hẹn giờ, giữ đã duyệt")
    LOOKED = "looked", _("Đã xem lại, không phải sửa gì")
    RETURN = "return", _("Trả lại, kèm ý kiến")
    RECALL = "recall", _("Rút lại để sửa")
    REOPEN = "reopen", _("Mở lại thành bản nháp")
