"""Who works in a unit: its divisions, people, posts, and who held which post when. Office contacts only."""

import re
from typing import Any, ClassVar, Final

from ckeditor.fields import RichTextField
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _

from portal.core.richtext import clean_html
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager
from portal.core.text import one_line, slugify_vi, without_marks
from units.enums import UnitKind
from units.enums.people import DivisionKind, Honorific, PostLevel, SpokesRole, TermCode
from units.querysets import people as querysets

_IN_BRACKETS: Final = re.compile(r"\([^()]*\)")


class LegalTerm(models.Model):
    """One number that the law sets, between two dates; for one kind of unit, or for all where ``kind`` is empty."""

    code = models.CharField(_("thời hạn, mức"), max_length=24, choices=TermCode)
    kind = models.CharField(_("cấp"), max_length=12, choices=UnitKind, blank=True)
    number = models.PositiveSmallIntegerField(_("số"))
    valid_from = models.DateField(_("áp dụng từ"))
    valid_to = models.DateField(_("đến hết ngày"), null=True, blank=True)
    source = models.CharField(_("căn cứ"), max_length=250)

    objects = models.Manager.from_queryset(querysets.LegalTermQuerySet)()

    class Meta:
        verbose_name = _("thời hạn theo luật")
        verbose_name_plural = _("thời hạn theo luật")
        ordering: ClassVar = ["code", "kind", "-valid_from"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["code", "kind", "valid_from"], name="legal_term_once"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gte=F("valid_from")), name="legal_term_dates"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_code_display()}: {self.number}"


class Division(TenantModel):
    """A part of the unit's own apparatus (phòng, ban, bộ phận); not a unit with a site."""

    name = models.CharField(_("tên"), max_length=150)
    short_name = models.CharField(_("tên gọi tắt"), max_length=40, blank=True)
    kind = models.CharField(_("loại"), max_length=10, choices=DivisionKind, default=DivisionKind.DIVISION)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("thuộc")
    )
    duties = models.TextField(_("chức năng, nhiệm vụ"), blank=True)
    address = models.CharField(_("địa chỉ, phòng làm việc"), max_length=200, blank=True)
    phone = models.CharField(_("điện thoại cơ quan"), max_length=80, blank=True)
    email = models.CharField(_("thư công vụ"), max_length=160, blank=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    is_shown = models.BooleanField(_("hiện trên trang"), default=True)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = TenantManager.from_queryset(querysets.DivisionQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("phòng, ban")
        verbose_name_plural = _("phòng, ban")
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "name"], name="division_name_once"),
            models.CheckConstraint(condition=~Q(parent=F("id")), name="division_not_in_itself"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """One spelling."""
        self.name, self.short_name = one_line(self.name), one_line(self.short_name)
        super().save(*args, **kwargs)


class Person(TenantModel):
    """Somebody who works here. Only what an office publishes: no birth date, home address or private number."""

    full_name = models.CharField(_("họ và tên"), max_length=120)
    honorific = models.CharField(_("xưng hô"), max_length=4, choices=Honorific, blank=True, default=Honorific.NONE)
    slug = models.CharField(max_length=100, editable=False)
    # Re-encoded by units.actions.people before it is stored.
    portrait = models.FileField(_("ảnh chân dung"), max_length=200, blank=True)
    biography = RichTextField(_("tiểu sử tóm tắt"), blank=True)
    phone = models.CharField(_("điện thoại cơ quan"), max_length=80, blank=True)
    email = models.CharField(_("thư công vụ"), max_length=160, blank=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    is_shown = models.BooleanField(_("hiện trên trang, trong danh bạ"), default=True)
    # Whose schedule opens first in the administration, and who may have a secret calendar address.
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("tài khoản quản trị (nếu có)"),
    )  # fmt: skip
    # Name without marks, for the directory of all units; SQLite knows no Vietnamese collation.
    folded = models.CharField(max_length=120, editable=False, db_index=True)
    edited_at = models.DateTimeField(default=timezone.now, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = TenantManager.from_queryset(querysets.PersonQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("người")
        verbose_name_plural = _("lãnh đạo, cán bộ")
        ordering: ClassVar = ["order", "pk"]
        indexes: ClassVar = [models.Index(fields=["unit", "is_shown", "order"], name="person_unit_order")]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, **kwargs: Any) -> None:
        """One spelling, a clean biography, a slug, the folded name."""
        self.full_name = one_line(self.full_name)
        self.biography = clean_html(self.biography)
        self.slug = self.slug or slugify_vi(self.full_name)
        # “(tên minh họa)” and the like are no part of the name that people look for.
        self.folded = one_line(without_marks(_IN_BRACKETS.sub(" ", self.full_name))).lower()
        super().save(*args, **kwargs)

    @property
    def biography_html(self) -> SafeString:
        """The biography for templates, cleaned once more: the database is not the boundary."""
        return mark_safe(clean_html(self.biography))  # noqa: S308 - nh3 has just cleaned it

    def get_absolute_url(self) -> str:
        """The lasting address of a leader's page; the id keeps it working."""
        return reverse("units:leader-detail", args=[self.slug, self.pk])


class Post(TenantModel):
    """A seat that people hold one after another: “Chủ tịch Ủy ban nhân dân phường”."""

    title = models.CharField(_("chức vụ"), max_length=160)
    short_title = models.CharField(_("gọi tắt trên lịch"), max_length=60, blank=True)
    level = models.CharField(_("cấp"), max_length=6, choices=PostLevel, default=PostLevel.STAFF)
    division = models.ForeignKey(
        Division, on_delete=models.PROTECT, null=True, blank=True, related_name="posts", verbose_name=_("phòng, ban")
    )
    duties = models.TextField(_("lĩnh vực phụ trách, nhiệm vụ"), blank=True)
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = TenantManager.from_queryset(querysets.PostQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("chức vụ")
        verbose_name_plural = _("chức vụ")
        ordering: ClassVar = ["order", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "title", "division"], name="post_title_once"),
        ]

    def __str__(self) -> str:
        return self.title

    def save(self, *args: Any, **kwargs: Any) -> None:
        """One spelling."""
        self.title, self.short_title = one_line(self.title), one_line(self.short_title)
        super().save(*args, **kwargs)


class Appointment(TenantModel):
    """Who held which post from when to when; an open end means today's holder."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("người giữ chức vụ")
    )
    post = models.ForeignKey(Post, on_delete=models.PROTECT, related_name="appointments", verbose_name=_("chức vụ"))
    starts_on = models.DateField(_("từ ngày"))
    ends_on = models.DateField(_("đến hết ngày"), null=True, blank=True)
    is_acting = models.BooleanField(_("quyền, phụ trách"), default=False)
    decision = models.CharField(_("quyết định số"), max_length=120, blank=True)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = TenantManager.from_queryset(querysets.AppointmentQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("bổ nhiệm")
        verbose_name_plural = _("bổ nhiệm")
        ordering: ClassVar = ["-starts_on", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["person", "post", "starts_on"], name="appointment_once"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="appointment_dates"
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "ends_on", "starts_on"], name="appointment_unit_dates")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.post_id}"


class Spokesperson(TenantModel):
    """Who speaks to the press for the unit (Nghị định 244/2026 Điều 3): name, post, phone and e-mail, public in 24 hours."""

    role = models.CharField(_("vai trò"), max_length=10, choices=SpokesRole, default=SpokesRole.MAIN)
    name = models.CharField(_("họ và tên"), max_length=120)
    post = models.CharField(_("chức vụ"), max_length=200)
    phone = models.CharField(_("điện thoại"), max_length=80)
    email = models.CharField(_("thư công vụ"), max_length=160)
    matter = models.CharField(_("vấn đề được ủy quyền"), max_length=250, blank=True)
    decision = models.CharField(_("văn bản giao nhiệm vụ"), max_length=120, blank=True)
    assigned_at = models.DateTimeField(_("giao nhiệm vụ lúc"))
    ends_at = models.DateTimeField(_("thôi nhiệm vụ lúc"), null=True, blank=True)
    published_at = models.DateTimeField(_("công bố lúc"), null=True, blank=True, editable=False)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = TenantManager.from_queryset(querysets.SpokespersonQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("người phát ngôn")
        verbose_name_plural = _("người phát ngôn")
        ordering: ClassVar = ["-assigned_at", "-pk"]
        permissions: ClassVar = [("publish_spokesperson", "May publish who speaks for the unit")]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gte=F("assigned_at")), name="spokesperson_times"
            )
        ]

    def __str__(self) -> str:
        return self.name


class Hotline(TenantModel):
    """A number to call for one purpose; the province's may stand on every unit's page."""

    label = models.CharField(_("việc gì"), max_length=120)
    number = models.CharField(_("số điện thoại"), max_length=60)
    purpose = models.CharField(_("gọi khi nào"), max_length=250, blank=True)
    hours = models.CharField(_("giờ trực"), max_length=120, blank=True)
    for_all = models.BooleanField(
        _("hiện trên mọi trang trong tỉnh, thành phố"), default=False, help_text=_("Chỉ trang của tỉnh, thành phố dùng")
    )
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    is_demo = models.BooleanField(default=False, editable=False)

    objects = TenantManager.from_queryset(querysets.HotlineQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("đường dây nóng")
        verbose_name_plural = _("đường dây nóng")
        ordering: ClassVar = ["order", "pk"]

    def __str__(self) -> str:
        return self.label
