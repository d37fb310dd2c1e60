"""Files that clerks and attackers upload, made in memory; albums, videos and attachments of a unit."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image
from pypdf import PdfWriter
from pypdf.generic import DictionaryObject, NameObject, TextStringObject

from news import actions
from news.models import Album, Attachment, Video
from portal.core.tenancy import unit_scope
from tests.factories.cast import House

PROGRAM = b"MZ\x90\x00\x03\x00\x00\x00" + b"\x00" * 500
HEIC = b"\x00\x00\x00\x18ftypheic\x00\x00\x00\x00mif1heic" + b"\x00" * 100
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def bomb_png() -> bytes:
    """A PNG of 100 million points by its header; what follows would unpack to them."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    header = struct.pack(">LLBBBBB", 10_000, 10_000, 8, 2, 0, 0, 0)
    rows = zlib.compress(b"\x00" * 3_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def photo_bytes(seed: int = 1, size: tuple[int, int] = (2000, 1200)) -> bytes:
    """A JPEG with enough in it that renditions differ."""
    image = Image.effect_noise((size[0] // 8, size[1] // 8), 40 + seed).resize(size).convert("RGB")
    image.putpixel((0, 0), (seed % 256, 0, 0))
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=70)
    return buffer.getvalue()


def pdf_bytes(pages: int = 2, *, running: str = "", words: str = "") -> bytes:
    """A PDF; ``running``: "script", "launch", "file" or "locked" puts in what is refused."""
    writer = PdfWriter()
    for _number in range(pages):
        writer.add_blank_page(width=200, height=200)
    writer.add_metadata({"/Title": words or "Thông báo"})
    if running == "script":
        script = DictionaryObject(
            {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("app.alert(1)")}
        )
        writer.root_object[NameObject("/OpenAction")] = writer._add_object(script)
    elif running == "file":
        writer.add_attachment("may.exe", PROGRAM)
    elif running == "launch":
        action = DictionaryObject(
            {NameObject("/S"): NameObject("/Launch"), NameObject("/F"): TextStringObject("cmd.exe")}
        )
        writer.root_object[NameObject("/OpenAction")] = writer._add_object(action)
    elif running == "locked":
        writer.encrypt("mat-khau")
    buffer = io.BytesIO()
    writer.write(buffer)
    return buffer.getvalue()


def zip_bytes(entries: dict[str, bytes]) -> bytes:
    """A ZIP of these entries."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def docx_bytes(words: str = "Nội dung", more: dict[str, bytes] | None = None) -> bytes:
    """A Word file as far as our check looks; ``more`` are further entries."""
    return zip_bytes({"[Content_Types].xml": b"<Types/>", "word/document.xml": words.encode(), **(more or {})})


def _box(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">L", 8 + len(data)) + kind + data


def mp4_bytes(codec: bytes = b"avc1", seconds: int = 187, payload: bytes = b"film" * 500) -> bytes:
    """An MP4 by its boxes: header of the movie with its length, a codec, some data."""
    movie = b"\x00" * 12 + struct.pack(">LL", 1000, seconds * 1000) + b"\x00" * 80
    boxes = _box(b"mvhd", movie) + _box(b"stsd", codec)
    return _box(b"ftyp", b"isom\x00\x00\x02\x00isomavc1") + _box(b"moov", boxes) + _box(b"mdat", payload)


def make_album(house: House, *, is_published: bool = True, title: str = "") -> Album:
    """An album of the house's picture; the unit's scope must be open."""
    words = f"{house.marker} {house.word}"
    album = Album(
        slug="" if title else "hoi-lang",
        title=title or f"Hội làng {words}",
        description=f"Lời {words}",
        is_published=is_published,
    )
    return actions.save_album(album=album, entries=[actions.Entry(house.picture, f"Trong album {words}")])


def make_video(house: House, *, is_published: bool = True, title: str = "", payload: bytes = b"film" * 500) -> Video:
    """A video with its transcript; the unit's scope must be open."""
    words = f"{house.marker} {house.word}"
    upload = SimpleUploadedFile("hoi.mp4", mp4_bytes(payload=payload + words.encode()), content_type="video/mp4")
    video = Video(
        slug="" if title else "dua-thuyen", title=title or f"Đua thuyền {words}", transcript=f"Lời thuyết minh {words}", poster=house.picture,
        is_published=is_published,
    )  # fmt: skip
    captions = f"WEBVTT\n\n00:00.000 --> 00:02.000\n{words}\n"
    return actions.save_video(video=video, upload=upload, captions=captions)


def make_attachment(house: House, *, title: str = "") -> Attachment:
    """A PDF of three pages below the house's first article; the unit's scope must be open."""
    content = pdf_bytes(3, words=house.marker)
    row, _is_new = actions.take_attachment(
        upload=io.BytesIO(content), name=f"{title or f'Kế hoạch {house.marker}'}.pdf", size=len(content), actor=None
    )
    actions.set_attachments(article=house.article, attachments=[row], actor=None)
    return row


def library_of(house: House) -> list[Album | Video]:
    """The first album and the first video of a house, in this order."""
    with unit_scope(house.unit):
        return [Album.objects.order_by("pk")[0], Video.objects.order_by("pk")[0]]


def attachments_of(house: House) -> list[Attachment]:
    """The files for download of a house."""
    with unit_scope(house.unit):
        return list(Attachment.objects.all())
