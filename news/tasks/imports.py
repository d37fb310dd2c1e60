"""Background work of imports."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from news.models import ImportRun
from portal.core.tasks import TenantTask, fan_out, unit_ids_with

ABANDONED_AFTER = timedelta(minutes=10)
"""A run that nobody moved for so long belongs to a worker that was killed."""


@shared_task(base=TenantTask, name="news.run_import_file")
def run_import_file(run_id: int) -> None:
    """Take one uploaded file over, or look at it first."""
    from news.actions.import_runs import work_on_run

    work_on_run(run_id=run_id)


@shared_task(base=TenantTask, name="news.go_on_with_imports")
def go_on_with_imports() -> None:
    """Runs of the unit that a killed worker left, or that never reached a worker."""
    from news.actions.import_runs import close_abandoned_commands, work_on_run

    close_abandoned_commands()
    before = timezone.now() - ABANDONED_AFTER
    for run_id in list(ImportRun.objects.abandoned(before).values_list("pk", flat=True)[:10]):
        work_on_run(run_id=run_id)


@shared_task(name="news.find_abandoned_imports")
def find_abandoned_imports() -> None:
    """Units that have such runs."""
    before = timezone.now() - ABANDONED_AFTER
    fan_out(go_on_with_imports, unit_ids_with(lambda: ImportRun.objects.abandoned(before)))
