"""Reads of the register as citizens see it. Each walks one index in its order; nothing here is sorted by the database.

The order is ``sort_on`` (day of issue, or the first day of the year where only that is known), then id: both never NULL, so the
order is total, the same on SQLite and PostgreSQL, and a page begins exactly behind the last row of the one before.
"""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any, Self

from django.db.models import DateField, F, Max, Min, Q, QuerySet, Value

from news.enums.document_register import EffectChoice
from news.enums.documents import DocumentReach, DocumentStatus
from news.rules import FEED_SIZE
from news.rules.document_numbers import NumberQuery
from news.rules.document_register import (
    CHOICE_LIMIT,
    COUNT_LIMIT,
    FIELD,
    ISSUER,
    NEWEST,
    PAGE_SIZE,
    TYPE,
    Asked,
    Place,
)
from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from news.models import Document

NOT_LISTED = ("search_text", "notes", "source_url", "source_ref", "withdrawal_note")


def _effect_rule(effect: str, today: date) -> Q:
    """The same as news.rules.documents.effect_on, asked of the database; tests compare the two day by day."""
    over = Q(expires_on__isnull=False, expires_on__lt=today)
    coming = Q(effective_from__isnull=False, effective_from__gt=today)
    partly = Q(partly_from__isnull=False, partly_from__lte=today)
    stated = Q(effective_from__isnull=False)
    return {
        EffectChoice.OVER.value: over,
        EffectChoice.COMING.value: coming & ~over,
        EffectChoice.PARTLY.value: partly & ~coming & ~over,
        EffectChoice.IN_FORCE.value: (stated | partly) & ~coming & ~over,
        EffectChoice.UNSTATED.value: ~stated & ~partly & ~over,
    }[effect]


class DocumentRegisterQuerySet(TenantQuerySet["Document"]):
    """Documents before citizens."""

    def published(self) -> Self:
        """What citizens see."""
        return self.filter(status=DocumentStatus.PUBLISHED)

    def readable(self) -> Self:
        """What has a page: published documents, and withdrawn ones, whose page says why."""
        return self.filter(status__in=(DocumentStatus.PUBLISHED, DocumentStatus.WITHDRAWN))

    def own_or_shared(self, unit_id: int) -> Self:
        """For a scope over the unit and the province: all of the unit's, of the province only what it shares down."""
        return self.filter(Q(unit_id=unit_id) | Q(reach=DocumentReach.ALL))

    def shared_down(self) -> Self:
        """In every register of the province."""
        return self.filter(reach=DocumentReach.ALL)

    def newest_first(self) -> Self:
        """The register's order."""
        return self.order_by("-sort_on", "-pk")

    def for_list(self) -> Self:
        """What a row of a list shows, in one query."""
        return self.select_related("type").defer(*NOT_LISTED)

    def for_detail(self) -> Self:
        """What a document's page shows of its own row."""
        return self.select_related("type", "field").defer("search_text")

    def for_feed(self) -> list["Document"]:
        """The last ones put before citizens, whenever they were issued; bounded."""
        return list(self.published().for_list().order_by("-published_at", "-pk")[:FEED_SIZE])

    def newest(self) -> list["Document"]:
        """A handful for the front page."""
        return list(self.published().for_list().newest_first()[:NEWEST])

    def numbered(self, number: NumberQuery) -> Self:
        """Documents that a typed number may mean; walks the index of serials."""
        rows = self.filter(serial=number.serial)
        if number.year:
            rows = rows.filter(Q(year=number.year) | Q(search_text__contains=f" {number.year} "))
        return rows.saying(number.words)

    def saying(self, words: Sequence[str]) -> Self:
        """Documents whose number, type, issuer or abstract has all these words, without marks (rules.document_numbers)."""
        rows = self
        for word in words:
            rows = rows.filter(search_text__contains=f" {word} ")
        return rows

    def in_effect(self, effect: str, today: date) -> Self:
        """Documents whose effect on ``today`` is the chosen one (EffectChoice); an empty choice filters nothing."""
        return self.filter(_effect_rule(effect, today)) if effect else self

    def matching(self, asked: Asked, today: date) -> Self:
        """What a reader asked for, except whose documents: that is a matter of scope (news.document_register)."""
        rows = self.numbered(asked.number) if asked.number else self.saying(asked.words)
        exact: dict[str, Any] = {
            "type__slug": asked.type_slug, "group": asked.group, "field__slug": asked.field_slug, "issuer": asked.issuer,
        }  # fmt: skip
        rows = rows.filter(**{name: value for name, value in exact.items() if value})
        if asked.year:
            rows = rows.filter(sort_on__gte=date(asked.year, 1, 1), sort_on__lte=date(asked.year, 12, 31))
        return rows.in_effect(asked.effect, today)

    def page_after(self, place: Place | None, size: int = PAGE_SIZE) -> list["Document"]:
        """One page and one row more behind ``place`` (from the newest where None), newest first."""
        rows = self.for_list().newest_first()
        if place:
            rows = rows.filter(sort_on__lte=place.day).filter(Q(sort_on__lt=place.day) | Q(pk__lt=place.pk))
        return list(rows[: size + 1])

    def page_before(self, place: Place, size: int = PAGE_SIZE) -> list["Document"]:
        """One page and one row more before ``place``, oldest first."""
        rows = self.for_list().order_by("sort_on", "pk")
        rows = rows.filter(sort_on__gte=place.day).filter(Q(sort_on__gt=place.day) | Q(pk__gt=place.pk))
        return list(rows[: size + 1])

    def counted(self) -> int:
        """How many, up to COUNT_LIMIT and one more."""
        return self.order_by().values("pk")[: COUNT_LIMIT + 1].count()

    def choices(self, types: QuerySet[Any], fields: QuerySet[Any]) -> list[dict[str, Any]]:
        """What a filter offers, in one query: who issued these documents (with the first and last day), all types, all fields.

        Rows {which, place, label, value, first, last}; ``which`` is ISSUER, TYPE or FIELD. Bounded.
        """
        columns = ("which", "place", "label", "value", "first", "last")
        issuers = self.order_by().values(label=F("issuer")).annotate(
            which=Value(ISSUER), place=Value(0), value=Value(""), first=Min("sort_on"), last=Max("sort_on")
        )  # fmt: skip
        no_day = Value(None, DateField())
        named = [
            rows.order_by().values(
                which=Value(which), place=F("order"), label=F("name"), value=F("slug"), first=no_day, last=no_day
            )
            for which, rows in ((TYPE, types), (FIELD, fields))
        ]
        union = issuers.values(*columns).union(*(rows.values(*columns) for rows in named), all=True)
        return list(union.order_by("which", "place", "label")[:CHOICE_LIMIT])
