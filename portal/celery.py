"""The Celery application. Queues, routes, schedule and broker stand in `portal.settings` under the prefix CELERY_.

Two queues, because Whoosh has one writer: `index` is read by one process with concurrency 1, `celery` by any number.
"""

from __future__ import annotations

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings.base")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
