"""What an upload is, by its first bytes: its name and the browser's word for its type prove nothing."""

from typing import IO, Final

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

HEAD_LENGTH: Final = 4096
_PROGRAMS: Final = (b"MZ", b"\x7fELF", b"\xfe\xed\xfa", b"\xcf\xfa\xed\xfe", b"\xca\xfe\xba\xbe", b"#!")
_DOCUMENTS: Final = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"{\\rtf")
_HEIF_BRANDS: Final = frozenset(
    {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1", b"avif", b"avis"}
)


def first_bytes(upload: IO[bytes]) -> bytes:
    """The beginning of an upload; it is wound back to its start."""
    upload.seek(0)
    head = upload.read(HEAD_LENGTH)
    upload.seek(0)
    return head


def is_program(head: bytes) -> bool:
    """Whether it is something a computer would run: Windows, Linux and macOS programs, Java classes, scripts."""
    return head.startswith(_PROGRAMS)


def refuse_program(head: bytes) -> None:
    """Raise ValidationError for a program, whatever it calls itself."""
    if is_program(head):
        raise ValidationError(
            _(
                "Tệp này không phải ảnh hay tài liệu mà là một chương trình mang tên khác. Không mở tệp này; "
                "báo cho người phụ trách máy tính của cơ quan."
            ),
            code="program",
        )


def refuse_known_strangers(upload: IO[bytes]) -> None:
    """Raise ValidationError for what clerks send in a picture's place, with what to do about each."""
    head = first_bytes(upload)
    refuse_program(head)
    if head[4:8] == b"ftyp" and head[8:12] in _HEIF_BRANDS:
        raise ValidationError(
            _(
                "Ảnh HEIC của iPhone chưa dùng được trên trang web. Trên điện thoại, vào Cài đặt, Camera, Định dạng, chọn "
                "“Tương thích nhất” rồi chụp lại; hoặc mở ảnh trên máy tính và lưu thành JPG."
            ),
            code="heic",
        )
    if head[4:8] == b"ftyp" or head.startswith(b"\x1a\x45\xdf\xa3"):
        raise ValidationError(_("Tệp này không phải ảnh mà là video. Tải lên ở mục Video."), code="video")
    if head.startswith(_DOCUMENTS):
        raise ValidationError(_("Tệp này không phải ảnh mà là tài liệu. Tải lên ở mục Tệp đính kèm."), code="document")
