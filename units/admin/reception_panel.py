"""Citizen reception in the menu, in the audit trail's words and on “Việc hôm nay”."""

from datetime import timedelta
from typing import Any, Final

from django.contrib import admin
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy

from portal.core.admin_site import MenuItem
from portal.core.models import User
from units.enums.reception import SessionStatus
from units.middleware import unit_of
from units.models import ReceptionSession
from units.people.posts import PostsBetween
from units.reception.cards import hours_words
from units.reception.measures import Law, NoticeRule, month_counts, months_counted

# Working days before a deadline at which it is spoken of.
SOON: Final = timedelta(days=4)
# Of this month's rest and the next: every working day twice, and some.
ROWS: Final = 100
ROWS_SHOWN: Final = 6
AUDIT_WORDS: Final = {
    "reception.add": gettext_lazy("Thêm buổi tiếp công dân"),
    "reception.change": gettext_lazy("Sửa buổi tiếp công dân"),
    "reception.cancel": gettext_lazy("Hoãn buổi tiếp công dân"),
    "reception.restore": gettext_lazy("Vẫn tiếp buổi đã hoãn"),
    "reception.publish": gettext_lazy("Công bố buổi tiếp công dân"),
    "reception.finish": gettext_lazy("Ghi buổi đã tiếp"),
    "reception.delete": gettext_lazy("Xóa buổi tiếp công dân"),
    "reception.series": gettext_lazy("Lưu lịch tiếp định kỳ"),
    "reception.series_delete": gettext_lazy("Xóa lịch tiếp định kỳ"),
    "reception.book": gettext_lazy("Đăng ký gặp"),
    "reception.give_back": gettext_lazy("Hủy đăng ký gặp"),
    "reception.walk_in": gettext_lazy("Ghi người đến trực tiếp"),
    "reception.mark": gettext_lazy("Đánh dấu đến, không đến"),
    "reception.called": gettext_lazy("Đã gọi báo thay đổi"),
    "reception.open_list": gettext_lazy("Mở danh sách người đăng ký"),
    "reception.forget": gettext_lazy("Xóa thông tin người đăng ký"),
}


def reception_panel(request: HttpRequest) -> dict[str, Any]:
    """Sessions of today and tomorrow, what is to be published soon, a next month with too few days; nothing where all is well.

    One query where nothing is planned, four otherwise: a unit that does not keep its reception here is not spoken to.
    """
    user = request.user
    if not isinstance(user, User) or not user.has_perm("units.change_receptionsession"):
        return {}
    today = timezone.localdate()
    last = months_counted(today)[1]
    rows = list(ReceptionSession.objects.held().coming(today).filter(day__lte=last)[:ROWS])
    if not rows:
        return {}
    law = Law.on(today, unit_of(request).kind)
    rule = NoticeRule.read(today, last, law)
    near = [row for row in rows if row.published_at and row.day <= today + timedelta(days=1)]
    planned = [row for row in rows if row.published_at is None and row.status == SessionStatus.PLANNED]
    due = [(row, known) for row in planned if (known := rule.publish_by(row.day)) <= today + SOON]
    counts = month_counts(rows, PostsBetween.read(today, last), law.sessions, today)[1:]
    short = [count for count in counts if count.is_short]
    if not near and not due and not short:
        return {}
    return {
        "template": "admin/units/receptionsession/panel.html",
        "near": [{"row": row, "hours": hours_words(row.starts_at, row.ends_at)} for row in near],
        "due": [{"row": row, "last": known, "is_late": known < today} for row, known in due[:ROWS_SHOWN]],
        "counts": short,
        "today": today,
        "may_keep_desk": user.has_perm("units.keep_reception_desk"),
    }


SITE: Any = admin.site  # PortalAdminSite
SITE.audit_words.update(AUDIT_WORDS)
SITE.index_panels.append(reception_panel)
SITE.add_to_menu(
    "schedule",
    MenuItem(
        gettext_lazy("Buổi tiếp công dân"), "admin:units_receptionsession_changelist", "handshake",
        "units.change_receptionsession", "units.receptionsession", 60,
    ),
    MenuItem(
        gettext_lazy("Bàn tiếp dân"), "admin:units_receptionsession_desk", "users", "units.keep_reception_desk",
        "units.reception_desk", 65,
    ),
    MenuItem(
        gettext_lazy("Lịch tiếp định kỳ"), "admin:units_receptionseries_changelist", "refresh-cw",
        "units.view_receptionseries", "units.receptionseries", 70,
    ),
)  # fmt: skip
