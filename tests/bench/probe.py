"""Run inside the portal: which addresses the bench asks for, how many queries each costs, and what it answers."""

import os
import statistics
import time
from datetime import time as time_of_day
from datetime import timedelta
from pathlib import Path
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from news.models import Article
from portal.core.tenancy import unit_scope
from units.models import Person, ScheduleEntry, ScheduleWeek, Unit

ROUNDS = 21


def _processor_time(client: Client, address: str) -> float:
    """Median processor time of one answer in milliseconds, page cache off, nothing else running in this process."""
    times = []
    for _turn in range(ROUNDS):
        start = time.process_time()
        client.get(address)
        times.append(time.process_time() - start)
    return statistics.median(times) * 1000


def five_years_of(unit: Unit) -> str:
    """Address of the feed of a leader with five full years: ten entries a week; made once."""
    with unit_scope(unit):
        person, made = Person.objects.get_or_create(full_name="Lãnh đạo đo tốc độ", is_shown=True)
        first = timezone.localdate() - timedelta(days=365 * 5)
        for number in range(5 * 52 if made else 0):
            monday = first - timedelta(days=first.weekday()) + timedelta(weeks=number)
            week, _new = ScheduleWeek.objects.get_or_create(monday=monday)
            ScheduleEntry.objects.bulk_create(
                ScheduleEntry(
                    week=week, day=monday + timedelta(days=turn % 5), starts_at=time_of_day(8 + 6 * (turn // 5)),
                    title=f"Họp thường kỳ về phòng chống lụt bão, lần {number}.{turn}", place="Phòng họp A, 16 Lê Lợi",
                    content="Các sở, ban, ngành báo cáo; Chủ tịch kết luận.", chair=person, published_at=timezone.now(),
                )
                for turn in range(10)
            )  # fmt: skip
    return f"/lich-cong-tac/cua/{person.slug}-{person.pk}/lich.ics"


def probe() -> None:
    """Print `page<TAB>name<TAB>address<TAB>queries` and keep the page's bytes as <name>.page."""
    province = Unit.objects.current().provinces().get()
    with unit_scope(province):
        article = Article.objects.filter(source_ref="scale-100").select_related("category").get()
        words = " ".join(article.title.split()[4:7])
    addresses = {
        "home": "/",
        "list": "/tin-tuc/",
        "article": article.get_absolute_url(),
        "search": f"/tim-kiem/?{urlencode({'q': words})}",
        "calendar": five_years_of(province),
    }
    client = Client(HTTP_HOST="localhost")
    for name in os.environ.get("BENCH_PAGES", "home,list,article,search,calendar").split(","):
        address = addresses[name]
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            response = client.get(address)
        assert response.status_code == 200, (address, response.status_code)
        number = len(queries)
        cpu = _processor_time(client, address)
        (Path(os.environ["BENCH_VAR"]) / f"{name}.page").write_bytes(response.content)
        print(f"page\t{name}\t{address}\t{number}\t{cpu:.2f}")  # noqa: T201 - read by the bench
