"""Notes that a procedure's page is wrong: a list, one screen to read and decide, a panel on “Việc hôm nay”."""

from typing import Any, ClassVar, Final

from django.contrib import admin, messages
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.admin_base import TenantAdmin, person_at
from portal.core.admin_site import MenuItem
from portal.core.models import User
from portal.core.templatetags.portal_text import datetime_long
from services.actions.mistakes import AlreadyDecided, decide_mistake
from services.enums import MistakeStatus
from services.forms.mistakes import MistakeDecisionForm
from services.models import MistakeReport
from services.rules.mistakes import part_words

ROWS: Final = 3
_SHOWN: Final = 120


@admin.register(MistakeReport)
class MistakeReportAdmin(TenantAdmin):
    """Readers write, the office decides: nothing is added or deleted here."""

    form = MistakeDecisionForm
    purpose = gettext_lazy("Bạn đọc báo trang thủ tục ghi sai. Sửa trang, rồi ghi đã làm gì.")
    list_display = ("words", "part_label", "procedure_name", "created_at", "status")
    list_filter: ClassVar = ["status"]
    list_select_related: ClassVar = ["procedure"]
    ordering: ClassVar = ["-pk"]
    readonly_fields: ClassVar = [
        *("page", "part_label", "text", "from_site", "created_at", "status", "decided"),
    ]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Readers write them."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """What was decided stays on record."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: MistakeReport | None = None) -> bool:
        """Editors decide, once."""
        may = bool(request.user.has_perm("services.change_mistakereport"))
        return may and (obj is None or obj.status == MistakeStatus.NEW)

    def get_queryset(self, request: HttpRequest) -> Any:
        """With what every row names."""
        rows = super().get_queryset(request).select_related("procedure", "sent_from", "decided_by")
        return rows.defer("procedure__source", "procedure__steps", "procedure__papers", "procedure__conditions")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The letter, then the decision while there is none."""
        letter = ["page", "part_label", "text", "from_site", "created_at"]
        if self.has_change_permission(request, obj):
            return [*letter, "decision", "decision_note"]
        return [*letter, "status", "decision_note", "decided"]

    @admin.display(description=gettext_lazy("bạn đọc viết"))
    def words(self, report: MistakeReport) -> str:
        """The beginning of the letter."""
        return report.text[:_SHOWN]

    @admin.display(description=gettext_lazy("chỗ sai"))
    def part_label(self, report: MistakeReport) -> str:
        """The part in words."""
        return part_words(report.part)

    @admin.display(description=gettext_lazy("thủ tục"))
    def procedure_name(self, report: MistakeReport) -> str:
        """Code and name."""
        return str(report.procedure)

    @admin.display(description=gettext_lazy("thủ tục"))
    def page(self, report: MistakeReport) -> SafeString:
        """The way to the page that is said to be wrong."""
        return format_html('<a href="{}">{}</a>', report.procedure.get_absolute_url(), report.procedure)

    @admin.display(description=gettext_lazy("gửi từ trang"))
    def from_site(self, report: MistakeReport) -> str:
        """On whose site the reader was."""
        return str(report.sent_from or "–")

    @admin.display(description=gettext_lazy("người xử lý"))
    def decided(self, report: MistakeReport) -> str:
        """Who, and when."""
        return f"{report.decided_by}, {datetime_long(report.decided_at)}" if report.decided_by else "–"

    def save_model(self, request: HttpRequest, obj: MistakeReport, form: Any, change: bool) -> None:
        """Decide through the action; of two people at once the second is told."""
        to, note = MistakeStatus(form.cleaned_data["decision"]), form.cleaned_data["decision_note"]
        try:
            decide_mistake(report=obj, to=to, note=note, actor=person_at(request))
        except AlreadyDecided:
            messages.warning(request, _("Đã có người khác xử lý trước. Kết quả của người ấy được giữ."))


def new_number(_request: HttpRequest) -> int:
    """How many wait, for the menu."""
    return MistakeReport.objects.new_number()


def mistakes_panel(request: HttpRequest) -> dict[str, Any]:
    """Notes that wait, longest waiting first; nothing where none waits."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm("services.change_mistakereport"):
        return {}
    waiting = list(MistakeReport.objects.new().select_related("procedure")[: ROWS + 1])
    if not waiting:
        return {}
    number = MistakeReport.objects.new_number() if len(waiting) > ROWS else len(waiting)
    return {"template": "admin/services/mistakes_panel.html", "reports": waiting[:ROWS], "number": number}


def register(site: Any) -> None:
    """Menu, words and panel; called by the package."""
    site.audit_words.update(
        {
            "mistake.receive": gettext_lazy("Nhận báo chỗ sai"),
            "mistake.decide": gettext_lazy("Xử lý báo chỗ sai"),
        }
    )
    site.add_to_menu(
        "services",
        MenuItem(
            gettext_lazy("Báo chỗ sai"), "admin:services_mistakereport_changelist", "triangle-alert",
            "services.view_mistakereport", "services.mistakereport", 60, new_number,
        ),
    )  # fmt: skip
    site.index_panels.append(mistakes_panel)
