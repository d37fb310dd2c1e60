"""What one unit adds to the catalogue: where to go, when, whom to ask, what it costs here."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager
from services import querysets
from services.enums import Channel
from services.models.catalogue import Field, Procedure


class Counter(TenantModel):
    """A counter where citizens hand in dossiers; the unit's main one stands for every procedure without its own."""

    name = models.CharField(_("tên nơi tiếp nhận"), max_length=160)
    address = models.CharField(_("địa chỉ"), max_length=200)
    hours = models.TextField(_("giờ làm việc"))
    phone = models.CharField(_("điện thoại"), max_length=80, blank=True)
    email = models.EmailField(_("thư điện tử"), blank=True)
    map_url = models.URLField(_("địa chỉ bản đồ"), max_length=300, blank=True)
    notes = models.TextField(_("cần biết trước khi đến"), blank=True)
    # Values of Load by half-day: {"1-am": "QUIET", "1-pm": "BUSY", …}, 1 is Monday (ISO weekday).
    loads = models.JSONField(_("giờ vắng, giờ đông"), default=dict, blank=True)
    is_main = models.BooleanField(_("nơi tiếp nhận chính"), default=False)
    is_open = models.BooleanField(_("đang hoạt động"), default=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)

    objects = TenantManager.from_queryset(querysets.CounterQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("nơi tiếp nhận hồ sơ")
        verbose_name_plural = _("nơi tiếp nhận hồ sơ")
        ordering: ClassVar = ["-is_main", "order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit"], condition=Q(is_main=True), name="counter_one_main")
        ]

    def __str__(self) -> str:
        return self.name


class LocalAnswer(TenantModel):
    """What this unit says about one procedure; without a row the main counter and the catalogue speak.

    ``procedure`` empty and ``field`` set answers for all procedures of a field (a department's way).
    """

    procedure = models.ForeignKey(
        Procedure,
        on_delete=models.CASCADE,
        null=True,
        blank=True,
        related_name="local_answers",
        verbose_name=_("thủ tục"),
    )
    field = models.ForeignKey(
        Field, on_delete=models.CASCADE, null=True, blank=True, related_name="local_answers",
        verbose_name=_("hoặc cả lĩnh vực"),
    )  # fmt: skip
    is_handled = models.BooleanField(_("đơn vị này nhận hồ sơ"), default=True)
    counter = models.ForeignKey(
        Counter,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="answers",
        verbose_name=_("nơi tiếp nhận"),
    )
    officer_post = models.CharField(
        _("chức danh người phụ trách"), max_length=120, blank=True, help_text=_("Chức danh, không ghi tên riêng")
    )
    phone = models.CharField(_("điện thoại hỏi việc này"), max_length=80, blank=True)
    hours = models.TextField(_("giờ nhận riêng"), blank=True)
    notes = models.TextField(_("lưu ý ở đây"), blank=True)
    checked_on = models.DateField(_("xem lại ngày"), null=True, blank=True)

    objects = TenantManager.from_queryset(querysets.LocalAnswerQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("hướng dẫn tại đơn vị")
        verbose_name_plural = _("hướng dẫn tại đơn vị")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "procedure"], condition=Q(procedure__isnull=False), name="local_answer_procedure_once"
            ),
            models.UniqueConstraint(
                fields=["unit", "field"], condition=Q(field__isnull=False), name="local_answer_field_once"
            ),
            models.CheckConstraint(
                condition=Q(procedure__isnull=False, field__isnull=True)
                | Q(procedure__isnull=True, field__isnull=False),
                name="local_answer_one_subject",
            ),
        ]

    def __str__(self) -> str:
        return str(self.procedure or self.field)


class LocalFee(TenantModel):
    """A fee fixed by a resolution with dates; ``reaches_all`` on the province's rows makes it count on every site."""

    procedure = models.ForeignKey(
        Procedure, on_delete=models.CASCADE, related_name="local_fees", verbose_name=_("thủ tục")
    )
    channel = models.CharField(
        _("cách nộp"), max_length=6, choices=Channel, blank=True, help_text=_("Để trống: mọi cách nộp")
    )
    amount = models.PositiveBigIntegerField(_("mức thu (đồng)"), help_text=_("0: không thu"))
    per = models.CharField(_("tính cho"), max_length=80, blank=True, help_text=_("Ví dụ: một bản sao"))
    who = models.CharField(_("áp dụng cho ai"), max_length=160, blank=True)
    resolution = models.CharField(_("nghị quyết, quyết định số"), max_length=80)
    valid_from = models.DateField(_("áp dụng từ"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    reaches_all = models.BooleanField(_("áp dụng toàn tỉnh, thành phố"), default=False)

    objects = TenantManager.from_queryset(querysets.LocalFeeQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("mức thu tại địa phương")
        verbose_name_plural = _("mức thu tại địa phương")
        ordering: ClassVar = ["-valid_from", "pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="local_fee_dates"
            )
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "procedure", "valid_from"], name="local_fee_procedure")]

    def __str__(self) -> str:
        return f"{self.procedure_id}: {self.amount}"
