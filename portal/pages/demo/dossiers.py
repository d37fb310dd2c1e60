"""Dossiers and voices of the demo: invented feeds read by the real source, so that every page of theirs has something on it.

No feed names a person, and nobody gave these voices: numbers and words are made up by chance with a fixed seed.
"""

import csv
import io
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Final

from django.utils import timezone

from portal.core.tenancy import unit_scope
from portal.core.working_days import due_day
from services.actions.dossier_months import count_months
from services.actions.dossiers import keep_found
from services.actions.satisfaction import publish_quarters
from services.dossiers.published import PublishedCsv
from services.enums import Contentment, FeedFormat
from services.models import DossierFeed, Questionnaire, SatisfactionAnswer
from services.rules.satisfaction import quarter_of
from units.models import Unit

# Slug → how many dossiers and voices. One unit has too few voices to be told of, so that the rule can be seen.
UNITS: Final = {
    "thuan-an": (160, 92),
    "phu-xuan": (220, 131),
    "vy-da": (120, 58),
    "hoa-chau": (70, 37),
    "kim-long": (90, 4),
    "stp": (110, 64),
}
HEADINGS: Final = (
    "Số hồ sơ",
    "Ngày nhận",
    "Ngày hẹn trả",
    "Ngày có kết quả",
    "Tình trạng",
    "Nơi đang giữ",
    "Lĩnh vực",
    "Mã thủ tục",
)
SUBJECTS: Final = (
    ("Hộ tịch", "1.001193", 1, "Bộ phận Tư pháp – Hộ tịch"),
    ("Chứng thực", "2.000815", 1, "Bộ phận Một cửa"),
    ("Đất đai", "1.012753", 20, "Phòng Kinh tế, Hạ tầng và Đô thị"),
    ("Quản lý Đê điều và Phòng, chống thiên tai", "1.010091", 10, "Phòng Kinh tế, Hạ tầng và Đô thị"),
    ("Hộ tịch", "1.000894", 3, "Bộ phận Tư pháp – Hộ tịch"),
    ("Thành lập và hoạt động doanh nghiệp (hộ kinh doanh)", "1.001612", 3, "Phòng Kinh tế, Hạ tầng và Đô thị"),
)  # fmt: skip
DAYS_BACK: Final = 330
SHOWN: Final = 2
WORDS: Final = (
    "Chờ lâu ở quầy số 2 vào sáng thứ Hai.",
    "Cán bộ hướng dẫn rõ, làm nhanh.",
    "Bảng phí treo cao quá, khó đọc.",
    "Làm qua mạng rồi vẫn phải mang bản giấy đến.",
    "Cảm ơn bộ phận một cửa đã giúp người già ghi tờ khai.",
)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of an invented feed."""

    number: str
    received_on: date
    due_on: date
    finished_on: date | None
    status: str
    office: str
    field: str
    code: str

    def cells(self) -> list[str]:
        """As the file has them."""
        days = [f"{day:%d/%m/%Y}" if day else "" for day in (self.received_on, self.due_on, self.finished_on)]
        return [self.number, *days, self.status, self.office, self.field, self.code]


def load_dossiers() -> list[str]:
    """Fill the units that have no feed yet; returns a line for each of them with a number to look up."""
    samples = []
    for slug, (dossiers, voices) in UNITS.items():
        unit = Unit.objects.filter(slug=slug, valid_to__isnull=True).first()
        if unit is None:
            continue
        with unit_scope(unit):
            if DossierFeed.objects.exists():
                continue
            lines = _lines(unit, dossiers, Random(slug))
            _read(unit, lines)
            _add_voices(voices, Random(slug))
            samples.append(f"{unit.name}: {lines[0].number} ({lines[0].status}), {lines[1].number} ({lines[1].status})")
    return samples


def _read(unit: Unit, lines: list[_Line]) -> None:
    """Let the source of published files read the invented one, as the task would. Inactive: nobody publishes it."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(HEADINGS)
    writer.writerows(line.cells() for line in lines)
    feed = DossierFeed.objects.create(
        url=f"https://motcua.example/{unit.slug}/ho-so.csv", format=FeedFormat.CSV, is_active=False
    )
    keep_found(feed=feed, reading=PublishedCsv().parse(text.getvalue().encode()))
    count_months(today=timezone.localdate())


def _lines(unit: Unit, number: int, chance: Random) -> list[_Line]:
    """Dossiers over the last months; the first two are under way and late, so that both can be shown."""
    today = timezone.localdate()
    lines = [
        _line(unit, place, today - timedelta(days=int(DAYS_BACK * chance.random() ** 1.4)), chance)
        for place in range(3, number + 1)
    ]
    fixed = _line(unit, 1, today - timedelta(days=6), chance)
    open_line = replace(fixed, due_on=due_day(today, 3), finished_on=None, status="Đang xử lý")
    old = _line(unit, 2, today - timedelta(days=30), chance)
    late = replace(old, due_on=today - timedelta(days=5), finished_on=None, status="Đang thẩm định")
    return [open_line, late, *lines]


def _line(unit: Unit, place: int, received_on: date, chance: Random) -> _Line:
    today = timezone.localdate()
    # The two that are shown first are always the same: a household business, a marriage.
    field, code, days, office = SUBJECTS[-place] if place <= SHOWN else chance.choice(SUBJECTS)
    due_on = received_on + timedelta(days=max(1, int(days * 1.4) + chance.randint(0, 1)))
    # Nine of ten in time.
    took = chance.randint(0, max(1, (due_on - received_on).days)) if chance.random() < 0.91 else days * 2 + 3
    finished_on: date | None = received_on + timedelta(days=took)
    if finished_on and finished_on > today:
        finished_on = None
    if finished_on:
        status = chance.choices(("Đã trả kết quả", "Đã có kết quả", "Từ chối"), (90, 7, 3))[0]
    else:
        status = chance.choices(("Đang xử lý", "Mới tiếp nhận", "Chờ bổ sung"), (70, 20, 10))[0]
    number = f"H57.{unit.code.rsplit('.', 1)[-1]}-{received_on:%y%m%d}-{place:04d}"
    return _Line(number, received_on, due_on, finished_on, status, office, field, code)


def _add_voices(number: int, chance: Random) -> None:
    """Voices of this quarter and the one before; their devices are forgotten already, so they are written as such."""
    today = timezone.localdate()
    questionnaire = Questionnaire.objects.on(today)
    orders = [question.order for question in questionnaire.questions.all()] if questionnaire else []
    first = quarter_of(quarter_of(today) - timedelta(days=1))
    rows = []
    for day in sorted(first + timedelta(days=chance.randint(0, (today - first).days - 1)) for _count in range(number)):
        has_scores = bool(orders) and chance.random() < 0.6
        rows.append(
            SatisfactionAnswer(
                questionnaire=questionnaire if has_scores else None,
                level=chance.choices(list(Contentment), (8, 37, 55))[0],
                answers={str(order): chance.choices((0, 1, 2), (7, 33, 60))[0] for order in orders}
                if has_scores
                else {},
                after_visit=chance.random() < 0.5,
                words=chance.choice(WORDS) if chance.random() < 0.2 else "",
                day=day,
            )
        )
    SatisfactionAnswer.objects.bulk_create(rows)
    publish_quarters(today=today)
