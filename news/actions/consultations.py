"""Asking the public about a draft: writing, opening, closing with a summary, telling what came of it."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news.enums.documents import ConsultationOutcome, DocumentStatus
from news.models import Attachment, Consultation, ConsultationFile, ConsultationPart, ConsultationRule, Document
from news.rules.drafts import split_draft
from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import bump_generation
from portal.core.richtext import clean_html, plain_text
from portal.core.text import one_line
from portal.search.actions import mark_changed

LABEL: Final = "news.Consultation"
SUMMARY_MINIMUM: Final = 40
LAST_YEAR: Final = 2200
"""A day behind it is a slip of the keyboard, and no calendar counts on from the last days there are."""
# What a form may say of a draft. Where it stands, its summary and its outcome are written by their own verbs alone.
_WRITTEN: Final = (
    *("title", "slug", "intro", "draft", "field", "drafting_office", "contact", "opens_on", "closes_on"),
    *("summary_due_on", "owner", "edited_at"),
)
_STATE: Final = ("status", "withdrawal_note", "secrecy_checked_by_id", "published_at")


def _show(consultation: Consultation) -> None:
    bump_generation(consultation.unit_id)
    mark_changed(unit_id=consultation.unit_id, model_label=LABEL, object_id=consultation.pk)


def terms_on(day: date) -> ConsultationRule | None:
    """The terms that a consultation opened on ``day`` follows."""
    return ConsultationRule.objects.on(day)


@transaction.atomic
def save_consultation(
    *, consultation: Consultation, actor: User | None, files: Sequence[Attachment] | None = None
) -> Consultation:
    """Create or change a consultation, never where it stands, and read its articles; ``files`` in order, None leaves them.

    Once citizens have seen the draft, its text and its first day stay, and the last day may only move later: raises
    ValidationError otherwise. A missing day for the summary follows the terms in force.
    """
    before = None if consultation._state.adding else _locked(consultation)
    if consultation.closes_on.year > LAST_YEAR:
        raise ValidationError(_("Ngày đóng xa quá. Xem lại năm."))
    if before and before.published_at:
        _refuse_unfair_change(before, consultation)
    if consultation.summary_due_on is None or (before and before.closes_on != consultation.closes_on):
        consultation.summary_due_on = _summary_day(consultation, before)
    consultation.edited_at = timezone.now()
    for name in _STATE if before else ():
        setattr(consultation, name, getattr(before, name))
    consultation.save(update_fields=_WRITTEN if before else None)
    _read_parts(consultation)
    if files is not None:
        _set_files(consultation, files)
    detail = {"closes": consultation.closes_on.isoformat()}
    record(verb="consultation.save", target=consultation, actor=actor, detail=detail)
    if consultation.status != DocumentStatus.DRAFT:
        _show(consultation)
    return consultation


def _locked(consultation: Consultation) -> Consultation:
    """The stored row, held until the commit; raises ValidationError where it is gone."""
    stored = Consultation.objects.select_for_update().filter(pk=consultation.pk).first()
    if stored is None:
        raise ValidationError(_("Dự thảo này không còn: người khác vừa xóa."))
    return stored


def _summary_day(consultation: Consultation, before: Consultation | None) -> date | None:
    if before and before.summary_due_on != consultation.summary_due_on:
        return consultation.summary_due_on  # the clerk chose one in this very save
    rule = terms_on(consultation.opens_on)
    return consultation.closes_on + timedelta(days=rule.summary_days) if rule else consultation.summary_due_on


def _refuse_unfair_change(before: Consultation, after: Consultation) -> None:
    """Whoever has answered must not find that the question has changed."""
    if clean_html(after.draft) != before.draft:
        raise ValidationError(_("Dự thảo đã đăng lấy ý kiến, không sửa nội dung được. Gỡ, rồi lập lần lấy ý kiến mới."))
    if after.opens_on != before.opens_on:
        raise ValidationError(_("Dự thảo đã đăng, không đổi ngày bắt đầu được."))
    if after.closes_on < before.closes_on:
        raise ValidationError(_("Chỉ được kéo dài ngày đóng, không được rút ngắn."))


def _read_parts(consultation: Consultation) -> None:
    """Bring the rows in step with the text; an article that stays keeps its row, so that opinions keep their subject."""
    wanted = split_draft(consultation.draft)
    known = {part.label: part for part in ConsultationPart.objects.filter(consultation=consultation)}
    ConsultationPart.objects.filter(consultation=consultation).exclude(label__in=[one.label for one in wanted]).delete()
    for order, one in enumerate(wanted, start=1):
        part = known.get(one.label) or ConsultationPart(consultation=consultation, label=one.label)
        if (part.order, part.heading, part.body) != (order, one.heading, one.body):
            part.order, part.heading, part.body = order, one.heading, one.body
            part.save()


def _set_files(consultation: Consultation, files: Sequence[Attachment]) -> None:
    ConsultationFile.objects.filter(consultation=consultation).delete()
    unique = list({file.pk: file for file in files}.values())
    ConsultationFile.objects.bulk_create(
        ConsultationFile(consultation=consultation, attachment=file, order=order) for order, file in enumerate(unique)
    )


def what_is_missing(consultation: Consultation) -> list[str]:
    """Sentences on what keeps a draft from being published; empty when nothing does."""
    missing = []
    if not consultation.draft.strip() and not ConsultationFile.objects.filter(consultation=consultation).exists():
        missing.append(_("Chưa có nội dung dự thảo: dán toàn văn, hoặc gắn tệp."))
    if consultation.closes_on < timezone.localdate():
        missing.append(_("Ngày đóng đã qua. Chọn ngày đóng mới."))
    return missing


def shorter_than_term(consultation: Consultation) -> ConsultationRule | None:
    """The terms when the draft is open for fewer days than they ask; None when it is long enough."""
    rule = terms_on(consultation.opens_on)
    days = (consultation.closes_on - consultation.opens_on).days + 1
    return rule if rule and days < rule.least_days else None


@transaction.atomic
def publish_consultation(*, consultation: Consultation, actor: User, secrecy_checked: bool) -> bool:
    """Let citizens see the draft; False when somebody else just did. Raises ValidationError where something is missing."""
    if not secrecy_checked:
        raise ValidationError(_("Đánh dấu đã kiểm tra bí mật nhà nước rồi mới đăng được."))
    if missing := what_is_missing(consultation):
        raise ValidationError(missing)
    waiting = Consultation.objects.filter(pk=consultation.pk, status=DocumentStatus.DRAFT)
    if not waiting.update(
        status=DocumentStatus.PUBLISHED, published_at=timezone.now(), secrecy_checked_by=actor, withdrawal_note=""
    ):
        return False
    consultation.refresh_from_db()
    record(verb="consultation.publish", target=consultation, actor=actor)
    _show(consultation)
    return True


@transaction.atomic
def withdraw_consultation(*, consultation: Consultation, note: str, actor: User) -> bool:
    """Take the draft from lists and stop taking opinions; its page stays and says why. False when it was not published."""
    words = one_line(note)
    if not words:
        raise ValidationError(_("Viết một câu để người đọc biết vì sao gỡ."))
    shown = Consultation.objects.filter(pk=consultation.pk, status=DocumentStatus.PUBLISHED)
    if not shown.update(status=DocumentStatus.WITHDRAWN, withdrawal_note=words[:300]):
        return False
    consultation.refresh_from_db()
    record(verb="consultation.withdraw", target=consultation, actor=actor, detail={"note": words[:300]})
    _show(consultation)
    return True


@transaction.atomic
def publish_summary(*, consultation: Consultation, summary: str, actor: User) -> Consultation:
    """Publish (or mend) what was said and what was made of it; raises ValidationError before the last day is over."""
    stored = _locked(
        consultation
    )  # somebody may have withdrawn it, or moved its last day, since this screen was opened
    if stored.status != DocumentStatus.PUBLISHED or stored.closes_on >= timezone.localdate():
        raise ValidationError(_("Chỉ đăng bản tổng hợp sau khi đã hết hạn góp ý."))
    if len(plain_text(clean_html(summary))) < SUMMARY_MINIMUM:
        raise ValidationError(_("Bản tổng hợp cần nói rõ: bao nhiêu ý kiến, tiếp thu gì, không tiếp thu gì và vì sao."))
    consultation.summary = summary
    consultation.summary_published_at = stored.summary_published_at or timezone.now()
    consultation.save(update_fields=["summary", "summary_published_at"])
    record(verb="consultation.summary", target=consultation, actor=actor)
    _show(consultation)
    return consultation


@transaction.atomic
def tell_outcome(
    *, consultation: Consultation, outcome: ConsultationOutcome, actor: User, document: Document | None = None,
    number: str = "", note: str = "",
) -> Consultation:  # fmt: skip
    """Say what came of the draft; an issued one names its document, of the register or by number.

    Raises ValidationError when the number or the reason is missing, and for a draft that stands before nobody.
    """
    if _locked(consultation).status != DocumentStatus.PUBLISHED:
        raise ValidationError(_("Chỉ ghi kết quả của dự thảo đang đăng."))
    if outcome == ConsultationOutcome.ISSUED and document is None and not one_line(number):
        raise ValidationError(_("Chọn văn bản đã ban hành, hoặc ghi số ký hiệu."))
    if outcome in {ConsultationOutcome.DROPPED, ConsultationOutcome.CONTINUED} and not one_line(note):
        raise ValidationError(_("Viết một câu vì sao."))
    values: dict[str, Any] = {
        "outcome": outcome,
        "outcome_document": document if outcome == ConsultationOutcome.ISSUED else None,
        "outcome_number": one_line(number)[:80] if outcome == ConsultationOutcome.ISSUED else "",
        "outcome_note": one_line(note)[:300],
    }
    for name, value in values.items():
        setattr(consultation, name, value)
    consultation.save(update_fields=list(values))
    record(verb="consultation.outcome", target=consultation, actor=actor, detail={"outcome": str(outcome)})
    _show(consultation)
    return consultation


@transaction.atomic
def delete_consultation(*, consultation: Consultation, actor: User) -> None:
    """Delete a draft that citizens have never seen; raises ValidationError for any other."""
    if _locked(consultation).published_at:
        raise ValidationError(_("Dự thảo đã từng đăng thì không xóa, chỉ gỡ."))
    record(verb="consultation.delete", target=consultation, actor=actor)
    consultation.delete()
