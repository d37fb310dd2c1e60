"""What one unit says about one procedure: counter, hours, load of the half-days, fees by dated resolution."""

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from django.utils.translation import gettext as _

from portal.core.templatetags.portal_text import WEEKDAYS, date_full, number_vi
from services.enums import Channel, Load
from services.models import Counter, LocalAnswer, LocalFee
from units.models import Site

# Monday to Friday; the offices of the State work five days (Quyết định 188/1999/QĐ-TTg).
WORKED_DAYS: Final = (1, 2, 3, 4, 5)
HALVES: Final = ("am", "pm")
_LOAD_ICONS: Final = {Load.QUIET: "circle-check", Load.NORMAL: "users", Load.BUSY: "triangle-alert"}


def _half_words(half: str, day: int) -> str:
    return (_("sáng %(day)s") if half == "am" else _("chiều %(day)s")) % {"day": WEEKDAYS[day - 1]}


def loads_table(counter: Counter) -> dict[str, Any] | None:
    """Five days by two halves with a word in every cell, and the quiet halves in one sentence; None where nothing is known."""
    loads: dict[str, str] = counter.loads
    known = {key: Load(value) for key, value in loads.items() if value in Load.values}
    if not known:
        return None

    def cell(day: int, half: str) -> dict[str, str]:
        load = known.get(f"{day}-{half}")
        if load is None:
            return {"words": _("Chưa rõ"), "kind": "unknown", "icon": ""}
        return {"words": str(load.label), "kind": load.lower(), "icon": _LOAD_ICONS[load]}

    quiet = [
        _half_words(half, day) for day in WORKED_DAYS for half in HALVES if known.get(f"{day}-{half}") == Load.QUIET
    ]
    return {
        "rows": [{"day": str(WEEKDAYS[day - 1]), "cells": [cell(day, half) for half in HALVES]} for day in WORKED_DAYS],
        "quiet": ", ".join(quiet),
    }


def fee_words(fee: LocalFee) -> dict[str, Any]:
    """One fee as the page words it: amount, for what, by which resolution, since when."""
    amount = _("%(number)s đồng") % {"number": number_vi(fee.amount)} if fee.amount else _("Không thu")
    return {
        "amount": amount,
        "per": fee.per,
        "who": fee.who,
        "channel": str(Channel(fee.channel).label) if fee.channel else "",
        "resolution": fee.resolution,
        "valid_from": date_full(fee.valid_from),
        "valid_to": date_full(fee.valid_to),
    }


def fees_at(rows: Iterable[LocalFee], *, unit_id: int, today: date) -> dict[str, list[dict[str, Any]]] | None:
    """What is paid on ``today`` and what is decided for later; None where no local fee is known.

    A unit's own rows stand before those that reach everywhere: whoever fixed a fee of its own has a reason for it.
    """
    counting = list(rows)
    own = [fee for fee in counting if fee.unit_id == unit_id]
    chosen = own or counting
    if not chosen:
        return None
    return {
        "now": [fee_words(fee) for fee in chosen if fee.valid_from <= today],
        "coming": [fee_words(fee) for fee in chosen if fee.valid_from > today],
    }


def best_answer(rows: Iterable[LocalAnswer], unit_id: int) -> LocalAnswer | None:
    """The unit's words on the procedure itself, else those on its whole field."""
    own = sorted((row for row in rows if row.unit_id == unit_id), key=lambda row: row.procedure_id is None)
    return own[0] if own else None


def main_counter(rows: Iterable[Counter], unit_id: int) -> Counter | None:
    """A unit's main counter, else its first one in use; ``rows`` come as CounterQuerySet.for_page orders them."""
    return next((row for row in rows if row.unit_id == unit_id), None)


def counter_words(counter: Counter | None) -> dict[str, Any] | None:
    """Where to go, as the page words it."""
    if counter is None:
        return None
    return {
        "name": counter.name, "address": counter.address, "hours": counter.hours, "phone": counter.phone,
        "email": counter.email, "map_url": counter.map_url, "notes": counter.notes, "loads": loads_table(counter),
    }  # fmt: skip


def office_words(site: Site | None) -> dict[str, Any] | None:
    """The office itself as the foot of its pages names it, where no counter was made; None where nothing is known."""
    if site is None or not site.address:
        return None
    return {
        "name": _("Trụ sở cơ quan"), "address": site.address, "hours": site.hours, "phone": site.phone,
        "email": site.email,
    }  # fmt: skip


def place_words(answer: LocalAnswer | None, counters: Iterable[Counter], *, unit_id: int) -> dict[str, Any]:
    """Counter and the unit's own words on this procedure, as local_place.html shows them."""
    own = answer.counter if answer and answer.counter and answer.counter.is_open else None
    place: dict[str, Any] = {"counter": counter_words(own or main_counter(counters, unit_id))}
    if answer:
        place |= {
            "officer_post": answer.officer_post, "phone": answer.phone, "hours": answer.hours, "notes": answer.notes,
            "checked_on": answer.checked_on,
        }  # fmt: skip
    return place
