"""What the pages of /cong-khai/ are made of: the shelves' frame, one duty with what is missing in its place, one entry."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from news.budgets.page import tables_of
from news.disclosure_board import Count, DutyBook, Fact, Line, Slot, facts_by_unit, shelves_of, year_asked
from news.enums.documents import DocumentStatus
from news.models import DisclosureDuty, DisclosureEntry, DisclosureFile
from news.querysets.disclosure import PAGE_SIZE
from news.rules.disclosure import period_words
from portal.core.models import AuditEntry
from portal.core.richtext import plain_text
from portal.core.sharing_links import share_links
from portal.core.structured_data import breadcrumbs_json_ld
from units.enums import UnitKind
from units.middleware import unit_of
from units.models import Unit

DESCRIPTION: int = 200
CHANGES_SHOWN: int = 10
GAPS_SHOWN: int = 12


def crumbs_to(*more: tuple[str, str | None]) -> list[dict[str, Any]]:
    """The way to a page below /cong-khai/."""
    rows: list[tuple[str, str | None]] = [
        (_("Trang chủ"), "/"), (_("Công khai"), reverse("news:disclosure-list")), *more,
    ]  # fmt: skip
    crumbs: list[dict[str, Any]] = [{"label": label, "url": url} for label, url in rows]
    crumbs[-1]["url"] = None
    return crumbs


def framed(request: HttpRequest, crumbs: list[dict[str, Any]], **context: Any) -> dict[str, Any]:
    """A page's context with the way to it."""
    return {"breadcrumbs": crumbs, "json_ld": breadcrumbs_json_ld(request, crumbs), **context}


# --- the shelves ------------------------------------------------------------------------------------------------------


def list_context(request: HttpRequest) -> dict[str, Any]:
    """Every duty on its shelf, as things stand now or for one year; six queries of its own."""
    unit, book = unit_of(request), DutyBook()
    years = _years(unit, book)
    year = year_asked(request.GET.get("nam", ""), years)
    shelves = shelves_of(unit, book, year)
    page = reverse("news:disclosure-list")
    chips = [{"label": _("Hiện nay"), "url": page, "is_current": year is None}]
    chips += [{"label": _("Năm %d") % one, "url": f"{page}?nam={one}", "is_current": year == one} for one in years]
    gaps = [(line, slot) for shelf in shelves for line in shelf.lines for slot in line.missing]
    return framed(
        request, crumbs_to(), gaps=gaps[:GAPS_SHOWN], more_gaps=max(len(gaps) - GAPS_SHOWN, 0), shelves=shelves, year=year, chips=chips if len(chips) > 1 else [], today=book.today,
        count=Count.of(line for shelf in shelves for line in shelf.lines), feed_url=reverse("news:disclosure-feed"),
        csv_url=reverse("news:disclosure-csv"), is_province=unit.kind == UnitKind.PROVINCE, is_closed=unit.is_closed,
        noindex=year is not None, is_demo=any(entry.is_demo for shelf in shelves for line in shelf.lines for entry in line.entries),
    )  # fmt: skip


def _years(unit: Unit, book: DutyBook) -> list[int]:
    known = set(DisclosureEntry.objects.all().years())
    own = range(max(unit.valid_from.year, book.today.year - 2), book.today.year + 1)
    return sorted(known | (set() if unit.is_closed else set(own)), reverse=True)


# --- one duty ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a duty's page: an entry, or a period that has none."""

    words: str
    entry: DisclosureEntry | None = None
    slot: Slot | None = None


Place = tuple[int, int, int]


def place_of(text: str) -> Place | None:
    """``2026-9-31`` → the year, part and key behind which a page begins; 404 for anything else that is not empty."""
    if not text:
        return None
    parts = text.split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 19 for part in parts):  # noqa: PLR2004
        raise Http404
    year, part, key = (int(part) for part in parts)
    if max(year, part) > 9999:  # noqa: PLR2004 - no year, no part; the columns hold no more
        raise Http404
    return year, part, key


def duty_context(request: HttpRequest, code: str) -> dict[str, Any]:
    """One duty: why, by which law, every entry by period with the missing ones in their place."""
    unit, book = unit_of(request), DutyBook()
    duty = _duty(book, code, unit)
    place = place_of(request.GET.get("truoc", ""))
    rows = DisclosureEntry.objects.published().of_code(code).light().newest()
    entries = list((rows.behind(*place) if place else rows)[: PAGE_SIZE + 1])
    if place and not entries:
        raise Http404
    shown, has_more = entries[:PAGE_SIZE], len(entries) > PAGE_SIZE
    line = book.line(duty, unit, _facts(unit, code))
    last = shown[-1] if has_more else None
    page = reverse("news:disclosure-duty", args=[code])
    return framed(
        request, crumbs_to((duty.title, None)), duty=duty, line=line, items=_items(duty, line, shown, place, last),
        terms=book.rows[code], today=book.today, newest_url=page if place else None,
        older_url=f"{page}?truoc={last.year or 0}-{last.part}-{last.pk}" if last else None,
    )  # fmt: skip


def _duty(book: DutyBook, code: str, unit: Unit) -> DisclosureDuty:
    """The newest terms of the duty; 404 where the unit neither owes it nor has anything under it."""
    rows = book.rows.get(code)
    if not rows:
        raise Http404
    owed = not rows[0].kinds or unit.kind in rows[0].kinds
    if not owed and not DisclosureEntry.objects.published().of_code(code).exists():
        raise Http404
    return rows[0]


def _facts(unit: Unit, code: str) -> dict[tuple[int, int], Fact]:
    return facts_by_unit().get(unit.pk, {}).get(code, {})


def _items(
    duty: DisclosureDuty, line: Line, entries: Sequence[DisclosureEntry], place: Place | None, last: DisclosureEntry | None
) -> list[Item]:  # fmt: skip
    """Entries with the periods that have none between them, as far as this page reaches."""
    items = [
        ((entry.year or 0, entry.part, 1), Item(period_words(duty.period, entry.year, entry.part), entry=entry))
        for entry in entries
    ]
    top = place[:2] if place else (9999, 99)
    bottom = (last.year or 0, last.part) if last else (0, -1)
    for slot in [*line.missing, *line.waiting]:
        key = (slot.period.year, slot.period.part) if slot.period else top
        if bottom < key <= top:
            items.append(((*key, 0), Item(slot.words, slot=slot)))
    return [item for _key, item in sorted(items, key=lambda pair: pair[0], reverse=True)]


# --- one entry --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that happened to an entry, without who did it."""

    words: str
    at: datetime


def entry_context(request: HttpRequest, entry: DisclosureEntry) -> dict[str, Any]:
    """Everything the page of a published entry shows; five queries of its own."""
    entry.unit = unit_of(request)
    duty = entry.duty
    tables = tables_of(entry)
    crumbs = crumbs_to((duty.title, reverse("news:disclosure-duty", args=[duty.code])), (entry.title, None))
    address = request.build_absolute_uri(entry.get_absolute_url())
    return framed(
        request, crumbs, entry=entry, duty=duty, tables=tables, files=list(DisclosureFile.objects.of(entry)),
        period=period_words(duty.period, entry.year, entry.part), document_path=_document_path(entry),
        changes=_changes(entry), description=_description(entry), share=share_links(entry.title, address),
        duty_url=reverse("news:disclosure-duty", args=[duty.code]),
    )  # fmt: skip


def gone_context(request: HttpRequest, entry: DisclosureEntry) -> dict[str, Any]:
    """What stays of an entry that was taken away: which one it was, and why."""
    duty = entry.duty
    crumbs = crumbs_to((duty.title, reverse("news:disclosure-duty", args=[duty.code])), (entry.title, None))
    period = period_words(duty.period, entry.year, entry.part)
    return framed(request, crumbs, entry=entry, duty=duty, period=period, changes=_changes(entry))


def _description(entry: DisclosureEntry) -> str:
    return (plain_text(entry.body) or entry.duty.explanation or entry.title)[:DESCRIPTION]


def _document_path(entry: DisclosureEntry) -> str:
    """Where the document stands: in the register, or wherever its number is found."""
    document = entry.document
    if document and document.status == DocumentStatus.PUBLISHED:
        return document.get_absolute_url()
    return reverse("news:document-by-number", args=[entry.document_number]) if entry.document_number else ""


def _changes(entry: DisclosureEntry) -> list[Change]:
    """Publishing, changes since, withdrawing: the oldest first, bounded; the trail's names stay inside."""
    words = {"disclosure.publish": _("Công khai"), "disclosure.save": _("Sửa"), "disclosure.withdraw": _("Gỡ")}
    if entry.published_at is None:
        return []
    rows = AuditEntry.objects.about(entry).filter(verb__in=list(words)).values_list("verb", "at")[: CHANGES_SHOWN * 3]
    found = [Change(words[verb], at) for verb, at in rows if verb != "disclosure.save" or at > entry.published_at]
    return list(reversed(found[:CHANGES_SHOWN]))
