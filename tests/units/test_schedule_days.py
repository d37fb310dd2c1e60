"""The schedule's other pages: day, month, printed sheet, archive; empty weeks, addresses that do not exist, closed units."""

from __future__ import annotations

from datetime import date, time

from portal.core.tenancy import unit_scope
from tests.factories.cast import NOW, Cast
from tests.factories.schedule import leader_of, make_entry, make_public_entry, publish
from tests.factories.visits import body_of, visit
from tests.units.schedule_words import DAY, WEEK, page
from units.enums import Module
from units.models import ScheduleWeek, Site, Unit


def test_a_leaders_address_has_one_spelling(cast: Cast) -> None:
    chair = leader_of(cast.a)
    right = f"/lich-cong-tac/cua/{chair.slug}-{chair.pk}/?tuan=2026-W48"
    response = visit(cast.a.host, f"/lich-cong-tac/cua/ten-cu-000{chair.pk}/?tuan=2026-W48")
    assert (response.status_code, response.headers["Location"]) == (301, right)
    for wrong in ("2026-W54", "2026-W5", "abc", "2026-W48x"):
        assert visit(cast.a.host, f"/lich-cong-tac/cua/{chair.slug}-{chair.pk}/?tuan={wrong}").status_code == 404


def test_the_day_has_everything(cast: Cast) -> None:
    chair, other = leader_of(cast.a), leader_of(cast.a, "Phó Chủ tịch")
    make_public_entry(
        cast.a, title="Họp thường kỳ", chair=chair, persons=[other], attendees_text="Trưởng các phòng",
        content="Nghe báo cáo.\nThông qua nghị quyết.", preparing_text="Văn phòng",
    )  # fmt: skip
    words = page(cast.a, DAY)
    assert "Lịch công tác Thứ Hai, 23/11/2026" in words
    assert "Nghe báo cáo. Thông qua nghị quyết." in words
    assert "Thành phần Phó Chủ tịch" in words
    assert "; Trưởng các phòng" in words
    assert "Chuẩn bị Văn phòng" in words


def test_weeks_and_days_that_exist_and_that_do_not(cast: Cast) -> None:
    expected = {
        "2026/W53/": 200, "2026/W54/": 404, "2025/W53/": 404, "2026/W00/": 404, "2099/W53/": 200,
        "2000/W01/": 200, "1999/W01/": 404, "2026/W48/in/": 200, "2026/W48/in/?kieu=khac": 404,
        "ngay/2026/02/30/": 404, "ngay/2026/13/01/": 404, "ngay/2000/01/01/": 200, "thang/2026/13/": 404,
        "thang/2099/12/": 200, "thang/2000/01/": 200, "ngay/2099/12/31/": 200, "luu-tru/?nam=1999": 404,
        "luu-tru/?nam=2031": 404, "cua/ai-do-999999999999999999/": 404,
    }  # fmt: skip
    found = {path: visit(cast.a.host, f"/lich-cong-tac/{path}").status_code for path in expected}
    assert found == expected


def test_an_unpublished_week_says_what_to_do(cast: Cast) -> None:
    make_public_entry(cast.a)
    make_entry(cast.a, day=date(2026, 12, 1), title="Chưa công bố")
    body = body_of(visit(cast.a.host, "/lich-cong-tac/2026/W49/"))
    assert "Chưa có lịch của tuần này" in body
    assert "Chưa công bố" not in body
    assert f'href="{WEEK}"' in body
    assert 'content="noindex, follow"' in body
    assert "/lich-cong-tac/2026/W50/" not in body, "from emptiness no way leads further into it"


def test_a_unit_that_never_had_a_schedule(cast: Cast) -> None:
    assert "Chưa có lịch của tuần này" in page(cast.a, "/lich-cong-tac/")
    assert "Chưa có tuần nào được công bố" in page(cast.a, "/lich-cong-tac/luu-tru/")


def test_the_archive_lists_published_weeks_by_year_and_month(cast: Cast) -> None:
    make_public_entry(cast.a)
    make_entry(cast.a, day=date(2026, 12, 1))
    with unit_scope(cast.a.unit):
        for monday in (date(2026, 11, 16), date(2025, 12, 29), date(2025, 3, 3)):
            ScheduleWeek.objects.create(monday=monday, published_at=NOW)
    words = page(cast.a, "/lich-cong-tac/luu-tru/")
    assert "2026 2025 Tháng 11 Tuần 48: 23/11 – 29/11 Tuần 47: 16/11 – 22/11" in words
    assert "Tuần 49" not in words
    old = body_of(visit(cast.a.host, "/lich-cong-tac/luu-tru/?nam=2025"))
    assert "/lich-cong-tac/2026/W01/" in old, "29 December 2025 begins the first ISO week of 2026"
    assert "/lich-cong-tac/2025/W10/" in old


def test_the_month_at_a_glance(cast: Cast) -> None:
    for hour in (8, 9, 10, 11):
        make_public_entry(cast.a, title=f"Việc {hour}", starts_at=time(hour))
    words = page(cast.a, "/lich-cong-tac/thang/2026/11/")
    assert "8:00 Việc 8 9:00 Việc 9 10:00 Việc 10 và 1 việc nữa" in words
    assert "Âm lịch: 15/10" in words
    assert "Tháng này chưa có lịch công khai." in page(cast.a, "/lich-cong-tac/thang/2027/03/")


def test_the_printed_sheet_by_day_and_by_leader(cast: Cast) -> None:
    chair = leader_of(cast.a)
    make_public_entry(cast.a, title="Giao ban", chair=chair, attendees_text="Trưởng các phòng")
    words = page(cast.a, f"{WEEK}in/")
    assert (
        "Ngày Buổi Giờ Nội dung Chủ trì Thành phần Địa điểm Thứ Hai 23/11/2026 15/10 âm lịch Sáng 8:00 Giao ban"
        in words
    )
    assert "Trưởng các phòng" in words
    across = page(cast.a, f"{WEEK}in/?kieu=lanh-dao")
    assert f"Ngày Buổi Chủ tịch {chair.full_name} Thứ Hai" in across
    assert "8:00 Giao ban" in across


def test_a_closed_unit_keeps_its_archive(cast: Cast) -> None:
    make_public_entry(cast.a, title="Việc cũ", day=date(2026, 11, 16))
    with unit_scope(cast.a.unit):
        Unit.objects.filter(pk=cast.a.unit.pk).update(valid_to=date(2026, 11, 20))
    assert "Việc cũ" in page(cast.a, "/lich-cong-tac/2026/W47/")
    assert "Tuần 47" in page(cast.a, "/lich-cong-tac/luu-tru/")
    assert "Đơn vị đã kết thúc hoạt động" in page(cast.a, "/lich-cong-tac/2026/W48/")
    assert visit(cast.a.host, "/lich-cong-tac/bang/").status_code == 404


def test_switched_off_means_gone(cast: Cast) -> None:
    make_public_entry(cast.a)
    with unit_scope(cast.a.unit):
        site = Site.objects.of_current_unit()
        site.modules = [name for name in site.modules if name != Module.SCHEDULE]
        site.save()
    for path in ("", "2026/W48/", "2026/W48/in/", "bang/", "luu-tru/", "ngay/2026/11/23/", "thang/2026/11/"):
        assert visit(cast.a.host, f"/lich-cong-tac/{path}").status_code == 404, path
    assert "/lich-cong-tac/" not in page(cast.a, "/so-do-trang/")


def test_the_site_maps_lead_here(cast: Cast) -> None:
    assert 'href="/lich-cong-tac/"' in body_of(visit(cast.a.host, "/so-do-trang/"))
    assert "/lich-cong-tac/luu-tru/" in body_of(visit(cast.a.host, "/sitemap-0.xml"))


def test_marks_in_texts_are_only_text(cast: Cast) -> None:
    make_public_entry(cast.a, title="<script>alert(1)</script>", content="<b>đậm</b>", place="<i>nơi</i>")
    publish(cast.a)
    for path in (WEEK, DAY, f"{WEEK}in/", "/lich-cong-tac/thang/2026/11/"):
        body = body_of(visit(cast.a.host, path))
        assert "<script>alert" not in body
        assert "<b>đậm" not in body
