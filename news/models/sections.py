"""How a unit's news is arranged: categories and tags."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from news import querysets
from news.enums import CategoryRightKind
from news.models.text import SLUG
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager


class Category(TenantModel):
    """A chuyên mục of the unit's news."""

    name = models.CharField(_("tên"), max_length=80)
    slug = models.CharField(_("nhãn địa chỉ"), max_length=80, validators=[SLUG])
    name_en = models.CharField(_("tên tiếng Anh"), max_length=80, blank=True, default="", db_default="")
    order = models.PositiveSmallIntegerField(_("thứ tự"), default=0)
    is_notice = models.BooleanField(_("là thông báo"), default=False)

    objects = TenantManager.from_queryset(querysets.CategoryQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("chuyên mục")
        verbose_name_plural = _("chuyên mục")
        ordering: ClassVar = ["order", "name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "slug"], name="category_slug_in_unit")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Address of the category's list."""
        return reverse("news:category", args=[self.slug])


class Tag(TenantModel):
    """A word that ties articles together."""

    name = models.CharField(_("tên"), max_length=60)
    slug = models.CharField(_("nhãn địa chỉ"), max_length=80, validators=[SLUG])

    objects = TenantManager.from_queryset(querysets.TagQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("thẻ")
        verbose_name_plural = _("thẻ")
        ordering: ClassVar = ["name"]
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "slug"], name="tag_slug_in_unit")]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Address of the tag's list."""
        return reverse("news:tag", args=[self.slug])


class CategoryRight(TenantModel):
    """A person named for writing in or approving for a category; a category without such rows is open by role."""

    category = models.ForeignKey(Category, on_delete=models.CASCADE, related_name="rights")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    right = models.CharField(_("quyền"), max_length=8, choices=CategoryRightKind)

    objects = TenantManager.from_queryset(querysets.CategoryRightQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("quyền theo chuyên mục")
        verbose_name_plural = _("quyền theo chuyên mục")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["category", "user", "right"], name="category_right_once")
        ]

    def __str__(self) -> str:
        return f"{self.category}: {self.user} ({self.get_right_display()})"
