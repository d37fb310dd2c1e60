"""Background work of the index: one task on one queue with one worker."""

import logging

from celery import shared_task
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)

_BATCHES = 40
"""Batches of one run; what is left then waits for the next, so the queue is never held for long."""


# CELERY_TASK_ROUTES sends search.* to the queue "index", which has one worker: Whoosh has one writer.
@shared_task(name="search.drain_index", ignore_result=True)
def drain_index() -> int:
    """Bring the index up to date with the outbox; return how many changes were done. Safe to run at any time."""
    from portal.search import actions  # actions enqueue this task, so the import cannot stand above

    return actions.catch_up(batches=_BATCHES)


def enqueue_drain() -> None:
    """Ask a worker to drain soon. With the broker down this only logs: the sweep comes within half a minute."""
    try:
        drain_index.apply_async(retry=False)
    except (OperationalError, OSError) as error:
        logger.warning("The broker is not there, the index will be brought up to date by the sweep: %s", error)


def enqueue_drain_on_commit() -> None:
    """Enqueue once for the running transaction, however many rows it changes."""
    # Ten thousand imported rows must not become ten thousand messages.
    waiting = connections[DEFAULT_DB_ALIAS].run_on_commit
    if not any(entry[1] is enqueue_drain for entry in waiting):
        transaction.on_commit(enqueue_drain, robust=True)
