"""Demo data: what every unit of today has disclosed, most of it in time, some late, some missing; all invented, and says so.

Rows are written in bulk, with the deadlines the rules give them: two hundred sites must not take minutes. A few sites get more:
entries with a document of the register, a period in which nothing arose, budgets of two years, a draft, a withdrawn entry.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Final

from django.db import transaction
from django.utils import timezone

from news.actions.disclosure import publish_disclosure, save_disclosure, withdraw_disclosure
from news.disclosure_board import DutyBook
from news.enums.disclosure import DisclosureGroup, DisclosurePeriod
from news.enums.documents import DocumentStatus
from news.models import DisclosureDuty, DisclosureEntry, Document
from news.rules.disclosure import Period, days_late, due_day, expected_periods, period_at, title_of
from portal.core.tenancy import unit_scope
from portal.core.text import slugify_vi
from portal.pages.demo.wording import INVENTED, INVENTED_NAME, rng
from units.enums import UnitKind
from units.models import Unit

LIVELY: Final = ("hue", "thuan-an", "phu-xuan")
KINDS: Final = (UnitKind.PROVINCE, UnitKind.DEPARTMENT, UnitKind.COMMUNE)
SIGNER: Final = f"Trần Thị Mẫu {INVENTED_NAME}, Chủ tịch"
HEAD: Final = f"Lê Văn Mẫu {INVENTED_NAME}, Giám đốc"
# Of a hundred periods: so many are missing, so many came late; the busy sites show a little of each.
MISSING, LATE = 8, 14
BODY: Final = "<p>Nội dung minh họa của bản dựng thử: {title}. Số liệu và văn bản trong mục này không có thật.</p>"
EVENTS: Final = {
    "xa-03-du-an": ("Nâng cấp đường, cống thoát nước một số kiệt: tiến độ, phương án bồi thường", 24),
    "xa-09-ho-tro": ("Hỗ trợ hộ thiệt hại do mưa lũ: mức hỗ trợ, danh sách tổng hợp", 15),
    "xa-11-tiep-thu": ("Tiếp thu, giải trình ý kiến về quy ước tổ dân phố", 60),
    "xa-14-khac": ("Kế hoạch tuyển chọn công dân nhập ngũ", 33),
    "dau-thau": ("Kết quả lựa chọn nhà thầu sửa chữa trụ sở", 41),
    "du-an-dau-tu": ("Danh mục dự án chuẩn bị đầu tư và tiến độ", 52),
    "chien-luoc-quy-hoach": ("Chương trình chuyển đổi số giai đoạn 2026–2030", 75),
    "thong-tin-dot-xuat": ("Thông tin ban đầu về tình hình mưa lũ", 20),
}
BUDGET_OF_2025: Final = (("du-toan", 0), ("thuc-hien", 6), ("thuc-hien", 9), ("thuc-hien-nam", 0))
# What the lively sites have not disclosed, whatever chance says: the pages should have something to say of it.
GAPS: Final = {
    ("ngan-sach-xa-thuc-hien", 9),
    ("danh-muc-quy", 3),
    ("ngan-sach-tinh-thuc-hien", 9),
    ("thong-ke-thang", 9),
}
NOTHING: Final = ("xa-07-quy", "phong-chong-tham-nhung")


def load_disclosures() -> int:
    """Load disclosures where there are none yet; returns how many units got some."""
    book, made = DutyBook(), 0
    for unit in Unit.objects.current().filter(kind__in=KINDS).defer("boundary").order_by("pk"):
        with unit_scope(unit), transaction.atomic():
            if DisclosureEntry.objects.exists():
                continue
            DisclosureEntry.objects.bulk_create(_Writer(unit, book).rows())
            if unit.slug in LIVELY:
                _add_more(unit, book)
            made += 1
    return made


class _Writer:
    """Makes one unit's rows, with the same chances on every machine."""

    def __init__(self, unit: Unit, book: DutyBook) -> None:
        self.unit, self.book, self.today = unit, book, book.today

    def rows(self) -> list[DisclosureEntry]:
        """Entries of every duty the unit owes."""
        return [entry for duty in self.book.current(self.unit.kind) for entry in self._of(duty)]

    def _of(self, duty: DisclosureDuty) -> Iterable[DisclosureEntry]:
        if duty.period == DisclosurePeriod.STANDING:
            if self.unit.slug in LIVELY or rng(self.unit.slug, duty.code).random() * 100 >= MISSING:
                yield self._standing(duty)
        elif duty.period == DisclosurePeriod.EVENT:
            if duty.code in EVENTS and (self.unit.slug in LIVELY or rng(self.unit.slug, duty.code).random() < 0.5):
                yield self._event(duty)
        else:
            for period, _terms in expected_periods(self.book.rows[duty.code], self.unit.valid_from, self.today):
                is_gap = (
                    (duty.code, period.part) in GAPS and period.year == self.today.year and self.unit.slug in LIVELY
                )
                entry = None if is_gap else self._periodic(duty, period)
                if entry is not None:
                    yield entry
            yield from self._budgets_of_2025(duty)

    def _budgets_of_2025(self, duty: DisclosureDuty) -> Iterable[DisclosureEntry]:
        """What communes of 2025 took over from before, and the province's year: so that two years can be compared."""
        if self.unit.slug not in LIVELY or duty.group != DisclosureGroup.BUDGET:
            return
        expected = expected_periods(self.book.rows[duty.code], self.unit.valid_from, self.today)
        known = {(period.year, period.part) for period, _terms in expected}
        for name, part in BUDGET_OF_2025:
            period = period_at(duty.period, 2025, part)
            if duty.code.endswith(f"-{name}") and period and (2025, part) not in known:
                yield self._made(duty, period, signed=None, day=period.last + timedelta(days=12))

    def _periodic(self, duty: DisclosureDuty, period: Period) -> DisclosureEntry | None:
        """In time for most; late or missing for some; nothing where the term has not begun to press."""
        chance = rng(self.unit.slug, duty.code, period.year, period.part)
        share = chance.random() * 100
        due = due_day(duty, period, None, self.book.calendar)
        if due is None:
            # A term from signing: plans are signed in the first weeks of the year.
            signed = period.first + timedelta(days=chance.randint(6, 40))
            due = due_day(duty, period, signed, self.book.calendar)
        else:
            signed = None
        if due is None or share < MISSING:
            return None
        day = (
            due + timedelta(days=chance.randint(2, 25))
            if share < MISSING + LATE
            else due - timedelta(days=chance.randint(0, 2))
        )
        # What is not out yet is not made up.
        begin = signed or (period.last if due > period.last else period.first)
        day = max(day, begin)
        return self._made(duty, period, signed=signed or begin, day=day) if day < self.today else None

    def _event(self, duty: DisclosureDuty) -> DisclosureEntry:
        words, ago = EVENTS[duty.code]
        chance = rng(self.unit.slug, duty.code)
        signed = self.today - timedelta(days=ago + chance.randint(0, 9))
        entry = self._made(duty, None, signed=signed, day=signed + timedelta(days=chance.choice((0, 1, 1, 12))))
        entry.title, entry.year = f"{words} {INVENTED}", signed.year
        return self._named(entry)

    def _standing(self, duty: DisclosureDuty) -> DisclosureEntry:
        day = max(duty.valid_from, self.unit.valid_from) + timedelta(days=1)
        entry = self._made(duty, None, signed=None, day=day)
        entry.year = day.year
        return entry

    def _made(self, duty: DisclosureDuty, period: Period | None, *, signed: date | None, day: date) -> DisclosureEntry:
        year, part = (period.year, period.part) if period else (None, 0)
        entry = DisclosureEntry(
            duty=duty, year=year, part=part, signed_on=signed, is_demo=True, status=DocumentStatus.PUBLISHED,
            signer=HEAD if self.unit.kind == UnitKind.DEPARTMENT else SIGNER,
            published_at=timezone.make_aware(datetime.combine(min(day, self.today), time(9, 30))),
            title=title_of(duty.title, duty.period, year, part),
        )  # fmt: skip
        entry.due_on = due_day(duty, period, signed, self.book.calendar)
        entry.days_late = days_late(duty, entry.due_on, day, self.book.calendar)
        return self._named(entry)

    @staticmethod
    def _named(entry: DisclosureEntry) -> DisclosureEntry:
        entry.title = entry.title[:300]
        entry.slug, entry.body = slugify_vi(entry.title), BODY.format(title=entry.title)
        return entry


def _add_more(unit: Unit, book: DutyBook) -> None:
    """A period in which nothing arose, an entry with a document, a draft, and one that was taken away."""
    duties = {duty.code: duty for duty in book.current(unit.kind)}
    nothing = DisclosureEntry.objects.filter(duty__code__in=NOTHING).newest().first()
    if nothing is not None:
        DisclosureEntry.objects.filter(pk=nothing.pk).update(nothing_arose=True, body="")
    document = Document.objects.published().filter(is_own=True).order_by("-sort_on", "-pk").first()
    events = [duty for code, duty in duties.items() if duty.period == DisclosurePeriod.EVENT and code not in EVENTS]
    plan = duties.get("chien-luoc-quy-hoach") or duties.get("xa-14-khac")
    if document is not None and plan is not None:
        entry = DisclosureEntry(
            duty=plan, title=document.abstract[:250], document=document, signer=document.signer_name,
            signed_on=document.issued_on, is_demo=True,
        )  # fmt: skip
        save_disclosure(entry=entry, actor=None)
        publish_disclosure(entry=entry, actor=None, secrecy_checked=True, at=document.published_at)
    checked = events[-1] if events else plan
    if checked is not None:
        _add_checked(checked, book.today - timedelta(days=9))


def _add_checked(duty: DisclosureDuty, signed: date) -> None:
    """A draft that waits, and an entry that was taken away."""
    words = f"Kết quả thực hiện kiến nghị của đoàn kiểm tra {INVENTED}"
    draft = DisclosureEntry(duty=duty, title=words, signed_on=signed, body=BODY.format(title=words), is_demo=True)
    save_disclosure(entry=draft, actor=None)
    wrong = DisclosureEntry(
        duty=duty, title=f"Thông báo kết quả kiểm tra {INVENTED}", signed_on=signed, is_demo=True,
        body=BODY.format(title="kết quả kiểm tra"),
    )  # fmt: skip
    save_disclosure(entry=wrong, actor=None)
    publish_disclosure(entry=wrong, actor=None, secrecy_checked=True)
    withdraw_disclosure(entry=wrong, note="Đăng nhầm bản chưa ký, bản đúng sẽ công khai sau (minh họa).", actor=None)
