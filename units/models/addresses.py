"""Old addresses of a unit's site and where they lead now."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager
from units import querysets
from units.addresses import PATH_LIMIT, QUERY_LIMIT, TARGET_LIMIT
from units.enums import RedirectReason


class Redirect(TenantModel):
    """One old address that leads elsewhere for good.

    ``old_path`` and ``old_query`` are spelled as units.addresses.address_key does; ``target`` is a path of the unit's own
    site or ``//host/path`` of another site of this portal, never anything else. units.actions.redirects alone writes rows:
    no row leads to an address that another row leads away from.
    """

    old_path = models.CharField(_("địa chỉ cũ"), max_length=PATH_LIMIT)
    old_query = models.CharField(_("phần sau dấu hỏi"), max_length=QUERY_LIMIT, blank=True)
    target = models.CharField(_("dẫn tới"), max_length=TARGET_LIMIT)
    reason = models.CharField(_("vì sao"), max_length=8, choices=RedirectReason, default=RedirectReason.HAND)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )
    created_at = models.DateTimeField(_("ghi lúc"), auto_now_add=True)

    objects = TenantManager.from_queryset(querysets.RedirectQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("địa chỉ cũ")
        verbose_name_plural = _("địa chỉ cũ")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["unit", "old_path", "old_query"], name="redirect_once"),
            models.CheckConstraint(condition=Q(target__startswith="/"), name="redirect_target_is_a_path"),
        ]
        indexes: ClassVar = [models.Index(fields=["unit", "target"], name="redirect_unit_target")]

    def __str__(self) -> str:
        return self.old_address

    @property
    def old_address(self) -> str:
        """The old address as people write it."""
        return f"{self.old_path}?{self.old_query}" if self.old_query else self.old_path


class QueryShape(TenantModel):
    """Which names in a query string tell the unit's old pages apart on one path: ``/`` with ``cn,gd,tc``.

    One row for each kind of old address, not for each address. ``is_live`` marks paths that a page of ours answers too:
    those must be looked at before that page is served, all others only when nothing was found.
    """

    path = models.CharField(max_length=PATH_LIMIT)
    names = models.CharField(max_length=QUERY_LIMIT)
    is_live = models.BooleanField(default=False)

    objects = TenantManager.from_queryset(querysets.QueryShapeQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("dạng địa chỉ cũ")
        verbose_name_plural = _("dạng địa chỉ cũ")
        constraints: ClassVar = [models.UniqueConstraint(fields=["unit", "path", "names"], name="query_shape_once")]
        indexes: ClassVar = [
            models.Index(fields=["unit"], condition=Q(is_live=True), name="query_shape_live"),
        ]

    def __str__(self) -> str:
        return f"{self.path}?{self.names}"
