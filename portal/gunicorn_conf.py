"""How gunicorn serves the portal, under `make run` and in the containers alike."""

from __future__ import annotations

import os
from pathlib import Path

bind = os.environ.get("PORTAL_BIND", "127.0.0.1:8000").split(",")
workers = int(os.environ.get("WEB_WORKERS", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
# One import of Django for all workers: starts sooner, shares memory. No connection is opened at import.
preload_app = True
# 0 = no limit here: a query of 10 KB gets the portal's own error page (414) instead of gunicorn's bare one.
limit_request_line = 0
limit_request_fields = 100
timeout = 60
# Below the supervisor's own limits, so that a graceful stop ends in time.
graceful_timeout = 5
keepalive = 5
# A slow leak in any library never grows for ever; the jitter keeps the workers from restarting together.
max_requests = 20_000
max_requests_jitter = 2_000
# The heartbeat file must not live on a disk.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - memory, no shared file names
control_socket_disable = True
# No access log: visitors' addresses are not kept. nginx in front counts requests.
accesslog = None
errorlog = "-"
loglevel = os.environ.get("WEB_LOG_LEVEL", "info")
# Whose X-Forwarded-* headers are believed: nginx in the containers, nobody else.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")
