"""Sessions of citizen reception: written, published, changed, called off, held."""

from collections.abc import Sequence
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.audit import record, record_many
from portal.core.models import User
from portal.core.page_cache import bump_generation
from portal.core.tasks import start_after_commit
from portal.core.text import one_line
from units.enums.reception import ReceptionKind, SessionStatus
from units.models import ReceptionBooking, ReceptionSession
from units.people.posts import PostsBetween
from units.rules import reception as rules
from units.tasks.reception import tell_of_changes as tell_of_changes_task

# What citizens go by: a change of one of these is shown with its time, and everybody registered is told.
_SEEN: Final = ("day", "starts_at", "ends_at", "place", "receiver_id", "receiver_text")


def tidy(row: Any) -> None:
    """One spelling of what clerks type, for a session or a series. Raises ValidationError for what can not be."""
    for name in ("place", "receiver_text", "note"):
        setattr(row, name, one_line(getattr(row, name)))
    if not row.place:
        raise ValidationError({"place": _("Ghi nơi tiếp, ví dụ: Phòng tiếp công dân, tầng 1.")})
    if row.starts_at >= row.ends_at:
        raise ValidationError({"ends_at": _("Giờ kết thúc phải sau giờ bắt đầu, trong cùng ngày.")})
    if row.receiver_id is None and not row.receiver_text:
        raise ValidationError({"receiver": _("Chọn người tiếp, hoặc ghi chức vụ người tiếp ở ô dưới.")})
    if row.receiver_id is not None:
        row.receiver_text = ""


def check_session(
    *, session: ReceptionSession, note: str, before: ReceptionSession | None = None
) -> tuple[ReceptionSession | None, list[str]]:
    """The stored row and which fields that citizens go by would change; tidies what was typed.

    Raises ValidationError: something is missing, the session is over or called off, fewer places than are taken, or a change
    of what citizens have seen without ``note``.
    """
    tidy(session)
    session.subject = one_line(session.subject)
    if session.kind == ReceptionKind.SPECIAL and not session.subject:
        raise ValidationError({"subject": _("Buổi đột xuất cần ghi về việc gì.")})
    if before is None and session.pk:
        before = ReceptionSession.objects.filter(pk=session.pk).first()
    if before is None:
        if session.day < timezone.localdate():
            raise ValidationError({"day": _("Ngày này đã qua.")})
        _refuse_who_left(session)
        return None, []
    changed = [name for name in _SEEN if getattr(before, name) != getattr(session, name)]
    if {"day", "receiver_id"} & set(changed):
        _refuse_who_left(session)
    _refuse_change(before, session, changed, note)
    return before, changed


def _refuse_who_left(session: ReceptionSession) -> None:
    if session.receiver_id and PostsBetween.read(session.day, session.day).on(session.receiver_id, session.day) is None:
        raise ValidationError({"receiver": _("Người này không giữ chức vụ vào ngày tiếp. Chọn người khác.")})


def _refuse_change(before: ReceptionSession, after: ReceptionSession, changed: list[str], note: str) -> None:
    if before.status == SessionStatus.CANCELLED:
        raise ValidationError(_("Buổi này đã hoãn. Bấm “Tiếp lại” trước khi sửa."))
    if after.capacity < before.booked:
        words = _("Đã có %(number)d người đăng ký, không giảm xuống dưới số đó được.") % {"number": before.booked}
        raise ValidationError({"capacity": words})
    if "day" in changed and after.day < timezone.localdate():
        raise ValidationError({"day": _("Không dời về ngày đã qua.")})
    if before.published_at is None or not changed:
        return
    if before.day < timezone.localdate():
        raise ValidationError(_("Buổi này đã qua, không sửa ngày, giờ, nơi, người tiếp được nữa."))
    if not one_line(note):
        raise ValidationError({"change_note": _("Người dân đã đọc lịch này. Ghi một câu: thay đổi gì, vì sao.")})


@transaction.atomic
def save_session(*, session: ReceptionSession, actor: User | None, note: str = "") -> ReceptionSession:
    """Create or change a session. Raises ValidationError as :func:`check_session`.

    A change of what citizens have seen is kept with its time and ``note``, and everybody registered is told.
    """
    # Locked: a registration at this moment waits, and then finds the new number of places.
    locked = ReceptionSession.objects.select_for_update().filter(pk=session.pk).first() if session.pk else None
    before, changed = check_session(session=session, note=note, before=locked)
    if before is not None:
        session.booked, session.published_at, session.status = before.booked, before.published_at, before.status
    is_seen = before is not None and before.published_at is not None
    if changed and is_seen:
        session.change_note, session.changed_at = one_line(note)[:300], timezone.now()
        # Whoever was reminded of the old day is reminded of the new one.
        ReceptionBooking.objects.filter(session=session).active().update(reminded_at=None)
    session.save()
    verb = "reception.change" if before else "reception.add"
    record(verb=verb, target=session, actor=actor, detail={"fields": changed} if changed else None)
    if is_seen:
        bump_generation(session.unit_id)
        if changed:
            _tell(session)
    return session


def _tell(session: ReceptionSession) -> None:
    start_after_commit(tell_of_changes_task, unit_id=session.unit_id)


@transaction.atomic
def cancel_session(*, session: ReceptionSession, reason: str, actor: User | None) -> bool:
    """Call a session off; it stays on the page with the reason, and everybody registered is told. False: it was before.

    Raises ValidationError without a reason and for a session that is over.
    """
    reason = one_line(reason)
    if not reason:
        raise ValidationError({"reason": _("Ghi lý do hoãn. Người dân đọc được câu này.")})
    if session.day < timezone.localdate():
        raise ValidationError(_("Buổi này đã qua, không hoãn được nữa."))
    changed = ReceptionSession.objects.filter(pk=session.pk, status=SessionStatus.PLANNED).update(
        status=SessionStatus.CANCELLED, cancel_reason=reason[:300], changed_at=timezone.now()
    )
    if not changed:
        return False
    session.refresh_from_db()
    record(verb="reception.cancel", target=session, actor=actor, detail={"reason": session.cancel_reason})
    bump_generation(session.unit_id)
    _tell(session)
    return True


@transaction.atomic
def restore_session(*, session: ReceptionSession, actor: User | None, note: str = "") -> bool:
    """Hold a session that was called off after all; False when it was not called off. Registrations count again."""
    changed = ReceptionSession.objects.filter(pk=session.pk, status=SessionStatus.CANCELLED).update(
        status=SessionStatus.PLANNED, cancel_reason="", changed_at=timezone.now(),
        change_note=one_line(note)[:300] or _("Vẫn tiếp như lịch đã công bố."),
    )  # fmt: skip
    if not changed:
        return False
    ReceptionBooking.objects.filter(session=session).active().update(reminded_at=None)
    session.refresh_from_db()
    record(verb="reception.restore", target=session, actor=actor)
    bump_generation(session.unit_id)
    _tell(session)
    return True


@transaction.atomic
def publish_sessions(*, pks: Sequence[int], actor: User | None) -> int:
    """Put planned sessions of today and later on the public page; returns how many. Each keeps the moment of its first time."""
    rows = list(ReceptionSession.objects.unpublished(timezone.localdate()).filter(pk__in=pks).select_for_update())
    waiting = ReceptionSession.objects.filter(pk__in=[row.pk for row in rows], published_at__isnull=True)
    number = waiting.update(published_at=timezone.now())
    if rows:
        record_many(verb="reception.publish", targets=rows, actor=actor)
        bump_generation(rows[0].unit_id)
    return number


@transaction.atomic
def finish_session(*, session: ReceptionSession, actor: User | None) -> bool:
    """Note that a session took place; False when that is known, or it was called off. Raises ValidationError before its time."""
    if rules.begins_at(session.day, session.starts_at) > timezone.localtime().replace(tzinfo=None):
        raise ValidationError(_("Buổi tiếp chưa bắt đầu."))
    rows = ReceptionSession.objects.filter(pk=session.pk, status=SessionStatus.PLANNED)
    if not rows.update(status=SessionStatus.DONE):
        return False
    record(verb="reception.finish", target=session, actor=actor)
    bump_generation(session.unit_id)
    return True


def may_delete(session: ReceptionSession) -> bool:
    """Only what citizens never saw and no series would make again."""
    return session.published_at is None and session.series_id is None and session.booked == 0


@transaction.atomic
def delete_session(*, session: ReceptionSession, actor: User | None) -> None:
    """Delete a session that citizens never saw. Raises ValidationError otherwise."""
    if not may_delete(session):
        raise ValidationError(_("Buổi này không xóa được. Bấm “Hoãn buổi này”."))
    record(verb="reception.delete", target=session, actor=actor)
    session.delete()
