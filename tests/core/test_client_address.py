"""Whose failed logins are counted together."""

from typing import Any

import pytest
from django.test import RequestFactory

from portal.core.client_address import client_address


@pytest.mark.parametrize(
    ("proxies", "forwarded", "expected"),
    [
        (0, "203.0.113.9", "198.51.100.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "6.6.6.6, 203.0.113.9", "203.0.113.9"),
        (2, "6.6.6.6, 203.0.113.9, 10.0.0.2", "203.0.113.9"),
        (2, "203.0.113.9", "198.51.100.1"),
        (1, "2001:db8::7", "2001:db8::7"),
        (1, "<script>", "198.51.100.1"),
        (1, "", "198.51.100.1"),
    ],
)
def test_address_is_what_trusted_proxies_saw(settings: Any, proxies: int, forwarded: str, expected: str) -> None:
    settings.PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="198.51.100.1", headers={"X-Forwarded-For": forwarded})
    assert client_address(request) == expected
