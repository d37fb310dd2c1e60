"""What an office does with a case, in short: each verb in the scope of the house, by somebody who may, on a fresh screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile

from feedback.actions import handle_case as verbs
from feedback.enums.cases import EventKind, Priority, RejectReason
from feedback.models import Case, CaseEvent, CaseLetter, CaseParty
from portal.core.models import AuditEntry, User
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast, House
from tests.factories.pictures import png_bytes
from units.enums import Role
from units.models import Unit

VERBS = (
    "accept", "assign", "sort", "ask_sender", "transfer", "extend", "report_progress", "answer", "reject", "merge", "note",
    "unmask",
)  # fmt: skip


def handler(house: House) -> User:
    """An editor: handles, but gives no work to others. A fresh object, as a request has one: rights are cached on it."""
    return User.objects.get(pk=house.people[Role.EDITOR].pk)


def leader(house: House) -> User:
    """An approver: may assign, unmask and pass on late."""
    return User.objects.get(pk=house.people[Role.APPROVER].pk)


def fresh(case: Case) -> Case:
    """The case as it is now, whoever holds it."""
    return Case.everywhere.get(pk=case.pk)


def do(verb: Callable[..., Any], case: Case, house: House | Unit, *, actor: User | None = None, **more: Any) -> Any:
    """Call a verb as a screen opened this moment would."""
    unit = house.unit if isinstance(house, House) else house
    if actor is None:
        assert isinstance(house, House)
        actor = handler(house)
    now = fresh(case)
    if verb not in (verbs.note, verbs.unmask):
        more.setdefault("seen", now.version)
    with unit_scope(unit):
        return verb(case=now, actor=actor, **more)


def events(case: Case, unit: Unit, kind: EventKind | None = None) -> list[CaseEvent]:
    """The timeline as a unit's database rows have it."""
    with unit_scope(unit):
        rows = CaseEvent.objects.filter(case=case).in_order()
        return list(rows.filter(kind=kind) if kind else rows)


def last_event(case: Case, unit: Unit) -> CaseEvent:
    """What happened last."""
    with unit_scope(unit):
        return CaseEvent.objects.filter(case=case).order_by("-pk")[0]


def letters(case: Case, unit: Unit) -> list[str]:
    """Kinds of mails in the name of a unit to those outside it, in order."""
    with unit_scope(unit):
        rows = CaseLetter.objects.filter(case=case, staff__isnull=True).order_by("pk")
        return list(rows.values_list("kind", flat=True))


def roles(case: Case) -> dict[int, str]:
    """Who has which part."""
    return dict(CaseParty.everywhere.filter(case=case).values_list("unit_id", "role"))


def audited(unit: Unit) -> list[str]:
    """Verbs of the audit trail of a unit, about cases, in order."""
    with unit_scope(unit):
        rows = AuditEntry.objects.filter(target_model="feedback.Case").order_by("pk")
        return list(rows.values_list("verb", flat=True))


def picture(name: str = "ket-qua.png") -> SimpleUploadedFile:
    """A picture of the result."""
    return SimpleUploadedFile(name, png_bytes(size=(900, 600)), "image/png")


def every_verb(cast: Cast, case: Case, other: Case) -> dict[str, tuple[Callable[..., Any], dict[str, Any]]]:
    """Each verb with words it would take."""
    return {
        "accept": (verbs.accept, {"post": "Trưởng phòng"}),
        "assign": (verbs.assign, {"assignee": cast.a.people[Role.EDITOR]}),
        "sort": (verbs.sort, {"category": case.category, "commune": case.commune, "priority": Priority.URGENT}),
        "ask_sender": (verbs.ask_sender, {"text": "Nắp cống nào ạ?"}),
        "transfer": (verbs.transfer, {"to_unit": cast.b.unit, "reason": "Đường này thuộc xã khác."}),
        "extend": (verbs.extend, {"due_on": date(2026, 12, 11), "reason": "Chờ vật tư."}),
        "report_progress": (verbs.report_progress, {"text": "Đã đặt rào chắn."}),
        "answer": (verbs.answer, {"text": "Đã thay nắp cống.", "post": "Phó Chủ tịch"}),
        "reject": (verbs.reject, {"reason": RejectReason.UNTRUE, "text": "Đã kiểm tra, không có."}),
        "merge": (verbs.merge, {"into": other, "text": "Cùng một nắp cống."}),
        "note": (verbs.note, {"text": "Hỏi lại tổ dân phố."}),
        "unmask": (verbs.unmask, {"reason": "Gọi hỏi đường vào."}),
    }
