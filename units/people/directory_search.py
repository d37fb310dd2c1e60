"""Searching the directory of all units: own people first, the others by unit, page by page."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from django.http import Http404, HttpRequest
from django.utils import timezone

from portal.core.tenancy import units_scope
from units.models import Appointment, Post, Unit
from units.people.pages import OWN_FOUND, PAGE_SIZE, Line, lines_of, words_of


@dataclass(frozen=True, slots=True)
class Found:
    """One page of answers. ``has_more_own`` says that not all own lines fit on it."""

    own: list[Line] = field(default_factory=list)
    others: list[Line] = field(default_factory=list)
    next_url: str = ""
    first_url: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not self.own and not self.others


def search_directory(
    request: HttpRequest, *, text: str, chosen: Unit | None, behind: str, units: Sequence[Unit], own: Unit
) -> Found:
    """Who fits the words in one unit or in all that show their people; read only, at most five queries.

    ``behind`` is the key of the last line of the page before; raises Http404 for one that is not in the directory.
    """
    scope = [unit for unit in units if chosen is None or unit.pk == chosen.pk]
    words = words_of(text)
    with units_scope(scope):
        rows = Appointment.objects.directory(timezone.localdate())
        titles = Post.objects.titles() if words else []
        rows = rows.matching(words, titles)
        mine = [] if behind or chosen else list(rows.filter(unit_id=own.pk)[:OWN_FOUND])
        others = rows if chosen else rows.exclude(unit_id=own.pk)
        if behind:
            others = others.behind(_line_at(behind))
        page = list(others[: PAGE_SIZE + 1])
        found_own = lines_of(request, mine, scope, own)
        found = lines_of(request, page[:PAGE_SIZE], scope, own)
    asked = {"q": text, "don-vi": chosen.slug if chosen else ""}
    kept = {key: value for key, value in asked.items() if value}
    next_url = f"{request.path}?{urlencode({**kept, 'sau': page[PAGE_SIZE - 1].pk})}" if len(page) > PAGE_SIZE else ""
    return Found(found_own, found, next_url, f"{request.path}?{urlencode(kept)}" if behind else "")


def _line_at(key: str) -> Appointment:
    if not key.isascii() or not key.isdigit() or len(key) > 18:  # noqa: PLR2004 - beyond any id
        raise Http404
    line = Appointment.objects.select_related("unit", "post").defer("unit__boundary").filter(pk=int(key)).first()
    if line is None:
        raise Http404
    return line
