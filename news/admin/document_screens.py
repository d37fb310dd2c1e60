"""Screens of the register besides list and form: taking a document away, and how punctually documents are published."""

from typing import Any

from django.contrib import messages
from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from news.actions.document_rights import PUBLISH
from news.actions.documents import withdraw_document
from news.actions.sharing import units_below
from news.enums.documents import DocumentStatus
from news.forms.documents import DocumentWithdrawalForm
from news.models import DisclosureRule, Document
from news.on_time import UnitLine, csv_of, months_of, units_in, waiting_now, year_of
from portal.core.admin_base import person_at
from portal.core.spreadsheets import csv_response
from units.enums import UnitKind
from units.middleware import unit_of


class DocumentScreens:
    """A mixin of DocumentAdmin: addresses below /quan-tri/news/document/."""

    admin_site: AdminSite

    def screen_urls(self) -> list[URLPattern]:
        """Before the stock ones, whose last pattern takes every word for a key."""
        view = self.admin_site.admin_view
        return [
            path("<int:pk>/go/", view(self.withdraw_view), name="news_document_withdraw"),
            path("dung-han/", view(self.on_time_view), name="news_document_on_time"),
            path("dung-han/cac-don-vi/", view(self.units_view), name="news_document_on_time_units"),
            path("dung-han/cac-don-vi.csv", view(self.units_csv), name="news_document_on_time_csv"),
        ]

    def _screen(self, request: HttpRequest, template: str, title: str, **context: Any) -> TemplateResponse:
        frame = {**self.admin_site.each_context(request), "title": title}
        return TemplateResponse(request, f"admin/news/document/{template}.html", {**frame, **context})

    @method_decorator(require_http_methods(["GET", "HEAD", "POST"]))
    def withdraw_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask why, say what citizens will see, do it."""
        document = get_object_or_404(Document, pk=pk)
        if not request.user.has_perm(PUBLISH):
            raise PermissionDenied
        back = HttpResponseRedirect(reverse("admin:news_document_change", args=[pk]))
        if document.status != DocumentStatus.PUBLISHED:
            messages.info(request, _("Văn bản này không đang đăng, nên không cần gỡ."))
            return back
        form = DocumentWithdrawalForm(request.POST if request.method == "POST" else None)
        if form.is_bound and form.is_valid():
            try:
                withdraw_document(document=document, note=form.cleaned_data["note"], actor=person_at(request))
            except ValidationError as error:
                form.add_error(None, error)
            else:
                link = format_html('<a href="{}">{}</a>', document.get_absolute_url(), _("Xem người đọc thấy gì"))
                words = _("Đã gỡ văn bản khỏi sổ. Địa chỉ của văn bản nói vì sao.")
                messages.success(request, format_html("{} {}", words, link))
                return back
        return self._screen(request, "withdraw", _("Gỡ văn bản"), opts=Document._meta, form=form, document=document)

    # --- publishing on time -------------------------------------------------------------------------------------------

    @method_decorator(require_safe)
    def on_time_view(self, request: HttpRequest) -> HttpResponse:
        """The unit's year by month and group, and what waits now."""
        self._demand_view(request)
        year, today = year_of(request.GET.get("nam", "")), timezone.localdate()
        return self._screen(
            request, "on_time", _("Đăng đúng hạn"), year=year, before=year - 1, after=year + 1 if year < today.year else None,
            months=months_of(year), now=waiting_now(today), rules=DisclosureRule.objects.valid_on(today),
            is_province=unit_of(request).kind == UnitKind.PROVINCE, overdue=list(Document.objects.overdue(today).for_register()[:10]),
        )  # fmt: skip

    @method_decorator(require_safe)
    def units_view(self, request: HttpRequest) -> HttpResponse:
        """All units of the province in one year; 404 on any other host."""
        year, rows = self._all_units(request)
        this = timezone.localdate().year
        return self._screen(
            request, "on_time_units", _("Đăng đúng hạn: mọi đơn vị"), year=year, before=year - 1,
            after=year + 1 if year < this else None, rows=rows,
            late=sum(row.line.late for row in rows), on_time=sum(row.line.on_time for row in rows),
        )  # fmt: skip

    @method_decorator(require_safe)
    def units_csv(self, request: HttpRequest) -> HttpResponse:
        """The same as a file for a spreadsheet."""
        year, rows = self._all_units(request)
        response = csv_response(f"dang-dung-han-{year}.csv", csv_of(rows, year))
        response.headers["Cache-Control"] = "no-store"
        return response

    def _all_units(self, request: HttpRequest) -> tuple[int, list[UnitLine]]:
        self._demand_view(request)
        unit = unit_of(request)
        if unit.kind != UnitKind.PROVINCE:
            raise Http404
        year = year_of(request.GET.get("nam", ""))
        # A list scope reads, and can not write (portal.core.tenancy.scope): the province's overview is what it is for.
        return year, units_in([unit, *units_below(unit)], year)

    @staticmethod
    def _demand_view(request: HttpRequest) -> None:
        if not request.user.has_perm("news.view_document"):
            raise PermissionDenied
