"""Runs of imports: begun by a command or a clerk, worked on by one process, taken over when that was killed."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.files.base import File
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from news.actions.import_terms import ImportOptions
from news.actions.imports import Importer
from news.enums.imports import ImportState
from news.importing import ImportRefusedError, ImportReport, open_source
from news.models import ImportRun
from news.tasks.imports import ABANDONED_AFTER, run_import_file
from portal.core.audit import record
from portal.core.models import User
from portal.core.tasks import start_after_commit
from portal.core.tenancy import current_unit_id
from portal.core.uploads import digest_of_file, keep_upload

MOST_ATTEMPTS: Final = 5


@transaction.atomic
def begin_run(*, path: Path, options: Mapping[str, Any], actor: User | None = None) -> ImportRun:
    """Write down that a file on this machine is being taken over."""
    run = ImportRun.objects.create(
        file_name=path.name[-200:], file_digest=digest_of_file(path), options=dict(options), made_by=actor,
        state=ImportState.RUNNING,
    )  # fmt: skip
    record(verb="import.start", target=run, actor=actor)
    return run


def run_import(
    *,
    path: Path,
    reading: Mapping[str, Any],
    options: ImportOptions,
    run: ImportRun | None,
    progress: Callable[[int, int], None] | None = None,
) -> ImportReport:
    """Take one file over; what it did, and in what state it ended, stands on ``run``. Raises ImportRefusedError."""

    def tell(done: int, total: int) -> None:
        if run:
            ImportRun.objects.filter(pk=run.pk).update(done=done, total=total, seen_at=timezone.now())
        if progress:
            progress(done, total)

    try:
        source = open_source(path, options=reading)
        tell(0, source.total)
        report = Importer(source, options, run, run.made_by if run else None, tell)()
    except ImportRefusedError as error:
        if run:
            _end(run, ImportState.REFUSED, {"error": str(error)})
        raise
    if run:
        _end(run, ImportState.DONE, report.as_json())
    return report


def _end(run: ImportRun, state: ImportState, report: dict[str, Any]) -> None:
    """Write how the run ended; a preview that is confirmed begins anew with its own attempts."""
    run.state, run.report, run.finished_at = state, report, timezone.now()
    ImportRun.objects.filter(pk=run.pk).update(state=state, report=report, finished_at=run.finished_at, attempts=0)


# --- through the administration ---------------------------------------------------------------------------------------


def folder_of_unit() -> Path:
    """Where uploaded files of the unit in scope lie until they are taken over."""
    folder: Path = settings.VAR_DIR / "imports" / f"u{current_unit_id()}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@transaction.atomic
def upload_run(*, upload: "File[bytes]", options: Mapping[str, Any], actor: User | None) -> ImportRun:
    """Keep an uploaded file and look at it first: a preview that writes nothing."""
    name, digest = keep_upload(upload, folder_of_unit())
    run = ImportRun.objects.create(
        file_name=str(upload.name)[-200:], stored_name=name, file_digest=digest, options=dict(options),
        is_preview=True, made_by=actor,
    )  # fmt: skip
    record(verb="import.preview", target=run, actor=actor)
    start_after_commit(run_import_file, unit_id=run.unit_id, run_id=run.pk)
    return run


@transaction.atomic
def confirm_run(*, run: ImportRun, actor: User | None) -> bool:
    """Take a file over that was looked at; False when somebody else just did."""
    changed = ImportRun.objects.filter(pk=run.pk, is_preview=True, state=ImportState.DONE).update(
        is_preview=False, state=ImportState.WAITING, done=0, finished_at=None, made_by=actor, seen_at=timezone.now()
    )
    if changed:
        record(verb="import.start", target=run, actor=actor)
        start_after_commit(run_import_file, unit_id=run.unit_id, run_id=run.pk)
    return bool(changed)


def work_on_run(*, run_id: int) -> bool:
    """Do a waiting or abandoned run; False when it is gone, done, or in another worker's hands."""
    now = timezone.now()
    waiting = ImportRun.objects.filter(pk=run_id, state=ImportState.WAITING)
    abandoned = ImportRun.objects.abandoned(now - ABANDONED_AFTER).filter(pk=run_id, state=ImportState.RUNNING)
    claimed = (waiting | abandoned).exclude(stored_name="")
    if not claimed.update(state=ImportState.RUNNING, seen_at=now, attempts=F("attempts") + 1):
        return False
    run = ImportRun.objects.select_related("made_by").get(pk=run_id)
    if run.attempts > MOST_ATTEMPTS:
        words = _("Máy dừng giữa chừng nhiều lần. Chia tệp thành nhiều phần rồi gửi lại.")
        _end(run, ImportState.REFUSED, {"error": words})
        return False
    _take_over(run)
    return True


def _take_over(run: ImportRun) -> None:
    """Take the run's file over; a refusal, and a fault of ours, end the run with a sentence."""
    path, given = folder_of_unit() / run.stored_name, run.options
    options = ImportOptions(
        drafts=bool(given.get("drafts")), fetch_media=bool(given.get("fetch_media")), is_preview=run.is_preview,
        category=str(given.get("category") or "tin-nhap"),
    )  # fmt: skip
    try:
        run_import(path=path, reading={"drafts": options.drafts, "format": _format(run)}, options=options, run=run)
    except ImportRefusedError:
        path.unlink(missing_ok=True)
    except FileNotFoundError:
        _end(run, ImportState.REFUSED, {"error": _("Tệp đã gửi không còn trên máy chủ. Gửi lại tệp.")})
    except Exception:
        _end(run, ImportState.REFUSED, {"error": _("Lỗi của máy, không phải của tệp. Báo người quản trị hệ thống.")})
        raise
    else:
        if not run.is_preview:
            path.unlink(missing_ok=True)


def close_abandoned_commands() -> int:
    """Say of imports from the command line that were killed how they go on; their files are not ours to open."""
    before = timezone.now() - ABANDONED_AFTER
    runs = list(ImportRun.objects.abandoned(before).filter(stored_name=""))
    for run in runs:
        _end(
            run,
            ImportState.REFUSED,
            {"error": _("Lệnh nạp bị dừng giữa chừng. Chạy lại đúng lệnh ấy, máy đi tiếp từ chỗ dừng.")},
        )
    return len(runs)


def _format(run: ImportRun) -> str | None:
    """A table is told from others by its name only, and the kept file has none."""
    return "csv" if run.file_name.lower().endswith((".csv", ".tsv")) else None
