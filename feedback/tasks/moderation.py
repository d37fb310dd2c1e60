"""Background work of moderation: rubbish whose time is over, public copies that a crash left behind."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from feedback.models import Case
from portal.core.tasks import TenantTask, fan_out, unit_ids_with
from units.models import Unit


@shared_task(base=TenantTask, name="feedback.delete_spam")
def delete_spam() -> int:
    """Throw away one unit's old rubbish."""
    from feedback.actions.case_spam import delete_old_spam

    return delete_old_spam()


@shared_task(name="feedback.dispatch_spam", ignore_result=True)
def dispatch_spam() -> int:
    """Start it for every unit that has rubbish older than a day; each counts its terms itself."""
    before = timezone.now() - timedelta(days=1)
    return fan_out(delete_spam, unit_ids_with(lambda: Case.objects.spam_before(before).by_holder()))


@shared_task(base=TenantTask, name="feedback.sweep_public_files")
def sweep_public_files() -> int:
    """Delete one unit's public copies that no row names."""
    from feedback.actions.public_copies import sweep_public_files as sweep

    return sweep()


@shared_task(name="feedback.dispatch_public_files", ignore_result=True)
def dispatch_public_files() -> int:
    """Start it for every unit of today: what is looked for has no row."""
    return fan_out(sweep_public_files, list(Unit.objects.current().values_list("pk", flat=True)))
