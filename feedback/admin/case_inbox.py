"""The list of cases: piles by what is to be done, narrowed by kind, category and person, and the same as a spreadsheet."""

from datetime import date
from itertools import groupby
from typing import Any, Final
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe

from feedback.cases import inbox
from feedback.cases.last_days import SOON_DAYS, LastDay, desk_calendar, last_day_of
from feedback.enums.cases import CaseStatus, Priority
from feedback.forms.case_desk import NarrowForm
from feedback.models import Case, CaseCategory
from portal.core.admin_base import person_at
from portal.core.models import User
from portal.core.spreadsheets import DAY, MOMENT, Column, Table, xlsx_response
from portal.core.templatetags.portal_text import date_full
from portal.core.tenancy import current_unit_id
from units.enums import UnitKind
from units.middleware import unit_of

GROUPED: Final = frozenset({"can-lam", "dang"})
HEADINGS: Final = {
    "late": gettext_lazy("Quá hạn"), "today": gettext_lazy("Hạn hôm nay"), "soon": gettext_lazy("Sắp đến hạn"),
}  # fmt: skip


class InboxScreens:
    """Mixed into CaseAdmin."""

    admin_site: AdminSite
    opts: Any

    @method_decorator(require_safe)
    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        """One pile by keyset; how much lies on each is counted once, no further than a person would read."""
        self._demand_view(request)
        today = timezone.localdate()
        tab, form, wanted = self._wanted(request, today)
        rows, mark = inbox.page_of(tab, wanted, today, request.GET.get("truoc", ""))
        calendar = desk_calendar(today)
        numbers = inbox.count_waiting(today, calendar.after(today, SOON_DAYS))
        chosen = _chosen(request)
        context = {
            **self.admin_site.each_context(request),
            "opts": self.opts,
            "title": _("Phản ánh, câu hỏi, yêu cầu"),
            "tab": tab,
            "tabs": _tabs(request, tab, numbers, chosen),
            "tiles": _tiles(request, numbers),
            "groups": _groups(
                tab, [_row(case, last_day_of(case, today, calendar), person_at(request)) for case in rows]
            ),
            "form": form,
            "wanted": wanted,
            "is_first_page": not request.GET.get("truoc"),
            "all_url": f"?xem={tab.slug}",
            "next_url": f"?{urlencode({'xem': tab.slug, **chosen, 'truoc': mark})}" if mark else "",
            "sheet_query": urlencode({"xem": tab.slug, **chosen}),
        }
        return TemplateResponse(request, "admin/feedback/case/inbox.html", context)

    @method_decorator(require_safe)
    def sheet_view(self, request: HttpRequest) -> HttpResponse:
        """The same list for a spreadsheet, without anything that tells who the senders are."""
        self._demand_view(request)
        today = timezone.localdate()
        tab, _form, wanted = self._wanted(request, today)
        rows = inbox.sheet_of(tab, wanted, today)
        return xlsx_response(f"phan-anh-{tab.slug}-{today}.xlsx", _sheet(unit_of(request).name, tab, rows, today))

    @staticmethod
    def _wanted(request: HttpRequest, today: date) -> tuple[inbox.Tab, NarrowForm, inbox.Wanted]:
        """What the address asks for; nonsense asks for everything."""
        tab = inbox.tab_of(request.GET.get("xem", ""))
        form = NarrowForm(request.GET, members=inbox.members(), categories=list(CaseCategory.objects.on(today)))
        person, category = form.value_of("nguoi"), form.value_of("muc")
        assignee = person_at(request).pk if person == "toi" else int(person) if person else None
        words = form.value_of("q")
        return (
            tab,
            form,
            inbox.Wanted(words, form.value_of("loai"), int(category) if category else None, assignee),
        )

    @staticmethod
    def _demand_view(request: HttpRequest) -> None:
        if not request.user.has_perm("feedback.view_case"):
            raise PermissionDenied


def _chosen(request: HttpRequest) -> dict[str, str]:
    """What narrows the list, to be carried on in addresses."""
    return {name: request.GET[name][:200] for name in ("q", "loai", "muc", "nguoi") if request.GET.get(name)}


def _tabs(
    request: HttpRequest, current: inbox.Tab, numbers: inbox.Numbers, chosen: dict[str, str]
) -> list[dict[str, Any]]:  # fmt: skip
    """The piles with how much lies on those that somebody has to work through."""
    counted = {
        "can-lam": numbers.fresh + numbers.running, "moi": numbers.fresh, "dang": numbers.running,
        "cho": numbers.waiting, "qua-han": numbers.late,
    }  # fmt: skip
    watches = unit_of(request).kind == UnitKind.PROVINCE
    return [
        {
            "label": tab.label,
            "url": f"?{urlencode({'xem': tab.slug, **chosen})}",
            "is_current": tab.slug == current.slug,
            "number": counted.get(tab.slug, 0),
            "is_bad": tab.slug == "qua-han",
        }
        for tab in inbox.TABS
        if watches or not tab.for_above
    ]


def _tiles(request: HttpRequest, numbers: inbox.Numbers) -> list[dict[str, Any]]:
    """What one glance must tell."""
    tiles = [
        {"number": numbers.late, "words": _("quá hạn"), "tone": "late", "url": "?xem=qua-han"},
        {"number": numbers.today, "words": _("hạn hôm nay"), "tone": "today", "url": "?xem=can-lam#nhom-today"},
        {"number": numbers.fresh, "words": _("mới, chưa ai nhận"), "tone": "new", "url": "?xem=moi"},
    ]
    if request.user.has_perm("feedback.moderate_case"):
        words = _("chờ duyệt công khai")
        tiles.append(
            {
                "number": numbers.to_moderate,
                "words": words,
                "tone": "moderate",
                "url": reverse("admin:feedback_case_moderation"),
            }
        )
    return tiles


def _groups(tab: inbox.Tab, lines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rows under a heading for each degree of pressure, where they are ordered by it."""
    if tab.slug not in GROUPED:
        return [{"key": "", "label": "", "lines": lines}] if lines else []
    return [
        {"key": key, "label": HEADINGS.get(key, _("Còn hạn")), "lines": list(found)}
        for key, found in groupby(
            lines, key=lambda line: line["last"].tone if line["last"].tone in HEADINGS else "rest"
        )
    ]


def _row(case: Case, last: LastDay, person: User) -> dict[str, Any]:
    return {
        "case": case,
        "last": last,
        "is_new": case.status == CaseStatus.RECEIVED,
        "is_mine": case.assignee_id == person.pk,
        "is_elsewhere": case.holder_id != current_unit_id(),
        "hurry": case.get_priority_display() if case.priority in {Priority.URGENT, Priority.HIGH} else "",
    }


def _sheet(owner: str, tab: inbox.Tab, rows: list[Case], today: date) -> Table:
    calendar = desk_calendar(today)
    return Table(
        tab=str(tab.label), title=_("Phản ánh, câu hỏi, yêu cầu: %(pile)s") % {"pile": str(tab.label).lower()},
        owner=owner, note=_("Lập ngày %(day)s. Không ghi người gửi.") % {"day": date_full(today)}, frozen=1,
        columns=[
            Column(_("Mã"), 11), Column(_("Loại việc"), 18), Column(_("Loại phản ánh"), 22), Column(_("Tiêu đề"), 44),
            Column(_("Xảy ra ở"), 20), Column(_("Chỗ nào"), 28), Column(_("Nhận lúc"), 17, MOMENT),
            Column(_("Hạn trả lời"), 12, DAY), Column(_("So với hạn"), 22), Column(_("Tình trạng"), 18),
            Column(_("Mức gấp"), 10), Column(_("Đơn vị xử lý"), 24), Column(_("Người xử lý"), 22),
            Column(_("Trả lời lúc"), 17, MOMENT), Column(_("Cùng phản ánh"), 9, "0"),
        ],
        rows=[
            [
                case.code_words, str(case.get_kind_display()), case.category.name if case.category else "", case.title,
                case.commune.name if case.commune else "", case.place_text, case.received_at, case.due_on,
                last_day_of(case, today, calendar).words, str(case.get_status_display()),
                str(case.get_priority_display()), case.holder.name, str(case.assignee or ""), case.answered_at,
                case.joins or None,
            ]
            for case in rows
        ],
    )  # fmt: skip
