"""Background work of the catalogue's import."""

from datetime import timedelta
from typing import Final

from celery import shared_task
from django.utils import timezone

from services.models import CatalogueRun

ABANDONED_AFTER: Final = timedelta(minutes=2)
"""A run moves with every batch; one that did not for so long belongs to a process that was killed."""


@shared_task(name="services.run_catalogue_file")
def run_catalogue_file(run_id: int) -> None:
    """Look at an uploaded catalogue, or import it once it was confirmed."""
    from services.actions.catalogue_runs import work_on_run

    work_on_run(run_id=run_id)


@shared_task(name="services.go_on_with_catalogue")
def go_on_with_catalogue() -> None:
    """Runs that a killed worker left, that never reached a worker, or that waited for another import."""
    from services.actions.catalogue_runs import close_abandoned_runs, work_on_run

    close_abandoned_runs()
    for run_id in list(
        CatalogueRun.objects.unfinished(timezone.now() - ABANDONED_AFTER).values_list("pk", flat=True)[:5]
    ):
        work_on_run(run_id=run_id)
