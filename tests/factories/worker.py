"""A worker's part, done in the test's own process: every message of the real broker is taken and its task run."""

from __future__ import annotations

from portal.celery import app


def work_off() -> list[str]:
    """Take every message that waits and run its task, also those that tasks leave behind; returns the tasks' names."""
    done = []
    with app.connection_for_read() as connection:
        queue = connection.SimpleQueue("celery")
        while True:
            try:
                message = queue.get(block=False)
            except queue.Empty:
                break
            name = message.headers["task"]
            app.tasks[name](**message.payload[1])
            message.ack()
            done.append(name)
        queue.close()
    return done


def forget_messages() -> None:
    """Throw away what tests before this one left: their rows are gone."""
    with app.connection_for_read() as connection:
        queue = connection.SimpleQueue("celery")
        queue.clear()
        queue.close()
