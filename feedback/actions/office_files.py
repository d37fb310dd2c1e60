"""Pictures that an office adds: the repaired road, the cleared drain. Re-encoded like a sender's, public at once."""

from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from feedback.enums.cases import CaseKind, FileKind
from feedback.models import Case, CaseEvent, CaseFile
from feedback.rules import uploads as rules
from portal.core import private_files
from portal.core.pictures import PreparedPicture, prepare_picture, random_name
from portal.core.tenancy import current_unit_id

PICTURES_MOST: Final = 5


def prepare_pictures(uploads: Sequence["UploadedFile[Any]"]) -> list[PreparedPicture]:
    """Check and re-encode, before any row is locked. Raises ValidationError naming the picture."""
    if len(uploads) > PICTURES_MOST:
        raise ValidationError({"pictures": _("Nhiều nhất %(most)s ảnh.") % {"most": PICTURES_MOST}}, code="too_many")
    prepared = []
    for number, upload in enumerate(uploads, start=1):
        try:
            prepared.append(prepare_picture(upload, size=upload.size))
        except ValidationError as error:
            sentence = _("Ảnh thứ %(number)s: %(why)s") % {"number": number, "why": " ".join(error.messages)}
            raise ValidationError({"pictures": sentence}, code="picture") from error
    return prepared


def attach_pictures(case: Case, event: CaseEvent, pictures: Sequence[PreparedPicture]) -> list[CaseFile]:
    """Keep them with their event; the last thing in the transaction of the step, so that nothing after it can fail.

    Of reports and questions whose content may be public they get a public copy, which is reachable by its random name
    alone until the case itself is public; of all others none. An error leaves no file behind; what a killed process leaves,
    the sweeps find, for no row names it.
    """
    may_show = case.may_publish and case.kind in {CaseKind.REPORT, CaseKind.QUESTION}
    first = CaseFile.everywhere.filter(case=case).count()
    rows: list[CaseFile] = []
    try:
        for number, picture in enumerate(pictures):
            rows.append(_row(case, event, picture, first + number, may_show=may_show))
            _write(rows[-1], picture)
            rows[-1].save(force_insert=True)
    except BaseException:
        _forget(rows)
        raise
    return rows


def _row(case: Case, event: CaseEvent, picture: PreparedPicture, position: int, *, may_show: bool) -> CaseFile:
    unit_id = current_unit_id()
    name = private_files.new_name(unit_id, rules.FOLDER, rules.PICTURE)
    public = random_name(unit_id, rules.FOLDER, rules.PICTURE) if may_show else ""
    return CaseFile(
        case=case, event=event, kind=FileKind.PICTURE, is_from_sender=False, private_path=name,
        private_small=_small(name), public_path=public, public_small=_small(public), is_public=may_show,
        width=picture.width, height=picture.height, size=len(picture.large),
        sha256=sha256(picture.large).hexdigest(), position=position,
    )  # fmt: skip


def _small(name: str) -> str:
    return f"{name.removesuffix(rules.PICTURE)}{rules.SMALL}" if name else ""


def _write(row: CaseFile, picture: PreparedPicture) -> None:
    private_files.store(row.private_path, picture.large)
    private_files.store(row.private_small, picture.small)
    if row.public_path:
        default_storage.save(row.public_path, ContentFile(picture.large))
        default_storage.save(row.public_small, ContentFile(picture.small))


def _forget(rows: Sequence[CaseFile]) -> None:
    for row in rows:
        private_files.delete([row.private_path, row.private_small])
        for name in filter(None, (row.public_path, row.public_small)):
            default_storage.delete(name)
