"""Each event of a case in words for citizens.

What a sender wrote later (a supplement, a comment) was seen by no moderator: others read only that it happened.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop, ngettext

from feedback.enums import Satisfaction
from feedback.enums.cases import Escalation, EventKind, RejectReason, SolvedAnswer
from feedback.models import Case, CaseEvent
from feedback.rules.codes import code_words
from portal.core.templatetags.portal_text import date_full, date_long

OF_SENDER: Final = frozenset(
    {
        EventKind.SUPPLIED, EventKind.CONFIRMED, EventKind.REOPENED, EventKind.RATED, EventKind.WITHDRAWN,
        EventKind.JOINED,
    }
)  # fmt: skip
"""Events whose text, if any, is a stranger's: never shown to others."""


@dataclass(frozen=True, slots=True)
class Lines:
    """``lead`` says what happened; ``reason`` why; ``text`` is the office's own words, a paragraph per line."""

    lead: str
    text: str = ""
    reason: str = ""
    signed: str = ""


def day_in(detail: dict[str, Any], name: str = "due") -> date | None:
    """A day among an event's facts: ``due`` is the day to answer that holds from it on, ``due_before`` the one till then."""
    try:
        return date.fromisoformat(str(detail[name]))
    except (KeyError, ValueError):
        return None


def _moved(event: CaseEvent) -> str:
    """The day to answer where a step has moved it in passing; "" where it stayed."""
    due = day_in(event.detail)
    if due is None or "due_before" not in event.detail:
        return ""
    return " " + _("Hạn trả lời mới: %(day)s.") % {"day": date_long(due)}


def lines_of(event: CaseEvent, case: Case, *, for_sender: bool = False) -> Lines:
    """What to say of one event."""
    kind = EventKind(event.kind)
    made = _MAKERS.get(kind)
    lines = made(event, case) if made else Lines(str(kind.label), event.text)
    if kind in OF_SENDER:
        return Lines(lines.lead, event.text if for_sender else "")
    return lines


def _received(event: CaseEvent, case: Case) -> Lines:
    pictures = int(event.detail.get("pictures") or 0)
    facts = {"unit": event.unit.name, "pictures": pictures}
    if pictures:
        lead = ngettext(
            "%(unit)s đã nhận nội dung và %(pictures)d tệp ảnh, video.",
            "%(unit)s đã nhận nội dung và %(pictures)d tệp ảnh, video.",
            pictures,
        ) % facts  # fmt: skip
    else:
        lead = _("%(unit)s đã nhận.") % facts
    if event.to_unit:
        lead = f"{lead} " + _("Giao %(unit)s xử lý.") % {"unit": event.to_unit.name}
    return Lines(lead)


def _accepted(event: CaseEvent, case: Case) -> Lines:
    post = str(event.detail.get("post") or "")
    facts = {"unit": event.unit.name, "post": post}
    lead = _("%(unit)s nhận việc, giao %(post)s.") % facts if post else _("%(unit)s nhận việc.") % facts
    return Lines(f"{lead}{_moved(event)}", event.text)


def _transferred(event: CaseEvent, case: Case) -> Lines:
    to_unit = event.to_unit.name if event.to_unit else case.holder.name
    lead = _("%(unit)s chuyển %(to)s xử lý.") % {"unit": event.unit.name, "to": to_unit}
    if late := event.detail.get("late_days"):
        lead = f"{lead} " + _("Chuyển muộn %(days)d ngày làm việc.") % {"days": int(late)}
    return Lines(f"{lead}{_moved(event)}", reason=event.text)


def _extended(event: CaseEvent, case: Case) -> Lines:
    old, new = day_in(event.detail, "due_before"), day_in(event.detail)
    if old and new:
        lead = _("Gia hạn: hạn cũ %(old)s, hạn mới %(new)s.") % {"old": date_full(old), "new": date_long(new)}
    elif new:
        lead = _("Gia hạn đến %(new)s.") % {"new": date_long(new)}
    else:
        lead = _("Gia hạn trả lời.")
    return Lines(lead, reason=event.text)


def _answered(event: CaseEvent, case: Case) -> Lines:
    text = event.text or case.answer
    post = str(event.detail.get("post") or case.answer_post)
    return Lines(_("%(unit)s trả lời:") % {"unit": event.unit.name}, text, signed=post)


def _rejected(event: CaseEvent, case: Case) -> Lines:
    code = str(event.detail.get("reason") or case.reject_reason)
    reason = str(RejectReason(code).label) if code in RejectReason.values else ""
    responsible = str(event.detail.get("responsible") or case.responsible)
    lead = _("%(unit)s không tiếp nhận.") % {"unit": event.unit.name}
    if responsible:
        lead = f"{lead} " + _("Nơi có trách nhiệm: %(where)s.") % {"where": responsible.rstrip(".")}
    return Lines(lead, event.text or case.answer, reason=reason)


def _asked(event: CaseEvent, case: Case) -> Lines:
    lead = _("%(unit)s hỏi thêm người gửi. Thời hạn tạm dừng.") % {"unit": event.unit.name}
    if until := day_in(event.detail, "until"):
        lead = f"{lead} " + _("Bổ sung đến hết %(day)s.") % {"day": date_long(until)}
    return Lines(lead, event.text)


def _supplied(event: CaseEvent, case: Case) -> Lines:
    due = day_in(event.detail)
    if due is None:
        return Lines(_("Người gửi đã bổ sung. Thời hạn tính tiếp."))
    return Lines(_("Người gửi đã bổ sung. Hạn trả lời mới: %(day)s.") % {"day": date_long(due)})


def _reopened(event: CaseEvent, case: Case) -> Lines:
    due = day_in(event.detail)
    if event.to_unit:
        lead = _("Người gửi báo chưa xong lần nữa. Giao %(unit)s xử lý.") % {"unit": event.to_unit.name}
    else:
        lead = _("Người gửi báo chưa xong. Việc được mở lại.")
    return Lines(f"{lead} " + _("Hạn trả lời mới: %(day)s.") % {"day": date_long(due)} if due else lead)


def _confirmed(event: CaseEvent, case: Case) -> Lines:
    level = str(event.detail.get("satisfaction") or case.satisfaction)
    if level not in Satisfaction.values:
        return Lines(_("Người gửi báo đã xong."))
    return Lines(_("Người gửi báo đã xong. Đánh giá: %(level)s.") % {"level": str(Satisfaction(level).label).lower()})


def _rated(event: CaseEvent, case: Case) -> Lines:
    if event.detail.get("solved") == SolvedAnswer.NO:
        return Lines(_("Người gửi báo vẫn chưa xong."))
    level = str(event.detail.get("satisfaction") or case.satisfaction)
    if level not in Satisfaction.values:
        return Lines(_("Người gửi đã đánh giá."))
    return Lines(_("Người gửi đánh giá: %(level)s.") % {"level": str(Satisfaction(level).label).lower()})


def _merged(event: CaseEvent, case: Case) -> Lines:
    code = str(event.detail.get("into") or "")
    if not code:
        return Lines(_("Gộp vào một phản ánh về cùng việc. Theo dõi tiếp ở đó."), event.text)
    return Lines(
        _("Gộp vào phản ánh %(code)s về cùng việc. Theo dõi tiếp ở đó.") % {"code": code_words(code)}, event.text
    )


def _joined(event: CaseEvent, case: Case) -> Lines:
    if merged := str(event.detail.get("merged") or ""):
        return Lines(_("Phản ánh %(code)s về cùng việc được gộp vào đây.") % {"code": code_words(merged)})
    if joins := event.detail.get("joins"):
        return Lines(_("Đã có %(number)d người báo cùng gặp việc này.") % {"number": int(joins)})
    return Lines(_("Thêm người báo cùng gặp việc này."))


def _escalated(event: CaseEvent, case: Case) -> Lines:
    if event.detail.get("level") == Escalation.LEADER:
        return Lines(_("Quá hạn trả lời, đã báo lãnh đạo %(unit)s.") % {"unit": event.unit.name})
    return Lines(_("Quá hạn trả lời, đã báo cơ quan cấp trên."))


def _sorted(event: CaseEvent, case: Case) -> Lines:
    detail, said = event.detail, []
    if detail.get("category"):
        said.append(_("Xếp vào loại “%(name)s”.") % {"name": detail["category"]})
    if detail.get("commune"):
        said.append(_("Nơi xảy ra: %(name)s.") % {"name": detail["commune"]})
    lead = " ".join(said) or _("%(unit)s sắp xếp lại việc này.") % {"unit": event.unit.name}
    return Lines(lead + _moved(event))


def _withdrawn(event: CaseEvent, case: Case) -> Lines:
    return Lines(_("Người gửi đã rút."))


def _plainly(sentence: str) -> Any:
    def made(event: CaseEvent, case: Case) -> Lines:
        return Lines(_(sentence) % {"unit": event.unit.name}, event.text)

    return made


_MAKERS: Final[dict[EventKind, Any]] = {
    EventKind.RECEIVED: _received,
    EventKind.ACCEPTED: _accepted,
    EventKind.TRANSFERRED: _transferred,
    EventKind.EXTENDED: _extended,
    EventKind.ANSWERED: _answered,
    EventKind.REJECTED: _rejected,
    EventKind.ASKED: _asked,
    EventKind.SUPPLIED: _supplied,
    EventKind.REOPENED: _reopened,
    EventKind.CONFIRMED: _confirmed,
    EventKind.RATED: _rated,
    EventKind.MERGED: _merged,
    EventKind.JOINED: _joined,
    EventKind.WITHDRAWN: _withdrawn,
    EventKind.PROGRESS: _plainly(gettext_noop("%(unit)s báo tiến độ:")),
    EventKind.APOLOGISED: _plainly(gettext_noop("%(unit)s xin lỗi vì trễ hạn:")),
    EventKind.PUBLISHED: _plainly(gettext_noop("Cán bộ đã kiểm tra, nội dung được công khai.")),
    EventKind.ESCALATED: _escalated,
    EventKind.SORTED: _sorted,
    EventKind.ASKED_SOLVED: _plainly(gettext_noop("Đã hỏi người gửi: giải quyết xong chưa?")),
}
