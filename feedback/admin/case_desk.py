"""Cases in the menu, in the audit trail's words and on “Việc hôm nay”."""

from typing import Any, Final

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from feedback.cases import inbox
from feedback.cases.last_days import SOON_DAYS, desk_calendar, last_day_of
from feedback.enums.cases import EventKind
from portal.core.models import User

ROWS: Final = 6
AUDIT_WORDS: Final = {
    **{f"case.{kind.lower()}": kind.label for kind in EventKind},
    "case.unmasked": gettext_lazy("Xem thông tin người gửi phản ánh"),
    "case_template.add": gettext_lazy("Thêm mẫu trả lời"),
    "case_template.change": gettext_lazy("Sửa mẫu trả lời"),
    "case_template.delete": gettext_lazy("Xóa mẫu trả lời"),
    "case.note": gettext_lazy("Ghi chú nội bộ về phản ánh"),
}


def waiting_number(request: HttpRequest) -> int:
    """What stands beside the line of the menu: new and late ones."""
    return inbox.number_for_menu(timezone.localdate())


def cases_panel(request: HttpRequest) -> dict[str, Any]:
    """Late, due soon, new, to moderate; nothing where nothing waits. Three short queries, two where nothing does."""
    user = request.user
    if not isinstance(user, User) or not user.has_perm("feedback.handle_case"):
        return {}
    today = timezone.localdate()
    calendar = desk_calendar(today)
    soon = calendar.after(today, SOON_DAYS)
    numbers = inbox.count_waiting(today, soon)
    if not numbers.is_any:
        return {}
    rows = inbox.most_pressing(soon, ROWS)
    return {
        "template": "admin/feedback/case/desk_panel.html",
        "order": -5,
        "numbers": numbers,
        "lines": [{"case": case, "last": last_day_of(case, today, calendar)} for case in rows],
        "may_moderate": user.has_perm("feedback.moderate_case"),
    }
