"""Where an entry stands, in words and as a tag."""

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from units.enums.schedule import EntryStage, EntryStatus, Visibility, WeekStatus
from units.models import ScheduleEntry, ScheduleWeek


def state_tag(row: ScheduleEntry) -> SafeString:
    """Where an entry stands, as a word in its colour."""
    kind, words = _state(row)
    return format_html('<span class="tag tag--{}">{}</span>', kind, words)


def _state(row: ScheduleEntry) -> tuple[str, str]:
    if row.stage == EntryStage.PROPOSED:
        return "submitted", _("Đề xuất")
    if row.stage == EntryStage.RETURNED:
        return "returned", _("Trả lại")
    if row.status == EntryStatus.CANCELLED:
        return "withdrawn", _("Hoãn")
    if row.visibility == Visibility.INTERNAL:
        return ("withdrawn", _("Đã gỡ")) if row.published_at else ("draft", _("Nội bộ"))
    if row.published_at is None:
        return "approved", _("Chưa công bố")
    return ("soon", _("Có thay đổi")) if row.status == EntryStatus.CHANGED else ("published", _("Công khai"))


def waiting_words(entry: ScheduleEntry) -> str:
    """What becomes of the entry, for whoever proposed it."""
    if entry.stage == EntryStage.PROPOSED:
        return _("Đang chờ Văn phòng xem.")
    if entry.stage == EntryStage.RETURNED:
        return _("Văn phòng trả lại: %(reason)s") % {"reason": entry.return_reason}
    if entry.published_at is None:
        return _("Văn phòng đã đưa vào lịch, chưa công bố.")
    return _("Đã công bố.")


WEEK_KINDS = {WeekStatus.COLLECTING: "draft", WeekStatus.APPROVED: "approved", WeekStatus.PUBLISHED: "published"}


def week_tag(week: ScheduleWeek) -> SafeString:
    """Where a week's table stands, as a word in its colour."""
    kind = WEEK_KINDS[WeekStatus(week.status)]
    return format_html('<span class="tag tag--{}">{}</span>', kind, week.get_status_display())
