"""Reads of polls and dialogues."""

from datetime import datetime
from typing import TYPE_CHECKING, Self

from feedback.enums.polls import DialogueQuestionState, DialogueStatus
from portal.core.tenancy.querysets import TenantQuerySet

if TYPE_CHECKING:
    from feedback.models import Dialogue, DialogueQuestion, Poll, PollBallot, PollOption


class PollQuerySet(TenantQuerySet["Poll"]):
    """Polls."""

    def published(self) -> Self:
        """What citizens see, those that end last first."""
        return self.filter(is_published=True).order_by("-closes_at", "-pk")

    def running(self, now: datetime) -> Self:
        """One can vote now."""
        return self.published().filter(opens_at__lte=now, closes_at__gt=now)


class PollOptionQuerySet(TenantQuerySet["PollOption"]):
    """Options."""


class PollBallotQuerySet(TenantQuerySet["PollBallot"]):
    """Votes."""

    def hashed_before(self, moment: datetime) -> Self:
        """Those that still carry an address hash of a day that is over."""
        return self.filter(at__lt=moment).exclude(address_hash="")


class DialogueQuerySet(TenantQuerySet["Dialogue"]):
    """Dialogues."""

    def announced(self) -> Self:
        """What citizens see, newest first."""
        return self.exclude(status=DialogueStatus.DRAFT).order_by("-starts_at", "-pk")


class DialogueQuestionQuerySet(TenantQuerySet["DialogueQuestion"]):
    """Questions to a leader."""

    def shown(self) -> Self:
        """What other readers see."""
        return self.filter(state__in=(DialogueQuestionState.QUEUED, DialogueQuestionState.ANSWERED))

    def hashed_before(self, moment: datetime) -> Self:
        """Those that still carry an address hash of a day that is over."""
        return self.filter(sent_at__lt=moment).exclude(address_hash="")
