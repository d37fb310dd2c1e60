"""The document register. Lists and pages are the same for everybody and cached; what is filtered is made anew."""

from collections.abc import Sequence
from typing import Any, Final

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from news.document_page import TEMPLATE, document_context, withdrawn_context
from news.document_register import Register
from news.documents_page import NATIONAL_DATABASE, list_context, lower_first, read_filter
from news.enums.documents import DocumentStatus
from news.models import Document
from news.rules.document_register import CSV_LIMIT
from portal.core.page_cache import public_page
from portal.core.spreadsheets import csv_response, csv_text

GONE: Final = 410
NOT_FOUND: Final = 404
NUMBER_SHOWN: Final = 80


@require_safe
@public_page
def document_list(request: HttpRequest) -> HttpResponse:
    """The register: newest first, filtered as asked, by “Cũ hơn” and “Mới hơn”."""
    return render(request, "news/document_list.html", list_context(request))


@require_safe
@public_page
def document_detail(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """One document; an outdated slug redirects, a withdrawn document answers 410 and says why it was taken away."""
    document = Document.objects.readable().for_detail().filter(pk=pk).first()
    if document is None:
        raise Http404
    if request.path != document.get_absolute_url():
        return HttpResponsePermanentRedirect(document.get_absolute_url())
    if document.status == DocumentStatus.WITHDRAWN:
        response = render(request, "news/document_gone.html", withdrawn_context(document), status=GONE)
        response.headers["X-Robots-Tag"] = "noindex"
        return response
    return render(request, TEMPLATE, document_context(request, document))


@require_safe
@public_page
def document_by_number(request: HttpRequest, number: str) -> HttpResponse:
    """On to the document of this number, here or at the province; a choice where several have it; else that it is not here.

    Then the status is 404: the address names something this register does not have. The page still helps, but no search engine
    keeps an endless list of “not here”, and a link that leads nowhere is found by link checkers, ours as well.
    """
    register = Register(request)
    found = register.with_number(number)
    if len(found) == 1:
        return HttpResponseRedirect(register.url_of(found[0]))
    shown = " ".join(number.strip("/").split())[:NUMBER_SHOWN]
    crumbs: list[dict[str, Any]] = [
        {"label": _("Trang chủ"), "url": "/"},
        {"label": _("Văn bản"), "url": reverse("news:document-list")},
        {"label": shown, "url": None},
    ]
    context = {
        "number": shown,
        "rows": register.rows(found),
        "unit_name": lower_first(register.unit.name),
        "breadcrumbs": crumbs,
        "national_url": NATIONAL_DATABASE,
    }
    return render(request, "news/document_by_number.html", context, status=200 if found else NOT_FOUND)


@require_safe
def document_csv(request: HttpRequest) -> HttpResponse:
    """What the filter finds as a file for spreadsheets, at most CSV_LIMIT rows."""
    register = Register(request)
    reading = read_filter(request, register)
    heads = [
        _("Số ký hiệu"), _("Loại"), _("Cơ quan ban hành"), _("Người ký"), _("Năm"), _("Ngày ban hành"),
        _("Có hiệu lực từ"), _("Hết hiệu lực sau ngày"), _("Hiệu lực hôm nay"), _("Nhóm"), _("Trích yếu"), _("Địa chỉ"),
    ]  # fmt: skip
    found = register.newest(reading.asked, CSV_LIMIT)
    text = csv_text([heads, *(_cells(request, register, document) for document in found)])
    response = csv_response(f"van-ban-{timezone.localdate():%Y-%m-%d}.csv", text)
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _cells(request: HttpRequest, register: Register, row: Document) -> Sequence[Any]:
    days = [day.isoformat() if day else "" for day in (row.issued_on, row.effective_from, row.expires_on)]
    url = request.build_absolute_uri(register.url_of(row))
    return [
        row.number, row.type.name, row.issuer, row.signer_name, row.year or "", *days, row.effect(register.today).label,
        row.get_group_display(), row.abstract, url,
    ]  # fmt: skip
