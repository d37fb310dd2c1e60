"""While it is being handled: asking the sender, telling how far it is, a later day."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from feedback.actions.case_steps import Step, take_step
from feedback.actions.handle_case import checks
from feedback.actions.office_files import attach_pictures, prepare_pictures
from feedback.cases.clock import counts_working_days, extend_until, left_days, stop, term_for
from feedback.enums.cases import RUNNING, CaseStatus, Escalation, EventKind, LetterKind, TermStep
from feedback.models import Case
from portal.core.models import User
from portal.core.templatetags.portal_text import date_full
from portal.core.working_days import WorkingCalendar

EXTENSIONS_MOST: Final = 2


@transaction.atomic
def ask_sender(*, case: Case, text: str, actor: User, seen: int) -> Case:
    """Ask for more; the clock stands, visibly, until the sender answers or the unit goes on without an answer.

    ``detail``: how many days are left, and the last day of the sender's term.
    """
    checks.need(actor)
    said = checks.words(text)
    today = checks.today()
    term = term_for(case, TermStep.SUPPLY, today)
    detail = {"left": left_days(case, today), "until": term.last_day(today).isoformat() if term else ""}
    changes = {"status": CaseStatus.WAITING, **stop(case, today)}
    step = Step(EventKind.ASKED, RUNNING, changes, text=said, detail=detail, seen=seen, letters=(LetterKind.ASKED,))
    take_step(case, step, actor=actor)
    return case


@transaction.atomic
def extend(*, case: Case, due_on: date, reason: str, actor: User, seen: int) -> Case:
    """A later day to answer and its reason, both public.

    At most the EXTEND term after the day that holds now, twice at most, and not once the unit's leader has been told that
    it is late (the LEADER term, a day or so, is the grace): from then on an apology is due, not a new day.
    """
    checks.need(actor)
    said = checks.reason_words(reason)
    _check_extension(case, due_on)
    detail = checks.due_detail(case, {"due_on": due_on})
    changes = {"due_on": due_on, "extended": F("extended") + 1, "reminded_on": None}
    step = Step(
        EventKind.EXTENDED, RUNNING, changes, text=said, detail=detail, seen=seen, letters=(LetterKind.EXTENDED,)
    )
    take_step(case, step, actor=actor)
    return case


def why_not_extended(case: Case, today: date) -> str:
    """Why no extension is possible now, for the screen and for the step; "" where one is."""
    latest = extend_until(case, today)
    if latest is None:
        return str(_("Quy định không cho gia hạn loại việc này."))
    if case.extended >= EXTENSIONS_MOST:
        return str(_("Đã gia hạn hai lần. Không gia hạn thêm được."))
    grace = term_for(case, TermStep.LEADER, today)
    late_from = grace.last_day(case.due_on) if grace and case.due_on else case.due_on
    if case.escalation != Escalation.NONE or (late_from is not None and today > late_from):
        return str(_("Đã quá hạn. Hãy xin lỗi người gửi và trả lời sớm; không gia hạn được nữa."))
    return ""


def _check_extension(case: Case, due_on: date) -> None:
    today = checks.today()
    if refused := why_not_extended(case, today):
        raise ValidationError({"due_on": refused}, code="no_extension")
    latest = extend_until(case, today)
    if case.due_on is None or due_on <= max(case.due_on, today):
        raise ValidationError({"due_on": _("Hạn mới phải sau hạn cũ và sau hôm nay.")}, code="too_early")
    if latest is not None and due_on > latest:
        sentence = _("Gia hạn nhiều nhất đến %(day)s.") % {"day": date_full(latest)}
        raise ValidationError({"due_on": sentence}, code="too_late")
    if counts_working_days(case) and not WorkingCalendar.around(due_on, due_on).is_working(due_on):
        raise ValidationError({"due_on": _("Cơ quan nghỉ ngày này. Chọn một ngày làm việc.")}, code="day_off")


def report_progress(
    *, case: Case, text: str, actor: User, seen: int, pictures: Sequence["UploadedFile[Any]"] = ()
) -> Case:
    """Tell everybody how far it is, with pictures if there are any."""
    checks.need(actor)
    said = checks.words(text)
    prepared = prepare_pictures(pictures)
    with transaction.atomic():
        step = Step(
            EventKind.PROGRESS, RUNNING, text=said, detail={"pictures": len(prepared)}, seen=seen,
            letters=(LetterKind.PROGRESS,),
        )  # fmt: skip
        event = take_step(case, step, actor=actor)
        attach_pictures(case, event, prepared)
    return case
