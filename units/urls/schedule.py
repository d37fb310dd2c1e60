"""Addresses of the work schedule. Weeks are ISO weeks: /lich-cong-tac/2026/W47/."""

from django.urls import path, re_path

from units.views import schedule, schedule_board, schedule_days, schedule_files

WEEK = r"(?P<year>20\d\d)/W(?P<week>\d\d)"

urlpatterns = [
    path("lich-cong-tac/", schedule.current_week, name="schedule"),
    path("lich-cong-tac/bang/", schedule_board.board, name="schedule-board"),
    path("lich-cong-tac/luu-tru/", schedule.archive, name="schedule-archive"),
    re_path(rf"^lich-cong-tac/{WEEK}/$", schedule.week, name="schedule-week"),
    re_path(rf"^lich-cong-tac/{WEEK}/in/$", schedule.print_sheet, name="schedule-print"),
    re_path(rf"^lich-cong-tac/{WEEK}/lich-tuan\.xlsx$", schedule_files.week_xlsx, name="schedule-xlsx"),
    re_path(rf"^lich-cong-tac/{WEEK}/lich-tuan\.docx$", schedule_files.week_docx, name="schedule-docx"),
    re_path(
        r"^lich-cong-tac/ngay/(?P<year>20\d\d)/(?P<month>\d\d)/(?P<day>\d\d)/$", schedule_days.day, name="schedule-day"
    ),
    re_path(r"^lich-cong-tac/thang/(?P<year>20\d\d)/(?P<month>\d\d)/$", schedule_days.month, name="schedule-month"),
    # One leader's week: this week, or ?tuan=2026-W47.
    re_path(r"^lich-cong-tac/cua/(?P<slug>[-\w]+)-(?P<pk>\d{1,18})/$", schedule.of_leader, name="schedule-leader"),
]
