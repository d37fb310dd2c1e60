"""Files that came with a case and are still to be re-encoded: videos, and what arrived while the virus scanner was down.

A worker claims one at a time by conditional update. What a killed worker left is claimed again when the claim is old.
"""

import logging
import tempfile
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone

from feedback.actions.upload_checks import scanned, store_picture
from feedback.enums.cases import FileKind, FileState
from feedback.models import CaseFile, CaseUpload
from feedback.rules import uploads as rules
from portal.core import private_files
from portal.core.audit import record
from portal.core.decoding.sent_pictures import prepare_sent_picture
from portal.core.decoding.sent_videos import make_video
from portal.core.tenancy import current_unit_id

logger = logging.getLogger(__name__)
# Longer than the longest conversion (portal.core.decoding.confined), so that nobody works beside a living worker.
CLAIM_LASTS: Final = timedelta(minutes=15)
AT_ONCE: Final = 20


def waiting_files(now: datetime) -> "QuerySet[CaseFile]":
    """Files of all units that nobody is working on."""
    free = Q(claimed_at__isnull=True) | Q(claimed_at__lt=now - CLAIM_LASTS)
    return CaseFile.everywhere.filter(free, state=FileState.WAITING)


def units_that_wait() -> list[int]:
    """Ids of the units to whose sites these files were sent."""
    rows = waiting_files(timezone.now()).order_by().values_list("case__intake_unit_id", flat=True)
    return sorted(set(rows.distinct()))


def convert_waiting() -> int:
    """Convert what was sent to the site of the unit in scope and waits; returns how many got done, refused ones too."""
    done = 0
    for _turn in range(AT_ONCE):
        file = _claim(timezone.now())
        if file is None or not _converted(file):
            break
        done += 1
    return done


def _converted(file: CaseFile) -> bool:
    """Convert; after an error of ours or of the disk the file stands behind all others, and is tried again."""
    try:
        return convert(file=file)
    except Exception:
        old = timezone.now() - CLAIM_LASTS - timedelta(seconds=1)
        CaseFile.everywhere.filter(pk=file.pk, claimed_at=file.claimed_at).update(claimed_at=old)
        raise


def _claim(now: datetime) -> CaseFile | None:
    """One file for this worker; none while another worker converts: videos must not keep mails and all else waiting."""
    if CaseFile.everywhere.filter(state=FileState.WAITING, claimed_at__gte=now - CLAIM_LASTS).exists():
        return None
    mine = waiting_files(now).filter(case__intake_unit_id=current_unit_id())
    mine = mine.order_by(F("claimed_at").asc(nulls_first=True), "pk")
    for pk in mine.values_list("pk", flat=True)[:AT_ONCE]:
        if waiting_files(now).filter(pk=pk).update(claimed_at=now):
            return CaseFile.everywhere.select_related("case").get(pk=pk)
    return None


def convert(*, file: CaseFile) -> bool:
    """Re-encode one claimed file; False where nothing came of it: the virus scanner is down, or another worker was faster."""
    try:
        with private_files.open_private(file.raw_path) as raw:
            if not scanned(raw):
                # Given back: the sweep asks again in a minute.
                CaseFile.everywhere.filter(pk=file.pk, claimed_at=file.claimed_at).update(claimed_at=None)
                return False
        changes = _video(file) if file.kind == FileKind.VIDEO else store_picture(file.raw_path)
    except ValidationError as error:
        changes = _refusal(" ".join(error.messages))
    except FileNotFoundError:
        logger.error("the raw file of case file %s is gone", file.pk)  # noqa: TRY400 - what happened is all there is
        changes = _refusal("")
    return _settle(file, {"state": FileState.READY, **changes})


def _refusal(why: str) -> dict[str, Any]:
    return {"state": FileState.REFUSED, "refused_why": why[:200]}


def _video(file: CaseFile) -> dict[str, Any]:
    """Make the MP4 and its first picture, both complete on the disk before the row says so."""
    target = private_files.beside(file.raw_path, rules.VIDEO)
    small = private_files.beside(file.raw_path, rules.SMALL)
    with tempfile.TemporaryDirectory(prefix="cong-") as folder:
        poster = Path(folder) / "poster.png"
        with private_files.written_elsewhere(target) as unfinished:
            made = make_video(private_files.path_of(file.raw_path), unfinished, poster)
        private_files.store(small, prepare_sent_picture(poster).small)
    return {
        "private_path": target, "private_small": small, "width": made.width, "height": made.height,
        "seconds": made.seconds, "size": private_files.path_of(target).stat().st_size,
    }  # fmt: skip


def _settle(file: CaseFile, changes: dict[str, Any]) -> bool:
    """Write down what became of it, unless another worker did; the raw file goes once that is committed."""
    with transaction.atomic():
        mine = CaseFile.everywhere.filter(pk=file.pk, state=FileState.WAITING, claimed_at=file.claimed_at)
        if not mine.update(raw_path="", **changes):
            if not CaseFile.everywhere.filter(pk=file.pk).exists():
                private_files.delete_after_commit(_names(file.raw_path))
            return False
        record(verb="case.file_converted", target=file.case, actor=None, detail={"state": str(changes["state"])})
        kept = {changes.get("private_path"), changes.get("private_small")}
        private_files.delete_after_commit(name for name in _names(file.raw_path) if name not in kept)
    return True


def _names(raw: str) -> list[str]:
    return [raw, *(private_files.beside(raw, ending) for ending in rules.MADE)]


def sweep_orphans(*, now: datetime | None = None, age: timedelta = timedelta(hours=rules.ORPHAN_HOURS)) -> int:
    """Delete private files of the unit in scope that no row names and nobody wrote to for a day; returns how many.

    A killed process leaves them: between the commit that took the row away and the deletion of its file. So only the last
    two months' folders are looked at, not the archive.
    """
    moment = now or timezone.now()
    first = timezone.localdate(moment).replace(day=1)
    number = 0
    for month in (first, (first - timedelta(days=1)).replace(day=1)):
        found = list(private_files.names_of_unit(current_unit_id(), rules.FOLDER, [month], moment - age))
        orphans = sorted(set(found) - _owned(f"u{current_unit_id()}/{rules.FOLDER}/{month:%Y/%m}/")) if found else []
        private_files.delete(orphans)
        number += len(orphans)
    return number


def _owned(prefix: str) -> set[str]:
    """Every name in a folder that a row vouches for, what is being made of a raw file included."""
    owned: set[str] = set()
    named = Q(raw_path__startswith=prefix) | Q(private_path__startswith=prefix) | Q(private_small__startswith=prefix)
    rows = CaseFile.everywhere.filter(named).order_by()
    for raw, path, small in rows.values_list("raw_path", "private_path", "private_small").iterator():
        owned.update({path, small, *(_names(raw) if raw else ())})
    uploads = CaseUpload.objects.filter(path__startswith=prefix).order_by().values_list("path", "prepared")
    for raw, prepared in uploads.iterator():
        owned.update(_names(raw) if not (prepared or {}).get("private_path") else _names(raw)[1:])
    return owned
