"""Whose request this is, for counting failed logins; never stored with what citizens read."""

import ipaddress

from django.conf import settings
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str:
    """The visitor's address: the peer's, or behind ``PROXY_COUNT`` trusted proxies the one the outermost of them saw.

    Entries left of that in X-Forwarded-For are whatever the visitor wrote there and are never believed.
    """
    peer = str(request.META.get("REMOTE_ADDR", ""))
    chain = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    if settings.PROXY_COUNT < 1 or len(chain) < settings.PROXY_COUNT:
        return peer
    try:
        return str(ipaddress.ip_address(chain[-settings.PROXY_COUNT]))
    except ValueError:
        return peer
