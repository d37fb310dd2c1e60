"""What citizens say about a service: the three levels, the nine questions, and where a page is wrong."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager
from services import querysets
from services.enums import Contentment, MistakeStatus
from services.models.catalogue import Procedure


class Questionnaire(models.Model):
    """One version of the questionnaire, in force between two dates; answers stay with the version they were given to."""

    version = models.PositiveSmallIntegerField(_("phiên bản"), unique=True)
    title = models.CharField(_("tên"), max_length=160)
    source = models.CharField(_("căn cứ"), max_length=250, blank=True)
    valid_from = models.DateField(_("dùng từ"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    # Lowest average of each class, best first: [{"from": 15, "name": "Xuất sắc"}, …]; changes with the law, so it is data.
    classes = models.JSONField(_("xếp loại"), default=list, blank=True)

    objects = models.Manager.from_queryset(querysets.QuestionnaireQuerySet)()

    class Meta:
        verbose_name = _("bộ câu hỏi hài lòng")
        verbose_name_plural = _("bộ câu hỏi hài lòng")
        ordering: ClassVar = ["-version"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="questionnaire_dates"
            )
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"


class Question(models.Model):
    """One of the indices, scored 0, 1 or 2 by its three answers (after NĐ 61/2018 Điều 29–32, TT 01/2018 Điều 13–15)."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.CASCADE, related_name="questions")
    order = models.PositiveSmallIntegerField(_("thứ tự"))
    text = models.CharField(_("câu hỏi"), max_length=250)
    answer_0 = models.CharField(_("trả lời 0 điểm"), max_length=160)
    answer_1 = models.CharField(_("trả lời 1 điểm"), max_length=160)
    answer_2 = models.CharField(_("trả lời 2 điểm"), max_length=160)

    objects = models.Manager.from_queryset(querysets.QuestionQuerySet)()

    class Meta:
        verbose_name = _("câu hỏi")
        verbose_name_plural = _("câu hỏi")
        ordering: ClassVar = ["order"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["questionnaire", "order"], name="question_order_once")]

    def __str__(self) -> str:
        return self.text


class SatisfactionAnswer(TenantModel):
    """One anonymous voice: a level, and the nine answers where somebody gave them; one per device and day."""

    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    procedure = models.ForeignKey(Procedure, on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    level = models.PositiveSmallIntegerField(_("mức"), choices=Contentment)
    # Question order → 0, 1 or 2: {"1": 2, "2": 1, …}; empty when only the level was given.
    answers = models.JSONField(default=dict, blank=True)
    after_visit = models.BooleanField(_("sau khi đến nơi"), default=False)
    words = models.CharField(_("điều muốn nói thêm"), max_length=500, blank=True)
    day = models.DateField(_("ngày"))
    # Under the salt of its day (portal.core.visitors), emptied when the day is over.
    device_hash = models.CharField(max_length=64, blank=True, editable=False)

    objects = TenantManager.from_queryset(querysets.SatisfactionQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("đánh giá phục vụ")
        verbose_name_plural = _("đánh giá phục vụ")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "day", "device_hash"], condition=~Q(device_hash=""), name="satisfaction_once_a_day"
            )
        ]
        indexes: ClassVar = [
            models.Index(fields=["unit", "day"], name="satisfaction_unit_day"),
            models.Index(fields=["day"], condition=~Q(device_hash=""), name="satisfaction_hashed"),
        ]

    def __str__(self) -> str:
        return f"{self.day:%d/%m/%Y}: {self.get_level_display()}"


class SatisfactionQuarter(TenantModel):
    """What is public of one quarter at one unit; nothing else of the voices ever is (services.rules.satisfaction).

    Without ``questionnaire``: all voices that are let out, by level. With one: those of them who answered all its questions.
    """

    quarter = models.DateField(_("quý"))  # its first day
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    number = models.PositiveIntegerField(_("số phiếu"), default=0)
    low = models.PositiveIntegerField(_("chưa hài lòng"), default=0)
    fair = models.PositiveIntegerField(_("hài lòng"), default=0)
    high = models.PositiveIntegerField(_("rất hài lòng"), default=0)
    score_sum = models.PositiveIntegerField(default=0)
    is_final = models.BooleanField(default=False)
    counted_at = models.DateTimeField()

    objects = TenantManager.from_queryset(querysets.SatisfactionQuarterQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("kết quả hài lòng trong quý")
        verbose_name_plural = _("kết quả hài lòng trong quý")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "quarter"], condition=Q(questionnaire__isnull=True), name="satisfaction_quarter_once"
            ),
            models.UniqueConstraint(
                fields=["unit", "quarter", "questionnaire"],
                condition=Q(questionnaire__isnull=False),
                name="satisfaction_quarter_score_once",
            ),
            models.CheckConstraint(condition=Q(number__gte=5), name="satisfaction_quarter_five"),
        ]

    def __str__(self) -> str:
        return f"{self.quarter:%m/%Y}: {self.number}"


class MistakeReport(TenantModel):
    """A reader's note that something on a procedure's page is wrong; it waits on the unit's desk."""

    procedure = models.ForeignKey(Procedure, on_delete=models.CASCADE, related_name="mistakes")
    # A mistake of the catalogue goes to the province's office, one of the local answer to the unit itself.
    sent_from = models.ForeignKey(
        "units.Unit", on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    part = models.CharField(_("chỗ sai"), max_length=60, blank=True)
    text = models.TextField(_("sai thế nào"), editable=False)
    status = models.CharField(_("trạng thái"), max_length=10, choices=MistakeStatus, default=MistakeStatus.NEW)
    created_at = models.DateTimeField(_("gửi lúc"), auto_now_add=True)
    address_hash = models.CharField(max_length=64, blank=True, editable=False)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(null=True, blank=True, editable=False)
    decision_note = models.CharField(_("đã làm gì"), max_length=300, blank=True)

    objects = TenantManager.from_queryset(querysets.MistakeQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("báo sai")
        verbose_name_plural = _("báo sai về thủ tục")
        indexes: ClassVar = [
            models.Index(fields=["unit", "status", "id"], name="mistake_unit_status"),
            models.Index(fields=["created_at"], condition=~Q(address_hash=""), name="mistake_hashed"),
        ]

    def __str__(self) -> str:
        return self.text[:60]
