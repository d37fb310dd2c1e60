"""Online dialogues: questions come in, a moderator queues them, a leader answers, the transcript goes to the newsroom."""

from datetime import datetime
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.html import escape
from django.utils.translation import gettext as _

from feedback.actions.case_steps import Stale
from feedback.enums import CommentMark
from feedback.enums.polls import DialogueQuestionState, DialogueStatus
from feedback.models import Dialogue, DialogueQuestion
from feedback.rules import dialogues as rules
from feedback.rules.limits import today_began
from feedback.rules.words import clean_words, plain
from portal.core.article_drafts import DraftText, write_draft
from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import bump_generation
from portal.core.sealing import seal
from portal.core.text import one_line
from portal.core.visitors import Gate, Sending

_GATE: Final = Gate(rules.PURPOSE, rules.QUESTIONS_PER_HOUR, rules.UNPROVED_PER_HOUR, rules.UNPROVED_UNIT_PER_HOUR)
State = DialogueQuestionState


class NotTaking(Exception):
    """The dialogue takes no questions now."""


def takes_questions(dialogue: Dialogue, now: datetime) -> bool:
    """Before and during the hour."""
    return dialogue.status == DialogueStatus.ANNOUNCED and dialogue.questions_from <= now < dialogue.ends_at


@transaction.atomic
def save_dialogue(*, dialogue: Dialogue, actor: User | None) -> Dialogue:
    """Write who answers, about what, when."""
    for name in ("title", "host_text"):
        setattr(dialogue, name, one_line(getattr(dialogue, name)))
    dialogue.save()
    record(verb="dialogue.save", target=dialogue, actor=actor, detail={"status": dialogue.status})
    bump_generation(dialogue.unit_id)
    return dialogue


def ask(*, dialogue: Dialogue, name: str, text: str, sending: Sending) -> DialogueQuestion | None:
    """Hand a question to the moderators; None for a machine that filled the trap. Raises TooMany, NotTaking."""
    with transaction.atomic():
        proved = _GATE.let_in(sending.proof, sending.address_hash)
        if sending.was_trapped:
            return None
        fresh = Dialogue.objects.filter(pk=dialogue.pk).first()
        if fresh is None or not takes_questions(fresh, timezone.now()):
            raise NotTaking
        words, sender = clean_words(text), clean_words(name)
        marks = {str(mark) for mark in words.marks | sender.marks}
        marks |= set() if proved else {str(CommentMark.NO_PROOF)}
        question = DialogueQuestion(
            dialogue=fresh, name=one_line(sender.text)[: rules.NAME_LIMIT], text=words.text, sealed_text=seal(plain(text)),
            marks=sorted(marks), state=State.SPAM if words.is_spam else State.HELD, address_hash=sending.address_hash,
        )  # fmt: skip
        question.save(force_insert=True)
        record(verb="dialogue.ask", target=question, actor=None)
        return question


def _change(question: DialogueQuestion, seen: int, changes: dict[str, Any], verb: str, actor: User) -> DialogueQuestion:
    """One conditional update; of two people at once the second is told."""
    rows = DialogueQuestion.objects.filter(pk=question.pk, version=seen)
    if not rows.update(**changes, version=F("version") + 1):
        raise Stale
    question.refresh_from_db()
    record(verb=verb, target=question, actor=actor, detail={"state": question.state})
    bump_generation(question.unit_id)
    return question


@transaction.atomic
def queue_question(*, question: DialogueQuestion, text: str, actor: User, seen: int) -> DialogueQuestion:
    """Let it in, in the words of the moderator's copy; it is answered after those that were queued before. Raises Stale."""
    cleaned = plain(text)
    if len(cleaned) < rules.QUESTION_MINIMUM:
        raise ValidationError(_("Câu hỏi còn quá ngắn sau khi sửa."))
    last = DialogueQuestion.objects.filter(dialogue=question.dialogue_id).aggregate(last=Max("order"))["last"] or 0
    changes = {"state": State.QUEUED, "text": cleaned[: rules.QUESTION_LIMIT], "order": last + 1}
    return _change(question, seen, changes, "dialogue.queue", actor)


@transaction.atomic
def set_aside(*, question: DialogueQuestion, state: DialogueQuestionState, actor: User, seen: int) -> DialogueQuestion:
    """Leave it out (REFUSED, SPAM), or take it back to be looked at (HELD). Raises Stale, ValidationError."""
    if state not in {State.REFUSED, State.SPAM, State.HELD} or question.state == State.ANSWERED:
        raise ValidationError(_("Câu đã trả lời thì không bỏ ra được nữa."))
    return _change(question, seen, {"state": state}, "dialogue.aside", actor)


@transaction.atomic
def answer_question(*, question: DialogueQuestion, answer: str, actor: User, seen: int) -> DialogueQuestion:
    """Write or mend the answer of a question that was let in. Raises Stale, ValidationError."""
    text = plain(answer)[: rules.ANSWER_LIMIT]
    if not text:
        raise ValidationError(_("Viết câu trả lời rồi bấm lại."))
    if question.state not in {State.QUEUED, State.ANSWERED}:
        raise ValidationError(_("Đưa câu hỏi vào danh sách trước khi trả lời."))
    changes = {
        "state": State.ANSWERED, "answer": text, "answered_by": actor,
        "answered_at": question.answered_at or timezone.now(),
    }  # fmt: skip
    return _change(question, seen, changes, "dialogue.answer", actor)


@transaction.atomic
def write_transcript(*, dialogue: Dialogue, actor: User) -> str:
    """Hand what was asked and answered to the newsroom as a draft, once; returns the address of its form.

    Raises ValidationError before the dialogue has ended, without an answer, and where a draft was made before.
    """
    fresh = Dialogue.objects.select_for_update().get(pk=dialogue.pk)
    if fresh.transcript_path:
        raise ValidationError(_("Bài tường thuật đã có trong mục Tin, bài."))
    if fresh.status != DialogueStatus.CLOSED and timezone.now() < fresh.ends_at:
        raise ValidationError(_("Đối thoại chưa kết thúc."))
    pairs = list(
        DialogueQuestion.objects.filter(dialogue=fresh, state=State.ANSWERED).order_by("order", "pk")[: rules.SHOWN]
    )
    if not pairs:
        raise ValidationError(_("Chưa có câu hỏi nào được trả lời."))
    path = write_draft(DraftText(fresh.title, _summary(fresh, len(pairs)), _body(fresh, pairs)), actor)
    Dialogue.objects.filter(pk=fresh.pk).update(transcript_path=path, status=DialogueStatus.CLOSED)
    record(verb="dialogue.transcript", target=fresh, actor=actor, detail={"questions": len(pairs)})
    bump_generation(fresh.unit_id)
    return path


def host_of(dialogue: Dialogue) -> str:
    """Who answers, in words."""
    return dialogue.host_text or (dialogue.person.full_name if dialogue.person else "")


def _summary(dialogue: Dialogue, number: int) -> str:
    facts = {"host": host_of(dialogue), "number": number, "day": f"{timezone.localtime(dialogue.starts_at):%d/%m/%Y}"}
    return _("%(host)s trả lời %(number)d câu hỏi trong buổi đối thoại trực tuyến ngày %(day)s.") % facts


def _paragraphs(text: str) -> str:
    return "".join(f"<p>{escape(line)}</p>" for line in text.split("\n") if line.strip())


def _body(dialogue: Dialogue, pairs: list[DialogueQuestion]) -> str:
    parts = []
    for number, pair in enumerate(pairs, start=1):
        asker = escape(pair.name or _("Người dân"))
        parts.append(f"<h3>{number}. {asker}</h3>{_paragraphs(pair.text)}")
        parts.append(f"<p><strong>{escape(host_of(dialogue))}:</strong></p>{_paragraphs(pair.answer)}")
    return "".join(parts)


@transaction.atomic
def forget_askers() -> int:
    """Empty the address hashes of days that are over in the unit in scope; returns how many rows."""
    return DialogueQuestion.objects.hashed_before(today_began()).update(address_hash="")
