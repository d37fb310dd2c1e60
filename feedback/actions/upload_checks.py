"""What a file of a report is, and what is made of it: by its content, whatever it is called."""

import hashlib
from typing import IO, Any, Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from feedback.enums.cases import FileKind
from feedback.rules import uploads as rules
from portal.core import private_files
from portal.core.antivirus import refuse_infected
from portal.core.decoding.sent_pictures import AllBusy, head_of, is_video, prepare_sent_picture
from portal.core.signatures import first_bytes

# Seconds that a citizen's request waits for its turn.
_PATIENCE: Final = 5.0


def kind_of(upload: "UploadedFile[Any]") -> FileKind:
    """A video by its first bytes; everything else is looked at as a picture, and refused as such."""
    return FileKind.VIDEO if is_video(first_bytes(upload)) else FileKind.PICTURE


def examine(name: str, kind: FileKind) -> dict[str, Any]:
    """Check a private file as it came and make what can be made at once; what stands in CaseUpload.prepared.

    Without ``private_path`` in it the file waits for a worker: every video, everything while the virus scanner is down, and
    a picture that came while others are being read.
    Raises ValidationError with a sentence for the sender, FileNotFoundError.
    """
    path = private_files.path_of(name)
    with path.open("rb") as file:
        facts: dict[str, Any] = {"sha256": hashlib.file_digest(file, "sha256").hexdigest()}
        if kind == FileKind.VIDEO and not is_video(head_of(path)):
            raise ValidationError(_("Tệp này không phải video. Chọn ảnh, hoặc video MP4, MOV."), code="not_a_video")
        if not scanned(file):
            return facts
    if kind == FileKind.VIDEO:
        return facts
    try:
        return facts | store_picture(name, patience=_PATIENCE)
    except AllBusy:
        return facts


def scanned(file: IO[bytes]) -> bool:
    """Whether the virus scanner let it pass, or there is none; False while it is down. Raises ValidationError for a virus."""
    try:
        refuse_infected(file)
    except ValidationError as error:
        if error.code == "infected":
            raise ValidationError(_("Tệp này có vi-rút nên không nhận. Chọn tệp khác."), code="infected") from error
        if isinstance(error.__cause__, OSError):
            return False
        raise ValidationError(
            _("Không quét được vi-rút trong tệp này. Chọn tệp nhỏ hơn."), code="not_scanned"
        ) from error
    return True


def store_picture(name: str, *, patience: float | None = None) -> dict[str, Any]:
    """Re-encode a picture and store both sizes beside it. Raises ValidationError with a sentence for the sender, AllBusy."""
    made = prepare_sent_picture(private_files.path_of(name), patience=patience)
    large, small = (private_files.beside(name, ending) for ending in (rules.PICTURE, rules.SMALL))
    private_files.store(large, made.large)
    private_files.store(small, made.small)
    return {"private_path": large, "private_small": small, "width": made.width, "height": made.height}
