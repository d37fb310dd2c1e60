"""The months' sheets: computed, checked, locked, printed, exported."""

from datetime import date
from typing import Any

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import Count
from django.db.models.functions import TruncMonth
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from news.actions import royalty_sheets as actions
from news.actions.royalty_reckoning import reckon, unscored, unscored_since
from news.actions.royalty_terms import RateBook
from news.admin.royalty_month import MonthScreen
from news.admin.royalty_xlsx import sheet_tables
from news.enums.royalty import OverBudget
from news.forms.royalty import PaidForm, SheetForm
from news.models import Contributor, RoyaltyLine, RoyaltySheet
from news.rules.number_words import dong_words
from news.rules.royalty import first_of, month_after, month_before
from portal.core.admin_base import TenantAdmin, person_at
from portal.core.spreadsheets import xlsx_response

MONTHS_SHOWN = 12
KEY_DIGITS = 18


@admin.register(RoyaltySheet)
class RoyaltySheetAdmin(MonthScreen, TenantAdmin):
    """Months; the list is a calendar of them, the form is the sheet itself."""

    def get_urls(self) -> list[Any]:
        """Our screens before the stock ones, whose last pattern takes every word for a key."""
        wrap = self.admin_site.admin_view
        own = [
            path("thang/<int:year>/<int:month>/", wrap(self.month_view), name="news_royaltysheet_month"),
            path("cua-toi/", wrap(self.mine_view), name="news_royaltysheet_mine"),
            path("<int:pk>/in/", wrap(self.print_view), name="news_royaltysheet_print"),
            path("<int:pk>/xlsx/", wrap(self.xlsx_view), name="news_royaltysheet_xlsx"),
        ]
        return own + super().get_urls()

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Made by opening a month."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Every step has a right of its own; the screen asks for each."""
        return request.user.has_perm("news.compute_royaltysheet")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Never."""
        return False

    # --- the months ---------------------------------------------------------------------------------------------------

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """The last twelve months and every older sheet; POST opens the sheet of one month."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        if request.method == "POST":
            return self._open(request)
        today = first_of(timezone.localdate())
        months = [today]
        while len(months) < MONTHS_SHOWN:
            months.append(month_before(months[-1]))
        sheets = {sheet.month: sheet for sheet in RoyaltySheet.objects.for_detail().order_by("-month")[:240]}
        left = unscored_since(months[-1]).annotate(month=TruncMonth("published_at")).values("month")
        counts = {row["month"].date(): row["number"] for row in left.order_by("month").annotate(number=Count("pk"))}
        shown = sorted({*months, *sheets}, reverse=True)
        rows = [{"month": month, "sheet": sheets.get(month), "left": counts.get(month, 0)} for month in shown]
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "rows": rows, "terms": RateBook().on(timezone.localdate()),
            "today": today,
        }  # fmt: skip
        return TemplateResponse(request, "admin/news/royalty/months.html", context)

    def _open(self, request: HttpRequest) -> HttpResponse:
        if not request.user.has_perm("news.compute_royaltysheet"):
            raise PermissionDenied
        month = _day(request.POST.get("month", ""))
        if month is None:
            raise Http404
        try:
            sheet = actions.open_sheet(month=month, actor=person_at(request))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return HttpResponseRedirect(reverse("admin:news_royaltysheet_changelist"))
        return HttpResponseRedirect(reverse("admin:news_royaltysheet_change", args=[sheet.pk]))

    # --- one sheet ----------------------------------------------------------------------------------------------------

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """The sheet with its lines and its next step; POST takes a step."""
        sheet = self._sheet(request, object_id)
        form, paid_form = SheetForm(sheet=sheet), PaidForm(sheet=sheet)
        if request.method == "POST":
            verb = request.POST.get("do", "")
            form = SheetForm(request.POST, sheet=sheet) if verb == "compute" else form
            paid_form = PaidForm(request.POST, sheet=sheet) if verb == "paid" else paid_form
            if self._step(request, sheet, verb, form, paid_form):
                return HttpResponseRedirect(reverse("admin:news_royaltysheet_change", args=[sheet.pk]))
            sheet = self._sheet(request, object_id)
        context = {**self._facts(request, sheet), "form": form, "paid_form": paid_form}
        return TemplateResponse(request, "admin/news/royalty/sheet.html", context)

    def _step(self, request: HttpRequest, sheet: RoyaltySheet, verb: str, form: SheetForm, paid_form: PaidForm) -> bool:
        """Take one step by its action; whether it was taken, or a message says why not."""
        rights = {"compute": "compute", "paid": "compute", "check": "check", "lock": "lock", "reopen": "compute"}
        if verb not in rights or not request.user.has_perm(f"news.{rights[verb]}_royaltysheet"):
            raise PermissionDenied
        if (verb == "compute" and not form.is_valid()) or (verb == "paid" and not paid_form.is_valid()):
            return False
        try:
            words = self._take(request, sheet, verb, form, paid_form)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return False
        messages.success(request, words)
        return True

    @staticmethod
    def _take(request: HttpRequest, sheet: RoyaltySheet, verb: str, form: SheetForm, paid_form: PaidForm) -> str:
        person = person_at(request)
        seen = request.POST.get("revision", "")
        revision = int(seen) if seen.isdecimal() and len(seen) < 10 else -1  # noqa: PLR2004 - no such revision
        if verb == "compute":
            over = OverBudget(form.cleaned_data["over_budget"])
            actions.compute_sheet(sheet=sheet, budget=form.cleaned_data["budget"], over_budget=over, actor=person)
            return _("Đã tính. Nhờ người khác kiểm tra rồi khóa.")
        if verb == "check":
            actions.check_sheet(sheet=sheet, revision=revision, actor=person)
            return _("Đã ghi: bảng đúng. Còn bước khóa.")
        if verb == "lock":
            if request.POST.get("sure") != "yes":
                raise ValidationError(_("Đánh dấu vào ô “Đã xem” rồi khóa."))
            actions.lock_sheet(sheet=sheet, revision=revision, actor=person)
            return _("Đã khóa. Bảng này giữ nguyên từ nay.")
        if verb == "paid":
            actions.mark_paid(sheet=sheet, day=paid_form.cleaned_data["paid_on"], actor=person)
            return _("Đã ghi ngày trả.")
        actions.reopen_sheet(sheet=sheet, actor=person, reason=request.POST.get("reason", "")[:250])
        return _("Đã mở lại. Sửa xong thì tính lại.")

    def _sheet(self, request: HttpRequest, key: Any) -> RoyaltySheet:
        if not self.has_view_permission(request):
            raise PermissionDenied
        number = str(key)
        if not number.isdecimal() or len(number) > KEY_DIGITS:
            raise Http404
        sheet = RoyaltySheet.objects.for_detail().filter(pk=number).first()
        if sheet is None:
            raise Http404
        return sheet

    def _facts(self, request: HttpRequest, sheet: RoyaltySheet) -> dict[str, Any]:
        """What the screen, the print and the person's rights need."""
        lines = RoyaltyLine.objects.of_sheet(sheet)
        now = None if sheet.is_locked else reckon(sheet)
        is_over = month_after(sheet.month) <= timezone.localdate()
        return {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "sheet": sheet,
            "lines": list(lines),
            "people": lines.by_contributor(),
            "words": dong_words(sheet.total),
            "problems": now.problems if now else [],
            "changes": actions.differences(sheet, now) if now else [],
            "left": unscored(sheet.month).count(),
            "is_over": is_over,
            "is_own": sheet.computed_by_id == request.user.pk,
            "is_reduced": sheet.total < sheet.total_before,
            "today": timezone.localdate(),
            "is_late": bool(sheet.due_on and not sheet.paid_on and sheet.due_on < timezone.localdate()),
        }

    def print_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The sheet on A4 across, with places to sign."""
        sheet = self._sheet(request, pk)
        return TemplateResponse(request, "admin/news/royalty/print.html", self._facts(request, sheet))

    def xlsx_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The sheet as a workbook."""
        sheet = self._sheet(request, pk)
        lines = RoyaltyLine.objects.of_sheet(sheet)
        tables = sheet_tables(sheet, list(lines), lines.by_contributor(), str(request.unit))  # type: ignore[attr-defined]  # the host's
        return xlsx_response(f"nhuan-but-{sheet.month:%Y-%m}.xlsx", *tables)

    # --- what one is paid oneself -------------------------------------------------------------------------------------

    def mine_view(self, request: HttpRequest) -> HttpResponse:
        """“Nhuận bút của tôi”: closed months of the person whose account this is; nobody else's line."""
        if not request.user.has_perm("news.view_own_royalty"):
            raise PermissionDenied
        me = Contributor.objects.filter(user=person_at(request)).first()
        months = RoyaltyLine.objects.totals_by_month(me) if me else []
        years = sorted({row["month"].year for row in months}, reverse=True)
        wanted = request.GET.get("nam", "")
        year = (
            int(wanted) if wanted.isdecimal() and int(wanted) in years else next(iter(years), timezone.localdate().year)
        )
        mine = [row for row in months if row["month"].year == year]
        context = {
            **self.admin_site.each_context(request), "opts": self.opts, "me": me, "years": years, "year": year,
            "months": mine, "total": sum(row["total"] for row in mine),
            "lines": list(RoyaltyLine.objects.statement_of(me, year)) if me else [],
        }  # fmt: skip
        return TemplateResponse(request, "admin/news/royalty/mine.html", context)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None
