"""Who wrote what with which coefficient, and the monthly sheets that pay for it."""

from typing import Any, ClassVar, NoReturn

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from news.enums.royalty import OverBudget, ShareRole, SheetState, WorkKind
from news.models.articles import Article
from news.models.royalty import coefficient_field, percent_field
from news.querysets.royalty_sheets import (
    ArticleRoyaltyQuerySet,
    ClosedMonthError,
    ContributorQuerySet,
    LineQuerySet,
    ShareQuerySet,
    SheetQuerySet,
)
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager
from portal.core.text import one_line


def _person() -> "models.ForeignKey[Any, Any]":
    """A link to who did one step; accounts with such a past are closed, never deleted."""
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )


class Contributor(TenantModel):
    """Somebody who is paid for writing. No account number and no tax number: paying is the accountant's own system."""

    pen_name = models.CharField(_("bút danh"), max_length=120)
    # Pen name in lower case: "minh anh" typed on Friday is the "Minh Anh" of Monday.
    key = models.CharField(max_length=120, editable=False)
    real_name = models.CharField(_("họ và tên"), max_length=120, blank=True)
    department = models.CharField(_("nơi công tác"), max_length=160, blank=True)
    is_staff = models.BooleanField(_("là người của đơn vị"), default=False)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("tài khoản"),
    )  # fmt: skip

    objects = TenantManager.from_queryset(ContributorQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("người viết")
        verbose_name_plural = _("người viết")
        ordering: ClassVar = ["key"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "key"], name="contributor_pen_name_in_unit"),
            models.UniqueConstraint(
                fields=["unit", "user"], condition=Q(user__isnull=False), name="contributor_one_per_account"
            ),
        ]

    def __str__(self) -> str:
        return self.pen_name

    def save(self, *args: object, **kwargs: object) -> None:
        """Keep the names in one spelling, and the key beside the pen name."""
        self.pen_name, self.real_name = one_line(self.pen_name), one_line(self.real_name)
        self.department, self.key = one_line(self.department), self.pen_name.lower()
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # passed on as they came


class ArticleRoyalty(TenantModel):
    """What one article is paid with. Genres are codes: the table of the publishing day says what a code earns."""

    article = models.OneToOneField(Article, on_delete=models.CASCADE, related_name="royalty")
    is_unpaid = models.BooleanField(_("không tính nhuận bút"), default=False)
    genre_code = models.CharField(_("thể loại"), max_length=40, blank=True)
    # As it was called when it was entered, for lists; sheets take the name of the table they are reckoned with.
    genre_name = models.CharField(max_length=120, blank=True, editable=False)
    coefficient = coefficient_field(_("hệ số"), default=0)
    photo_genre_code = models.CharField(_("loại ảnh"), max_length=40, blank=True)
    photo_count = models.PositiveSmallIntegerField(_("số ảnh"), default=0)
    photo_coefficient = coefficient_field(_("hệ số mỗi ảnh"), default=0)
    # [{"code": …, "percent": "15.00"}, …]; names and rules stand in the table.
    supplements = models.JSONField(default=list, blank=True)
    note = models.CharField(_("ghi chú"), max_length=250, blank=True)
    set_by = _person()
    set_at = models.DateTimeField(auto_now=True)

    objects = TenantManager.from_queryset(ArticleRoyaltyQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("nhuận bút của bài")
        verbose_name_plural = _("nhuận bút của các bài")
        permissions: ClassVar = [
            ("enter_royalty", "May enter genre, coefficient and authors of articles"),
            ("view_own_royalty", "May see what they are paid themselves"),
        ]

    def __str__(self) -> str:
        return str(self.article)


class RoyaltyShare(TenantModel):
    """One contributor's part in the text or in the photographs of an article."""

    royalty = models.ForeignKey(ArticleRoyalty, on_delete=models.CASCADE, related_name="shares")
    contributor = models.ForeignKey(Contributor, on_delete=models.PROTECT, related_name="shares")
    role = models.CharField(_("vai trò"), max_length=12, choices=ShareRole, default=ShareRole.AUTHOR)
    percent = percent_field(_("phần (%)"))

    objects = TenantManager.from_queryset(ShareQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("phần nhuận bút")
        verbose_name_plural = _("phần nhuận bút")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["royalty", "contributor", "role"], name="royaltyshare_once")
        ]

    def __str__(self) -> str:
        return f"{self.contributor}: {self.percent.normalize():f} %"


class RoyaltySheet(TenantModel):
    """The royalty of one month: computed, checked by somebody else, locked. A locked sheet never changes again."""

    month = models.DateField(_("tháng"))
    state = models.CharField(_("trạng thái"), max_length=8, choices=SheetState, default=SheetState.OPEN)
    # Grows with every computing: who checks or locks names the result they have seen.
    revision = models.PositiveIntegerField(default=0, editable=False)
    budget = models.PositiveBigIntegerField(_("mức chi tối đa của tháng (đồng)"), null=True, blank=True)
    over_budget = models.CharField(_("khi vượt mức chi"), max_length=6, choices=OverBudget, default=OverBudget.REDUCE)
    total_before = models.PositiveBigIntegerField(default=0, editable=False)
    total = models.PositiveBigIntegerField(default=0, editable=False)
    # The tables and factor this month was computed with, as they were.
    snapshot = models.JSONField(default=list, editable=False)
    computed_by = _person()
    computed_at = models.DateTimeField(null=True, blank=True, editable=False)
    checked_by = _person()
    checked_at = models.DateTimeField(null=True, blank=True, editable=False)
    locked_by = _person()
    locked_at = models.DateTimeField(null=True, blank=True, editable=False)
    due_on = models.DateField(_("hạn trả"), null=True, blank=True, editable=False)
    paid_on = models.DateField(_("ngày trả"), null=True, blank=True)

    objects = TenantManager.from_queryset(SheetQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("bảng nhuận bút")
        verbose_name_plural = _("nhuận bút")
        ordering: ClassVar = ["-month"]
        permissions: ClassVar = [
            ("compute_royaltysheet", "May compute the sheet of a month"),
            ("check_royaltysheet", "May check a sheet that somebody else computed"),
            ("lock_royaltysheet", "May lock a checked sheet"),
        ]
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "month"], name="royaltysheet_one_a_month")]

    def __str__(self) -> str:
        return f"{self.month:%m/%Y}"

    @property
    def is_locked(self) -> bool:
        """The month is closed."""
        return self.state == SheetState.LOCKED


class RoyaltyLine(TenantModel):
    """One payment: to one contributor, for one part of one article; everything it says is a copy of that day's facts."""

    sheet = models.ForeignKey(RoyaltySheet, on_delete=models.PROTECT, related_name="lines")
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="+")
    article_title = models.CharField(max_length=300)
    article_path = models.CharField(max_length=400)
    published_on = models.DateField()
    # Of a month that was locked before this article had its genre and authors: "truy lĩnh".
    is_late = models.BooleanField(default=False)
    kind = models.CharField(max_length=5, choices=WorkKind)
    genre_name = models.CharField(max_length=120)
    coefficient = coefficient_field(_("hệ số"))
    quantity = models.PositiveSmallIntegerField(default=1)
    base_amount = models.PositiveIntegerField()
    unit_percent = percent_field(_("tỷ lệ của đơn vị"))
    supplements = models.CharField(max_length=400, blank=True)
    ceiling_applied = models.BooleanField(default=False)
    work_amount = models.PositiveBigIntegerField()
    contributor = models.ForeignKey(Contributor, on_delete=models.PROTECT, related_name="lines")
    pen_name = models.CharField(max_length=120)
    real_name = models.CharField(max_length=120, blank=True)
    department = models.CharField(max_length=160, blank=True)
    role = models.CharField(max_length=12, choices=ShareRole)
    share_percent = percent_field(_("phần"))
    amount_before = models.PositiveBigIntegerField()
    amount = models.PositiveBigIntegerField()

    objects = TenantManager.from_queryset(LineQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("dòng nhuận bút")
        verbose_name_plural = _("dòng nhuận bút")
        ordering: ClassVar = ["pk"]
        constraints: ClassVar = [
            # Nobody is paid twice for one work, whichever months' sheets are computed at once.
            models.UniqueConstraint(fields=["article", "kind", "contributor", "role"], name="royaltyline_paid_once")
        ]
        indexes: ClassVar = [models.Index(fields=["contributor", "sheet"], name="royaltyline_contributor")]

    def __str__(self) -> str:
        return f"{self.pen_name}: {self.article_title}"

    def save(self, *args: object, **kwargs: object) -> NoReturn:
        """Refused: lines are written by the computing of an open sheet only (LineQuerySet.replace)."""
        raise ClosedMonthError("A line of a royalty sheet is never changed.")

    def delete(self, *args: object, **kwargs: object) -> NoReturn:
        """Refused, as saving."""
        raise ClosedMonthError("A line of a royalty sheet is never deleted by itself.")
