"""Demo data: reports of citizens in every state, so that lists, map, figures and desks have something to show.

Rows are written as the steps would have left them, at moments of the past; whoever is named is invented and says so.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any, Final

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from feedback.actions.case_months import count_months
from feedback.actions.case_steps import refresh_parties, set_party
from feedback.actions.receive_case import phone_material
from feedback.enums.cases import (
    CaseKind,
    CaseStatus,
    ConsentPurpose,
    EventKind,
    FileKind,
    Moderation,
    PartyRole,
    Priority,
    RejectReason,
    SolvedAnswer,
)
from feedback.models import Case, CaseCategory, CaseConsent, CaseEvent, CaseFile, CaseSender
from feedback.rules import cases as rules
from feedback.rules import consent
from feedback.rules.codes import new_token
from portal.core import letter_codes, private_files
from portal.core.pictures import random_name
from portal.core.sealing import keyed_hash, seal
from portal.core.tenancy import unit_scope
from portal.core.working_days import WorkingCalendar
from portal.pages.demo.loader import art as scene_art
from portal.pages.demo.report_plans import COMMON, COMMON_ANSWERS, QUESTIONS, REPORTS, ReportPlan, StepPlan
from portal.pages.demo.wording import INVENTED_NAME, rng
from units.enums import UnitKind
from units.models import Unit

E = EventKind
PHONE: Final = "0900000001"
ANSWER_DAYS: Final = 10
_STATUS: Final = {
    E.ACCEPTED: CaseStatus.ACCEPTED, E.PROGRESS: CaseStatus.ACCEPTED, E.EXTENDED: CaseStatus.ACCEPTED,
    E.ASKED: CaseStatus.WAITING, E.SUPPLIED: CaseStatus.ACCEPTED, E.TRANSFERRED: CaseStatus.RECEIVED,
    E.ANSWERED: CaseStatus.ANSWERED, E.CONFIRMED: CaseStatus.SOLVED, E.REOPENED: CaseStatus.ACCEPTED,
    E.REJECTED: CaseStatus.REJECTED,
}  # fmt: skip


@dataclass(slots=True)
class Desk:
    """What all plans need: units and categories by slug, the calendar, today."""

    units: dict[str, Unit]
    categories: dict[str, CaseCategory]
    calendar: WorkingCalendar
    today: date


def load_reports() -> int:
    """Load them where no unit has any; returns how many."""
    units = {unit.slug: unit for unit in Unit.objects.current().exclude(kind=UnitKind.DISTRICT).defer("boundary")}
    province = next((unit for unit in units.values() if unit.kind == UnitKind.PROVINCE), None)
    if province is None:
        return 0
    with unit_scope(province):
        if Case.objects.exists():
            return 0
    today = timezone.localdate()
    calendar = WorkingCalendar.around(today - timedelta(days=200), today + timedelta(days=90))
    desk = Desk(units, {row.slug: row for row in CaseCategory.objects.all()}, calendar, today)
    number = 0
    for place, plan in enumerate([*REPORTS, *_common(desk), *QUESTIONS]):
        if plan.unit in units and (plan.category in desk.categories or plan.kind == CaseKind.QUESTION):
            with unit_scope(units[plan.unit]), transaction.atomic():
                _write(plan, desk, province, place)
            number += 1
    for unit in units.values():
        with unit_scope(unit):
            count_months(today=today)
    return number


def _common(desk: Desk) -> Iterator[ReportPlan]:
    """Some for every commune that has none of its own: most answered in time, some late, some under way."""
    written = {plan.unit for plan in REPORTS}
    communes = [unit for unit in desk.units.values() if unit.kind == UnitKind.COMMUNE and unit.slug not in written]
    for unit in sorted(communes, key=lambda unit: unit.slug):
        chance = rng("phản ánh", unit.slug)
        for turn in range(chance.randint(2, 5)):
            category, place, title, text = chance.choice(COMMON)
            received = 3 + 11 * turn + chance.randint(0, 9)
            yield ReportPlan(
                unit.slug, category, f"{place[:1].upper()}{place[1:]}", f"{title}", text, received,
                tuple(_common_steps(chance, received)), joins=chance.randint(0, 5),
            )  # fmt: skip


def _common_steps(chance: Random, received: int) -> Iterator[StepPlan]:
    yield StepPlan(E.ACCEPTED, 1, "Bộ phận kinh tế, hạ tầng xử lý.")
    # As many working days as have surely gone by since then.
    gone = received * 5 // 7 - 1
    done = chance.randint(3, 12)
    if done < gone and chance.random() < 0.9:
        yield StepPlan(E.ANSWERED, done, chance.choice(COMMON_ANSWERS), word="Phó Chủ tịch Ủy ban nhân dân")
        if done + 2 < gone and chance.random() < 0.7:
            yield StepPlan(E.CONFIRMED, done + 2, word=chance.choice(("VERY", "SATISFIED", "SATISFIED", "UNSATISFIED")))


class _Writer:
    """One case on its way: the moment of each step, the columns it leaves behind."""

    def __init__(self, plan: ReportPlan, desk: Desk) -> None:
        self.plan, self.desk = plan, desk
        self.unit = desk.units[plan.unit]
        self.chance = rng("phản ánh", plan.unit, plan.title, plan.received)
        self.began = self._at(desk.today - timedelta(days=plan.received), 0)
        self.now = timezone.now()

    def _at(self, day: date, turn: int) -> datetime:
        moment = datetime.combine(day, time(7 + turn % 9, self.chance.randint(1, 55)))
        return timezone.make_aware(moment)

    def moment(self, after: int, turn: int) -> datetime:
        """So many working days after it came, within office hours, never later than now."""
        at = self._at(self.desk.calendar.after(timezone.localdate(self.began), after), turn + 1)
        return min(at, self.now - timedelta(minutes=30 - min(turn, 20)))

    def due(self, days: int) -> date:
        """The last day of a term from the receipt."""
        return self.desk.calendar.after(timezone.localdate(self.began), days)

    def case(self, place: int) -> Case:
        """As it arrived."""
        plan, token = self.plan, new_token()
        moderation = Moderation.WAITING if plan.is_held else Moderation.PUBLIC if plan.is_public else Moderation.PRIVATE
        category = self.desk.categories.get(plan.category)
        body = "".join(
            rng("mã", place, spot).choice(letter_codes.LETTERS) for spot in range(letter_codes.CODE_LENGTH - 1)
        )
        return Case(
            kind=plan.kind, code=body + letter_codes.check_letter(body), sealed_token=seal(token),
            token_hash=keyed_hash(token), intake_unit=self.unit, holder=self.unit,
            category=category,
            commune=self.unit if self.unit.kind == UnitKind.COMMUNE else None, place_text=plan.place,
            sealed_text=seal(plan.text), title=plan.title, text=plan.text, folded=rules.folded(plan.title, plan.text),
            may_publish=True, moderation=moderation, received_at=self.began, held_since=self.began,
            published_at=self.began + timedelta(hours=3) if moderation == Moderation.PUBLIC else None,
            due_on=self.due(ANSWER_DAYS), first_due_on=self.due(ANSWER_DAYS), joins=plan.joins,
            priority=category.priority if category else Priority.NORMAL, is_demo=True,
        )  # fmt: skip


def _write(plan: ReportPlan, desk: Desk, province: Unit, place: int) -> None:
    writer = _Writer(plan, desk)
    case = writer.case(place)
    case.save(force_insert=True)
    for unit_id, role in _parties(case, province):
        set_party(case, unit_id, role)
    CaseSender(
        case=case, sealed_name=seal(f"Lê Thị Sen {INVENTED_NAME}"), sealed_phone=seal(PHONE),
        phone_hash=keyed_hash(phone_material(PHONE)),
    ).save(force_insert=True)  # fmt: skip
    CaseConsent.objects.bulk_create(
        CaseConsent(case=case, purpose=purpose, version=consent.VERSION, at=writer.began)
        for purpose in (ConsentPurpose.HANDLE, ConsentPurpose.PUBLISH)
    )
    detail = {"pictures": len(plan.pictures), "due": writer.due(ANSWER_DAYS).isoformat()}
    _event(case, E.RECEIVED, writer.began, detail=detail)
    for turn, step in enumerate(plan.steps):
        _step(case, step, writer, turn)
    _pictures(case, plan)
    case.save()
    refresh_parties(case)


def _parties(case: Case, province: Unit) -> list[tuple[int, PartyRole]]:
    return [(province.pk, PartyRole.ABOVE), (case.intake_unit_id, PartyRole.HOLDER)]


def _event(case: Case, kind: EventKind, at: datetime, **more: Any) -> CaseEvent:
    values: dict[str, Any] = {"is_public": True, "unit_id": case.holder_id, **more}
    event = CaseEvent(case=case, kind=kind, at=at, **values)
    event.save(force_insert=True)
    return event


def _step(case: Case, step: StepPlan, writer: _Writer, turn: int) -> None:
    """Write the event, leave the columns as the real step does."""
    at = writer.moment(step.after, turn)
    more: dict[str, Any] = {"text": step.text}
    case.status = _STATUS[step.kind]
    if step.kind == E.ACCEPTED:
        case.accepted_at = case.accepted_at or at
    elif step.kind == E.EXTENDED:
        new = writer.due(ANSWER_DAYS + step.days)
        more["detail"] = {"old": case.due_on.isoformat() if case.due_on else "", "new": new.isoformat()}
        case.due_on, case.extended = new, case.extended + 1
    elif step.kind == E.TRANSFERRED:
        more["to_unit"] = writer.desk.units[step.to]
    elif step.kind in {E.ANSWERED, E.REJECTED}:
        more["detail"] = _close(case, step, at)
    elif step.kind in {E.CONFIRMED, E.REOPENED}:
        _said(case, step, at, writer)
    _event(case, step.kind, at, **more)
    if step.kind == E.TRANSFERRED:
        _pass_on(case, writer.desk.units[step.to], at)


def _pass_on(case: Case, target: Unit, at: datetime) -> None:
    set_party(case, case.holder_id, PartyRole.FORMER)
    case.holder, case.held_since, case.transferred = target, at, case.transferred + 1
    set_party(case, target.pk, PartyRole.HOLDER)


def _close(case: Case, step: StepPlan, at: datetime) -> dict[str, Any]:
    case.closed_at = at
    if step.kind == E.REJECTED:
        case.reject_reason, case.responsible = RejectReason(step.word), step.to
        case.answer = step.text
        return {"reason": step.word, "responsible": step.to}
    case.answer, case.answer_post, case.answered_at, case.asked_at = step.text, step.word, at, at
    case.first_answered_at = case.first_answered_at or at
    return {"post": step.word}


def _said(case: Case, step: StepPlan, at: datetime, writer: _Writer) -> None:
    """The sender's answer to “đã giải quyết chưa?”."""
    if step.kind == E.REOPENED:
        case.reopened, case.closed_at, case.answered_at = 1, None, None
        case.due_on = writer.due(step.after + ANSWER_DAYS)
        return
    case.solved, case.solved_at, case.closed_at = SolvedAnswer.YES, at, at
    case.satisfaction = step.word


def _pictures(case: Case, plan: ReportPlan) -> None:
    """Illustrations stand for photographs, which would show real places and people."""
    for position, scene in enumerate(plan.pictures):
        art = scene_art(scene)
        name = private_files.new_name(case.intake_unit_id, "phan-anh", ".webp")
        private_files.store(name, art.large)
        paths = [
            default_storage.save(random_name(case.intake_unit_id, "phan-anh", ".webp"), ContentFile(data))
            for data in (art.large, art.small)
        ]
        CaseFile(
            case=case, kind=FileKind.PICTURE, private_path=name, private_small=name, public_path=paths[0],
            public_small=paths[1], is_public=case.moderation == Moderation.PUBLIC, position=position, width=art.width,
            height=art.height, size=len(art.large), description="Ảnh minh họa thay ảnh chụp hiện trường",
        ).save(force_insert=True)  # fmt: skip
