"""Polls, and online dialogues with a leader."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from feedback.enums.polls import DialogueQuestionState, DialogueStatus, PollKind, PollResults
from feedback.querysets import polls as querysets
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager


class Poll(TenantModel):
    """One question to citizens. Once somebody has voted, its options can not be changed."""

    title = models.CharField(_("câu hỏi"), max_length=200)
    intro = models.TextField(_("giải thích"), blank=True, max_length=3000)
    kind = models.CharField(_("cách chọn"), max_length=8, choices=PollKind, default=PollKind.SINGLE)
    most = models.PositiveSmallIntegerField(_("chọn nhiều nhất"), default=3)
    results = models.CharField(_("hiện kết quả"), max_length=11, choices=PollResults, default=PollResults.AFTER_VOTE)
    opens_at = models.DateTimeField(_("mở lúc"))
    closes_at = models.DateTimeField(_("đóng lúc"))
    is_published = models.BooleanField(_("đã đăng"), default=False)
    outcome = models.TextField(_("đơn vị làm gì sau bình chọn"), blank=True, max_length=3000)
    ballots = models.PositiveIntegerField(default=0, editable=False)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = TenantManager.from_queryset(querysets.PollQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("bình chọn")
        verbose_name_plural = _("bình chọn")
        constraints: ClassVar = [
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="poll_times"),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "is_published", "-closes_at"], name="poll_list")]

    def __str__(self) -> str:
        return self.title


class PollOption(TenantModel):
    """One answer. ``votes`` counts ballots that name it, ``points`` is the Borda count of ranked ones."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="options")
    text = models.CharField(_("phương án"), max_length=200)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    votes = models.PositiveIntegerField(default=0, editable=False)
    points = models.PositiveIntegerField(default=0, editable=False)
    firsts = models.PositiveIntegerField(default=0, editable=False)

    objects = TenantManager.from_queryset(querysets.PollOptionQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("phương án")
        verbose_name_plural = _("phương án")
        ordering: ClassVar = ["order", "pk"]

    def __str__(self) -> str:
        return self.text


class PollBallot(TenantModel):
    """One vote. Nothing tells whose; the hashes only keep a device from voting twice, and go when the poll is over."""

    poll = models.ForeignKey(Poll, on_delete=models.CASCADE, related_name="+")
    # Keyed hash of a random mark that the device got for this one poll.
    device_hash = models.CharField(max_length=64, blank=True)
    # Under the salt of its day (portal.core.visitors).
    address_hash = models.CharField(max_length=64, blank=True)
    # Ids of options, in the order of preference.
    choices = models.JSONField(default=list)
    at = models.DateTimeField(default=timezone.now)

    objects = TenantManager.from_queryset(querysets.PollBallotQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("lá phiếu")
        verbose_name_plural = _("lá phiếu")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["poll", "device_hash"], condition=~Q(device_hash=""), name="ballot_once")
        ]
        indexes: ClassVar = [models.Index(fields=["at"], condition=~Q(address_hash=""), name="ballot_hashed")]

    def __str__(self) -> str:
        return f"{self.at:%d/%m/%Y %H:%M}"


class Dialogue(TenantModel):
    """An hour in which a leader answers in writing (đối thoại trực tuyến)."""

    title = models.CharField(_("chủ đề"), max_length=200)
    intro = models.TextField(_("giới thiệu"), blank=True, max_length=3000)
    person = models.ForeignKey(
        "units.Person", on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("người trả lời")
    )  # fmt: skip
    host_text = models.CharField(_("người trả lời (chức vụ)"), max_length=200, blank=True)
    questions_from = models.DateTimeField(_("nhận câu hỏi từ"))
    starts_at = models.DateTimeField(_("bắt đầu"))
    ends_at = models.DateTimeField(_("kết thúc"))
    status = models.CharField(_("tình trạng"), max_length=9, choices=DialogueStatus, default=DialogueStatus.DRAFT)
    # Where the transcript was published.
    transcript_path = models.CharField(max_length=400, blank=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = TenantManager.from_queryset(querysets.DialogueQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("đối thoại trực tuyến")
        verbose_name_plural = _("đối thoại trực tuyến")
        permissions: ClassVar = [("run_dialogue", "May queue, answer and publish a dialogue's questions")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("starts_at")) & Q(starts_at__gte=F("questions_from")), name="dialogue_times"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "status", "-starts_at"], name="dialogue_list")]

    def __str__(self) -> str:
        return self.title


class DialogueQuestion(TenantModel):
    """A question to the leader; ``text`` is cleaned on arrival and edited by the moderator, the original kept sealed."""

    dialogue = models.ForeignKey(Dialogue, on_delete=models.CASCADE, related_name="questions")
    name = models.CharField(_("người hỏi"), max_length=60, blank=True)
    text = models.TextField(_("câu hỏi"))
    sealed_text = models.TextField()
    marks = models.JSONField(default=list, blank=True)
    state = models.CharField(max_length=8, choices=DialogueQuestionState, default=DialogueQuestionState.HELD)
    order = models.PositiveIntegerField(default=0)
    answer = models.TextField(_("trả lời"), blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(default=timezone.now)
    address_hash = models.CharField(max_length=64, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = TenantManager.from_queryset(querysets.DialogueQuestionQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("câu hỏi đối thoại")
        verbose_name_plural = _("câu hỏi đối thoại")
        indexes: ClassVar = [
            models.Index(fields=["dialogue", "state", "order", "id"], name="dialogue_question_queue"),
            models.Index(fields=["sent_at"], condition=~Q(address_hash=""), name="dialogue_question_hashed"),
        ]

    def __str__(self) -> str:
        return self.text[:80]
