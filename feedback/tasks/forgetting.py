"""Background work: what is forgotten about senders of cases."""

from celery import shared_task
from django.db.models import F

from feedback.enums.cases import OPEN
from feedback.models import Case
from feedback.rules.limits import today_began
from portal.core.tasks import TenantTask, fan_out, unit_ids_with


@shared_task(base=TenantTask, name="feedback.forget_case_senders")
def forget_case_senders() -> int:
    """Forget those of one unit whose time is over, by the dated rows."""
    from feedback.actions.forget_cases import forget_address_hashes, forget_old_senders

    return forget_old_senders() + forget_address_hashes()


@shared_task(name="feedback.forget_all_case_senders", ignore_result=True)
def forget_all_case_senders() -> int:
    """Each night: every unit that holds an ended case whose sender is known, or has hashes of days that are over."""
    ended = lambda: Case.objects.exclude(status__in=OPEN).filter(sender__forgotten_at__isnull=True).by_holder()  # noqa: E731 - asked for as a callable
    hashed = lambda: (  # noqa: E731 - likewise
        Case.objects.filter(received_at__lt=today_began())
        .exclude(address_hash="")
        .annotate(unit_id=F("intake_unit_id"))
    )
    return fan_out(forget_case_senders, sorted({*unit_ids_with(ended), *unit_ids_with(hashed)}))
