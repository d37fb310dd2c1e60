"""Files that nobody may fetch by address: under PRIVATE_ROOT, sent only by views that have asked who one is.

A name carries the unit and is random. It is written into a row before the first byte is written to the disk, so that what
a crash leaves behind is found (:func:`names_of_unit`) and belongs either to a row or to nobody.
"""

import fcntl
import os
import re
import secrets
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import IO, Final

from django.conf import settings
from django.db import transaction
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from portal.core.ranges import send_range

CONTENT_TYPES: Final = {"webp": "image/webp", "mp4": "video/mp4"}
RAW: Final = ".tep"
"""The ending of what came from a stranger and was not re-encoded: no view ever sends it."""
ROOM_LEFT_BYTES: Final = 512 * 1024 * 1024
"""What must stay free on the disk: the database may stand on it as well."""
_NAME: Final = re.compile(r"u\d{1,12}/[a-z-]{1,20}/\d{4}/\d{2}/[\w-]{22}(?:-[a-z]{1,8})?\.[a-z0-9]{2,5}(?:\.dang)?")
_BEING_WRITTEN: Final = ".dang"
_FOLDER_MODE: Final = 0o750
_FILE_MODE: Final = 0o640


class Busy(Exception):
    """Somebody else writes to this file at this moment."""


def new_name(unit_id: int, folder: str, ending: str = RAW) -> str:
    """``u7/phan-anh/2026/11/<random>.tep``; nothing of it comes from the sender."""
    return f"u{unit_id}/{folder}/{timezone.localdate():%Y/%m}/{secrets.token_urlsafe(16)}{ending}"


def beside(name: str, ending: str) -> str:
    """The name of what is made of a file: the same random part, so that one row vouches for both."""
    return f"{name.removesuffix(RAW)}{ending}"


def stem(name: str) -> str:
    """What all files made of one upload have in common."""
    folder, _slash, last = name.rpartition("/")
    # 22 random letters, which may hold a “-” themselves.
    return f"{folder}/{last[:22]}"


def path_of(name: str) -> Path:
    """Where a name lies. Raises FileNotFoundError for what we never called a file."""
    if not _NAME.fullmatch(name):
        raise FileNotFoundError(name)
    return Path(settings.PRIVATE_ROOT) / name


def has_room(size: int) -> bool:
    """Whether the disk takes ``size`` bytes more and still has air."""
    root = Path(settings.PRIVATE_ROOT)
    root.mkdir(parents=True, exist_ok=True, mode=_FOLDER_MODE)
    return shutil.disk_usage(root).free - size > ROOM_LEFT_BYTES


def _synced_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _synced(file: IO[bytes]) -> None:
    file.flush()
    os.fsync(file.fileno())


def store(name: str, data: bytes) -> None:
    """Write a whole file: complete under its name and safely on the disk, or not there at all."""
    path = path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=_FOLDER_MODE)
    unfinished = path_of(name + _BEING_WRITTEN)
    with unfinished.open("wb") as file:
        os.fchmod(file.fileno(), _FILE_MODE)
        file.write(data)
        _synced(file)
    unfinished.rename(path)
    _synced_folder(path.parent)


@contextmanager
def written_elsewhere(name: str) -> Iterator[Path]:
    """A path for another program to write to; what it wrote gets ``name`` when the block ends without an error."""
    path = path_of(name)
    unfinished = path_of(name + _BEING_WRITTEN)
    try:
        yield unfinished
        with unfinished.open("rb+") as file:
            os.fchmod(file.fileno(), _FILE_MODE)
            _synced(file)
        unfinished.rename(path)
        _synced_folder(path.parent)
    finally:
        unfinished.unlink(missing_ok=True)


@contextmanager
def locked(name: str) -> Iterator[IO[bytes]]:
    """The file opened for writing pieces, made where it is not there yet; raises Busy while another process has it."""
    path = path_of(name)
    path.parent.mkdir(parents=True, exist_ok=True, mode=_FOLDER_MODE)
    handle = os.open(path, os.O_RDWR | os.O_CREAT, _FILE_MODE)
    with os.fdopen(handle, "rb+") as file:
        try:
            fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise Busy from error
        yield file


def write_at(file: IO[bytes], name: str, offset: int, data: bytes) -> None:
    """Write a piece of a file opened by :func:`locked`; when this returns, power may fail."""
    file.seek(offset)
    file.write(data)
    _synced(file)
    if offset == 0:
        _synced_folder(path_of(name).parent)


def open_private(name: str) -> IO[bytes]:
    """Open for reading. Raises FileNotFoundError."""
    return path_of(name).open("rb")


def delete(names: Iterable[str]) -> None:
    """Delete files; those that are gone are no error."""
    for name in names:
        if name:
            path_of(name).unlink(missing_ok=True)


def delete_after_commit(names: Iterable[str]) -> None:
    """Delete files once the rows that named them are gone for certain."""
    transaction.on_commit(partial(delete, [name for name in names if name]), robust=True)


def names_of_unit(unit_id: int, folder: str, months: Iterable[date], before: datetime) -> Iterator[str]:
    """Names of files of a unit that were last written before a moment, in the folders of these months."""
    root = Path(settings.PRIVATE_ROOT)
    for month in months:
        place = root / f"u{unit_id}" / folder / f"{month:%Y/%m}"
        if not place.is_dir():
            continue
        with os.scandir(place) as entries:
            for entry in entries:
                if entry.is_file(follow_symlinks=False) and entry.stat().st_mtime < before.timestamp():
                    yield str(Path(entry.path).relative_to(root))


def units_with_files() -> list[int]:
    """Ids of the units that have a folder."""
    root = Path(settings.PRIVATE_ROOT)
    if not root.is_dir():
        return []
    return sorted(int(entry.name[1:]) for entry in root.iterdir() if re.fullmatch(r"u\d{1,12}", entry.name))


def send_private(request: HttpRequest, name: str) -> HttpResponseBase:
    """One re-encoded picture or video; the view has asked who one is. Raises Http404 for what came raw and for what is gone."""
    kind = CONTENT_TYPES.get(name.rsplit(".", 1)[-1])
    if kind is None:
        raise Http404
    try:
        stored = open_private(name)
    except OSError as error:
        raise Http404 from error
    response = send_range(request, stored, os.fstat(stored.fileno()).st_size, kind)
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["X-Robots-Tag"] = "noindex"
    response.headers["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
