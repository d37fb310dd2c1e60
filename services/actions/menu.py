"""The menu: life events as the office arranges them, and what the shipped list adds without touching the office's work."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.core.audit import record
from portal.core.models import User
from portal.core.page_cache import bump_every_generation
from portal.core.tenancy import unit_scope
from portal.core.text import folded, one_line, slugify_vi
from portal.search.actions import mark_shared_changed
from services.models import ArrangedLine, LifeEvent, LifeEventProcedure, Procedure
from services.querysets.catalogue import ENTRIES_LIMIT
from services.rules.menu import SHIPPED, MenuPlan, entry_key, event_key, name_key, often_key, read_plan
from units.models import Unit

# Between two neighbours the office finds room for one of its own.
STEP: Final = 10


@dataclass(frozen=True, slots=True)
class EntryDraft:
    """One procedure of an event: which, and when it is needed."""

    procedure: Procedure
    note: str = ""


@dataclass(slots=True)
class MenuReport:
    """What :func:`arrange_menu` added, in numbers."""

    events: int = 0
    entries: int = 0
    names: int = 0
    often: int = 0

    @property
    def is_empty(self) -> bool:
        """Nothing was missing."""
        return not any(asdict(self).values())


@transaction.atomic
def arrange_menu(*, path: Path = SHIPPED) -> MenuReport:
    """Add what the shipped list has and this installation never had; called after every import of the catalogue.

    Each line is added once and remembered (ArrangedLine): what the office changed or took away stays so. A line whose
    procedure is not in the catalogue, or no longer in force, waits for a later import.
    """
    work = _Arranging(read_plan(path))
    work.events()
    work.names()
    work.often()
    work.finish()
    return work.report


@dataclass(slots=True)
class _Arranging:
    """One run of :func:`arrange_menu`: what was done before, what is done now. Queries do not grow with the lines."""

    plan: MenuPlan
    report: MenuReport = field(default_factory=MenuReport)
    known: set[str] = field(default_factory=set)
    fresh: list[str] = field(default_factory=list)
    rows: dict[str, Procedure] = field(default_factory=dict)
    touched: dict[int, Procedure] = field(default_factory=dict)
    renamed: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Read the memory, and the procedures that the plan speaks of and that are in force."""
        self.known = ArrangedLine.objects.keys()
        rows = Procedure.objects.current().filter(code__in=self.plan.codes)
        self.rows = {row.code: row for row in rows.only("code", "name", "everyday_names", "often_order")}

    def is_new(self, key: str) -> bool:
        """Whether this line was never arranged; from now on it was."""
        if key in self.known:
            return False
        self.known.add(key)
        self.fresh.append(key)
        return True

    def events(self) -> None:
        """Missing events, then the missing procedures of those that are there."""
        there = {event.slug: event for event in LifeEvent.objects.all()}
        for place, planned in enumerate(self.plan.events, 1):
            if self.is_new(event_key(planned.slug)) and planned.slug not in there:
                there[planned.slug] = LifeEvent.objects.create(
                    slug=planned.slug, name=planned.name, icon=planned.icon, audience=planned.audience,
                    summary=planned.summary, intro=planned.intro, order=place * STEP,
                )  # fmt: skip
                self.report.events += 1
        taken = set(LifeEventProcedure.objects.values_list("event_id", "procedure_id"))
        entries = [
            LifeEventProcedure(event=there[planned.slug], procedure=row, note=entry.note, order=place * STEP)
            for planned in self.plan.events
            if planned.slug in there
            for place, entry in enumerate(planned.entries, 1)
            if (row := self.rows.get(entry.code))
            and self.is_new(entry_key(planned.slug, entry.code))
            and (there[planned.slug].pk, row.pk) not in taken
        ]
        LifeEventProcedure.objects.bulk_create(entries)
        self.report.entries = len(entries)

    def names(self) -> None:
        """Everyday names behind those that the office wrote itself."""
        for code, names in self.plan.names.items():
            if not (row := self.rows.get(code)):
                continue
            there = {folded(name) for name in row.everyday_list}
            added = [name for name in names if self.is_new(name_key(code, name)) and folded(name) not in there]
            if added:
                row.everyday_names = "\n".join([*row.everyday_list, *added])
                self.touched[row.pk] = row
                self.renamed.add(row.pk)
                self.report.names += len(added)

    def often(self) -> None:
        """Places in “Nhiều người cần” for procedures that have none."""
        for place, code in enumerate(self.plan.often, 1):
            row = self.rows.get(code)
            if row and self.is_new(often_key(code)) and row.often_order is None:
                row.often_order = place * STEP
                self.touched[row.pk] = row
                self.report.often += 1

    def finish(self) -> None:
        """Write rows and memory, tell search and page cache, leave a line in the province's audit trail."""
        now = timezone.now()
        for row in self.touched.values():
            row.changed_at = now
        Procedure.objects.bulk_update(
            self.touched.values(), ["everyday_names", "often_order", "changed_at"], batch_size=100
        )
        ArrangedLine.objects.bulk_create([ArrangedLine(key=key) for key in self.fresh], ignore_conflicts=True)
        if self.report.is_empty:
            return
        mark_shared_changed("services.Procedure", sorted(self.renamed))
        bump_every_generation()
        with _province_scope() as is_open:
            if is_open:
                target = ArrangedLine.objects.get(key=self.fresh[0])
                record(verb="menu.arrange", target=target, actor=None, detail=asdict(self.report))


def _province_scope() -> AbstractContextManager[Any]:
    """The menu belongs to no unit; its audit rows are kept with the province, whose office looks after it."""
    province = Unit.objects.provinces().current().first()
    return unit_scope(province) if province else nullcontext(None)


@transaction.atomic
def save_life_event(
    *, event: LifeEvent, entries: Sequence[EntryDraft] | None = None, actor: User | None = None
) -> LifeEvent:
    """Create or change a life event; ``entries`` are its procedures in order, None leaves them.

    The address is made of the name when the event is new, and then fixed: it is in people's bookmarks. Raises ValidationError
    with a sentence for the clerk when another event has that address, or when there are too many procedures.
    """
    event.name, event.summary = one_line(event.name), one_line(event.summary)
    event.slug = _address_of(event)
    if entries is not None:
        entries = list({entry.procedure.pk: entry for entry in entries}.values())
        if len(entries) > ENTRIES_LIMIT:
            raise ValidationError(_("Một việc có nhiều nhất %(number)d thủ tục.") % {"number": ENTRIES_LIMIT})
    event.save()
    # The shipped list may have an event of the same address: this one is the office's.
    ArrangedLine.objects.get_or_create(key=event_key(event.slug))
    if entries is not None:
        _replace_entries(event, entries)
    record(
        verb="life_event.save",
        target=event,
        actor=actor,
        detail={} if entries is None else {"procedures": len(entries)},
    )
    bump_every_generation()
    return event


def _address_of(event: LifeEvent) -> str:
    """The slug an event has, or one for a new event that no other has."""
    if event.pk:
        return LifeEvent.objects.values_list("slug", flat=True).get(pk=event.pk)
    slug = event.slug or slugify_vi(event.name)
    if LifeEvent.objects.filter(slug=slug).exists():
        raise ValidationError({"name": _("Đã có việc khác cùng địa chỉ “%(slug)s”. Đặt tên khác.") % {"slug": slug}})
    return slug


def _replace_entries(event: LifeEvent, entries: Sequence[EntryDraft]) -> None:
    LifeEventProcedure.objects.filter(event=event).delete()
    LifeEventProcedure.objects.bulk_create(
        LifeEventProcedure(event=event, procedure=entry.procedure, note=one_line(entry.note)[:160], order=place * STEP)
        for place, entry in enumerate(entries, 1)
    )


@transaction.atomic
def delete_life_event(*, event: LifeEvent, actor: User | None) -> None:
    """Take an event out of the menu; its procedures stay where they are, and the shipped list does not bring it back."""
    ArrangedLine.objects.get_or_create(key=event_key(event.slug))
    record(verb="life_event.delete", target=event, actor=actor)
    event.delete()
    bump_every_generation()
