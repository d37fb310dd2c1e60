"""What the lookup page says about a dossier: state, days left or late, steps. No word of a person, for there is none."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.core.tenancy import units_scope
from portal.core.working_days import WorkingCalendar
from services.enums import DossierStatus
from services.models import Dossier, Procedure
from services.rules import dossiers as rules
from units.chrome import site_url
from units.enums import UnitKind
from units.models import Unit

_LOOK_ALIKES = str.maketrans({"O": "0", "I": "1", "L": "1", "S": "5", "B": "8", "Z": "2"})


@dataclass(frozen=True, slots=True)
class Step:
    """One line of the timeline; ``state`` is done, now or next."""

    title: str
    state: str
    day: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """How a dossier stands against its due day: a number where there is one, words, and a tone (ok, warn, bad, info)."""

    words: str
    tone: str
    days: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One dossier, ready to be shown."""

    dossier: Dossier
    status: str
    standing: Standing
    steps: list[Step]
    unit_name: str
    unit_url: str
    procedure: Procedure | None
    is_old: bool
    is_gone: bool


def scope_of(unit: Unit) -> list[int]:
    """Ids of the units whose dossiers are followed on ``unit``'s site: all current ones on the province's, else its own."""
    if unit.kind == UnitKind.PROVINCE:
        return list(Unit.objects.current().order_by("pk").values_list("pk", flat=True))
    return [unit.pk]


def find_answers(request: HttpRequest, key: str, unit: Unit) -> list[Answer]:
    """Dossiers of this number, in a constant number of queries; [] for a number nobody knows here."""
    with units_scope(scope_of(unit)):
        rows = Dossier.objects.all().with_key(key)
    if not rows:
        return []
    codes = {row.procedure_code for row in rows} - {""}
    procedures = {row.code: row for row in Procedure.objects.filter(code__in=codes)} if codes else {}
    today = timezone.localdate()
    calendar = _calendar(rows, today)
    return [
        Answer(
            dossier=row,
            status=status_words(row),
            standing=standing_of(row, today, calendar),
            steps=steps_of(row),
            unit_name=row.unit.name,
            unit_url=site_url(request, row.unit) if row.unit_id != unit.pk else "",
            procedure=procedures.get(row.procedure_code),
            is_old=_is_old(row.feed.last_read_at),
            is_gone=row.feed.last_read_at is not None and row.seen_at < row.feed.last_read_at,
        )
        for row in rows
    ]


def near_number(key: str, unit: Unit) -> str:
    """The number of a dossier that differs only by letters that look like digits (O and 0); "" without one."""
    alike = key[:1] + key[1:].translate(_LOOK_ALIKES)
    if alike == key:
        return ""
    with units_scope(scope_of(unit)):
        row = Dossier.objects.filter(key=alike).only("unit", "number").first()
    return row.number if row else ""


def _is_old(read_at: datetime | None) -> bool:
    return read_at is None or timezone.now() - read_at > rules.OLD_AFTER


def _calendar(rows: Sequence[Dossier], today: date) -> WorkingCalendar:
    """One calendar for all rows: from the earliest day that matters to the latest; one query."""
    days = [today, *(day for row in rows for day in (row.due_on, row.finished_on) if day)]
    return WorkingCalendar.around(min(days), max(days))


def status_words(row: Dossier) -> str:
    """The status in our words; the source's own where we have none."""
    if row.status == DossierStatus.OTHER and row.status_words:
        return row.status_words
    return str(row.get_status_display())


def standing_of(row: Dossier, today: date, calendar: WorkingCalendar) -> Standing:
    """Days left or late, in working days; a source without a due day is told as such, never guessed."""
    if row.status == DossierStatus.WITHDRAWN:
        return Standing(_("Người nộp đã rút hồ sơ"), "info")
    if row.finished_on or row.status in rules.FINISHED:
        return _finished(row, calendar)
    if row.status == DossierStatus.SUPPLEMENT:
        note = _("Thời gian chờ bổ sung không tính vào thời hạn giải quyết. Bổ sung sớm thì việc được làm tiếp sớm.")
        return Standing(_("Đang chờ bổ sung giấy tờ"), "warn", note=note)
    if row.due_on is None:
        return Standing(_("Nguồn không ghi ngày hẹn trả"), "info")
    return _open(row.due_on, today, calendar)


def _open(due_on: date, today: date, calendar: WorkingCalendar) -> Standing:
    if due_on < today:
        late = calendar.between(due_on, today)
        # A due day on a Friday is over on Saturday, by no working day yet.
        words = ngettext("ngày làm việc trễ hẹn", "ngày làm việc trễ hẹn", late) if late else _("Đã qua ngày hẹn trả")
        return Standing(words, "bad", late or None)
    left = calendar.between(today, due_on)
    if not left:
        return Standing(_("Hôm nay là ngày hẹn trả"), "warn")
    return Standing(ngettext("ngày làm việc còn lại", "ngày làm việc còn lại", left), "ok", left)


def _finished(row: Dossier, calendar: WorkingCalendar) -> Standing:
    words = _("Đã có văn bản trả lời") if row.status == DossierStatus.REFUSED else _("Đã xong")
    if row.finished_on is None or row.due_on is None:
        return Standing(words, "ok")
    if row.finished_on <= row.due_on:
        return Standing(_("%(what)s, đúng hạn") % {"what": words}, "ok")
    late = calendar.between(row.due_on, row.finished_on)
    if not late:
        return Standing(_("%(what)s, sau ngày hẹn") % {"what": words}, "bad")
    return Standing(_("%(what)s, trễ %(days)d ngày làm việc") % {"what": words, "days": late}, "bad")


def steps_of(row: Dossier) -> list[Step]:
    """The way of the dossier: what is done, what is under way, what follows."""
    is_over = bool(row.finished_on) or row.status in rules.FINISHED
    steps = [Step(_("Nhận hồ sơ"), "done", row.received_on)]
    waits = row.status == DossierStatus.SUPPLEMENT
    middle = _("Chờ bổ sung giấy tờ") if waits else _("Giải quyết")
    steps.append(Step(middle, "done" if is_over else "now", None, "" if is_over else row.office))
    if row.status in (DossierStatus.REFUSED, DossierStatus.WITHDRAWN):
        return [*steps, Step(status_words(row), "done", row.finished_on)]
    steps.append(
        Step(_("Có kết quả"), "done" if is_over else "next", row.finished_on or row.due_on, _due_note(row, is_over))
    )
    given = row.status == DossierStatus.RETURNED
    state = "done" if given else "now" if is_over else "next"
    note = _("Mang giấy hẹn đến nơi đã nộp để nhận.") if state == "now" else ""
    return [*steps, Step(_("Trả kết quả"), state, None, note)]


def _due_note(row: Dossier, is_over: bool) -> str:  # noqa: FBT001 - one caller
    return _("ngày hẹn trả") if not is_over and row.due_on else ""


def unknown_context(request: HttpRequest, unit: Unit, province: Unit | None, key: str, typed: str) -> dict[str, Any]:
    """What to do about a number nobody knows here: spelling, another unit's site, a dossier of today."""
    elsewhere = province is not None and province.pk != unit.pk
    return {
        "typed": typed,
        "key": key,
        "near": near_number(key, unit),
        "province_url": site_url(request, province, reverse("services:dossier")) if province and elsewhere else "",
    }
