"""What the pages of this room share: what they speak of, and where they stand."""

from typing import Any

from django.http import Http404, HttpRequest
from django.utils.translation import gettext as _

from portal.core.subjects import Subject, find_subject

# A form asked for by a script is a part of the page it was opened on.
FRAGMENT = "phan"


def subject_or_404(kind: str, key: int) -> Subject:
    """The published row of the unit in scope; 404 for an unknown kind, another unit's row, a draft."""
    subject = find_subject(kind, key)
    if subject is None:
        raise Http404
    return subject


def is_fragment(request: HttpRequest) -> bool:
    """Whether a script asked for the inner part only."""
    return request.GET.get(FRAGMENT) == "1"


def crumbs_to(subject: Subject, label: str) -> list[dict[str, Any]]:
    """Home, the article, here."""
    return [
        {"label": _("Trang chủ"), "url": "/"},
        {"label": subject.title, "url": subject.path},
        {"label": label, "url": None},
    ]
