"""What the disclosure desk has to do now: what is missing, what is due in ten working days, which drafts wait."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final
from urllib.parse import urlencode

from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from news.disclosure_board import DutyBook, Line, Slot, lines_of
from news.enums.disclosure import DisclosurePeriod
from news.models import DisclosureDuty, DisclosureEntry
from news.rules.disclosure import SlotState
from units.models import Unit

DRAFTS_SHOWN: Final = 30
PANEL_ROWS: Final = 4
# The unit's generation and the day are in the key: the time only lets old keys go.
_KEPT: Final = 3_600


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to disclose: where to enter it, or the draft that was begun."""

    duty: DisclosureDuty
    slot: Slot
    url: str
    draft: DisclosureEntry | None = None

    @property
    def due_on(self) -> date | None:
        """The last day in time, if it is known."""
        return self.slot.due_on


@dataclass(frozen=True, slots=True)
class Desk:
    """Everything on the desk."""

    overdue: list[Job]
    soon: list[Job]
    drafts: list[DisclosureEntry]
    lines: list[Line]
    today: date


def add_url(duty: DisclosureDuty, slot: Slot | None = None, document: int | None = None) -> str:
    """The empty form of a duty, its period and document filled in."""
    words: dict[str, str | int] = {"noi-dung": duty.pk}
    if slot is not None and slot.period is not None:
        words["ky"] = f"{slot.period.year}-{slot.period.part}"
    if document is not None:
        words["van-ban"] = document
    return f"{reverse('admin:news_disclosureentry_add')}?{urlencode(words)}"


def desk_of(unit: Unit, *, with_drafts: bool = True) -> Desk:
    """The unit's desk; four queries, three without the drafts."""
    book = DutyBook()
    lines = lines_of(unit, book)
    drafts = list(DisclosureEntry.objects.all().drafts().light()[:DRAFTS_SHOWN]) if with_drafts else []
    begun = {(draft.duty.code, draft.year, draft.part): draft for draft in reversed(drafts)}
    overdue = _jobs(lines, begun, lambda slot: slot.state == SlotState.MISSING)
    soon = _jobs(
        lines, begun,
        lambda slot: slot.state == SlotState.WAITING and slot.due_on is not None and slot.due_on <= book.soon,
    )  # fmt: skip
    return Desk(overdue, soon, drafts, lines, book.today)


def _jobs(
    lines: Iterable[Line], begun: dict[tuple[str, int | None, int], DisclosureEntry], wanted: Callable[[Slot], bool]
) -> list[Job]:  # fmt: skip
    jobs = []
    for line in lines:
        for slot in line.slots:
            if not wanted(slot):
                continue
            standing = line.duty.period == DisclosurePeriod.STANDING
            key = (line.duty.code, slot.period.year, slot.period.part) if slot.period else (line.duty.code, None, 0)
            draft = begun.get(key) if slot.period or standing else None
            jobs.append(Job(line.duty, slot, add_url(line.duty, slot), draft))
    return sorted(jobs, key=lambda job: (job.due_on or date.max, job.duty.order))


def waiting_in_short(unit: Unit) -> dict[str, object]:
    """Numbers and the first lines for “Việc hôm nay”; kept until the unit publishes something, or the day turns."""
    key = f"disclosure-desk:{unit.pk}:{unit.generation}:{timezone.localdate():%Y%m%d}"
    known: dict[str, object] | None = cache.get(key)
    if known is None:
        desk = desk_of(unit, with_drafts=False)
        jobs = [*desk.overdue, *desk.soon]
        known = {
            "overdue": len(desk.overdue),
            "soon": len(desk.soon),
            "lines": [
                {
                    "title": job.duty.title, "words": job.slot.words, "due_on": job.due_on, "url": job.url,
                    "is_late": job.slot.state == SlotState.MISSING,
                }
                for job in jobs[:PANEL_ROWS]
            ],
        }  # fmt: skip
        cache.set(key, known, _KEPT)
    return known
