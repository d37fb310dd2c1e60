"""What an office says when it is late, and its prepared texts."""

from datetime import date
from typing import Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from feedback.actions.case_steps import Step, take_step
from feedback.actions.handle_case import checks
from feedback.cases.clock import counts_working_days, left_days
from feedback.enums.cases import RUNNING, CaseKind, EventKind, LetterKind
from feedback.models import AnswerTemplate, Case, CaseEvent
from portal.core.models import User
from portal.core.templatetags.portal_text import date_full
from portal.core.working_days import due_day
from units.models import Unit

PROMISED_DAYS: Final = 5
"""Working days that the prepared apology promises; the clerk changes it."""


@transaction.atomic
def apologise(*, case: Case, text: str, actor: User, seen: int) -> Case:
    """Say sorry for being late, in public, and by mail to the sender; once for each day that was missed."""
    checks.need(actor)
    said = checks.words(text)
    today = checks.today()
    if not case.is_late(today) or case.due_on is None:
        raise ValidationError({"text": _("Việc này chưa trễ hạn.")}, code="not_late")
    if was_apologised(case):
        raise ValidationError({"text": _("Đã xin lỗi người gửi về lần trễ này.")}, code="again")
    detail = {"due": case.due_on.isoformat(), "days": -(left_days(case, today) or 0)}
    step = Step(
        EventKind.APOLOGISED, RUNNING, text=said, detail=detail, seen=seen, letters=(LetterKind.LATE,)
    )  # fmt: skip
    take_step(case, step, actor=actor)
    return case


def was_apologised(case: Case) -> bool:
    """Whether the unit has said sorry for missing the day that holds now."""
    day = case.due_on.isoformat() if case.due_on else ""
    said = CaseEvent.objects.filter(case=case, kind=EventKind.APOLOGISED)
    return any(detail.get("due") == day for detail in said.values_list("detail", flat=True)[:20])


def apology_draft(case: Case) -> str:
    """The text an office begins with: who, how many days late, and the new promise; "" where nothing is late."""
    today = checks.today()
    if not case.is_late(today) or case.due_on is None:
        return ""
    facts = {
        "unit": _unit_name(case), "what": _what(case), "code": case.code_words, "due": date_full(case.due_on),
        "days": _late_words(case, today), "promise": date_full(due_day(today, PROMISED_DAYS)),
    }  # fmt: skip
    first = (
        _("%(what)s %(code)s có hạn trả lời ngày %(due)s, đến nay đã trễ %(days)s.")
        if facts["days"]
        else _("%(what)s %(code)s có hạn trả lời ngày %(due)s, đến nay đã qua hạn.")
    )
    rest = _("%(unit)s xin lỗi vì sự chậm trễ này.\n%(unit)s sẽ trả lời chậm nhất ngày %(promise)s.")
    return f"{first % facts}\n{rest % facts}"


def _late_words(case: Case, today: date) -> str:
    """“2 ngày làm việc”, or “2 ngày” where the term counts every day; "" on the days off right behind it."""
    late = -(left_days(case, today) or 0)
    if late <= 0:
        return ""
    words = (
        ngettext("%(days)d ngày làm việc", "%(days)d ngày làm việc", late)
        if counts_working_days(case)
        else ngettext("%(days)d ngày", "%(days)d ngày", late)
    )
    return words % {"days": late}


def _what(case: Case) -> str:
    return {
        CaseKind.REPORT: _("Phản ánh"),
        CaseKind.QUESTION: _("Câu hỏi"),
    }.get(CaseKind(case.kind), _("Yêu cầu"))


def _unit_name(case: Case) -> str:
    return str(Unit.objects.values_list("name", flat=True).get(pk=case.holder_id))


def fill_template(template: AnswerTemplate, case: Case) -> str:
    """A prepared text with ``{ma}``, ``{don_vi}`` and ``{han}`` filled in; other braces stay as they are written."""
    names = {"{ma}": case.code_words, "{don_vi}": _unit_name(case), "{han}": date_full(case.due_on)}
    text = template.text
    for mark, value in names.items():
        text = text.replace(mark, value)
    return text
