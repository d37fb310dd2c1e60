"""Files of a form that is being filled in: announced, arriving in pieces, checked, ready to go with the case.

The row comes first and is committed, then the bytes; a piece is confirmed when it is safely on the disk. So a line that
breaks, a process that is killed and power that fails cost at most the piece under way. Nothing here is audited: a draft
belongs to nobody yet, and what becomes of its files stands in the case (feedback.actions.receive_case).
"""

import secrets
from typing import Any, Final

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.actions.upload_checks import examine, kind_of
from feedback.enums.cases import FileKind
from feedback.models import CaseDraft, CaseUpload
from feedback.rules import uploads as rules
from portal.core import private_files
from portal.core.tenancy import current_unit_id
from portal.core.visitors import Limit, TooMany, take

_FILES: Final = Limit("report-file", rules.FILES_PER_HOUR)
_FILES_ALL: Final = Limit("report-file-all", rules.FILES_UNIT_PER_HOUR)
_VIDEOS: Final = Limit("report-video", rules.VIDEOS_PER_HOUR)
_VIDEOS_ALL: Final = Limit("report-video-all", rules.VIDEOS_UNIT_PER_HOUR)
_KEY_BYTES: Final = 16


class Conflict(Exception):
    """The piece does not begin where the file ends; ``offset`` says where it does."""

    def __init__(self, offset: int) -> None:
        super().__init__(offset)
        self.offset = offset


class Gone(Exception):
    """The form was sent, or the file was taken away."""


def announce_upload(
    *, draft: CaseDraft, kind: FileKind, size: int, client_mark: str = "", position: int | None = None,
    address_hash: str = "",
) -> CaseUpload:  # fmt: skip
    """Make room for a file of a draft; the same mark and size give the same row again, with what has arrived so far.

    Raises ValidationError with a sentence for the sender (too large, too many, no room), TooMany, Gone.
    """
    with transaction.atomic(durable=True):
        _locked(draft)
        known = _known(draft, size, client_mark)
        if known is not None:
            return known
        _refuse_size(kind, size)
        others = list(CaseUpload.objects.of_draft(draft).filter(refused_why=""))
        _refuse_number(kind, others)
        _count(kind, address_hash or draft.address_hash)
        upload = CaseUpload(
            draft=draft, key=secrets.token_urlsafe(_KEY_BYTES), kind=kind, size=size,
            path=private_files.new_name(current_unit_id(), rules.FOLDER), client_mark=client_mark[: rules.MARK_LIMIT],
            position=len(others) if position is None else max(0, min(position, settings.REPORT_PICTURES - 1)),
        )  # fmt: skip
        upload.save(force_insert=True)
        CaseDraft.objects.filter(pk=draft.pk).update(touched_at=timezone.now())
        return upload


def append_piece(*, upload: CaseUpload, offset: int, data: bytes) -> CaseUpload:
    """Put a piece at the end of the file and, where it was the last, check the file; returns the row as it is now.

    Of two at the same offset one wins. Raises Conflict with the true offset, ValidationError for a piece that is no piece.
    An empty piece at the end only asks for the check again (a process may have been killed in the middle of it).
    """
    if upload.refused_why or upload.prepared is not None:
        return upload
    if offset != upload.received:
        raise Conflict(upload.received)
    is_last = offset + len(data) == upload.size
    if offset + len(data) > upload.size or len(data) > rules.PIECE_LIMIT_BYTES:
        raise ValidationError(_("Phần gửi lên dài hơn tệp đã báo."), code="too_long")
    if not is_last and len(data) < rules.PIECE_MINIMUM_BYTES:
        raise ValidationError(_("Phần gửi lên quá ngắn."), code="too_short")
    if data:
        _write(upload, offset, data)
    return finish(upload=upload) if is_last else upload


def _write(upload: CaseUpload, offset: int, data: bytes) -> None:
    """Bytes first, then the row that says they are there; both under the file's lock, which no second process has."""
    try:
        with private_files.locked(upload.path) as file:
            here = CaseUpload.objects.filter(pk=upload.pk)
            if not here.filter(received=offset).exists():
                raise Conflict(_received(upload))
            private_files.write_at(file, upload.path, offset, data)
            if not here.filter(received=offset).update(received=offset + len(data)):
                raise Conflict(_received(upload))
    except private_files.Busy:
        raise Conflict(_received(upload)) from None
    upload.received = offset + len(data)


def _received(upload: CaseUpload) -> int:
    found = CaseUpload.objects.filter(pk=upload.pk).values_list("received", flat=True).first()
    if found is None:
        # Taken away while its bytes arrived: the file must not come to life again.
        private_files.delete(names_of(upload))
        raise Gone
    return found


def finish(*, upload: CaseUpload) -> CaseUpload:
    """Check a file that is all here: pictures are re-encoded at once, videos wait for a worker; returns the row.

    What is refused keeps its row with the sentence for the sender and loses its bytes. While the virus scanner is down,
    the file goes on as it came and is looked at by the worker.
    """
    if upload.received < upload.size or upload.refused_why or upload.prepared is not None:
        return upload
    rows = CaseUpload.objects.filter(pk=upload.pk, prepared__isnull=True)
    try:
        upload.prepared = examine(upload.path, FileKind(upload.kind))
    except ValidationError as error:
        upload.refused_why = " ".join(error.messages)[:250]
        rows.update(refused_why=upload.refused_why)
        private_files.delete(names_of(upload))
        return upload
    except FileNotFoundError:
        raise Gone from None
    if not rows.update(prepared=upload.prepared) and not CaseUpload.objects.filter(pk=upload.pk).exists():
        private_files.delete(names_of(upload))
        raise Gone
    if upload.prepared.get("private_path"):
        private_files.delete([upload.path])
    return upload


def take_upload(*, draft: CaseDraft, upload: "UploadedFile[Any]", address_hash: str = "") -> CaseUpload:
    """Take a file out of a form that was sent without JavaScript. Raises ValidationError with a sentence, Gone."""
    size = upload.size or 0
    try:
        row = announce_upload(draft=draft, kind=kind_of(upload), size=size, address_hash=address_hash)
    except TooMany:
        raise ValidationError(
            _("Giờ này đã gửi nhiều tệp. Chờ một giờ, hoặc gửi phản ánh không kèm tệp."), code="too_many"
        ) from None
    upload.seek(0)
    while piece := upload.read(rules.PIECE_LIMIT_BYTES):
        row = append_piece(upload=row, offset=row.received, data=piece)
    if row.refused_why:
        why = row.refused_why
        row.delete()
        raise ValidationError(f"{upload.name}: {why}" if upload.name else why, code="refused")
    return row


def uploads_of(draft: CaseDraft) -> list[CaseUpload]:
    """The complete files of a draft, in order; what arrived whole but was not checked yet is checked now."""
    rows = [finish(upload=row) for row in CaseUpload.objects.of_draft(draft)]
    return [row for row in rows if row.prepared is not None]


def drop_upload(*, upload: CaseUpload) -> None:
    """Take a file away, as long as the form was not sent. Raises Gone."""
    with transaction.atomic():
        _locked(upload.draft)
        CaseUpload.objects.filter(pk=upload.pk).delete()
        private_files.delete_after_commit(names_of(upload))


def forget_files(draft: CaseDraft) -> int:
    """Delete what is left of a draft's files, rows first; returns how many. Files that went with a case are not touched."""
    rows = list(CaseUpload.objects.of_draft(draft))
    CaseUpload.objects.filter(pk__in=[row.pk for row in rows]).delete()
    private_files.delete_after_commit([name for row in rows for name in names_of(row)])
    return len(rows)


def names_of(upload: CaseUpload) -> list[str]:
    """Every file that may lie there for a row: as it came, and what was made of it."""
    return [upload.path, *(private_files.beside(upload.path, ending) for ending in rules.MADE)]


def _locked(draft: CaseDraft) -> None:
    """Hold the draft until the transaction ends; what was sent takes no more files and gives none back."""
    row = CaseDraft.objects.select_for_update().filter(pk=draft.pk).first()
    if row is None or row.case_id is not None:
        raise Gone


def _known(draft: CaseDraft, size: int, client_mark: str) -> CaseUpload | None:
    if not client_mark:
        return None
    rows = CaseUpload.objects.of_draft(draft).filter(client_mark=client_mark[: rules.MARK_LIMIT])
    return rows.filter(size=size, refused_why="").first()


def _refuse_size(kind: FileKind, size: int) -> None:
    limit = settings.REPORT_VIDEO_BYTES if kind == FileKind.VIDEO else settings.REPORT_PICTURE_BYTES
    if size <= 0:
        raise ValidationError(_("Tệp này trống. Chọn tệp khác."), code="empty")
    if size > limit:
        words = (
            _("Video lớn hơn %(limit)d MB. Quay ngắn hơn, hoặc cắt bớt rồi chọn lại.")
            if kind == FileKind.VIDEO
            else _("Ảnh lớn hơn %(limit)d MB. Chụp lại ở cỡ nhỏ hơn rồi chọn lại.")
        )
        raise ValidationError(words % {"limit": limit // (1024 * 1024)}, code="too_big")
    if not private_files.has_room(size):
        raise ValidationError(
            _("Máy chủ tạm hết chỗ chứa tệp. Gửi phản ánh không kèm tệp, hoặc thử lại sau."), code="no_room"
        )


def _refuse_number(kind: FileKind, others: list[CaseUpload]) -> None:
    videos = [row for row in others if row.kind == FileKind.VIDEO]
    if videos or (others and kind == FileKind.VIDEO):
        raise ValidationError(
            _("Mỗi phản ánh kèm được %(number)d ảnh, hoặc một video. Bỏ bớt tệp đã chọn rồi thêm lại.")
            % {"number": settings.REPORT_PICTURES},
            code="one_video",
        )
    if len(others) >= settings.REPORT_PICTURES:
        raise ValidationError(
            _("Mỗi phản ánh kèm nhiều nhất %(number)d ảnh. Bỏ bớt ảnh rồi thêm lại.")
            % {"number": settings.REPORT_PICTURES},
            code="too_many_files",
        )


def _count(kind: FileKind, address_hash: str) -> None:
    limits = [(_FILES, address_hash), (_FILES_ALL, "")]
    if kind == FileKind.VIDEO:
        limits += [(_VIDEOS, address_hash), (_VIDEOS_ALL, "")]
    for limit, who in limits:
        if (who or limit in {_FILES_ALL, _VIDEOS_ALL}) and not take(limit, who):
            raise TooMany
