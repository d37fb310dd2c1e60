"""Background work: what a task must carry, and how it is started."""

import logging
from collections.abc import Callable, Iterable
from typing import Any

from celery import Task, shared_task
from celery.contrib.django.task import DjangoTask
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from kombu.exceptions import OperationalError

from portal.core.tenancy import unit_scope
from portal.core.tenancy.escape import unscoped

logger = logging.getLogger(__name__)


class TenantTask(DjangoTask):  # type: ignore[type-arg]  # not subscriptable at run time
    """A task of one unit: it must be called with ``unit_id`` and its body runs in that unit's scope, nobody else's."""

    abstract = True
    # Celery compares arguments with the body, which never sees unit_id: __call__ below takes it off.
    typing = False

    def __call__(self, *args: Any, unit_id: int, **kwargs: Any) -> Any:
        """Open the unit's scope, then run the body; a missing unit_id is a TypeError."""
        with unit_scope(unit_id):
            return super().__call__(*args, **kwargs)


def start_after_commit(task: "Task[Any, Any]", **arguments: int | str) -> None:
    """Enqueue ``task`` once the transaction is committed; arguments are ids, never rows.

    A broker that is down does not undo what the clerk saved: the failure is logged and the beat sweep does the work.
    """

    def send() -> None:
        try:
            task.apply_async(kwargs=arguments)
        except (OperationalError, OSError) as error:
            logger.warning("broker unavailable, %s is left to the sweep: %s", task.name, error)

    transaction.on_commit(send)


def unit_ids_with(rows: "Callable[[], QuerySet[Any]]") -> list[int]:
    """Ids of the units that have at least one of ``rows``; nothing else of the rows leaves this function.

    ``rows`` is called outside every scope, so it must be a bounded, indexed condition on a tenant model: what is due now.
    """
    with unscoped():
        return sorted(set(rows().order_by().values_list("unit_id", flat=True).distinct()))


def fan_out(task: "Task[Any, Any]", unit_ids: Iterable[int]) -> int:
    """Start ``task`` once for each unit, from a beat task; returns how many were enqueued before the broker failed, if it did.

    What is not enqueued now is found again at the next beat: the condition still holds.
    """
    number = 0
    for unit_id in unit_ids:
        try:
            task.apply_async(kwargs={"unit_id": unit_id})
        except (OperationalError, OSError) as error:
            logger.warning("broker unavailable, %s is left to the next beat: %s", task.name, error)
            break
        number += 1
    return number


@shared_task(base=TenantTask, name="core.forget_visitors")
def forget_visitors() -> int:
    """Delete one unit's counters and spent proofs whose time is over."""
    from portal.core.visitors import forget_old_visitors

    return forget_old_visitors()


@shared_task(name="core.dispatch_forgetting")
def dispatch_forgetting() -> int:
    """Delete the salts of days that are over, then start the rest for every unit that has something to forget."""
    from portal.core.models import RateCounter, SpentProof
    from portal.core.visitors import COUNTERS_KEPT, forget_old_salts

    forget_old_salts()
    now = timezone.now()
    units = {
        *unit_ids_with(lambda: RateCounter.objects.older_than(now - COUNTERS_KEPT)),
        *unit_ids_with(lambda: SpentProof.objects.expired(now)),
    }
    return fan_out(forget_visitors, sorted(units))
