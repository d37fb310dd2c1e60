"""The copies of a case's pictures and videos that everybody may see: made, exchanged, taken away.

A copy has a random name in the folder of the unit that let it in. It is written before the rows that name it are committed,
and deleted after the rows that named it are: what a crash leaves in between, the sweep finds.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from feedback.cases.blurring import Box, blurred_picture
from feedback.enums.cases import FileKind
from feedback.models import Case, CaseFile
from portal.core.models import AuditEntry
from portal.core.pictures import random_name
from portal.core.private_files import open_private
from portal.core.tenancy import current_unit_id

FOLDER: Final = "phan-anh"
_SMALL: Final = "-nho.webp"
_UNTOUCHED: Final = timedelta(hours=1)
_LOOKED_BACK: Final = timedelta(days=3)
_DROPPING: Final = ("case.published", "case.edited", "case.hidden", "case.spam", "case.withdrawn")


@dataclass(frozen=True, slots=True)
class PublicCopy:
    """Names under MEDIA_ROOT; a video has a still where its conversion made one."""

    path: str
    small: str


def blur_file(*, file: CaseFile, boxes: list[Box]) -> PublicCopy:
    """Write the public copy of one file into the folder of the unit in scope; no row is changed. Raises OSError.

    A video is copied whole: it has no boxes.
    """
    unit_id = current_unit_id()
    if file.kind == FileKind.VIDEO:
        with open_private(file.private_path) as stored:
            path = default_storage.save(random_name(unit_id, FOLDER, ".mp4"), File(stored))
        return PublicCopy(path, _still_of(file, path))
    with open_private(file.private_path) as stored:
        made = blurred_picture(stored, boxes)
    path = default_storage.save(random_name(unit_id, FOLDER, ".webp"), ContentFile(made.large))
    return PublicCopy(path, default_storage.save(path.replace(".webp", _SMALL), ContentFile(made.small)))


def _still_of(file: CaseFile, path: str) -> str:
    if not file.private_small.endswith(".webp"):
        return ""
    with open_private(file.private_small) as stored:
        return str(default_storage.save(path.replace(".mp4", _SMALL), File(stored)))


def needs_copy(file: CaseFile, boxes: list[Box]) -> bool:
    """Whether what is public of the file, if anything, is not what these boxes make, or lies in another unit's folder."""
    here = file.public_path.startswith(f"u{current_unit_id()}/")
    return not file.is_public or not here or [tuple(box) for box in file.boxes] != boxes


@contextmanager
def copies_of(wanted: Mapping[CaseFile, list[Box]]) -> Iterator[dict[int, PublicCopy]]:
    """Write the copies, by the file's id; an error inside the block, or on the way, leaves none of them behind."""
    made: dict[int, PublicCopy] = {}
    try:
        for file, boxes in wanted.items():
            made[file.pk] = blur_file(file=file, boxes=boxes)
        yield made
    except BaseException:
        _delete([name for copy in made.values() for name in (copy.path, copy.small)])
        raise


def public_names(rows: Iterable[CaseFile]) -> list[str]:
    """What lies under MEDIA_ROOT of these files."""
    return [name for row in rows for name in (row.public_path, row.public_small) if name]


def drop_copies(case: Case, *, keep: Iterable[int] = ()) -> list[str]:
    """Take away the public copies of a case but those of the files in ``keep``: the rows now, the files after the commit.

    Returns their names; a step writes them into its audit row as “dropped”, so that the sweep does what a killed process left.
    """
    rows = [row for row in CaseFile.everywhere.filter(case=case).exclude(public_path="") if row.pk not in set(keep)]
    CaseFile.everywhere.filter(pk__in=[row.pk for row in rows]).update(is_public=False, public_path="", public_small="")
    names = public_names(rows)
    delete_after_commit(names)
    return names


def delete_after_commit(names: Iterable[str]) -> None:
    """Delete public files once it is certain that no row names them."""
    transaction.on_commit(partial(_delete, list(names)), robust=True)


def _delete(names: Iterable[str]) -> None:
    for name in names:
        if name:
            default_storage.delete(name)


def sweep_public_files(now: datetime | None = None) -> int:
    """Delete, in the unit in scope, what a crash left: copies that no row names. Returns how many files."""
    moment = now or timezone.now()
    found = set(_named_by_steps(moment))
    for month in {moment.date().replace(day=1), (moment.date().replace(day=1) - timedelta(days=1)).replace(day=1)}:
        found.update(_lying_about(month, moment - _UNTOUCHED))
    orphans = found - _in_use(found)
    existing = [name for name in orphans if default_storage.exists(name)]
    _delete(existing)
    return len(existing)


def _named_by_steps(moment: datetime) -> Iterator[str]:
    """Copies that the steps of the last days took away."""
    entries = AuditEntry.objects.filter(at__gte=moment - _LOOKED_BACK, verb__in=_DROPPING)
    details: Iterable[dict[str, Any]] = entries.values_list("detail", flat=True)
    for detail in details:
        yield from detail.get("dropped", [])


def _lying_about(month: date, before: datetime) -> Iterator[str]:
    """What was written into the month's folder, but not just now: a copy is there before its row is committed."""
    place = Path(default_storage.path(f"u{current_unit_id()}/{FOLDER}/{month:%Y/%m}"))
    if not place.is_dir():
        return
    with os.scandir(place) as entries:
        for entry in entries:
            if entry.is_file(follow_symlinks=False) and entry.stat().st_mtime < before.timestamp():
                yield f"u{current_unit_id()}/{FOLDER}/{month:%Y/%m}/{entry.name}"


def _in_use(names: set[str]) -> set[str]:
    """Which of them a row names, whichever unit it belongs to."""
    used: set[str] = set()
    ordered = sorted(names)
    for start in range(0, len(ordered), 400):
        part = ordered[start : start + 400]
        rows = CaseFile.everywhere.filter(Q(public_path__in=part) | Q(public_small__in=part))
        used.update(public_names(rows.only("public_path", "public_small")))
    return used & names
