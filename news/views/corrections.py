"""What the unit had to correct: every correction with its article, newest first."""

from typing import Any
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.models import PublicNote
from news.rules import Cursor
from news.structured_data import breadcrumbs_json_ld
from news.views.lists import cursor_of
from portal.core.page_cache import public_page


@require_safe
@public_page
def corrections(request: HttpRequest) -> HttpResponse:
    """One page of the unit's corrections."""
    before, after = cursor_of(request.GET.get("truoc", "")), cursor_of(request.GET.get("sau", ""))
    rows = PublicNote.objects.corrections()
    if after:
        notes, has_newer = rows.page_before(after)
        has_older = True
    else:
        notes, has_older = rows.page_after(before)
        has_newer = before is not None
    if not notes and (before or after):
        raise Http404
    crumbs: list[dict[str, Any]] = [{"label": _("Trang chủ"), "url": "/"}, {"label": _("Đính chính"), "url": None}]
    context = {
        "notes": notes,
        "older_url": _address(request, "truoc", notes[-1]) if has_older and notes else None,
        "newer_url": _address(request, "sau", notes[0]) if has_newer and notes else None,
        "breadcrumbs": crumbs,
        "json_ld": breadcrumbs_json_ld(request, crumbs),
    }
    return render(request, "news/corrections.html", context)


def _address(request: HttpRequest, name: str, note: PublicNote) -> str:
    return f"{request.path}?{urlencode({name: Cursor(note.at, note.pk).text})}"
