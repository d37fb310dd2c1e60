"""/lay-y-kien/: drafts on which the public is asked. The same for everybody and cached; opinions are the feedback room's."""

from datetime import date
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.enums.documents import DocumentStatus
from news.models import Consultation, ConsultationFile, ConsultationPart
from news.querysets.consultations import PAGE_SIZE
from news.structured_data import breadcrumbs_json_ld
from news.subjects import CONSULTATION
from portal.core.page_cache import public_page
from portal.core.richtext import plain_text
from portal.core.sharing_links import share_links
from units.enums import Module
from units.middleware import site_of

OPEN_LIMIT: Final = 50
DESCRIPTION_LIMIT: Final = 200


def _crumbs(*more: tuple[str, str | None]) -> list[dict[str, Any]]:
    rows: list[tuple[str, str | None]] = [
        (_("Trang chủ"), "/"),
        (_("Văn bản"), reverse("news:document-list")),
        (_("Lấy ý kiến dự thảo"), reverse("news:consultation-list")),
        *more,
    ]
    crumbs: list[dict[str, Any]] = [{"label": label, "url": url} for label, url in rows]
    crumbs[-1]["url"] = None
    return crumbs


def _need_module(request: HttpRequest) -> None:
    if not site_of(request).has(Module.DOCUMENTS):
        raise Http404


def _place_of(text: str) -> tuple[date, int] | None:
    """``2026-11-22-7`` → the day and key after which a page begins; 404 for anything else that is not empty."""
    if not text:
        return None
    day, _dash, key = text.rpartition("-")
    if not key.isascii() or not key.isdigit() or len(key) > 18:  # noqa: PLR2004 - beyond any id
        raise Http404
    try:
        return date.fromisoformat(day), int(key)
    except ValueError as error:
        raise Http404 from error


@require_safe
@public_page
def consultation_list(request: HttpRequest) -> HttpResponse:
    """What is open first, then what is coming, then what is over by keyset; three queries."""
    _need_module(request)
    today, place = timezone.localdate(), _place_of(request.GET.get("truoc", ""))
    closed = Consultation.objects.closed_before(today).light()
    if place:
        closed = closed.behind(*place)
    over = list(closed[: PAGE_SIZE + 1])
    if place and not over:
        raise Http404
    last = over[PAGE_SIZE - 1] if len(over) > PAGE_SIZE else None
    crumbs = _crumbs()
    context = {
        "open": [] if place else list(Consultation.objects.open_on(today).light()[:OPEN_LIMIT]),
        "coming": [] if place else list(Consultation.objects.coming_after(today).light()[:OPEN_LIMIT]),
        "over": over[:PAGE_SIZE],
        "today": today,
        "older_url": f"{request.path}?truoc={last.closes_on.isoformat()}-{last.pk}" if last else None,
        "newest_url": request.path if place else None,
        "breadcrumbs": crumbs,
        "json_ld": breadcrumbs_json_ld(request, crumbs),
    }
    return render(request, "news/consultation_list.html", context)


@require_safe
@public_page
def consultation_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One draft: what it is about, until when, its articles, what was said and what came of it."""
    _need_module(request)
    rows = Consultation.objects.readable().select_related("outcome_document", "field")
    consultation = get_object_or_404(rows, pk=pk)
    if request.path != consultation.get_absolute_url():
        return HttpResponsePermanentRedirect(consultation.get_absolute_url())
    today = timezone.localdate()
    parts = list(ConsultationPart.objects.of(consultation))
    is_open = consultation.is_open
    crumbs = _crumbs((consultation.title, None))
    context = {
        "consultation": consultation,
        "is_withdrawn": consultation.status == DocumentStatus.WITHDRAWN,
        "is_open": is_open,
        "is_coming": today < consultation.opens_on,
        "days_left": (consultation.closes_on - today).days,
        "parts": parts,
        "files": list(ConsultationFile.objects.of(consultation)),
        "send_path": f"/gop-y/{CONSULTATION}/{consultation.pk}/" if is_open else "",
        "outcome_path": _outcome_path(consultation),
        "description": plain_text(consultation.intro)[:DESCRIPTION_LIMIT],
        "breadcrumbs": crumbs,
        "json_ld": breadcrumbs_json_ld(request, crumbs),
        "share": share_links(consultation.title, request.build_absolute_uri(request.path)),
    }
    return render(request, "news/consultation_detail.html", context)


def _outcome_path(consultation: Consultation) -> str:
    """Where the document that came of it stands: in the register, or wherever its number is found."""
    document = consultation.outcome_document
    if document and document.status == DocumentStatus.PUBLISHED:
        return document.get_absolute_url()
    number = consultation.outcome_number
    return reverse("news:document-by-number", args=[number]) if number else ""
