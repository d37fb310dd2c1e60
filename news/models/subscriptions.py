"""Who wants the unit's news by e-mail."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from news.enums import Rhythm
from news.models.sections import Category
from news.querysets.subscriptions import SubscriptionQuerySet
from news.rules.digests import masked_address
from portal.core.tenancy.models import TenantModel
from portal.core.tenancy.querysets import TenantManager


class Subscription(TenantModel):
    """One address that asked for digests; nothing is sent to it before its owner has confirmed.

    Asking again for a confirmed address makes a second, unconfirmed row: what its owner has chosen stays until they
    confirm the new choice themselves. Leaving deletes the row.
    """

    email = models.EmailField(_("địa chỉ thư"), max_length=254)
    whole_unit = models.BooleanField(_("mọi chuyên mục"), default=True)
    categories = models.ManyToManyField(Category, blank=True, related_name="+", verbose_name=_("chuyên mục"))
    rhythm = models.CharField(_("bao lâu một lần"), max_length=6, choices=Rhythm, default=Rhythm.WEEKLY)
    asked_at = models.DateTimeField(_("đăng ký lúc"), default=timezone.now)
    # Which wording of the consent was agreed to, and when: it must be provable (Luật 91/2025/QH15 Điều 9).
    consent_version = models.CharField(max_length=20)
    consented_at = models.DateTimeField(_("đồng ý lúc"), default=timezone.now)
    # When the mail that asks for confirming went out.
    mailed_at = models.DateTimeField(null=True, blank=True)
    confirmed_at = models.DateTimeField(_("xác nhận lúc"), null=True, blank=True)
    # Everything published up to here is already in a digest.
    last_sent_at = models.DateTimeField(_("thư gần nhất"), null=True, blank=True)
    # The claim: a worker moves it before it sends (news.actions.digests).
    next_due_at = models.DateTimeField(null=True, blank=True)
    # Digests in a row that the address itself refused.
    refusals = models.PositiveSmallIntegerField(default=0)

    objects = TenantManager.from_queryset(SubscriptionQuerySet)()

    class Meta(TenantModel.Meta):
        verbose_name = _("người nhận tin qua thư")
        verbose_name_plural = _("người nhận tin qua thư")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["unit", "email"], condition=Q(confirmed_at__isnull=False), name="subscription_confirmed_once"
            ),
            models.UniqueConstraint(
                fields=["unit", "email"], condition=Q(confirmed_at__isnull=True), name="subscription_pending_once"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True) | Q(last_sent_at__isnull=False, next_due_at__isnull=False),
                name="subscription_confirmed_has_dates",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["next_due_at"], condition=Q(confirmed_at__isnull=False), name="subscription_due"),
            models.Index(fields=["asked_at"], condition=Q(confirmed_at__isnull=True), name="subscription_pending"),
        ]

    def __str__(self) -> str:
        return masked_address(self.email)
