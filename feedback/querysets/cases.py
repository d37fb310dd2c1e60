"""Reads of cases: by the units that have a part in them, and by whoever knows code and telephone number, or the link."""

from collections.abc import Collection
from datetime import date, datetime
from typing import TYPE_CHECKING, Self, TypeVar

from django.apps import apps
from django.db import models
from django.db.models import Exists, F, OuterRef, Q

from feedback.enums.cases import OPEN, RUNNING, CaseKind, CaseStatus, Escalation, FileState, Moderation
from portal.core.tenancy import current_unit_id
from portal.core.tenancy.shared import SharedManager

if TYPE_CHECKING:
    from feedback.models import Case, CaseEvent, CaseFile, CaseParty

M = TypeVar("M", bound=models.Model)
PAGE_SIZE = 20
CHAIN_SHOWN = 60


def _has_part(unit_ids: Collection[int], case_key: str) -> Q:
    """Whether one of these units has a part in the case: asked row by row, since the province has one in every case."""
    parties = apps.get_model("feedback", "CaseParty")._base_manager.order_by()
    return Q(Exists(parties.filter(case_id=OuterRef(case_key), unit_id__in=list(unit_ids))))


class CaseManager(SharedManager[M]):
    """Cases in which the unit in scope has a part."""

    def _seen_by(self, unit_ids: Collection[int]) -> Q:
        return _has_part(unit_ids, "pk")


class CasePartManager(SharedManager[M]):
    """Rows about such cases (events, files, the sender …)."""

    def _seen_by(self, unit_ids: Collection[int]) -> Q:
        return _has_part(unit_ids, "case_id")


class CasePartyManager(SharedManager[M]):
    """The unit's own parts, nobody else's: lists begin here, so no join is needed to know what may be seen."""

    def _seen_by(self, unit_ids: Collection[int]) -> Q:
        return Q(unit_id__in=unit_ids)


class CaseQuerySet(models.QuerySet["Case"]):
    """Cases."""

    def held(self) -> Self:
        """Those that the unit in scope must handle, now or once."""
        return self.filter(holder_id=current_unit_id())

    def open(self) -> Self:
        """The office still owes something."""
        return self.filter(status__in=OPEN)

    def not_spam(self) -> Self:
        """Without the heap that nobody has to look at."""
        return self.exclude(moderation=Moderation.SPAM)

    def public(self) -> Self:
        """What everybody may read."""
        return self.filter(moderation=Moderation.PUBLIC)

    def of_kind(self, *kinds: CaseKind) -> Self:
        """Of one kind or several."""
        return self.filter(kind__in=kinds)

    def to_moderate(self) -> Self:
        """What a moderator of the holding unit must look at, longest waiting first."""
        return self.held().filter(moderation=Moderation.WAITING).order_by("pk")

    def spam_before(self, moment: datetime) -> Self:
        """Rubbish that came before ``moment`` and was not touched by a moderator since; the oldest first.

        What another case was merged into stays: that one points at it.
        """
        untouched = Q(moderated_at__isnull=True) | Q(moderated_at__lt=moment)
        return self.filter(untouched, moderation=Moderation.SPAM, received_at__lt=moment, merged__isnull=True)

    def overdue(self, today: date) -> Self:
        """The clock runs, and the day is over."""
        return self.filter(status__in=RUNNING, due_on__lt=today)

    def to_remind(self, today: date, last: date) -> Self:
        """By holder: the clock runs and the day is over or comes before ``last``, and somebody may not know it yet."""
        known = Q(due_on__lt=today, escalation=Escalation.PROVINCE) | Q(due_on__gte=today, reminded_on__isnull=False)
        rows = self.not_spam().filter(status__in=RUNNING, due_on__lte=last).exclude(known)
        return rows.by_holder()

    def by_holder(self) -> Self:
        """With the holding unit's id as ``unit_id``, for portal.core.tasks.unit_ids_with."""
        return self.annotate(unit_id=F("holder_id"))

    def for_page(self) -> Self:
        """With what the public page and the lists show of each."""
        rows = self.select_related("category", "holder", "commune", "intake_unit")
        return rows.defer("sealed_text", "holder__boundary", "commune__boundary", "intake_unit__boundary")

    def unanswered_since(self, moment: datetime) -> Self:
        """Answered before ``moment``, and the sender has not said whether it is solved."""
        return self.filter(status=CaseStatus.ANSWERED, answered_at__lte=moment, solved="")


class CasePartyQuerySet(models.QuerySet["CaseParty"]):
    """One unit's part in each case, with what lists are filtered and ordered by."""

    def mine(self) -> Self:
        """Of the unit in scope."""
        return self.filter(unit_id=current_unit_id())

    def listed(self, kind: CaseKind) -> Self:
        """What the unit's public list shows, newest first. Merged ones stand with the case they were merged into."""
        rows = self.mine().filter(kind=kind, is_public=True).exclude(status=CaseStatus.MERGED)
        return rows.order_by("-published_at", "-case_id")


class CaseEventQuerySet(models.QuerySet["CaseEvent"]):
    """What happened."""

    def public(self) -> Self:
        """The timeline that everybody sees."""
        return self.filter(is_public=True)

    def for_desk(self) -> Self:
        """What the unit in scope may read: the public part, and its own notes."""
        return self.filter(Q(is_public=True) | Q(unit_id=current_unit_id()))

    def in_order(self) -> Self:
        """Oldest first, with the units' names."""
        rows = self.select_related("unit", "to_unit").defer("unit__boundary", "to_unit__boundary")
        return rows.order_by("at", "pk")


class CaseFileQuerySet(models.QuerySet["CaseFile"]):
    """Pictures and videos."""

    def ready(self) -> Self:
        """Re-encoded by us; nothing else is ever sent to a browser."""
        return self.filter(state=FileState.READY)

    def public(self) -> Self:
        """What everybody may see."""
        return self.ready().filter(is_public=True).exclude(public_path="")

    def shown_as(self, name: str) -> Self:
        """The public copy with this name under MEDIA_ROOT, large or small, of a case that everybody may read."""
        named = Q(public_path=name) | Q(public_small=name)
        return self.public().filter(named, case__moderation=Moderation.PUBLIC)

    def of_sender(self) -> Self:
        """What came with the case or was added by its sender."""
        return self.filter(is_from_sender=True)

    def of_office(self) -> Self:
        """Pictures of the result."""
        return self.filter(is_from_sender=False)
