"""Closed lists of the document register and of consultations on drafts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class DocumentGroup(models.TextChoices):
    """What a document is to the public; the deadline for publishing it hangs on this (news.DisclosureRule)."""

    NORMATIVE = "NORMATIVE", _("Văn bản quy phạm pháp luật")
    STEERING = "STEERING", _("Chỉ đạo, điều hành")
    PLAN = "PLAN", _("Quy hoạch, kế hoạch, chương trình")
    GUIDANCE = "GUIDANCE", _("Hướng dẫn thực hiện")
    NOTICE = "NOTICE", _("Thông báo")


class DocumentStatus(models.TextChoices):
    """Whether citizens see a document; a withdrawn one keeps its page, which says why."""

    DRAFT = "DRAFT", _("Chưa đăng")
    PUBLISHED = "PUBLISHED", _("Đã đăng")
    WITHDRAWN = "WITHDRAWN", _("Đã gỡ")


class Effect(models.TextChoices):
    """Whether a document is in force on a day; computed from its dates and from what later documents did to it."""

    UNSTATED = "UNSTATED", _("Không ghi hiệu lực")
    COMING = "COMING", _("Chưa có hiệu lực")
    IN_FORCE = "IN_FORCE", _("Còn hiệu lực")
    PARTLY = "PARTLY", _("Hết hiệu lực một phần")
    OVER = "OVER", _("Hết hiệu lực")


class RelationKind(models.TextChoices):
    """What a later document does to an earlier one."""

    REPLACES = "REPLACES", _("Thay thế")
    AMENDS = "AMENDS", _("Sửa đổi, bổ sung")
    REPEALS = "REPEALS", _("Bãi bỏ")
    GUIDES = "GUIDES", _("Hướng dẫn")
    BASED_ON = "BASED_ON", _("Căn cứ")


class DocumentReach(models.TextChoices):
    """In whose register a document stands."""

    OWN = "OWN", _("Chỉ trang này")
    ALL = "ALL", _("Mọi trang trong tỉnh, thành phố")


class FileRole(models.TextChoices):
    """What a document's file is."""

    MAIN = "MAIN", _("Văn bản")
    APPENDIX = "APPENDIX", _("Phụ lục")
    EDITABLE = "EDITABLE", _("Bản soạn thảo (Word)")


class ConsultationOutcome(models.TextChoices):
    """What came of a draft."""

    NONE = "", _("Chưa có")
    ISSUED = "ISSUED", _("Đã ban hành")
    DROPPED = "DROPPED", _("Không ban hành")
    CONTINUED = "CONTINUED", _("Còn soạn tiếp")
