"""A moderator's steps: what others may see of a case, what not, and what is rubbish.

The sender's own words stay sealed as they came. What is published is a copy, cleaned again here whatever was typed.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.actions.case_letters import tell_holder
from feedback.actions.case_steps import Stale, Step, take_step
from feedback.actions.public_copies import (
    PublicCopy,
    copies_of,
    delete_after_commit,
    drop_copies,
    needs_copy,
    public_names,
)
from feedback.cases.blurring import BadBoxes, Box, clean_boxes
from feedback.enums.cases import (
    CaseKind,
    CaseStatus,
    EventKind,
    FileKind,
    FileState,
    HideReason,
    LetterKind,
    Moderation,
)
from feedback.models import Case, CaseEvent, CaseFile
from feedback.rules import cases as rules
from feedback.rules.words import clean_words, plain
from portal.core.models import User
from portal.core.text import one_line

PUBLISHED_KINDS: Final = (CaseKind.REPORT, CaseKind.QUESTION)
DESCRIPTION_LIMIT: Final = 200
_ANY: Final = tuple(CaseStatus)
_PUBLISHABLE: Final = tuple(status for status in CaseStatus if status != CaseStatus.WITHDRAWN)


@dataclass(frozen=True, slots=True)
class Shown:
    """A file that is to be public, as the moderator wants it."""

    file: CaseFile
    boxes: list[Box]
    description: str


def why_not_public(case: Case) -> str:
    """Why nobody can publish the case, as a sentence; "" where a moderator can."""
    if case.kind not in PUBLISHED_KINDS:
        return _("Yêu cầu cung cấp thông tin và yêu cầu về dữ liệu cá nhân không bao giờ công khai.")
    if case.moderation == Moderation.SPAM:
        return _("Việc này ở mục rác. Máy xóa khi hết hạn giữ. Nhầm thì lấy lại, rồi mới công khai.")
    if case.status == CaseStatus.WITHDRAWN:
        return _("Người gửi đã rút. Việc này không công khai nữa.")
    if not case.may_publish:
        return _("Người gửi không đồng ý công khai. Đơn vị vẫn xử lý như thường.")
    return ""


def publish(
    *, case: Case, title: str, text: str, pictures: Mapping[int, Sequence[Sequence[Any]]], seen: int, actor: User | None,
    descriptions: Mapping[int, str] | None = None, place: str | None = None, answer: str | None = None,
) -> CaseEvent:  # fmt: skip
    """Publish the moderator's copy, or change what is public. Raises ValidationError and Stale.

    ``pictures``: the files to show, by id, each with its boxes to blur in thousandths ([] for none, always for videos); all
    others are taken away. ``descriptions``: what each shows, in words; without, the ones they have. ``place`` and ``answer``:
    None leaves them as they are; only a question's answer can be edited.
    """
    if reason := why_not_public(case):
        raise ValidationError(reason)
    if case.version != seen:
        raise Stale
    words = _words(case, title=title, text=text, place=place, answer=answer)
    shown = _shown(case, pictures, descriptions or {})
    anew = {one.file: one.boxes for one in shown if needs_copy(one.file, one.boxes)}
    try:
        # Blurring takes a second or two: before the transaction, which keeps other writers waiting.
        with copies_of(anew) as copies, transaction.atomic():
            return _publish(case, words, shown, copies, seen=seen, actor=actor)
    except OSError as error:
        raise ValidationError(_("Không đọc được tệp ảnh. Bỏ chọn ảnh ấy, hoặc thử lại.")) from error


def _words(case: Case, *, title: str, text: str, place: str | None, answer: str | None) -> dict[str, str]:
    """The columns, cleaned as on arrival: no tag, no link, no private number comes back through the moderator's hands."""
    words = {
        "title": one_line(clean_words(title).text)[: rules.TITLE_LIMIT],
        "text": clean_words(text).text[: rules.OFFICE_TEXT_LIMIT],
    }
    if place is not None:
        words["place_text"] = one_line(clean_words(place).text)[: rules.PLACE_LIMIT]
    if not words["title"] or not words["text"]:
        raise ValidationError(_("Bản công khai cần có tiêu đề và nội dung."))
    if answer is not None and case.kind == CaseKind.QUESTION and case.answer:
        words["answer"] = plain(answer)[: rules.OFFICE_TEXT_LIMIT]
        if not words["answer"]:
            raise ValidationError(_("Câu trả lời không để trống được."))
    return words


def _shown(case: Case, pictures: Mapping[int, Sequence[Sequence[Any]]], descriptions: Mapping[int, str]) -> list[Shown]:
    """The chosen files with boxes and description as wanted. Raises ValidationError."""
    files = list(CaseFile.objects.ready().filter(case=case, pk__in=list(pictures)).exclude(private_path=""))
    if len(files) != len(pictures):
        raise ValidationError(_("Có ảnh không còn, hoặc chưa chuyển đổi xong. Mở lại màn hình này."))
    return [_checked(file, pictures[file.pk], descriptions.get(file.pk, file.description)) for file in files]


def _checked(file: CaseFile, raw: Sequence[Sequence[Any]], said: str) -> Shown:
    number = {"number": file.position + 1}
    try:
        boxes = [] if file.kind == FileKind.VIDEO else clean_boxes(raw)
    except BadBoxes as error:
        words = _("Ảnh %(number)d: có vùng che nằm ngoài ảnh, hoặc quá nhiều vùng.")
        raise ValidationError(words % number) from error
    description = one_line(clean_words(said).text)[:DESCRIPTION_LIMIT]
    if not description:
        words = _("Ảnh %(number)d: viết mô tả, để người không nhìn thấy ảnh cũng biết ảnh có gì.")
        raise ValidationError(words % number)
    return Shown(file, boxes, description)


def _publish(
    case: Case, words: dict[str, str], shown: list[Shown], copies: dict[int, PublicCopy], *, seen: int,
    actor: User | None,
) -> CaseEvent:  # fmt: skip
    was_public, now = case.moderation == Moderation.PUBLIC, timezone.now()
    before = {name: [getattr(case, name), value] for name, value in words.items() if getattr(case, name) != value}
    dropped = _show(case, shown, copies)
    changes: dict[str, Any] = {
        **words, "folded": rules.folded(words["title"], words["text"]), "moderation": Moderation.PUBLIC,
        "moderated_by": actor, "moderated_at": now, "published_at": case.published_at if was_public else now,
    }  # fmt: skip
    # Before and after, for the audit trail only: what was taken out of a public text is not shown in its timeline.
    audit = {"words": before, "pictures": [one.file.pk for one in shown], "dropped": dropped}
    kind = EventKind.EDITED if was_public else EventKind.PUBLISHED
    step = Step(kind, _PUBLISHABLE, changes=changes, is_public=not was_public, audit=audit, seen=seen)
    return take_step(case, step, actor=actor, at=now)


def _show(case: Case, shown: list[Shown], copies: dict[int, PublicCopy]) -> list[str]:
    """Write the rows of what is shown; returns the names of copies that are replaced or taken away."""
    dropped = drop_copies(case, keep=[one.file.pk for one in shown])
    replaced: list[str] = []
    for one in shown:
        file = one.file
        if copy := copies.get(file.pk):
            replaced += public_names([file])
            file.public_path, file.public_small = copy.path, copy.small
        file.is_public, file.boxes, file.description = True, one.boxes, one.description
        file.save(update_fields=["is_public", "public_path", "public_small", "boxes", "description"])
    delete_after_commit(replaced)
    return dropped + replaced


def hide(*, case: Case, reason: HideReason | str, seen: int, actor: User) -> CaseEvent:
    """Keep the case from the public, or take it away again; it is handled all the same. Raises ValueError and Stale."""
    label = HideReason(reason).label
    return _take_away(case, Moderation.PRIVATE, seen=seen, actor=actor, reason=str(reason), text=str(label))


def mark_spam(*, case: Case, seen: int, actor: User) -> CaseEvent:
    """Put the case on the heap that nobody has to look at; the clock throws it away. Raises Stale."""
    if case.moderation == Moderation.SPAM:
        raise Stale
    return _take_away(case, Moderation.SPAM, seen=seen, actor=actor)


@transaction.atomic
def _take_away(
    case: Case, to: Moderation, *, seen: int, actor: User, reason: str = "", text: str = ""
) -> CaseEvent:  # fmt: skip
    """Away from everybody's eyes, with its public copies. The sender's own word does the same (feedback.actions.sender_steps)."""
    detail = {"from": str(case.moderation), "reason": reason}
    now = timezone.now()
    changes = {"moderation": to, "published_at": None, "moderated_by": actor, "moderated_at": now}
    kind = EventKind.SPAM if to == Moderation.SPAM else EventKind.HIDDEN
    audit = {"dropped": drop_copies(case)}
    step = Step(kind, _ANY, changes=changes, text=text, is_public=False, detail=detail, audit=audit, seen=seen)
    return take_step(case, step, actor=actor, at=now)


@transaction.atomic
def restore(*, case: Case, seen: int, actor: User) -> CaseEvent:
    """Take a case off the heap: it waits for a moderator again, and the unit's people learn of it. Raises Stale."""
    if case.moderation != Moderation.SPAM:
        raise Stale
    waits = case.may_publish and case.kind in PUBLISHED_KINDS
    changes = {
        "moderation": Moderation.WAITING if waits else Moderation.PRIVATE, "moderated_by": actor,
        "moderated_at": timezone.now(),
    }  # fmt: skip
    step = Step(EventKind.RESTORED, _ANY, changes=changes, is_public=False, seen=seen)
    event = take_step(case, step, actor=actor)
    tell_holder(case, LetterKind.STAFF_NEW)
    return event


def picture_words(case: Case, file: CaseFile) -> str:
    """The description that is offered for a picture: what kind of matter, where."""
    what = case.category.name if case.category else case.get_kind_display()
    place = case.place_text or (case.commune.name if case.commune else "")
    thing = _("Video") if file.kind == FileKind.VIDEO else _("Ảnh")
    said = f"{thing} {file.position + 1}: {what}{', ' if place else ''}{place}"
    return said[:DESCRIPTION_LIMIT]


def is_ready(file: CaseFile) -> bool:
    """Whether a moderator can decide about it: re-encoded by us."""
    return file.state == FileState.READY and file.private_path != ""
