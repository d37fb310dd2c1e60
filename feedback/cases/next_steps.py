"""What an office may do with a case now, the likely verbs first, and the sentence that says so."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from feedback.enums.cases import RUNNING, CaseKind, CaseStatus, Moderation
from feedback.models import Case
from portal.core.templatetags.portal_text import date_full

ACCEPT, ASSIGN, SORT, ASK, TRANSFER, EXTEND = "nhan", "giao", "phan-loai", "hoi", "chuyen", "gia-han"
PROGRESS, ANSWER, REJECT, MERGE, NOTE, APOLOGISE = "tien-do", "tra-loi", "tu-choi", "gop", "ghi-chu", "xin-loi"

MERGED_KINDS: Final = frozenset({CaseKind.REPORT, CaseKind.QUESTION})
"""Only what others may read can be about the same thing for them."""


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb: ``label`` opens its form, ``button`` sends it, ``done`` is said afterwards."""

    slug: str
    label: Any
    button: Any
    done: Any
    icon: str
    permission: str = "feedback.handle_case"


VERBS: Final = {
    verb.slug: verb
    for verb in (
        Verb(ACCEPT, gettext_lazy("Nhận việc"), gettext_lazy("Nhận việc"),
             gettext_lazy("Đã nhận việc. Người gửi và người dân thấy đơn vị đang xử lý."), "check"),
        Verb(TRANSFER, gettext_lazy("Chuyển đơn vị khác"), gettext_lazy("Chuyển"),
             gettext_lazy("Đã chuyển. Đơn vị nhận đã thấy việc này."), "share-2"),
        Verb(ASK, gettext_lazy("Hỏi thêm người gửi"), gettext_lazy("Gửi câu hỏi"),
             gettext_lazy("Đã gửi câu hỏi. Hạn trả lời dừng cho đến khi người gửi bổ sung."), "circle-help"),
        Verb(ANSWER, gettext_lazy("Trả lời"), gettext_lazy("Gửi trả lời"),
             gettext_lazy("Đã trả lời. Người gửi được hỏi việc đã xong chưa."), "send"),
        Verb(PROGRESS, gettext_lazy("Báo tiến độ"), gettext_lazy("Báo tiến độ"), gettext_lazy("Đã báo tiến độ."), "clock"),
        Verb(APOLOGISE, gettext_lazy("Xin lỗi vì trễ hạn"), gettext_lazy("Gửi lời xin lỗi"),
             gettext_lazy("Đã gửi lời xin lỗi."), "mail"),
        Verb(EXTEND, gettext_lazy("Gia hạn"), gettext_lazy("Gia hạn"),
             gettext_lazy("Đã gia hạn. Ngày mới được công khai."), "calendar-plus"),
        Verb(ASSIGN, gettext_lazy("Giao người xử lý"), gettext_lazy("Giao"), gettext_lazy("Đã ghi người xử lý."), "user"),
        Verb(SORT, gettext_lazy("Đổi loại, nơi, mức gấp"), gettext_lazy("Lưu"), gettext_lazy("Đã lưu loại và mức gấp."), "tag"),
        Verb(MERGE, gettext_lazy("Gộp vào việc khác"), gettext_lazy("Gộp"),
             gettext_lazy("Đã gộp. Người gửi theo dõi tiếp ở việc kia."), "layers"),
        Verb(REJECT, gettext_lazy("Không tiếp nhận"), gettext_lazy("Không tiếp nhận"),
             gettext_lazy("Đã ghi không tiếp nhận. Lý do được công khai."), "circle-x"),
        Verb(NOTE, gettext_lazy("Ghi chú nội bộ"), gettext_lazy("Lưu ghi chú"), gettext_lazy("Đã lưu ghi chú."), "pencil"),
    )
}  # fmt: skip
_LIKELY: Final[dict[str, tuple[str, ...]]] = {
    CaseStatus.RECEIVED: (ACCEPT, TRANSFER, ASK),
    CaseStatus.ACCEPTED: (ANSWER, PROGRESS, ASK),
    CaseStatus.WAITING: (ANSWER,),
}
_ALLOWED: Final[dict[str, tuple[str, ...]]] = {
    CaseStatus.RECEIVED: (ACCEPT, TRANSFER, ASK, ANSWER, EXTEND, ASSIGN, SORT, MERGE, REJECT, NOTE),
    CaseStatus.ACCEPTED: (ANSWER, PROGRESS, ASK, EXTEND, TRANSFER, ASSIGN, SORT, MERGE, REJECT, NOTE),
    CaseStatus.WAITING: (ANSWER, TRANSFER, ASSIGN, SORT, MERGE, REJECT, NOTE),
}


@dataclass(frozen=True, slots=True)
class Next:
    """``words`` say what is expected; ``likely`` and ``others`` are verbs by slug."""

    words: str
    likely: tuple[str, ...]
    others: tuple[str, ...]


def next_of(case: Case, today: date, *, is_holder: bool, was_apologised: bool = False) -> Next:
    """For the unit in scope. A unit that does not hold the case may leave its own note, no more."""
    if not is_holder:
        return Next("", (), (NOTE,))
    allowed = _ALLOWED.get(case.status, (NOTE,))
    likely = _LIKELY.get(case.status, ())
    if case.kind not in MERGED_KINDS:
        allowed = tuple(slug for slug in allowed if slug != MERGE)
    if case.is_late(today) and not was_apologised:
        allowed = (*allowed, APOLOGISE)
        likely = (*likely[:2], APOLOGISE) if case.status == CaseStatus.ACCEPTED else likely
    return Next(_words(case, today), likely, tuple(slug for slug in allowed if slug not in likely))


def _words(case: Case, today: date) -> str:
    if case.moderation == Moderation.SPAM:
        return _("Máy cho là rác. Đọc kỹ; nếu là phản ánh thật thì đưa khỏi mục rác trước.")
    words: dict[str, str] = {
        CaseStatus.RECEIVED: _("Đọc nội dung bên dưới. Việc của đơn vị thì bấm “Nhận việc”; không phải thì chuyển đơn vị khác."),
        CaseStatus.ACCEPTED: _("Xử lý xong thì trả lời. Chưa xong thì báo tiến độ để người gửi yên tâm."),
        CaseStatus.WAITING: _waiting_words(case),
        CaseStatus.ANSWERED: _("Đã trả lời. Chờ người gửi báo đã xong hay chưa; chưa xong thì việc tự mở lại."),
        CaseStatus.SOLVED: _("Người gửi báo đã xong. Không còn gì phải làm."),
        CaseStatus.REJECTED: _("Đã ghi không tiếp nhận. Không còn gì phải làm."),
        CaseStatus.MERGED: _("Đã gộp vào việc khác. Xử lý ở việc kia."),
        CaseStatus.WITHDRAWN: _("Người gửi đã rút. Không còn gì phải làm."),
    }  # fmt: skip
    if case.status in RUNNING and case.is_late(today):
        return _("Việc này đã quá hạn. Trả lời ngay hôm nay; chưa xong thì xin lỗi và báo tiến độ.")
    return words[case.status]


def _waiting_words(case: Case) -> str:
    if case.stopped_on is None:
        return _("Đang chờ người gửi bổ sung. Hạn trả lời đang dừng.")
    day = date_full(case.stopped_on)
    return _("Chờ người gửi bổ sung từ ngày %(day)s. Hạn trả lời đang dừng. Đủ thông tin thì trả lời luôn.") % {
        "day": day
    }
