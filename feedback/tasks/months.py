"""Every night: what each unit did with the cases of the last months."""

from celery import shared_task
from django.utils import timezone

from feedback.models import Case, CaseMonth
from portal.core.tasks import TenantTask, fan_out, unit_ids_with


@shared_task(base=TenantTask, name="feedback.count_months")
def count_months() -> int:
    """Count one unit's months anew; returns how many rows changed."""
    from feedback.actions.case_months import count_months as count

    return count(today=timezone.localdate())


@shared_task(name="feedback.count_all_months", ignore_result=True)
def count_all_months() -> int:
    """The same for every unit that has cases of these months, or once had; returns how many were started."""
    from feedback.actions.case_months import counted_since

    since = counted_since(timezone.localdate())
    units = {
        *unit_ids_with(lambda: Case.objects.filter(received_at__gte=since).by_holder()),
        *unit_ids_with(lambda: CaseMonth.objects.filter(month__gte=since.date())),
    }
    return fan_out(count_months, sorted(units))
