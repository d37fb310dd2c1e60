"""What the moderator's screens read: piles by keyset, one case beside what its sender wrote, what comes next."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy

from feedback.enums import CommentMark
from feedback.enums.cases import CaseKind, EventKind, Moderation
from feedback.models import Case, CaseEvent, CaseFile
from feedback.rules.words import clean_words
from portal.core.sealing import Unreadable, unseal

PAGE_SIZE: Final = 20
COUNT_LIMIT: Final = 100
FILES_SHOWN: Final = 60


@dataclass(frozen=True, slots=True)
class Pile:
    """One tab: its name in the address, its words, what lies on it, and what to say when nothing does."""

    slug: str
    label: Promise
    moderation: Moderation
    empty: Promise

    @property
    def waits(self) -> bool:
        """Read from the longest waiting on; all others from the newest."""
        return self.moderation == Moderation.WAITING


PILES: Final = {
    pile.slug: pile
    for pile in (
        Pile("cho", gettext_lazy("Chờ duyệt"), Moderation.WAITING, gettext_lazy(
            "Không còn gì chờ duyệt. Phản ánh, câu hỏi mới hiện ở đây khi người gửi đồng ý công khai.")),
        Pile("rac", gettext_lazy("Nghi rác"), Moderation.SPAM, gettext_lazy(
            "Không có gì ở mục rác. Máy để riêng vào đây những gì có lời quảng cáo, cờ bạc.")),
        Pile("cong-khai", gettext_lazy("Công khai"), Moderation.PUBLIC, gettext_lazy("Chưa có phản ánh, câu hỏi nào công khai.")),
        Pile("khong", gettext_lazy("Không công khai"), Moderation.PRIVATE, gettext_lazy(
            "Không có phản ánh, câu hỏi nào bị giữ lại.")),
    )
}  # fmt: skip


def lying_on(pile: Pile) -> "QuerySet[Case]":
    """The cases of one pile that the unit in scope holds; requests, which never become public, only where they look like rubbish."""
    rows = Case.objects.held().filter(moderation=pile.moderation)
    if pile.moderation != Moderation.SPAM:
        rows = rows.of_kind(CaseKind.REPORT, CaseKind.QUESTION)
    return rows


def page_of(pile: Pile, mark: int) -> tuple[list[Any], bool]:
    """One page after the case with the number ``mark`` (0: from the beginning), and whether there is more; one query.

    Each case has its number of ``pictures``.
    """
    rows = (
        lying_on(pile).select_related("category", "commune").defer("sealed_text", "sealed_details", "commune__boundary")
    )
    rows = rows.annotate(
        pictures=Count("files", filter=Q(files__is_from_sender=True), distinct=True),
    )  # fmt: skip
    if pile.waits:
        rows = rows.filter(pk__gt=mark).order_by("pk")
    else:
        rows = (rows.filter(pk__lt=mark) if mark else rows).order_by("-pk")
    found: list[Any] = list(rows[: PAGE_SIZE + 1])
    return found[:PAGE_SIZE], len(found) > PAGE_SIZE


def number_on(pile: Pile) -> int:
    """How many, counted no further than COUNT_LIMIT."""
    return lying_on(pile).order_by()[:COUNT_LIMIT].count()


def next_waiting(after: Case) -> Case | None:
    """What a moderator reads next: the one that came after this one, else the longest waiting."""
    waiting = Case.objects.to_moderate().exclude(pk=after.pk).of_kind(CaseKind.REPORT, CaseKind.QUESTION)
    return waiting.filter(pk__gt=after.pk).first() or waiting.first()


def as_sent(case: Case) -> str:
    """The sender's words as they came, what was added later included, with numbers and links hidden.

    Not the working copy: that one may have been edited since.
    """
    try:
        return clean_words(unseal(case.sealed_text)).text
    except Unreadable:
        return case.text


def why_hidden(case: Case) -> str:
    """Why a moderator keeps from the public what its sender would have published, for the sender's own page; "" elsewhere.

    One query, and only where the case is not public.
    """
    if case.moderation != Moderation.PRIVATE or not case.may_publish:
        return ""
    events = CaseEvent.objects.filter(case=case, kind=EventKind.HIDDEN)
    return events.order_by("-pk").values_list("text", flat=True).first() or ""


def files_of(case: Case) -> list[CaseFile]:
    """Everything that was attached, in its order."""
    return list(CaseFile.objects.filter(case=case).select_related("event").order_by("position", "pk")[:FILES_SHOWN])


def mark_words(case: Case) -> list[str]:
    """What the machine noticed, in words; marks of an older version that nobody knows any more are left out."""
    return [str(CommentMark(mark).label) for mark in case.marks if mark in CommentMark.values]
