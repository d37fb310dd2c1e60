"""Background work for files of cases: converting what waits, and sweeping up what a killed process left."""

from celery import shared_task

from portal.core.private_files import units_with_files
from portal.core.tasks import TenantTask, fan_out


@shared_task(base=TenantTask, name="feedback.convert_files")
def convert_files() -> int:
    """Convert what was sent to one unit's site and waits."""
    from feedback.actions.case_files import convert_waiting

    return convert_waiting()


@shared_task(name="feedback.sweep_files", ignore_result=True)
def sweep_files() -> int:
    """What a killed worker left, and what a broker that was down never heard of."""
    from feedback.actions.case_files import units_that_wait

    return fan_out(convert_files, units_that_wait())


@shared_task(base=TenantTask, name="feedback.sweep_orphans")
def sweep_orphans() -> int:
    """Delete files of one unit that belong to nobody."""
    from feedback.actions.case_files import sweep_orphans as sweep

    return sweep()


@shared_task(name="feedback.sweep_all_orphans", ignore_result=True)
def sweep_all_orphans() -> int:
    """The same for every unit that has files."""
    return fan_out(sweep_orphans, units_with_files())
