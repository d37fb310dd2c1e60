"""Dossiers: reading a unit's feeds, keeping what they told, dropping what is long over. Feeds are kept by the unit's office."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.models import User
from portal.core.tasks import start_after_commit
from portal.core.text import folded
from services.dossiers import Problem, Reading, SourceError, SourceRow, source_named
from services.models import Dossier, DossierFeed, Field, Procedure
from services.rules import dossiers as rules
from services.tasks.dossiers import count_months, read_feed_now

BATCH: Final = 1_000
FEEDS_AT_ONCE: Final = 10
_WRITTEN: Final = (
    *("feed", "number", "status", "status_words", "office", "procedure_code", "field_name"),
    *("received_on", "due_on", "finished_on", "seen_at"),
)
_CATALOGUE_LIMIT: Final = 20_000


class LostClaim(Exception):
    """Another worker has taken the feed over, because this one was silent for too long."""


# --- the office's verbs -----------------------------------------------------------------------------------------------


@transaction.atomic
def save_feed(*, feed: DossierFeed, actor: User) -> DossierFeed:
    """Keep a feed's address and ways; it is read as soon as a worker is free."""
    is_new = feed.pk is None
    feed.next_at, feed.body_digest = None, ""
    written = ["url", "format", "is_active", "every_minutes", "next_at", "body_digest"]
    feed.save(update_fields=None if is_new else written)
    record(verb="feed.add" if is_new else "feed.save", target=feed, actor=actor)
    if feed.is_active:
        start_after_commit(read_feed_now, unit_id=feed.unit_id, feed_id=feed.pk)
    return feed


@transaction.atomic
def delete_feed(*, feed: DossierFeed, actor: User) -> None:
    """Forget a feed and all its dossiers; its counted months stay until the unit's next feed is counted."""
    record(verb="feed.delete", target=feed, actor=actor)
    feed.delete()


@transaction.atomic
def ask_to_read(*, feed: DossierFeed, actor: User) -> None:
    """“Đọc ngay”: also what has not changed is read anew."""
    DossierFeed.objects.filter(pk=feed.pk).update(next_at=None, body_digest="")
    record(verb="feed.read", target=feed, actor=actor)
    start_after_commit(read_feed_now, unit_id=feed.unit_id, feed_id=feed.pk)


# --- reading ----------------------------------------------------------------------------------------------------------


def read_due_feeds() -> int:
    """Read the feeds of the unit in scope whose time has come; returns how many were looked at."""
    due = list(DossierFeed.objects.due(timezone.now()).values_list("pk", flat=True)[:FEEDS_AT_ONCE])
    return sum(read_feed(feed_id=pk) for pk in due)


def read_feed(*, feed_id: int) -> bool:
    """Look at one feed and keep what it says; False when it is not due, or another worker has it.

    Claimed by one conditional update. A worker that is killed half-way leaves whole batches behind; whoever takes the feed
    over after CLAIM_LASTS reads it from the beginning, which changes nothing that was right.
    """
    now = timezone.now()
    feed = DossierFeed.objects.filter(pk=feed_id).first()
    if feed is None:
        return False
    taken = DossierFeed.objects.filter(pk=feed_id).due(now)
    if not taken.update(claimed_at=now, last_tried_at=now, next_at=now + timedelta(minutes=feed.every_minutes)):
        return False
    claim = Claim(feed, now)
    try:
        reading = source_named(feed.format).read(feed.url, known_digest=feed.body_digest)
        keep_reading(feed=feed, reading=reading, claim=claim)
    except SourceError as error:
        claim.release(last_error=str(error)[:300])
    except LostClaim:
        return False
    return True


class Claim:
    """The right to write one feed's dossiers; it is told anew with each batch, and lost when somebody else took over."""

    def __init__(self, feed: DossierFeed, stamp: datetime) -> None:
        self.feed, self.stamp = feed, stamp

    def renew(self) -> None:
        """Say that the work goes on; raises LostClaim."""
        now = timezone.now()
        mine = DossierFeed.objects.filter(pk=self.feed.pk, claimed_at=self.stamp)
        if not mine.update(claimed_at=now):
            raise LostClaim
        self.stamp = now

    def release(self, **told: object) -> None:
        """Write down how it ended and let go; raises LostClaim."""
        mine = DossierFeed.objects.filter(pk=self.feed.pk, claimed_at=self.stamp)
        if not mine.update(claimed_at=None, **told):
            raise LostClaim


def keep_reading(*, feed: DossierFeed, reading: Reading, claim: Claim) -> None:
    """Keep what a look at the feed gave: dossiers in batches, each atomic, then the feed's own news.

    Every dossier that was named carries the moment of this reading (``seen_at``); those that were not keep an older one.
    Raises LostClaim.
    """
    now = timezone.now()
    if reading.is_unchanged and feed.last_read_at:
        Dossier.objects.filter(feed=feed, seen_at=feed.last_read_at).update(seen_at=now)
        claim.release(last_error="", last_read_at=now)
        return
    fields, procedures = _field_names()
    for start in range(0, len(reading.rows), BATCH):
        batch = reading.rows[start : start + BATCH]
        rows = [_dossier(feed, row, now, _field(row, fields, procedures)) for row in batch]
        with transaction.atomic():
            claim.renew()
            Dossier.objects.bulk_create(
                rows, update_conflicts=True, unique_fields=["unit", "key"], update_fields=_WRITTEN
            )
    with transaction.atomic():
        claim.release(**_news(feed, reading, now))
        feed.last_read_at = now
        Dossier.objects.filter(feed=feed).outdated(timezone.localdate(), rules.KEPT_DAYS).delete()
        if feed.first_read_at is None:
            start_after_commit(count_months, unit_id=feed.unit_id)


def _news(feed: DossierFeed, reading: Reading, now: datetime) -> dict[str, object]:
    return {
        "last_error": "",
        "last_read_at": now,
        "first_read_at": feed.first_read_at or now,
        "row_count": len(reading.rows),
        "problems": _plain(reading.problems),
        "problem_count": reading.problem_count,
        "body_digest": reading.digest,
    }


def _plain(problems: Iterable[Problem]) -> list[dict[str, object]]:
    return [{"line": problem.line, "problem": problem.words} for problem in problems]


def _dossier(feed: DossierFeed, row: SourceRow, now: datetime, field_name: str) -> Dossier:
    return Dossier(
        feed=feed,
        number=row.number,
        key=rules.dossier_key(row.number),
        status=row.status,
        status_words=row.status_words,
        office=row.office,
        procedure_code=row.procedure_code,
        field_name=field_name,
        received_on=row.received_on,
        due_on=row.due_on,
        finished_on=row.finished_on,
        seen_at=now,
    )


def _field_names() -> tuple[dict[str, str], dict[str, str]]:
    """(folded name → the catalogue's spelling, procedure code → its field's name); two bounded queries."""
    names = Field.objects.values_list("name", flat=True)[:_CATALOGUE_LIMIT]
    codes = Procedure.objects.values_list("code", "field__name")[:_CATALOGUE_LIMIT]
    return {folded(name): name for name in names}, dict(codes)


def _field(row: SourceRow, fields: dict[str, str], procedures: dict[str, str]) -> str:
    """The field in the catalogue's spelling; where the source has none, the procedure's; else the rest of all fields."""
    said = fields.get(folded(row.field_name), row.field_name) or procedures.get(row.procedure_code, "")
    return said[:250] or _("Lĩnh vực khác")


# --- a reading made by other means than the feed's task: an installation's own code, the demo ---------------------------


def keep_found(*, feed: DossierFeed, reading: Reading) -> None:
    """Keep a reading that somebody else has made; see keep_reading. Raises LostClaim when a worker is reading the feed."""
    now = timezone.now()
    if not DossierFeed.objects.filter(pk=feed.pk).free(now).update(claimed_at=now, last_tried_at=now):
        raise LostClaim
    keep_reading(feed=feed, reading=reading, claim=Claim(feed, now))
