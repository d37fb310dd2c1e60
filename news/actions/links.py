"""The link check: what stands in texts and leads nowhere. Links inside the portal are looked up, others are asked politely.

An own link that has no page is dead at once. Another site's link is dead when it failed for certain (404, 410, no such host,
wrong certificate) on two different days; who refuses machines or is slow is “not sure” and never counted as dead.
"""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape
from typing import Final

from django.db import transaction
from django.utils import timezone

from news.actions.link_answers import OutsideAsker, Verdict, verdict_inside
from news.enums.imports import LinkState
from news.models import Article, DeadLink, LinkRound, Page
from news.tasks.links import recheck_link
from portal.core.audit import record
from portal.core.models import User
from portal.core.tasks import start_after_commit

TEXTS_AT_ONCE: Final = 20
ASKED_A_RUN: Final = 200
"""Addresses outside that one task asks before it leaves the rest to the next one."""
TAKEN_OVER_AFTER: Final = timedelta(minutes=15)
RUN_FOR: Final = timedelta(minutes=4)
MOST_LINKS: Final = 300
_LINK: Final = re.compile(r"<(?:a\b[^>]*?\bhref|img\b[^>]*?\bsrc)=\"([^\"]+)\"", re.IGNORECASE)
URL_LIMIT: Final = 1000
_KINDS: Final = {"article": Article, "page": Page}
_AFTER: Final = {"article": "page", "page": ""}


@dataclass(frozen=True, slots=True)
class Text:
    """A text whose links are looked at."""

    kind: str
    pk: int
    title: str
    body: str


def links_in(body: str) -> list[str]:
    """Addresses of links and pictures in a text, each once; those inside the page, mail and telephone left out."""
    found = dict.fromkeys(unescape(match[1]).strip() for match in _LINK.finditer(body))
    return [url for url in found if url and not url.startswith(("#", "mailto:", "tel:"))][:MOST_LINKS]


def digest_of_url(url: str) -> str:
    """What tells long addresses apart in the index."""
    return hashlib.sha256(url.encode()).hexdigest()[:32]


# --- one text ---------------------------------------------------------------------------------------------------------


def check_text(text: Text, asker: OutsideAsker) -> None:
    """Look at every link of one text and write down what is wrong with it; what is right again goes."""
    links = links_in(text.body)
    verdicts = {url: verdict_inside(url) or asker(url) for url in links}
    with transaction.atomic():
        known = {row.url_digest: row for row in DeadLink.objects.in_text(text.kind, text.pk)}
        here = {digest_of_url(url): url for url in links}
        for digest, url in here.items():
            verdict = verdicts[url]
            if verdict.is_fine:
                if digest in known:
                    known.pop(digest).delete()
            elif not verdict.is_unasked:
                _write(known.get(digest), text, url, verdict)
        gone = [row.pk for digest, row in known.items() if digest not in here]
        if gone:
            DeadLink.objects.filter(pk__in=gone).delete()


def _write(row: DeadLink | None, text: Text, url: str, verdict: Verdict) -> None:
    now = timezone.now()
    if row is None:
        row = DeadLink(
            url=url[:URL_LIMIT], url_digest=digest_of_url(url), found_kind=text.kind, found_id=text.pk, times_failed=0
        )
    state = _state(row, verdict, now)
    if not row.times_failed or timezone.localdate(row.last_checked) != timezone.localdate(now):
        row.times_failed += 1
    row.found_title, row.fault, row.status = text.title[:300], str(verdict.fault), verdict.status
    row.state, row.last_checked = state, now
    row.save()


def _state(row: DeadLink, verdict: Verdict, now: datetime) -> LinkState:
    if row.pk and row.state == LinkState.IGNORED:
        return LinkState.IGNORED
    if verdict.is_inside:
        return LinkState.DEAD
    if not verdict.is_certain:
        return LinkState.UNSURE
    failed_before = row.pk and row.state in (LinkState.SUSPECT, LinkState.DEAD)
    if failed_before and (
        row.state == LinkState.DEAD or timezone.localdate(row.last_checked) < timezone.localdate(now)
    ):
        return LinkState.DEAD
    return LinkState.SUSPECT


def forget_mended(*, kind: str, pk: int, body: str) -> None:
    """After a save: faults of links that no longer stand in the text go at once; one query for texts without any."""
    rows = list(DeadLink.objects.in_text(kind, pk))
    if rows:
        here = {digest_of_url(url) for url in links_in(body)}
        DeadLink.objects.filter(pk__in=[row.pk for row in rows if row.url_digest not in here]).delete()


# --- a round over the unit --------------------------------------------------------------------------------------------


@transaction.atomic
def begin_round() -> LinkRound:
    """Start the unit's round anew; one that is still under way is left to go on."""
    idle = timezone.now() - timedelta(days=1)
    row, _created = LinkRound.objects.get_or_create(defaults={"finished_at": idle, "seen_at": idle})
    LinkRound.objects.filter(pk=row.pk, finished_at__isnull=False).update(
        started_at=timezone.now(), finished_at=None, next_kind="article", after_id=0, checked=0, seen_at=idle
    )
    return row


def go_on_with_round(*, asker: OutsideAsker | None = None, now: Callable[[], datetime] = timezone.now) -> bool:
    """Check the next texts of the unit's round; True when something is left for another run.

    Whoever works on it claims it first; a killed worker's claim is taken over after a while, and at most the texts it had
    in hand are looked at twice.
    """
    began = now()
    rounds = LinkRound.objects.unfinished(began - TAKEN_OVER_AFTER)
    if not rounds.update(seen_at=began):
        return False
    row = LinkRound.objects.get()
    asker = asker or OutsideAsker(limit=ASKED_A_RUN)
    while now() - began < RUN_FOR and asker.may_go_on:
        texts = _next_texts(row)
        for text in texts:
            check_text(text, asker)
        if texts:
            row.after_id, row.checked = texts[-1].pk, row.checked + len(texts)
        elif _AFTER[row.next_kind]:
            row.next_kind, row.after_id = _AFTER[row.next_kind], 0
        else:
            _end_round(row)
            return False
        _save_place(row, now())
    # Let go of it, so that the next run need not wait.
    _save_place(row, now() - TAKEN_OVER_AFTER * 2)
    return True


def _next_texts(row: LinkRound) -> list[Text]:
    rows: Iterable[Article | Page]
    if row.next_kind == "article":
        rows = Article.objects.readable().filter(pk__gt=row.after_id).order_by("pk").only("unit", "title", "body")
    else:
        rows = Page.objects.published().filter(pk__gt=row.after_id).order_by("pk").only("unit", "title", "body")
    return [Text(row.next_kind, found.pk, found.title, found.body) for found in rows[:TEXTS_AT_ONCE]]


def _save_place(row: LinkRound, seen_at: datetime) -> None:
    LinkRound.objects.filter(pk=row.pk).update(
        next_kind=row.next_kind, after_id=row.after_id, checked=row.checked, seen_at=seen_at
    )


def _end_round(row: LinkRound) -> None:
    now = timezone.now()
    LinkRound.objects.filter(pk=row.pk).update(finished_at=now, seen_at=now, checked=row.checked)
    # Texts that were taken away, and links nobody has met in this round.
    DeadLink.objects.filter(last_checked__lt=row.started_at).exclude(pk__in=_still_read()).delete()


def _still_read() -> list[int]:
    """Faults in texts that citizens can still read: those stay until their link was asked again."""
    keep = []
    for kind, model in _KINDS.items():
        rows = DeadLink.objects.filter(found_kind=kind).values_list("pk", "found_id")[:5000]
        there: set[int] = set()
        ids = {found_id for _pk, found_id in rows}
        if model is Article:
            there = set(Article.objects.readable().filter(pk__in=ids).values_list("pk", flat=True))
        else:
            there = set(Page.objects.published().filter(pk__in=ids).values_list("pk", flat=True))
        keep += [pk for pk, found_id in rows if found_id in there]
    return keep


# --- single links -----------------------------------------------------------------------------------------------------


def recheck(*, link_id: int, asker: OutsideAsker | None = None) -> bool:
    """Try one link again; False when it is gone, or no longer in its text."""
    row = DeadLink.objects.filter(pk=link_id).first()
    if row is None:
        return False
    text = text_of(row)
    if text is None or row.url_digest not in {digest_of_url(url) for url in links_in(text.body)}:
        row.delete()
        return False
    url = next(url for url in links_in(text.body) if digest_of_url(url) == row.url_digest)
    verdict = verdict_inside(url) or (asker or OutsideAsker(limit=1, uses_cache=False))(url)
    if verdict.is_fine:
        row.delete()
    elif not verdict.is_unasked:
        _write(row, text, url, verdict)
    return True


def text_of(row: DeadLink) -> Text | None:
    """The text a link stands in; None when it was deleted."""
    found: Article | Page | None = None
    if row.found_kind == "article":
        found = Article.objects.filter(pk=row.found_id).only("unit", "title", "body").first()
    elif row.found_kind == "page":
        found = Page.objects.filter(pk=row.found_id).only("unit", "title", "body").first()
    return Text(row.found_kind, found.pk, found.title, found.body) if found else None


def recheck_suspects() -> int:
    """Try those again that failed once, on an earlier day; bounded."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    asker = OutsideAsker(limit=ASKED_A_RUN)
    ids = list(DeadLink.objects.to_try_again(today).values_list("pk", flat=True)[:ASKED_A_RUN])
    return sum(recheck(link_id=pk, asker=asker) for pk in ids)


@transaction.atomic
def ask_again(*, link: DeadLink, actor: User | None) -> None:
    """A clerk wants to know whether a link works again."""
    record(verb="link.recheck", target=link, actor=actor)
    start_after_commit(recheck_link, unit_id=link.unit_id, link_id=link.pk)


@transaction.atomic
def ignore_link(*, link: DeadLink, actor: User | None) -> bool:
    """Leave a link as it is: it is not counted any more; False when it was ignored already."""
    changed = DeadLink.objects.filter(pk=link.pk).exclude(state=LinkState.IGNORED).update(state=LinkState.IGNORED)
    if changed:
        record(verb="link.ignore", target=link, actor=actor)
    return bool(changed)


@transaction.atomic
def heed_link(*, link: DeadLink, actor: User | None) -> bool:
    """Count an ignored link again; it is tried anew."""
    changed = DeadLink.objects.filter(pk=link.pk, state=LinkState.IGNORED).update(state=LinkState.SUSPECT)
    if changed:
        record(verb="link.heed", target=link, actor=actor)
        start_after_commit(recheck_link, unit_id=link.unit_id, link_id=link.pk)
    return bool(changed)
