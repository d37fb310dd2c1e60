"""What a unit discloses: writing an entry down, putting it before citizens, taking it away.

``actor=None`` is the system: the demo. An entry stands in one of three states; each change of state is one conditional update,
so two people who press the same button write one story. What a form holds never writes the state.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from news.actions.disclosure_terms import applies_to, measure
from news.enums.disclosure import DisclosurePeriod
from news.enums.documents import DocumentStatus
from news.models import Attachment, BudgetTable, DisclosureDuty, DisclosureEntry, DisclosureFile
from news.rules.disclosure import FIRST_YEAR, LAST_YEAR, is_periodic, period_at, title_of
from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import bump_generation
from portal.core.richtext import clean_html, plain_text
from portal.core.tenancy import current_unit_id
from portal.core.text import one_line
from portal.search.actions import mark_changed
from units.models import Unit

LABEL: Final = "news.DisclosureEntry"
PUBLISH: Final = "news.publish_disclosureentry"
NOTE_LIMIT: Final = 300
# What a form may say of an entry; where it stands is written by its own verbs alone.
_WRITTEN: Final = (
    *("duty", "title", "slug", "year", "part", "nothing_arose", "body", "document", "document_number", "signer"),
    *("signed_on", "due_on", "days_late", "edited_at"),
)
_STATE: Final = ("status", "published_at", "withdrawal_note", "secrecy_checked_by_id", "is_demo")


def show_disclosure(entry: DisclosureEntry) -> None:
    """Citizens should see something new: forget cached pages, let the index look again."""
    bump_generation(entry.unit_id)
    mark_changed(unit_id=entry.unit_id, model_label=LABEL, object_id=entry.pk)


def may_change(user: User, entry: DisclosureEntry) -> bool:
    """Drafts with the right to write, what citizens saw with that to publish."""
    if entry._state.adding:
        return user.has_perm("news.add_disclosureentry")
    return user.has_perm("news.change_disclosureentry" if entry.status == DocumentStatus.DRAFT else PUBLISH)


def _demand(may: bool) -> None:  # noqa: FBT001 - one question, one answer
    if not may:
        raise PermissionDenied(_("Mục đã công khai chỉ người duyệt và quản trị đơn vị sửa, đăng và gỡ được."))


@transaction.atomic
def save_disclosure(
    *, entry: DisclosureEntry, actor: User | None, files: Sequence[Attachment] | None = None, seen: datetime | None = None
) -> DisclosureEntry:  # fmt: skip
    """Create or change an entry, never where it stands; its deadline follows. ``files`` in order, None leaves them.

    ``seen`` is the ``edited_at`` the person looked at. Raises ValidationError by field, PermissionDenied where the entry is not
    theirs to change.
    """
    before = None if entry._state.adding else _locked(entry)
    _demand(actor is None or may_change(actor, before or entry))
    if before is not None and seen is not None and before.edited_at != seen:
        raise ValidationError(_("Người khác vừa lưu mục này. Mở lại trang để xem bản mới rồi sửa."))
    _clean(entry)
    _name(entry, before)
    for name in _STATE if before else ():
        setattr(entry, name, getattr(before, name))
    entry.edited_at = timezone.now()
    entry.due_on, entry.days_late = measure(entry)
    entry.save(update_fields=_WRITTEN if before else None)
    if files is not None:
        _set_files(entry, files)
    record(verb="disclosure.save", target=entry, actor=actor, detail={"duty": entry.duty.code})
    if entry.status != DocumentStatus.DRAFT:
        show_disclosure(entry)
    return entry


def _locked(entry: DisclosureEntry) -> DisclosureEntry:
    """The stored row, held until the commit; raises ValidationError where it is gone."""
    stored = DisclosureEntry.objects.select_for_update().filter(pk=entry.pk).first()
    if stored is None:
        raise ValidationError(_("Mục này không còn: người khác vừa xóa."))
    return stored


def _clean(entry: DisclosureEntry) -> None:
    """One spelling, a period that fits the duty, a name; raises ValidationError by field."""
    duty, today = entry.duty, timezone.localdate()
    errors: dict[str, Any] = {}
    _clean_period(entry, duty, errors)
    if entry.signed_on and entry.signed_on > today:
        errors["signed_on"] = _("Ngày ký không thể sau hôm nay.")
    elif entry.signed_on and entry.signed_on.year < FIRST_YEAR:
        errors["signed_on"] = _("Xem lại năm của ngày ký.")
    if entry.nothing_arose and not is_periodic(duty.period):
        errors["nothing_arose"] = _("Chỉ nội dung công khai theo kỳ mới có kỳ không phát sinh.")
    if entry._state.adding:
        unit = Unit.objects.defer("boundary").get(pk=current_unit_id())
        if unit.is_closed:
            errors["duty"] = _("Đơn vị đã kết thúc hoạt động, không công khai thêm.")
        elif not applies_to(duty, unit.kind) or duty.valid_from > today:
            errors["duty"] = _("Đơn vị này không phải công khai nội dung đó.")
    if errors:
        raise ValidationError(errors)
    entry.signer, entry.document_number = one_line(entry.signer)[:160], one_line(entry.document_number)[:80]


def _name(entry: DisclosureEntry, before: DisclosureEntry | None) -> None:
    """The name that was typed; the usual one where none was, or where it still names the period the entry had before."""
    duty = entry.duty
    usual = title_of(duty.title, duty.period, entry.year, entry.part)[:300]
    entry.title = one_line(entry.title)[:300] or usual
    if before is not None and entry.title == title_of(duty.title, duty.period, before.year, before.part)[:300] != usual:
        entry.title = usual
        entry.slug = entry.slug if before.published_at else ""


def _clean_period(entry: DisclosureEntry, duty: DisclosureDuty, errors: dict[str, Any]) -> None:
    if is_periodic(duty.period):
        if entry.year is None or not FIRST_YEAR <= entry.year <= LAST_YEAR:
            errors["year"] = _("Năm từ %(first)d đến %(last)d.") % {"first": FIRST_YEAR, "last": LAST_YEAR}
        elif period_at(duty.period, entry.year, entry.part) is None:
            errors["part"] = _("Nội dung này không có kỳ đó.")
        return
    entry.part = 0
    if duty.period == DisclosurePeriod.EVENT and entry.signed_on:
        entry.year = entry.signed_on.year
    elif entry.published_at is None:
        entry.year = None


def _set_files(entry: DisclosureEntry, files: Sequence[Attachment]) -> None:
    DisclosureFile.objects.filter(entry=entry).delete()
    unique = list({file.pk: file for file in files}.values())
    DisclosureFile.objects.bulk_create(
        DisclosureFile(entry=entry, attachment=file, order=order) for order, file in enumerate(unique)
    )


def what_is_missing(entry: DisclosureEntry) -> list[str]:
    """Sentences on what keeps an entry from being published; empty when nothing does."""
    missing = []
    if entry.duty.period == DisclosurePeriod.EVENT and entry.signed_on is None:
        missing.append(_("Chưa có ngày ký, ban hành, phát sinh: hạn tính từ ngày ấy."))
    has_words = entry.nothing_arose or entry.document_id or entry.document_number or plain_text(clean_html(entry.body))
    if not has_words and not _has_parts(entry):
        missing.append(
            _(
                "Chưa có gì để đọc: chọn văn bản, tải tệp, nhập bảng số liệu, viết nội dung, hoặc ghi kỳ này không phát sinh."
            )
        )
    return missing


def _has_parts(entry: DisclosureEntry) -> bool:
    files = DisclosureFile.objects.filter(entry=entry)
    return files.exists() or BudgetTable.objects.filter(entry=entry).exists()


@transaction.atomic
def publish_disclosure(
    *, entry: DisclosureEntry, actor: User | None, secrecy_checked: bool, at: datetime | None = None
) -> bool:  # fmt: skip
    """Put a draft, or a withdrawn entry, before citizens; False when somebody else just did.

    Raises ValidationError where something is missing or nobody looked for secrets. ``at``: a moment in the past, for the demo.
    The first moment and its lateness stay when a withdrawn entry comes back.
    """
    _demand(actor is None or actor.has_perm(PUBLISH))
    if not secrecy_checked:
        raise ValidationError(_("Đánh dấu đã kiểm tra bí mật nhà nước rồi mới đăng được."), code="secrecy")
    stored = _locked(entry)
    if stored.status == DocumentStatus.PUBLISHED:
        return False
    if missing := what_is_missing(stored):
        raise ValidationError(missing)
    stored.published_at = stored.published_at or min(at or timezone.now(), timezone.now())
    stored.year = stored.year or timezone.localdate(stored.published_at).year
    due, late = measure(stored)
    waiting = DisclosureEntry.objects.filter(pk=stored.pk, status=stored.status)
    done = waiting.update(
        status=DocumentStatus.PUBLISHED, published_at=stored.published_at, year=stored.year, due_on=due, days_late=late,
        secrecy_checked_by=actor, withdrawal_note="",
    )  # fmt: skip
    entry.refresh_from_db()
    if done:
        record(verb="disclosure.publish", target=entry, actor=actor, detail={"days_late": late})
        show_disclosure(entry)
    return bool(done)


@transaction.atomic
def withdraw_disclosure(*, entry: DisclosureEntry, note: str, actor: User | None) -> bool:
    """Take a published entry away; its page stays and says why. False when it was not published any more."""
    _demand(actor is None or actor.has_perm(PUBLISH))
    words = one_line(note)[:NOTE_LIMIT]
    if not words:
        raise ValidationError(_("Viết một câu để người đọc biết vì sao gỡ."), code="note")
    shown = DisclosureEntry.objects.filter(pk=entry.pk, status=DocumentStatus.PUBLISHED)
    if not shown.update(status=DocumentStatus.WITHDRAWN, withdrawal_note=words):
        return False
    entry.refresh_from_db()
    record(verb="disclosure.withdraw", target=entry, actor=actor, detail={"note": words})
    show_disclosure(entry)
    return True


@transaction.atomic
def delete_disclosure(*, entry: DisclosureEntry, actor: User | None) -> None:
    """Throw away a draft that citizens have never seen; raises ValidationError for any other. Its files stay in the library."""
    stored = _locked(entry)
    _demand(actor is None or may_change(actor, stored))
    if stored.published_at is not None:
        raise ValidationError(_("Mục đã từng công khai thì không xóa, chỉ gỡ."))
    record(verb="disclosure.delete", target=stored, actor=actor)
    stored.delete()
