"""Files that wait on this machine until a worker reads them: kept under a name of our own, known by their bytes."""

import hashlib
from pathlib import Path
from typing import Final

from django.core.files.base import File
from django.utils.crypto import get_random_string

_NAME_LENGTH: Final = 24


def digest_of_file(path: Path) -> str:
    """SHA-256 of a file as it lies there. Raises OSError."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def keep_upload(upload: "File[bytes]", folder: Path) -> tuple[str, str]:
    """Write an upload into ``folder``; returns the name it got there, which the sender can not choose, and its SHA-256."""
    name = f"{get_random_string(_NAME_LENGTH)}.tep"
    digest = hashlib.sha256()
    with (folder / name).open("wb") as kept:
        for piece in upload.chunks():
            kept.write(piece)
            digest.update(piece)
    return name, digest.hexdigest()
