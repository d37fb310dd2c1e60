"""What a mail about a case says: a template of words for each kind, the same words in plain text and in HTML.

A mail never carries the sender's telephone number or text; the private link goes to the sender alone.
"""

from dataclasses import dataclass
from typing import Any, Final

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from feedback.enums.cases import CaseKind, LetterKind, Moderation
from feedback.models import Case, CaseLetter, CaseSender
from feedback.rules.codes import code_words
from portal.core.sealing import readable, unseal
from portal.core.text import one_line
from units.chrome import absolute_url
from units.models import Unit

TITLE_LIMIT: Final = 60
_WITH_QUESTION: Final = frozenset({LetterKind.ANSWERED, LetterKind.SECOND_ASK})
_WITH_SUPPLY: Final = frozenset({LetterKind.ASKED})


@dataclass(frozen=True, slots=True)
class Written:
    """One mail: ``paragraphs`` of plain text; ``url`` opens what ``link_label`` says; ``foot`` stands in small letters."""

    subject: str
    greeting: str
    paragraphs: list[str]
    url: str
    link_label: str
    foot: list[str]


def written_words(letter: CaseLetter, unit: Unit) -> Written:
    """Put a mail together. Raises Unreadable where the private link can not be read any more."""
    kind = LetterKind(letter.kind)
    text = render_to_string(f"emails/case_{kind.lower()}.txt", _facts(letter, unit)).strip()
    subject, _line, body = text.partition("\n")
    paragraphs = [part.strip() for part in body.split("\n\n") if part.strip()]
    url, label = _link(letter, unit, kind)
    return Written(subject, _greeting(letter), paragraphs, url, label, _foot(letter))


def _facts(letter: CaseLetter, unit: Unit) -> dict[str, Any]:
    """What the templates may name. Of requests no words of the office are mailed: they may hold personal data."""
    case, event = letter.case, letter.event
    is_open_kind = case.kind in {CaseKind.REPORT, CaseKind.QUESTION}
    return {
        "unit": unit,
        "holder": case.holder,
        "noun": noun_of(case),
        "code": case.code_words,
        "title": _short(case.title) if is_open_kind else "",
        "due_on": case.due_on if case.is_open and case.stopped_on is None else None,
        "text": event.text if event is not None and is_open_kind else "",
        "to_unit": event.to_unit if event is not None else None,
        "given_to": str(event.detail.get("post") or "") if event is not None else "",
        "event_kind": event.kind if event is not None else "",
        # As it was given then: a second answer must not stand in the mail about the first.
        "answer": (event.text if event is not None and event.text else case.answer) if is_open_kind else "",
        "is_late": case.is_late(timezone.localdate()),
        "transfers": case.transferred,
        "post": case.answer_post,
        "reason": case.get_reject_reason_display() if case.reject_reason else "",
        "responsible": case.responsible,
        "merged_code": code_words(case.merged_into.code) if case.merged_into is not None else "",
        "escalated": case.reopened > 1,
    }


def noun_of(case: Case) -> str:
    """What it is called inside a sentence."""
    return {
        CaseKind.REPORT: _("phản ánh"),
        CaseKind.QUESTION: _("câu hỏi"),
        CaseKind.INFORMATION: _("yêu cầu cung cấp thông tin"),
        CaseKind.PERSONAL: _("yêu cầu về dữ liệu cá nhân"),
    }[CaseKind(case.kind)]


def _short(title: str) -> str:
    """Cut at a word: a short report's title may be all of its text."""
    line = one_line(title)
    return line if len(line) <= TITLE_LIMIT else f"{line[:TITLE_LIMIT].rsplit(' ', 1)[0]}…"


def _greeting(letter: CaseLetter) -> str:
    if letter.staff is not None:
        return _("Kính gửi ông/bà %(name)s,") % {"name": one_line(str(letter.staff))}
    if letter.join_id is None:
        sender = CaseSender.objects.filter(case_id=letter.case_id).first()
        name = one_line(readable(sender.sealed_name)) if sender else ""
        if name:
            return _("Kính gửi ông/bà %(name)s,") % {"name": name}
    return _("Kính gửi ông/bà,")


def _link(letter: CaseLetter, unit: Unit, kind: LetterKind) -> tuple[str, str]:
    case = letter.case
    if letter.staff_id is not None:
        return absolute_url(unit, f"/quan-tri/feedback/case/{case.pk}/change/"), _("Mở việc này")
    if letter.join_id is not None:
        if case.moderation != Moderation.PUBLIC:
            return "", ""
        return absolute_url(unit, case.get_absolute_url()), _("Đọc câu trả lời")
    name, label = "feedback:case-own", _("Xem diễn biến")
    if kind in _WITH_QUESTION:
        name, label = "feedback:case-solved", _("Trả lời “đã giải quyết chưa” ở đây")
    elif kind in _WITH_SUPPLY:
        name, label = "feedback:case-supply", _("Bổ sung thông tin")
    # The sender's pages stand on the site that received the case, whoever handles it now.
    return absolute_url(case.intake_unit, reverse(name, args=[unseal(case.sealed_token)])), label


def _foot(letter: CaseLetter) -> list[str]:
    if letter.staff_id is not None:
        return [_("Thư tự động. Tên và số điện thoại người gửi không nằm trong thư này.")]
    if letter.join_id is not None:
        return [_("Thư tự động, gửi một lần vì ông/bà đã báo cùng gặp việc này.")]
    return [
        _("Liên kết trên là của riêng ông/bà. Ai có liên kết đều mở được; không gửi tiếp cho người khác."),
        _("Thư tự động, không trả lời vào thư này. Muốn thôi nhận thư: mở liên kết, chọn “Thôi nhận thư”."),
    ]
