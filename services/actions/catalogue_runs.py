"""Runs of the catalogue's import: begun by a command or the province's office, worked on by one process at a time."""

from contextlib import nullcontext
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

from django.conf import settings
from django.core.files.base import File
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.models import User
from portal.core.tasks import start_after_commit
from portal.core.tenancy import unit_scope
from portal.core.uploads import digest_of_file, keep_upload
from services.actions.catalogue import CatalogueImport, CatalogueReport, Progress, RunLostError
from services.actions.menu import arrange_menu
from services.enums import RunState
from services.importing import CatalogueRefusedError
from services.models import CatalogueRun
from services.tasks.catalogue import ABANDONED_AFTER, run_catalogue_file
from units.models import Unit

MOST_ATTEMPTS: Final = 5
KEPT_PREVIEWS: Final = timedelta(days=7)


def import_catalogue(
    *,
    path: Path,
    actor: User | None = None,
    dry_run: bool = False,
    allow_closing: bool = False,
    partial: bool = False,
    progress: Progress | None = None,
) -> CatalogueReport:
    """Import one file now, in this process; a dry run writes nothing at all, not even the run.

    Raises CatalogueRefusedError, also when another import is at work.
    """
    if dry_run:
        return CatalogueImport(path, run=None, may_close=allow_closing, is_partial=partial, progress=progress)()
    run = CatalogueRun(
        file_name=path.name[-200:], sha256=_digest(path), actor=actor, state=RunState.RUNNING, attempts=1,
        may_close=allow_closing, is_partial=partial,
    )  # fmt: skip
    close_abandoned_runs()
    try:
        with transaction.atomic():
            run.save()
    except IntegrityError as error:
        raise CatalogueRefusedError(busy_words()) from error
    return _work(run, path, progress)


def busy_words() -> str:
    """What to say while another import holds the catalogue."""
    return _("Đang có một lần nạp khác. Nếu lần ấy đã bị dừng giữa chừng, chạy lại sau %(minutes)d phút.") % {
        "minutes": int(ABANDONED_AFTER.total_seconds() // 60)
    }


def _digest(path: Path) -> str:
    try:
        return digest_of_file(path)
    except OSError as error:
        raise CatalogueRefusedError(f"{path}: {error.strerror}") from error


def _work(run: CatalogueRun, path: Path, progress: Progress | None = None) -> CatalogueReport:
    """Do a claimed run and write down how it ended. Raises CatalogueRefusedError."""
    job = CatalogueImport(path, run=run, may_close=run.may_close, is_partial=run.is_partial, progress=progress)
    try:
        report = job()
        if not run.is_preview:
            arrange_menu()
    except CatalogueRefusedError as refused:
        _end(run, RunState.REFUSED, job.report, str(refused))
        raise
    except RunLostError as lost:
        raise CatalogueRefusedError(_("Một tiến trình khác đã nhận lần nạp này.")) from lost
    except Exception:
        _end(run, RunState.REFUSED, job.report, _("Lỗi của máy, không phải của tệp. Báo người quản trị hệ thống."))
        raise
    _end(run, RunState.DONE, report, "")
    return report


@transaction.atomic
def _end(run: CatalogueRun, state: RunState, report: CatalogueReport, refusal: str) -> None:
    """Write how the run ended, and an audit row where the province has a site."""
    problems = [problem.as_json() for problem in report.problems]
    notes = [{"line": 0, "code": "", "problem": words, "is_refused": False} for words in report.notes]
    CatalogueRun.objects.filter(pk=run.pk, attempts=run.attempts).update(
        state=state, refusal=refusal, finished_at=timezone.now(), problems=[*notes, *problems], done=report.rows,
        **report.counts(),
    )  # fmt: skip
    run.refresh_from_db()
    if not run.is_preview:
        with _province_scope() as is_open:
            if is_open:
                detail = {**report.counts(), "refused": report.refused, "sha256": run.sha256}
                verb = "catalogue.import" if state == RunState.DONE else "catalogue.refuse"
                record(verb=verb, target=run, actor=run.actor, detail=detail)


def _province_scope() -> Any:
    """The catalogue belongs to no unit; its audit rows are kept with the province, whose office looks after it."""
    province = Unit.objects.provinces().current().first()
    return unit_scope(province) if province else nullcontext()


# --- through the administration ---------------------------------------------------------------------------------------


def folder() -> Path:
    """Where uploaded catalogues lie until they are imported."""
    where: Path = settings.VAR_DIR / "imports" / "catalogue"
    where.mkdir(parents=True, exist_ok=True)
    return where


@transaction.atomic
def upload_catalogue(
    *, upload: "File[bytes]", actor: User, is_partial: bool = False, may_close: bool = False
) -> CatalogueRun:
    """Keep an uploaded file and look at it first, in the background: a preview that writes no procedure."""
    name, digest = keep_upload(upload, folder())
    run = CatalogueRun.objects.create(
        file_name=str(upload.name)[-200:], stored_name=name, sha256=digest, is_preview=True, actor=actor,
        is_partial=is_partial, may_close=may_close,
    )  # fmt: skip
    record(verb="catalogue.preview", target=run, actor=actor)
    start_after_commit(run_catalogue_file, run_id=run.pk)
    return run


@transaction.atomic
def confirm_catalogue(*, run: CatalogueRun, actor: User) -> bool:
    """Import a file that was looked at; False when somebody else just did, or the file is gone."""
    changed = (
        CatalogueRun.objects.filter(pk=run.pk, is_preview=True, state=RunState.DONE)
        .exclude(stored_name="")
        .update(
            is_preview=False, state=RunState.WAITING, done=0, attempts=0, finished_at=None, actor=actor,
            seen_at=timezone.now(),
        )
    )  # fmt: skip
    if changed:
        record(verb="catalogue.confirm", target=run, actor=actor)
        start_after_commit(run_catalogue_file, run_id=run.pk)
    return bool(changed)


def work_on_run(*, run_id: int) -> bool:
    """Do a waiting or abandoned run; False when it is gone, done, in other hands, or must wait for another import."""
    now = timezone.now()
    waiting = CatalogueRun.objects.filter(pk=run_id, state=RunState.WAITING)
    abandoned = CatalogueRun.objects.abandoned(now - ABANDONED_AFTER).filter(pk=run_id, state=RunState.RUNNING)
    try:
        with transaction.atomic():
            claimed = (waiting | abandoned).exclude(stored_name="").update(
                state=RunState.RUNNING, seen_at=now, attempts=F("attempts") + 1
            )  # fmt: skip
    except IntegrityError:
        return False  # one import at a time: the sweep comes back to it
    if not claimed:
        return False
    run = CatalogueRun.objects.select_related("actor").get(pk=run_id)
    path = folder() / run.stored_name
    if run.attempts > MOST_ATTEMPTS:
        _end(run, RunState.REFUSED, CatalogueReport(), _("Máy dừng giữa chừng nhiều lần. Báo người quản trị hệ thống."))
        return False
    try:
        _work(run, path)
    except CatalogueRefusedError:
        path.unlink(missing_ok=True)
    else:
        if not run.is_preview:
            path.unlink(missing_ok=True)
    return True


def close_abandoned_runs() -> int:
    """Say of commands that were killed how they go on, and forget previews nobody confirmed; returns how many."""
    now = timezone.now()
    killed = CatalogueRun.objects.abandoned(now - ABANDONED_AFTER).filter(stored_name="").update(
        state=RunState.REFUSED, finished_at=now,
        refusal=_("Lệnh nạp bị dừng giữa chừng. Chạy lại đúng lệnh ấy, máy đi tiếp từ chỗ dừng."),
    )  # fmt: skip
    for run in CatalogueRun.objects.forgotten_previews(now - KEPT_PREVIEWS)[:20]:
        (folder() / run.stored_name).unlink(missing_ok=True)
        CatalogueRun.objects.filter(pk=run.pk).update(stored_name="")
        killed += 1
    return killed
