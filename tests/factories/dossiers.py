"""Feeds of dossiers, and voices, as tests need them."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.test import Client

from portal.core.tenancy import unit_scope
from services.actions.dossier_months import count_months
from services.actions.dossiers import keep_found
from services.actions.satisfaction import publish_quarters
from services.dossiers import Reading, SourceRow
from services.dossiers.published import PublishedCsv
from services.enums import Contentment, DossierStatus
from services.models import Dossier, DossierFeed, Questionnaire, SatisfactionAnswer
from units.models import Unit

HEADINGS = (
    "Số hồ sơ",
    "Ngày nhận",
    "Ngày hẹn trả",
    "Ngày có kết quả",
    "Tình trạng",
    "Nơi đang giữ",
    "Lĩnh vực",
    "Mã thủ tục",
)
TODAY = date(2026, 11, 22)  # a Sunday; the clock of the cast stands here


def feed_bytes(*lines: Sequence[str], headings: Sequence[str] = HEADINGS, delimiter: str = ",") -> bytes:
    """A CSV file as a unit publishes it."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerow(headings)
    writer.writerows(lines)
    return text.getvalue().encode()


def line(number: str, received: str = "16/11/2026", due: str = "26/11/2026", finished: str = "", status: str = "Đang xử lý",
         office: str = "Bộ phận Một cửa", field: str = "Hộ tịch", code: str = "") -> list[str]:  # fmt: skip
    """One line of it."""
    return [number, received, due, finished, status, office, field, code]


def parse(*lines: Sequence[str], **more: Any) -> Reading:
    """What the real source makes of a CSV file."""
    return PublishedCsv().parse(feed_bytes(*lines, **more))


def make_feed(unit: Unit, url: str = "https://motcua.example/ho-so.csv", **more: Any) -> DossierFeed:
    """A feed of the unit; nobody reads it by itself."""
    with unit_scope(unit):
        return DossierFeed.objects.create(url=url, **more)


def row(number: str, received: date, due: date | None = None, finished: date | None = None, **more: Any) -> SourceRow:
    """One dossier; finished ones are given back unless said otherwise."""
    status = DossierStatus.RETURNED if finished else DossierStatus.PROCESSING
    return SourceRow(
        number=number, received_on=received, due_on=due, finished_on=finished, status=more.pop("status", status), **more
    )


def keep(unit: Unit, rows: Iterable[SourceRow], feed: DossierFeed | None = None) -> DossierFeed:
    """Let the unit's feed say these rows, and nothing else."""
    feed = feed or make_feed(unit)
    with unit_scope(unit):
        keep_found(feed=feed, reading=Reading(rows=list(rows)))
        return DossierFeed.objects.get(pk=feed.pk)


def numbers(unit: Unit) -> set[str]:
    """Numbers of all dossiers of the unit."""
    with unit_scope(unit):
        return set(Dossier.objects.values_list("number", flat=True))


def ask(host: str, number: str, **headers: str) -> Any:
    """Look a number up as a visitor."""
    client = Client(raise_request_exception=False)
    return client.get("/dich-vu-cong/tra-cuu/", {"so": number}, headers={"host": host, **headers})


def add_voices(
    unit: Unit, number: int, *, day: date = TODAY - timedelta(days=1), level: int = Contentment.HIGH, **more: Any
) -> None:
    """Voices whose devices are forgotten."""
    with unit_scope(unit):
        SatisfactionAnswer.objects.bulk_create(
            [SatisfactionAnswer(level=level, day=day, **more) for _count in range(number)]
        )


def figures_of(house: Any) -> str:
    """A number to look up at this unit, beside a counted month and a told quarter; made once, with the unit's own marks."""
    number = f"H57.{house.unit.code}-261116-0001"
    with unit_scope(house.unit):
        if Dossier.objects.filter(number=number).exists():
            return number
    words = f"{house.marker} {house.word}"
    rows = [
        row(number, date(2026, 11, 16), date(2026, 11, 26), office=f"Bàn {words}", field_name=f"Mục {words}"),
        row(f"{number}9", date(2026, 11, 2), date(2026, 11, 9), date(2026, 11, 10), field_name=f"Mục {words}"),
    ]
    keep(house.unit, rows, make_feed(house.unit, f"https://motcua.example/{house.marker}.csv", is_active=False))
    questionnaire = Questionnaire.objects.on(TODAY)
    sizes = len(questionnaire.questions.all()) if questionnaire else 0
    answers = {str(order): 2 for order in range(1, sizes + 1)}
    add_voices(house.unit, 7, day=date(2026, 9, 1), words=f"Lời {words}", questionnaire=questionnaire, answers=answers)
    add_voices(house.unit, 6, day=date(2026, 6, 1), level=Contentment.LOW)
    with unit_scope(house.unit):
        count_months(today=TODAY)
        publish_quarters(today=TODAY)
    return number
