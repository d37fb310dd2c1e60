"""Where a procedure's page leads: related procedures, addresses outside, what search engines read."""

from typing import Any, Final
from urllib.parse import urlsplit

from django.http import HttpRequest
from django.utils.safestring import SafeString

from portal.core.structured_data import crumb_list, script_safe
from portal.core.text import folded
from services.models import Procedure
from units.middleware import unit_of

MOST_RELATED: Final = 6
_ALIKE: Final = 0.34
# Words that nearly every name has; they make no two procedures alike. Without marks, as ``folded`` writes them.
_COMMON: Final = frozenset(
    ["thu", "tuc", "cap", "dang", "ky", "lai", "giay", "cho", "cua", "va", "theo", "ve", "viec", "co", "khong", "doi"]
)


def web_address(url: str) -> str:
    """``url`` where it is an address of the web; empty for anything else that an import may have brought."""
    try:
        parts = urlsplit(url.strip())
    except ValueError:
        return ""
    return url.strip() if parts.scheme in {"http", "https"} and parts.netloc else ""


def related_to(procedure: Procedure) -> list[Procedure]:
    """Others of the same life events first, then those of the field whose names are alike; one query, at most six."""
    words = _words(procedure)
    scored = []
    for other in Procedure.objects.near(procedure):
        likeness, in_event = _likeness(words, _words(other)), bool(getattr(other, "in_event", False))
        if in_event or likeness >= _ALIKE:
            scored.append((not in_event, -likeness, other.code, other))
    return [row[-1] for row in sorted(scored, key=lambda row: row[:3])[:MOST_RELATED]]


def _words(procedure: Procedure) -> frozenset[str]:
    return frozenset(folded(procedure.short_name).split()) - _COMMON


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    both = len(one | other)
    return len(one & other) / both if both else 0.0


def json_ld_of(request: HttpRequest, procedure: Procedure, crumbs: list[dict[str, Any]]) -> SafeString:
    """schema.org GovernmentService with the way to the page."""
    unit = unit_of(request)
    address = request.build_absolute_uri(procedure.get_absolute_url())
    service: dict[str, Any] = {
        "@type": "GovernmentService",
        "name": procedure.short_name,
        "identifier": procedure.code,
        "serviceType": procedure.field.name,
        "url": address,
        "inLanguage": "vi",
        "provider": {"@type": "GovernmentOrganization", "name": unit.name, "url": request.build_absolute_uri("/")},
        "areaServed": {"@type": "AdministrativeArea", "name": unit.name},
    }
    if procedure.everyday_list:
        service["alternateName"] = procedure.everyday_list
    if procedure.summary:
        service["description"] = procedure.summary
    if procedure.audience:
        service["audience"] = {"@type": "Audience", "audienceType": procedure.audience}
    source = web_address(procedure.source_url)
    if source:
        service["isBasedOn"] = source
        service["availableChannel"] = {
            "@type": "ServiceChannel",
            "serviceUrl": web_address(procedure.submit_url) or source,
        }
    return script_safe({"@context": "https://schema.org", "@graph": [service, crumb_list(request, crumbs)]})
