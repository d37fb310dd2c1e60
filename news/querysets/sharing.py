"""Reads of what travels between units: seen by who sent it and by whom it was sent to, by nobody else."""

from datetime import datetime
from typing import TYPE_CHECKING, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import F, Q

from news.enums.sharing import ShareMode, ShareState
from portal.core.tenancy import current_unit_id
from portal.core.tenancy.shared import SharedManager

if TYPE_CHECKING:
    from collections.abc import Collection

    from news.models import Article, SharedArticle, ShareDelivery

DELIVERIES_SHOWN = 400
M = TypeVar("M", bound=models.Model)


class ParcelQuerySet(models.QuerySet["SharedArticle"]):
    """Texts as they were sent."""

    def of_article(self, article: "Article") -> "SharedArticle | None":
        """The parcel of one article of the unit in scope; None when it was never shared."""
        return self.filter(from_unit_id=current_unit_id(), source_id=article.pk).first()


class DeliveryQuerySet(models.QuerySet["ShareDelivery"]):
    """One text at one receiving unit."""

    def incoming(self) -> Self:
        """What was sent to the unit in scope."""
        return self.filter(to_unit_id=current_unit_id())

    def outgoing(self) -> Self:
        """What the unit in scope has sent."""
        return self.filter(from_unit_id=current_unit_id())

    def waiting(self) -> Self:
        """What a person of the receiving unit must decide about."""
        return self.filter(state=ShareState.WAITING, mode=ShareMode.OFFERED)

    def alerting(self) -> Self:
        """Copies whose source changed and that do not follow by themselves."""
        return self.exclude(alert="")

    def needing_a_person(self) -> Self:
        """Both: what waits for a decision, and what changed at its source."""
        return self.filter(Q(state=ShareState.WAITING, mode=ShareMode.OFFERED) | ~Q(alert=""))

    def due(self, now: datetime) -> Self:
        """What the machine has to do: publish a mandatory text, or follow a changed source."""
        return self.filter(due_at__lte=now)

    def by_receiver(self) -> Self:
        """With the receiving unit's id as ``unit_id``, for portal.core.tasks.unit_ids_with."""
        return self.annotate(unit_id=F("to_unit_id"))

    def with_parcel(self) -> Self:
        """Parcel and both units in the same query, without the texts that a list does not show."""
        rows = self.select_related("parcel", "from_unit", "to_unit", "handled_by", "sent_by")
        return rows.defer(
            "parcel__body", "parcel__pictures", "parcel__attachments", "from_unit__boundary", "to_unit__boundary"
        )

    def of_article(self, article: "Article") -> Self:
        """Where one article of the unit in scope went, newest first; bounded."""
        rows = self.outgoing().filter(parcel__source_id=article.pk).with_parcel()
        return rows.order_by("-direction", "to_unit__sort_name", "pk")[:DELIVERIES_SHOWN]

    def of_copy(self, article: "Article") -> "ShareDelivery | None":
        """How a copy in the unit in scope came here; None for an own article."""
        if article.origin_article_id is None or article.pk is None:
            return None
        rows = self.incoming().filter(local_article_id=article.pk)
        return rows.select_related("parcel", "from_unit").defer("parcel__body", "from_unit__boundary").first()

    def locks(self, article: "Article") -> bool:
        """Whether the article is a copy whose text the receiving unit can not change nor take away."""
        if article.origin_article_id is None or article.pk is None:
            return False
        return self.incoming().filter(local_article_id=article.pk, mode=ShareMode.MANDATORY).exists()


class ParcelManager(SharedManager[M]):
    """Parcels that the unit in scope sent or was sent."""

    def _seen_by(self, unit_ids: "Collection[int]") -> Q:
        deliveries = apps.get_model("news", "ShareDelivery")._base_manager
        received = deliveries.filter(to_unit_id__in=unit_ids).order_by().values("parcel_id")
        return Q(from_unit_id__in=unit_ids) | Q(pk__in=received)


class DeliveryManager(SharedManager[M]):
    """Deliveries that the unit in scope sent or was sent."""

    def _seen_by(self, unit_ids: "Collection[int]") -> Q:
        return Q(to_unit_id__in=unit_ids) | Q(from_unit_id__in=unit_ids)
