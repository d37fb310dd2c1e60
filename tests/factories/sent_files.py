"""Files as telephones make them, and as somebody would send who means harm."""

from __future__ import annotations

import io
import secrets
import struct
import tempfile
import zlib
from pathlib import Path
from typing import Any

import av
import pillow_heif
from av.video.frame import VideoFrame
from django.conf import settings
from PIL import Image

from feedback.actions import uploads
from feedback.enums.cases import CaseKind, FileKind
from feedback.models import CaseDraft, CaseUpload
from feedback.rules.uploads import PIECE_BYTES
from portal.core.tenancy import unit_scope
from tests.factories.cast import House

GREEN = (10, 120, 90)
QUARTER_TURN = struct.pack(">9i", 0, 0x10000, 0, -0x10000, 0, 0, 0, 0, 0x40000000)
UPRIGHT = struct.pack(">9i", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)


def noisy_jpeg(size: tuple[int, int] = (1200, 800)) -> bytes:
    """A photograph that does not compress: several pieces long."""
    buffer = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(buffer, "JPEG", quality=92)
    return buffer.getvalue()


def heic(size: tuple[int, int] = (80, 40)) -> bytes:
    """What an iPhone sends, with a place in its EXIF."""
    exif = Image.Exif()
    exif[0x010F] = "MayAnhBiMat"
    exif.get_ifd(0x8825)[2] = (16.0, 27.0, 48.0)
    buffer = io.BytesIO()
    pillow_heif.from_pillow(Image.new("RGB", size, GREEN)).save(buffer, exif=exif.tobytes())
    return buffer.getvalue()


def animated_gif() -> bytes:
    """Three pictures after one another, the first green."""
    buffer = io.BytesIO()
    frames = [Image.new("RGB", (40, 40), colour) for colour in (GREEN, (200, 0, 0), (0, 0, 200))]
    frames[0].save(buffer, "GIF", save_all=True, append_images=frames[1:], duration=100, loop=0)
    return buffer.getvalue()


def huge_png(width: int = 10_000, height: int = 10_000) -> bytes:
    """A hundred million points in a few kilobytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    row = zlib.compress(b"\0" * (width // 8 + 1) * 64)
    head = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", row) + chunk(b"IEND", b"")


def video(
    seconds: float = 1.0, size: tuple[int, int] = (320, 180), *, turned: bool = False, sound: bool = True
) -> bytes:
    """A telephone's video with its maker's name inside; ``turned`` as one held upright, by its matrix only."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "video.mp4"
        with av.open(str(path), "w", format="mp4") as out:
            out.metadata["artist"] = "MayQuayBiMat"
            film = out.add_stream("libx264", rate=24)
            film.width, film.height, film.pix_fmt = *size, "yuv420p"
            voice = out.add_stream("aac", rate=44_100, layout="mono") if sound else None
            for number in range(int(seconds * 24)):
                image = Image.new("RGB", size, (number * 5 % 255, 120, 90))
                out.mux(film.encode(VideoFrame.from_image(image)))
            out.mux(film.encode(None))
            if voice is not None:
                for start in range(0, int(seconds * 44_100), 1024):
                    frame = av.AudioFrame(format="fltp", layout="mono", samples=1024)
                    frame.planes[0].update(bytes(frame.planes[0].buffer_size))
                    frame.sample_rate, frame.pts = 44_100, start
                    out.mux(voice.encode(frame))
                out.mux(voice.encode(None))
        data = path.read_bytes()
    # The first matrix is the file's, the second the film's.
    at = data.find(UPRIGHT, data.find(UPRIGHT) + 1)
    return data[:at] + QUARTER_TURN + data[at + 36 :] if turned else data


def draft_of(house: House, **more: Any) -> CaseDraft:
    """A report that is being written on the house's site."""
    with unit_scope(house.unit):
        return CaseDraft.objects.create(key=secrets.token_urlsafe(16), kind=CaseKind.REPORT, **more)


def send_whole(house: House, draft: CaseDraft, data: bytes, kind: FileKind = FileKind.PICTURE) -> CaseUpload:
    """Announce a file and send it in pieces, as the page does."""
    with unit_scope(house.unit):
        upload = uploads.announce_upload(draft=draft, kind=kind, size=len(data), address_hash=secrets.token_hex(8))
        for start in range(0, len(data), PIECE_BYTES):
            upload = uploads.append_piece(upload=upload, offset=start, data=data[start : start + PIECE_BYTES])
    return upload


def private_names() -> list[str]:
    """Everything that lies under PRIVATE_ROOT."""
    root = Path(settings.PRIVATE_ROOT)
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())
