"""A comment's way: received, then shown or not by a person of the unit, perhaps answered."""

from collections.abc import Sequence
from typing import Final

from django.db import transaction
from django.utils import timezone

from feedback import rules
from feedback.enums import CommentMark, CommentStatus, RefuseReason
from feedback.models import Comment
from portal.core.audit import record, record_many
from portal.core.models import User
from portal.core.page_cache import bump_generation
from portal.core.subjects import Subject
from portal.core.text import one_line
from portal.core.visitors import Gate, Sending

_GATE: Final = Gate("comment", rules.COMMENTS_PER_HOUR, rules.UNPROVED_PER_HOUR, rules.UNPROVED_UNIT_PER_HOUR)

_VERBS: Final = {
    CommentStatus.SHOWN: "comment.show",
    CommentStatus.REFUSED: "comment.refuse",
    CommentStatus.SPAM: "comment.spam",
    CommentStatus.HELD: "comment.hold",
}


def _marks(words: rules.CleanWords, sender: rules.CleanWords, sending: Sending, *, proved: bool) -> list[str]:
    """What the moderator should know beside the words."""
    marks = {*words.marks, *sender.marks}
    if not proved:
        marks.add(CommentMark.NO_PROOF)
    if sending.was_fast:
        marks.add(CommentMark.FAST)
    return sorted(marks)


@transaction.atomic
def receive_comment(
    *, subject: Subject, name: str, text: str, sending: Sending, part: tuple[int, str] | None = None
) -> Comment:
    """Store a comment for the moderators of the unit in scope; nobody else sees it. ``part`` is one of the subject's.

    Without a valid proof of work it is taken as well, under a much tighter limit and marked. Raises TooMany.
    """
    proved = _GATE.let_in(sending.proof, sending.address_hash)
    words, sender = rules.clean_words(text), rules.clean_words(name)
    is_spam = words.is_spam or sender.is_spam or sending.was_trapped
    comment = Comment.objects.create(
        subject_kind=subject.kind,
        subject_key=subject.key,
        subject_title=subject.title[:250],
        subject_path=subject.path,
        part_key=part[0] if part else None,
        part_title=part[1][:250] if part else "",
        name=one_line(sender.text)[: rules.NAME_LIMIT],
        text=words.text[: rules.COMMENT_LIMIT],
        status=CommentStatus.SPAM if is_spam else CommentStatus.HELD,
        marks=_marks(words, sender, sending, proved=proved),
        address_hash=sending.address_hash,
    )
    record(verb="comment.receive", target=comment, actor=None)
    return comment


@transaction.atomic
def decide_comments(
    *, pks: Sequence[int], seen: CommentStatus, to: CommentStatus, actor: User, reason: RefuseReason | str = ""
) -> int:
    """Show, refuse or throw away those comments that still stand where the moderator saw them; returns how many.

    Of two moderators at the same comment the first one's word holds; the second is told so by the smaller number.
    Raises ValueError for a refusal without a reason.
    """
    if to == CommentStatus.REFUSED and reason not in RefuseReason.values:
        raise ValueError("a refusal needs a reason")
    rows = list(Comment.objects.filter(pk__in=pks, status=seen).select_for_update())
    changed = Comment.objects.filter(pk__in=[row.pk for row in rows], status=seen).update(
        status=to,
        refuse_reason=reason if to == CommentStatus.REFUSED else "",
        decided_by=actor,
        decided_at=timezone.now(),
    )
    record_many(verb=_VERBS[to], targets=rows, actor=actor, detail={"from": str(seen), "reason": str(reason)})
    if rows and CommentStatus.SHOWN in {seen, to}:
        bump_generation(rows[0].unit_id)
    return changed


@transaction.atomic
def answer_comment(*, comment: Comment, answer: str, actor: User) -> Comment:
    """Write, change or take back the unit's answer; it stands under the comment where that is shown."""
    comment.answer = rules.plain(answer)
    comment.answered_by, comment.answered_at = (actor, timezone.now()) if comment.answer else (None, None)
    comment.save(update_fields=["answer", "answered_by", "answered_at"])
    record(verb="comment.answer", target=comment, actor=actor)
    bump_generation(comment.unit_id)
    return comment
