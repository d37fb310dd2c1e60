"""Background work for cases: asking again whether it is solved."""

from celery import shared_task
from django.utils import timezone

from portal.core.tasks import TenantTask, fan_out, unit_ids_with


@shared_task(base=TenantTask, name="feedback.ask_again")
def ask_again() -> int:
    """Ask the senders of one unit's answered cases once more."""
    from feedback.actions.second_ask import ask_again as ask

    return ask()


@shared_task(name="feedback.ask_all_again", ignore_result=True)
def ask_all_again() -> int:
    """Each morning: every unit that holds a case whose sender has not said so in four weeks."""
    from feedback.actions.second_ask import to_ask_again

    today = timezone.localdate()
    return fan_out(ask_again, unit_ids_with(lambda: to_ask_again(today).by_holder()))
