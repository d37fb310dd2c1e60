"""The pile of cases of the unit in scope: which tab shows what, in which order, and how much waits there."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from feedback.enums.cases import OPEN, RUNNING, CaseStatus, Escalation, Moderation, PartyRole
from feedback.models import Case, CaseParty
from feedback.querysets.cases import CaseQuerySet
from feedback.rules.codes import read_code
from feedback.rules.permissions import ROLE_PERMISSIONS
from portal.core.models import User
from portal.core.tenancy import current_unit_id
from portal.core.text import folded
from units.models import Membership

PAGE_SIZE: Final = 30
SHEET_ROWS: Final = 5_000
COUNT_LIMIT: Final = 1_000
MENU_LIMIT: Final = 100
MEMBERS_SHOWN: Final = 100
WORDS_SEARCHED: Final = 8
HANDLERS: Final = tuple(role for role, granted in ROLE_PERMISSIONS.items() if "feedback.handle_case" in granted)
_BY_DUE: Final = ("due_on", "pk")
_BY_PRIORITY: Final = ("priority", "due_on", "pk")
_NEWEST: Final = ("-pk",)
# What no list shows.
_UNREAD: Final = ("sealed_details", "answer", "folded", "sealed_token")


@dataclass(frozen=True, slots=True)
class Tab:
    """One pile: its address, its name, its rows and their order; ``for_above``: only where units below are watched."""

    slug: str
    label: Any
    rows: Callable[[date], CaseQuerySet]
    order: tuple[str, ...] = _BY_DUE
    empty: Any = ""
    for_above: bool = False


def _held(*statuses: CaseStatus) -> CaseQuerySet:
    return Case.objects.held().not_spam().filter(status__in=statuses)


def _passed_on() -> CaseQuerySet:
    """What went through this unit's hands and is with another one now."""
    mine = CaseParty.objects.filter(unit_id=current_unit_id(), role__in=(PartyRole.FORMER, PartyRole.INTAKE))
    rows = Case.objects.not_spam().exclude(holder_id=current_unit_id())
    return rows.filter(pk__in=mine.order_by().values("case_id"))


def _late_below(today: date) -> CaseQuerySet:
    rows = Case.objects.not_spam().overdue(today).exclude(holder_id=current_unit_id())
    return rows.filter(escalation=Escalation.PROVINCE)


_CLOSED: Final = tuple(status for status in CaseStatus if status not in OPEN)
TABS: Final = (
    Tab("can-lam", _("Cần làm"), lambda today: _held(*RUNNING),
        empty=_("Không có việc nào phải làm. Phản ánh mới hiện ở đây và ở “Việc hôm nay”.")),
    Tab("moi", _("Mới"), lambda today: _held(CaseStatus.RECEIVED), _BY_PRIORITY, _("Không có việc mới.")),
    Tab("dang", _("Đang xử lý"), lambda today: _held(CaseStatus.ACCEPTED), empty=_("Không có việc nào đang xử lý.")),
    Tab("cho", _("Chờ người gửi"), lambda today: _held(CaseStatus.WAITING), empty=_("Không chờ người gửi nào bổ sung.")),
    Tab("qua-han", _("Quá hạn"), lambda today: _held(*RUNNING).overdue(today), empty=_("Không có việc nào quá hạn.")),
    Tab("xong", _("Đã trả lời"), lambda today: _held(*_CLOSED), _NEWEST, _("Chưa có việc nào trả lời xong.")),
    Tab("chuyen", _("Đã chuyển"), lambda today: _passed_on(), _NEWEST, _("Chưa chuyển việc nào cho đơn vị khác.")),
    Tab("duoi", _("Đơn vị khác quá hạn"), _late_below, _BY_DUE, _("Không có đơn vị nào để quá hạn phải báo lên."),
        for_above=True),
    Tab("tat-ca", _("Tất cả"), lambda today: Case.objects.not_spam(), _NEWEST, _("Chưa có phản ánh, câu hỏi nào.")),
)  # fmt: skip


def tab_of(slug: str) -> Tab:
    """The tab with this address; the pile of what is to be done for any other word."""
    return next((tab for tab in TABS if tab.slug == slug), TABS[0])


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the list is narrowed to."""

    words: str = ""
    kind: str = ""
    category_id: int | None = None
    # A user's id; 0: given to nobody.
    assignee_id: int | None = None

    @property
    def is_any(self) -> bool:
        """Whether anything is chosen."""
        return bool(self.words or self.kind or self.category_id is not None or self.assignee_id is not None)

    def of(self, rows: CaseQuerySet) -> CaseQuerySet:
        """``rows`` narrowed down. A whole code finds its case alone."""
        if self.kind:
            rows = rows.filter(kind=self.kind)
        if self.category_id is not None:
            rows = rows.filter(category_id=self.category_id)
        if self.assignee_id is not None:
            rows = rows.filter(assignee_id=self.assignee_id or None)
        code = read_code(self.words)
        if code:
            return rows.filter(code=code)
        for word in folded(self.words).split()[:WORDS_SEARCHED]:
            rows = rows.filter(folded__contains=word)
        return rows


def page_of(tab: Tab, wanted: Wanted, today: date, mark: str = "") -> tuple[list[Case], str]:
    """One page of a tab behind ``mark``, and the mark of the next page (“” on the last). One query."""
    rows = _ordered(tab, wanted, today)
    behind = _behind(tab.order, mark)
    found = list((rows.filter(behind) if behind else rows)[: PAGE_SIZE + 1])
    return found[:PAGE_SIZE], _mark(tab.order, found[PAGE_SIZE - 1]) if len(found) > PAGE_SIZE else ""


def sheet_of(tab: Tab, wanted: Wanted, today: date) -> list[Case]:
    """The same rows for a spreadsheet, bounded. One query."""
    return list(_ordered(tab, wanted, today)[:SHEET_ROWS])


def _ordered(tab: Tab, wanted: Wanted, today: date) -> CaseQuerySet:
    rows = wanted.of(tab.rows(today)).for_page().select_related("category", "holder", "commune", "assignee")
    return rows.defer(*_UNREAD, "sealed_text", "holder__boundary", "commune__boundary").order_by(*tab.order)


def _mark(order: tuple[str, ...], case: Case) -> str:
    """Where a page ended: the values it is ordered by."""
    return "_".join(str(getattr(case, name.lstrip("-"))) for name in order)


def _behind(order: tuple[str, ...], mark: str) -> Q | None:
    """Rows behind a mark in this order; None for a mark that we did not make."""
    values = mark.split("_")
    if not mark or len(values) != len(order) or not values[-1].isascii() or not values[-1].isdigit():
        return None
    if "due_on" in order:
        try:
            date.fromisoformat(values[order.index("due_on")])
        except ValueError:
            return None
    if len(values[-1]) > 18:  # noqa: PLR2004 - beyond any id
        return None
    found, same = Q(), Q()
    for name, value in zip(order, values, strict=True):
        field_name = name.lstrip("-")
        found |= same & Q(**{f"{field_name}__{'lt' if name.startswith('-') else 'gt'}": value})
        same &= Q(**{field_name: value})
    return found


@dataclass(slots=True)
class Numbers:
    """How much waits for the unit, counted no further than a person would read."""

    late: int = 0
    today: int = 0
    soon: int = 0
    fresh: int = 0
    running: int = 0
    waiting: int = 0
    to_moderate: int = 0
    unassigned: int = 0
    is_bounded: bool = field(default=False)

    @property
    def is_any(self) -> bool:
        """Whether anything waits at all."""
        return bool(self.late or self.today or self.soon or self.fresh or self.to_moderate)


def count_waiting(today: date, soon: date) -> Numbers:
    """What the unit holds and has to do something about; one query of three short columns."""
    rows = Case.objects.held().not_spam().filter(Q(status__in=OPEN) | Q(moderation=Moderation.WAITING))
    found = list(
        rows.order_by("due_on", "pk").values_list("status", "due_on", "moderation", "assignee_id")[:COUNT_LIMIT]
    )
    numbers = Numbers(is_bounded=len(found) == COUNT_LIMIT)
    for status, due_on, moderation, assignee_id in found:
        numbers.to_moderate += moderation == Moderation.WAITING
        numbers.waiting += status == CaseStatus.WAITING
        if status not in RUNNING:
            continue
        numbers.fresh += status == CaseStatus.RECEIVED
        numbers.running += status == CaseStatus.ACCEPTED
        numbers.unassigned += assignee_id is None
        if due_on is not None:
            numbers.late += due_on < today
            numbers.today += due_on == today
            numbers.soon += today < due_on <= soon
    return numbers


def number_for_menu(today: date) -> int:
    """New ones and late ones: what somebody should look at now; one bounded query."""
    rows = Case.objects.held().not_spam().filter(
        Q(status=CaseStatus.RECEIVED) | Q(status=CaseStatus.ACCEPTED, due_on__lt=today)
    )  # fmt: skip
    return rows.order_by()[:MENU_LIMIT].count()


def most_pressing(soon: date, number: int) -> list[Case]:
    """What is late, due soon or new, the earliest last day first; one query."""
    rows = _held(*RUNNING).filter(Q(due_on__lte=soon) | Q(status=CaseStatus.RECEIVED))
    rows = rows.select_related("holder", "assignee").defer(*_UNREAD, "sealed_text", "text", "holder__boundary")
    return list(rows.order_by("due_on", "pk")[:number])


def members() -> list[User]:
    """Who of the unit may handle cases, by name; one query."""
    rows = Membership.objects.filter(role__in=HANDLERS, user__is_active=True).select_related("user")
    return sorted((row.user for row in rows[:MEMBERS_SHOWN]), key=lambda user: folded(str(user)))
