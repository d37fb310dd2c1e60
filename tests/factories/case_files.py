"""Files of cases as the conversion leaves them: re-encoded, private, not yet seen by a moderator."""

from __future__ import annotations

import io
from typing import Any

from PIL import Image, ImageDraw

from feedback.enums.cases import FileKind, FileState
from feedback.models import Case, CaseFile
from portal.core.private_files import beside, new_name, store
from portal.core.tenancy import unit_scope

SIZE = (800, 600)
# Where the picture below has its number plate, in thousandths.
PLATE = (250, 400, 500, 200)


def street_webp(plate: str = "75A-123.45", size: tuple[int, int] = SIZE) -> bytes:
    """A grey street with a number plate in its middle: fine black letters on white."""
    image = Image.new("RGB", size, (120, 130, 140))
    draw = ImageDraw.Draw(image)
    for across in range(0, size[0], 40):
        draw.line((across, 0, across, size[1]), fill=(90, 100, 110), width=3)
    left, top = PLATE[0] * size[0] // 1000, PLATE[1] * size[1] // 1000
    draw.rectangle((left, top, left + size[0] // 2, top + size[1] // 5), fill=(255, 255, 255))
    draw.text((left + 20, top + 20), plate, fill=(0, 0, 0), font_size=64)
    buffer = io.BytesIO()
    image.save(buffer, "WEBP", quality=90)
    return buffer.getvalue()


def add_file(case: Case, *, kind: FileKind = FileKind.PICTURE, data: bytes = b"", **more: Any) -> CaseFile:
    """One ready file of a case, in the private folder of the unit that received it."""
    ending = ".webp" if kind == FileKind.PICTURE else ".mp4"
    name, content = new_name(case.intake_unit_id, "phan-anh", ending), data or street_webp()
    store(name, content)
    small = beside(name.removesuffix(ending), "-nho.webp")
    store(small, street_webp(size=(320, 240)))
    with unit_scope(case.intake_unit_id):
        position = CaseFile.objects.filter(case=case).count()
        file = CaseFile(
            case=case, kind=kind, state=FileState.READY, private_path=name, private_small=small, width=SIZE[0],
            height=SIZE[1], size=len(content), position=position,
        )  # fmt: skip
        for field, value in more.items():
            setattr(file, field, value)
        file.save(force_insert=True)
    return file


__all__ = ["PLATE", "SIZE", "add_file", "street_webp"]
