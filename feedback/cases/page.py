"""What the page of a case shows, for everybody or for its sender: the steps with their events, days, pictures, result.

The caller reads the rows (its own door decides which it may read); nothing here asks the database but one calendar.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.core.files.storage import default_storage
from django.utils.translation import gettext as _

from feedback.cases.event_words import Lines, lines_of
from feedback.cases.standing import EveryDay, Standing, Strip, calendar_for, standing_of, strip_of
from feedback.enums.cases import CaseStatus, EventKind, FileKind
from feedback.models import Case, CaseEvent, CaseFile

RECEIVED, GIVEN, WORKING, ANSWERED, RATED = range(1, 6)
_PHASES: dict[str, int] = {
    EventKind.RECEIVED: RECEIVED,
    EventKind.ACCEPTED: GIVEN, EventKind.ASSIGNED: GIVEN, EventKind.TRANSFERRED: GIVEN,
    EventKind.ASKED: WORKING, EventKind.SUPPLIED: WORKING, EventKind.EXTENDED: WORKING, EventKind.PROGRESS: WORKING,
    EventKind.SORTED: WORKING, EventKind.REOPENED: WORKING,
    EventKind.ANSWERED: ANSWERED, EventKind.REJECTED: ANSWERED, EventKind.MERGED: ANSWERED,
    EventKind.WITHDRAWN: ANSWERED,
    EventKind.ASKED_SOLVED: RATED, EventKind.CONFIRMED: RATED, EventKind.RATED: RATED,
}  # fmt: skip
"""Which of the five steps an event belongs to; any other stands with what went before it."""
_ENDS = {EventKind.REJECTED, EventKind.MERGED, EventKind.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture or video at addresses that the reader may open."""

    url: str
    small_url: str
    description: str
    is_video: bool
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Entry:
    """One event, in words for whoever reads."""

    event: CaseEvent
    lines: Lines
    pictures: list[Picture]


@dataclass(slots=True)
class Step:
    """One of the five steps as it was reached; ``state`` is done, now, next or stopped."""

    number: int
    title: str
    state: str
    entries: list[Entry] = field(default_factory=list)
    note: str = ""


@dataclass(frozen=True, slots=True)
class CasePage:
    """Everything the templates report_standing.html and report_timeline.html need."""

    case: Case
    standing: Standing
    strip: Strip | None
    steps: list[Step]
    before: list[Picture]
    after: list[Picture]
    chain: list[str]
    apology: str
    today: date
    is_working: bool


def public_picture(file: CaseFile) -> Picture | None:
    """The copy that a moderator has let out; None where there is none."""
    if not file.is_public or not file.public_path:
        return None
    url = default_storage.url(file.public_path)
    small = default_storage.url(file.public_small) if file.public_small else url
    return Picture(url, small, file.description, file.kind == FileKind.VIDEO, file.width, file.height)


def page_of(
    case: Case,
    *,
    events: Sequence[CaseEvent],
    files: Iterable[CaseFile],
    today: date,
    for_sender: bool = False,
    is_working: bool = True,
    picture_of: Callable[[CaseFile], Picture | None] = public_picture,
) -> CasePage:
    """Put a case's page together; one query. ``events`` oldest first with their units, ``files`` in their order.

    ``for_sender``: the sender's own words are shown in full and the last step addresses them. ``picture_of`` gives each
    file an address that this reader may open. ``is_working``: the term runs in working days (feedback.cases.clock).
    """
    calendar = calendar_for([case], today) if is_working else EveryDay({})
    shown = [(file, made) for file in files if (made := picture_of(file)) is not None]
    by_event = _by_event(shown)
    entries = [
        Entry(event, lines_of(event, case, for_sender=for_sender), by_event.get(event.pk, [])) for event in events
    ]
    return CasePage(
        case=case,
        standing=standing_of(case, today, calendar),
        strip=strip_of(case, today, calendar),
        steps=steps_of(case, entries, for_sender=for_sender),
        before=[made for file, made in shown if file.is_from_sender],
        after=[made for file, made in shown if not file.is_from_sender],
        chain=chain_of(case, events),
        apology=next((event.text for event in reversed(events) if event.kind == EventKind.APOLOGISED), ""),
        today=today,
        is_working=is_working,
    )


def _by_event(shown: list[tuple[CaseFile, Picture]]) -> dict[int, list[Picture]]:
    found: dict[int, list[Picture]] = {}
    for file, made in shown:
        if file.event_id:
            found.setdefault(file.event_id, []).append(made)
    return found


def chain_of(case: Case, events: Iterable[CaseEvent]) -> list[str]:
    """The units it went through, in order, by name: who received it, everybody it was passed to, who has it now."""
    names: list[str] = []
    for event in events:
        if event.kind == EventKind.RECEIVED:
            names.append(event.unit.name)
        if (
            event.to_unit_id
            and event.kind in {EventKind.RECEIVED, EventKind.TRANSFERRED, EventKind.REOPENED}
            and event.to_unit
        ):
            names.append(event.to_unit.name)
    names = names or [case.intake_unit.name]
    if names[-1] != case.holder.name:
        names.append(case.holder.name)
    return names


# --- the steps ---------------------------------------------------------------------------------------------------------


def title_of(number: int, *, for_sender: bool = False) -> str:
    """What a step is called."""
    return {
        RECEIVED: _("Đã nhận"),
        GIVEN: _("Đã giao xử lý"),
        WORKING: _("Đang xử lý"),
        ANSWERED: _("Trả lời và đăng kết quả"),
        RATED: _("Bạn đánh giá") if for_sender else _("Người gửi đánh giá"),
    }[number]


def steps_of(case: Case, entries: Iterable[Entry], *, for_sender: bool = False) -> list[Step]:
    """The steps in the order they were really taken: what was transferred or re-opened goes through a step again.

    Then what is under way, then what follows.
    """
    taken: list[Step] = []
    for entry in entries:
        kind = EventKind(entry.event.kind)
        number = _PHASES.get(kind, taken[-1].number if taken else RECEIVED)
        if not taken or taken[-1].number != number or kind in _ENDS or kind == EventKind.REOPENED:
            taken.append(Step(number, _taken_title(kind, number, for_sender=for_sender), "done"))
        taken[-1].entries.append(entry)
    if not taken:
        taken.append(Step(RECEIVED, title_of(RECEIVED), "done"))
    return _go_on(case, taken, for_sender=for_sender)


def _taken_title(kind: EventKind, number: int, *, for_sender: bool) -> str:
    if kind in _ENDS:
        return {
            EventKind.REJECTED: _("Không tiếp nhận"), EventKind.MERGED: _("Gộp vào phản ánh khác"),
            EventKind.WITHDRAWN: _("Người gửi đã rút"),
        }[kind]  # fmt: skip
    if kind == EventKind.REOPENED:
        return _("Người gửi báo chưa xong, mở lại")
    return title_of(number, for_sender=for_sender)


def _go_on(case: Case, taken: list[Step], *, for_sender: bool) -> list[Step]:
    """Mark what is under way and add what is still to come."""
    if case.status in {CaseStatus.REJECTED, CaseStatus.MERGED, CaseStatus.WITHDRAWN}:
        taken[-1].state = "stopped"
        return taken
    if case.status == CaseStatus.SOLVED:
        return taken
    current = {CaseStatus.RECEIVED: GIVEN, CaseStatus.ANSWERED: RATED}.get(CaseStatus(case.status), WORKING)
    if taken[-1].number == current:
        taken[-1].state = "now"
    else:
        taken.append(Step(current, title_of(current, for_sender=for_sender), "now"))
    taken[-1].note = _note(case, current, for_sender=for_sender)
    following = range(current + 1, RATED + 1)
    return [*taken, *(Step(number, title_of(number, for_sender=for_sender), "next") for number in following)]


def _note(case: Case, current: int, *, for_sender: bool) -> str:
    if current == GIVEN:
        return _("Chờ %(unit)s nhận việc.") % {"unit": case.holder.name}
    if current == RATED:
        return _("Đang hỏi: đã giải quyết xong chưa?") if for_sender else _("Đã trả lời, chờ người gửi xác nhận.")
    if case.status == CaseStatus.WAITING:
        return _("Chờ người gửi bổ sung. Thời hạn đang dừng.")
    return ""
