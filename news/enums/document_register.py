"""What citizens choose from when they filter the register of documents; the values stand in addresses."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class EffectChoice(models.TextChoices):
    """Whether a document is in force today; one in force in part counts as in force."""

    IN_FORCE = "con", _("Còn hiệu lực")
    PARTLY = "mot-phan", _("Hết hiệu lực một phần")
    COMING = "chua", _("Chưa có hiệu lực")
    OVER = "het", _("Hết hiệu lực")
    UNSTATED = "khong-ghi", _("Không ghi hiệu lực")


class Origin(models.TextChoices):
    """Whose documents: the unit's own, or those the province shows in every register."""

    OWN = "don-vi", _("Của đơn vị")
    PROVINCE = "tinh", _("Của tỉnh, thành phố")
