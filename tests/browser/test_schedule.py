"""A clerk with a paper list at the week's grid: keyboard only, counted; what is taken is said while typing; moving by keys.

How long it takes is reckoned, not measured: a machine types faster than anybody. A slow typist makes 150 characters a minute
(0.4 s each; office workers make 200 to 250) and needs 1.5 s for every step, a key that is no character (Tab, Enter, an arrow),
because the eyes go back to the paper: the keystroke-level model of Card, Moran and Newell has 1.35 s for such a pause. The list
is a ward's: two thirds of its lines stood there in the weeks before with the same words, as they do on paper.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page, expect

from portal.core.tenancy import unit_scope
from tests.browser.conftest import Watch
from tests.factories.schedule import MONDAY, leader_of, make_entry, make_public_entry
from units.enums import Role
from units.models import Room, ScheduleEntry

WEEK = "/quan-tri/units/scheduleentry/tuan/2026/W48/"
SECONDS_A_CHARACTER = 60 / 150
SECONDS_A_STEP = 1.5
LEADERS = ("Chủ tịch", "PCT Kinh tế", "PCT Văn xã", "Chánh Văn phòng")
ROOMS = ("Phòng họp số 1", "Phòng họp số 2", "Hội trường")
# As the office's sheet of paper looks: day, then “giờ: việc – chủ trì – địa điểm”. An asterisk: it stood there before.
PAPER = """
Thứ Hai 23/11
7h: Chào cờ đầu tuần * – Chủ tịch – Hội trường
7h30: Giao ban lãnh đạo * – Chủ tịch – Phòng họp số 1
9h: Họp Ban Thường vụ Đảng ủy * – Chủ tịch – Phòng họp số 2
9h: Giao ban khối kinh tế * – PCT Kinh tế – Phòng họp số 1
9h30: Giao ban khối văn xã * – PCT Văn xã – Hội trường
10h: Làm việc với Công an phường – Chánh Văn phòng – Phòng họp số 1
14h: Kiểm tra bộ phận một cửa * – Chánh Văn phòng – Trung tâm hành chính công
14h: Xử lý hồ sơ đất đai * – PCT Kinh tế –
14h: Duyệt chi trả chính sách * – PCT Văn xã –
15h30: Hội ý Thường trực HĐND * – Chủ tịch – Phòng họp số 2
16h: Họp dân tổ 5 về thoát nước – PCT Kinh tế – Nhà văn hóa tổ 5
Thứ Ba 24/11
7h30: Tiếp công dân * – Chủ tịch – Trụ sở tiếp công dân
7h30: Ký duyệt hồ sơ * – PCT Kinh tế –
8h: Thăm trường mầm non – PCT Văn xã – Trường Hoa Mai
8h: Họp chi bộ Văn phòng * – Chánh Văn phòng – Phòng họp số 2
9h30: Đi cơ sở * – PCT Kinh tế – Tổ dân phố 3
13h30: Dự họp UBND thành phố * – Chủ tịch – UBND thành phố
14h: Họp Ban giải phóng mặt bằng * – PCT Kinh tế – Phòng họp số 1
14h: Họp Hội đồng chính sách * – PCT Văn xã – Phòng họp số 2
15h: Rà soát công văn đến * – Chánh Văn phòng –
16h: Trực báo trật tự đô thị * – PCT Kinh tế – Phòng họp số 1
Thứ Tư 25/11
7h30: Ký duyệt hồ sơ * – Chủ tịch –
8h: Họp thành viên UBND * – Chủ tịch – Phòng họp số 1
8h: Diễn tập chữa cháy chợ – Chánh Văn phòng – Chợ Thuận An
9h: Kiểm tra kè biển – PCT Kinh tế – Bãi biển
9h30: Giao ban y tế * – PCT Văn xã – Trạm Y tế
10h: Tiếp báo chí * – Chánh Văn phòng – Phòng họp số 2
13h30: Làm việc tại cơ quan * – Chủ tịch –
14h: Xét hồ sơ hộ nghèo – PCT Văn xã – Phòng họp số 2
14h: Họp tổ xây dựng cơ bản * – PCT Kinh tế – Phòng họp số 1
15h: Tập huấn hộp thư – Chánh Văn phòng – Hội trường
16h: Hội ý lãnh đạo * – Chủ tịch – Phòng họp số 1
Thứ Năm 26/11
7h30: Tiếp công dân * – PCT Văn xã – Trụ sở tiếp công dân
8h: Họp Đảng ủy * – Chủ tịch – Hội trường
8h: Làm việc với điện lực – PCT Kinh tế – Phòng họp số 1
8h30: Ký duyệt hồ sơ * – PCT Văn xã –
9h: Kiểm tra bộ phận một cửa * – Chánh Văn phòng – Trung tâm hành chính công
10h: Đi cơ sở * – Chủ tịch – Tổ dân phố 7
13h30: Làm việc tại cơ quan * – PCT Kinh tế –
14h: Họp Ban đại diện hội – PCT Văn xã – Phòng họp số 2
14h: Xử lý hồ sơ đất đai * – PCT Kinh tế –
15h: Dự họp UBND thành phố * – Chủ tịch – UBND thành phố
16h: Rà soát công văn đến * – Chánh Văn phòng –
Thứ Sáu 27/11
7h30: Ký duyệt hồ sơ * – Chủ tịch –
8h: Đối thoại với thanh niên – Chủ tịch – Hội trường
8h: Giao ban giáo dục * – PCT Văn xã – Phòng họp số 2
9h: Họp tổ xây dựng cơ bản * – PCT Kinh tế – Phòng họp số 1
9h30: Sơ kết thu ngân sách – PCT Kinh tế – Phòng họp số 1
10h: Họp chi bộ Văn phòng * – Chánh Văn phòng – Phòng họp số 2
13h30: Làm việc tại cơ quan * – PCT Văn xã –
14h: Duyệt lịch tuần sau * – Chánh Văn phòng –
15h: Giao ban lãnh đạo * – Chủ tịch – Phòng họp số 1
16h: Trực báo trật tự đô thị * – PCT Kinh tế – Phòng họp số 1
Thứ Bảy 28/11
7h: Dọn vệ sinh bãi biển – PCT Văn xã – Bãi biển
8h: Trực lãnh đạo * – PCT Kinh tế –
14h: Trực lãnh đạo * – PCT Văn xã –
15h: Thăm gia đình liệt sĩ – Chủ tịch –
Chủ Nhật 29/11
7h30: Ra quân cắm biển bãi tắm – PCT Kinh tế – Bãi biển
8h: Trực lãnh đạo * – Chánh Văn phòng –
14h: Trực lãnh đạo * – Chủ tịch –
"""
SHORT_DAYS = ("t2", "t3", "t4", "t5", "t6", "t7", "cn")


@dataclass(frozen=True, slots=True)
class PaperLine:
    """One line of the list."""

    day: date
    time: str
    title: str
    chair: str
    place: str
    is_known: bool


def read_paper() -> list[PaperLine]:
    found, day = [], MONDAY - timedelta(days=1)
    for line in PAPER.strip().splitlines():
        if line.startswith(("Thứ", "Chủ Nhật")):
            day += timedelta(days=1)
            continue
        at, rest = line.split(": ", 1)
        title, chair, *place = (part.strip() for part in rest.removesuffix("–").split(" – "))
        found.append(PaperLine(day, at, title.removesuffix("*").strip(), chair, (place or [""])[0], "*" in title))
    return found


def last_week(paper: list[PaperLine]) -> list[PaperLine]:
    """What comes every week, as it stood the last time: once each."""
    return list({line.title: line for line in reversed(paper) if line.is_known}.values())


@dataclass(slots=True)
class Typist:
    """Presses keys and counts them; sees what the screen shows, knows nothing else."""

    page: Page
    characters: int = 0
    steps: int = 0
    lines: list[tuple[int, int]] = field(default_factory=list)

    @property
    def seconds(self) -> float:
        """At a slow pace."""
        return self.characters * SECONDS_A_CHARACTER + self.steps * SECONDS_A_STEP

    def type(self, text: str) -> None:
        self.characters += len(text)
        self.page.keyboard.type(text)

    def press(self, key: str) -> None:
        self.steps += 1
        self.page.keyboard.press(key)

    def shown(self) -> str:
        """The field with the cursor in it."""
        return str(self.page.evaluate("document.activeElement.value"))

    def marked(self) -> str:
        """The suggestion that Tab would take."""
        look = "document.getElementById(document.activeElement.getAttribute('aria-activedescendant'))?.firstChild.data ?? ''"
        return str(self.page.evaluate(look))

    def offered(self) -> list[str]:
        """The suggestions on the screen."""
        look = "[...document.querySelectorAll('.ql__list:not([hidden]) [role=option]')].map(one => one.firstChild.data)"
        found: list[str] = self.page.evaluate(look)
        return found

    def write(self, text: str) -> None:
        """All of it, letter by letter."""
        if text:
            self.type(text)
        elif self.shown():
            self.press("Delete")

    def choose(self, text: str) -> None:
        """First letters, as long as it takes for the screen to offer it; an arrow where it stands further down."""
        letters = text[0] + text[-1] if text[-1].isdigit() else "".join(word[0] for word in text.split())
        for letter in letters.lower():
            self.type(letter)
            if self.marked() == text:
                return
        for _number in range(self.offered().index(text)):
            self.press("ArrowDown")
        assert self.marked() == text

    def line(self, line: PaperLine, day: str, known: set[str]) -> None:
        """One line of the paper list: time, what, who, where; Enter."""
        self.type(f"{day} {line.time} " if day else f"{line.time} ")
        (self.choose if line.title in known else self.write)(line.title)
        self.press("Tab")
        left = self.page.evaluate(
            "['chair', 'place'].map(name => document.querySelector('#nhap').elements[name].value)"
        )
        if left[0] != line.chair:
            self.choose(line.chair)
        if left[1] != line.place:
            self.press("Tab")
            (self.choose if line.place in known else self.write)(line.place)
        self.press("Enter")
        known |= {line.title, line.place}


@pytest.fixture
def office(site: Any) -> Any:
    """Four leaders, three rooms, and last week's table with what comes every week."""
    house = site.cast.a
    leaders = {name: leader_of(house, name) for name in LEADERS}
    with unit_scope(house.unit):
        rooms = {name: Room.objects.create(name=name) for name in ROOMS}
    for number, line in enumerate(last_week(read_paper())):
        make_entry(
            house, title=line.title, chair=leaders[line.chair], room=rooms.get(line.place),
            place="" if line.place in rooms else line.place, starts_at=time(7 + number % 10),
            day=MONDAY - timedelta(days=7 - number % 5),
        )  # fmt: skip
    return site


@pytest.fixture
def seat(site: Any, open_page: Callable[..., Page]) -> Callable[..., Page]:
    """The grid, open before one of the unit's people."""

    def sit_down(role: Role = Role.EDITOR, **options: Any) -> Page:
        page = open_page(**options)
        client = Client()
        client.force_login(site.cast.a.people[role])
        cookie: Any = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site.url("/")}
        page.context.add_cookies([cookie])
        page.goto(site.url(WEEK))
        return page

    return sit_down


def test_a_week_of_sixty_lines_is_typed_from_paper_in_under_ten_minutes(office: Any, seat: Callable[..., Page]) -> None:
    paper = read_paper()
    assert len(paper) == 60
    page = seat()
    watch = Watch()
    watch.over(page)
    typist, day = Typist(page), MONDAY
    # What comes every week a clerk knows from the paper lists of years; what was typed a moment ago, too.
    known = {*ROOMS, *(one for line in last_week(paper) for one in (line.title, line.place))}
    for number, line in enumerate(paper):
        expect(page.locator("#nhap [name=time]")).to_be_focused()
        typist.line(line, "" if line.day == day else SHORT_DAYS[line.day.weekday()], known)
        day = line.day
        expect(page.locator("[data-entry]")).to_have_count(number + 1)
    assert watch.complaints == []
    _assert_written(office, paper)
    print(f"{typist.characters} characters, {typist.steps} steps: {typist.seconds / 60:.1f} minutes")
    assert typist.steps <= 4.2 * len(paper)
    assert typist.seconds < 600


def _assert_written(site: Any, paper: list[PaperLine]) -> None:
    with unit_scope(site.cast.a.unit):
        rows = ScheduleEntry.objects.filter(day__gte=MONDAY).select_related("chair", "room").order_by("pk")
        written = [
            (row.day, f"{row.starts_at:%H:%M}", row.title, row.chair and row.chair.full_name.split(" ALPHA")[0],
             row.room.name if row.room else row.place)
            for row in rows
        ]  # fmt: skip
    wanted = []
    for line in paper:
        hour, minute = line.time.split("h")
        wanted.append((line.day, f"{int(hour):02d}:{minute or '00'}", line.title, line.chair, line.place))
    assert written == wanted


def test_what_is_taken_is_said_and_what_is_refused_comes_back(site: Any, seat: Callable[..., Page]) -> None:
    house = site.cast.a
    make_entry(house, chair=leader_of(house, "PCT Văn xã"), title="Giao ban khối văn xã")
    page = seat()
    keys = page.keyboard
    keys.type("8h30 Tiếp đoàn")
    keys.press("Tab")
    keys.type("pv")
    keys.press("Tab")
    expect(page.locator("[data-clashes]")).to_contain_text("PCT Văn xã đã có: 8:00 Giao ban khối văn xã")
    expect(page.locator("[data-understood]")).to_contain_text("Thứ Hai 23/11, 8:30 · PCT Văn xã")
    # A time that turned out to be longer than it looked goes back where it belongs.
    page.reload()
    keys.type("8h -9h30 Họp")
    expect(page.locator("#nhap [name=time]")).to_have_value("8h -9h30")
    expect(page.locator("#nhap [name=title]")).to_have_value("Họp")
    page.fill("#nhap [name=time]", "25h")
    page.press("#nhap [name=title]", "Enter")
    expect(page.locator("[data-field=time]")).to_contain_text("Không có 25 giờ")
    expect(page.locator("#nhap [name=title]")).to_have_value("Họp")
    expect(page.locator("#nhap [name=time]")).to_be_focused()
    # Without a network nothing is lost, and sending again writes it once.
    page.context.set_offline(True)
    page.fill("#nhap [name=time]", "10h")
    page.press("#nhap [name=title]", "Enter")
    expect(page.locator("[data-clashes]")).to_contain_text("Mất mạng")
    page.context.set_offline(False)
    page.press("#nhap [name=title]", "Enter")
    expect(page.locator("[data-entry]")).to_have_count(2)
    # What the next clerk writes is seen here without doing anything.
    make_entry(house, title="Của người kia", starts_at=time(16))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("[data-table]")).to_contain_text("Của người kia")


def test_an_entry_is_moved_by_keys_by_the_mouse_and_taken_back(site: Any, seat: Callable[..., Page]) -> None:
    house = site.cast.a
    first = make_entry(house, title="Việc một", ends_at=time(9))
    make_entry(house, title="Việc hai", starts_at=time(10))
    page = seat()
    watch = Watch()
    watch.over(page)
    titles = page.locator("a.ent__title")
    titles.first.focus()
    page.keyboard.press("ArrowDown")
    expect(titles.nth(1)).to_be_focused()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("d")
    dialog = page.locator("dialog")
    expect(dialog.locator("[name=day]")).to_be_focused()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    expect(dialog.locator("[data-move-where]")).to_have_text("Thứ Ba 24/11, chiều: 0 việc đang có")
    page.keyboard.press("Tab")
    page.keyboard.type("14h")
    assert Axe().run(page, context="dialog").violations_count == 0
    page.keyboard.press("Enter")
    expect(page.locator("[data-said]")).to_contain_text("Đã dời “Việc một” sang Thứ Ba 24/11, 14:00 – 15:00.")
    expect(page.locator(f"#viec-{first.pk} a.ent__title")).to_be_focused()
    page.get_by_role("button", name="Trả lại chỗ cũ").press("Enter")
    expect(page.locator("[data-said]")).to_contain_text("Đã trả “Việc một” về Thứ Hai 23/11, 8:00 – 9:00.")
    page.locator(f"#viec-{first.pk} .ent__time").drag_to(page.locator("[data-cell][data-day='2026-11-25']").first)
    expect(page.locator("[data-said]")).to_contain_text("sang Thứ Tư 25/11, 8:00 – 9:00.")
    assert watch.complaints == []


def test_a_published_entry_asks_for_the_public_reason_first(site: Any, seat: Callable[..., Page]) -> None:
    entry = make_public_entry(site.cast.a, title="Việc đã công bố")
    page = seat(width=820)
    page.locator("a.ent__title").first.focus()
    page.keyboard.press("d")
    dialog = page.locator("dialog")
    expect(dialog).to_contain_text("người dân sẽ thấy giờ cũ, giờ mới và lý do")
    dialog.locator("[name=day]").select_option("2026-11-26")
    page.keyboard.press("Tab")
    dialog.get_by_role("button", name="Dời").click()
    expect(dialog).to_contain_text("Ghi một câu vì sao dời.")
    expect(dialog.locator("[name=note]")).to_be_focused()
    page.keyboard.type("Chủ tịch đi họp thành phố")
    page.keyboard.press("Enter")
    expect(page.locator(f"#viec-{entry.pk}")).to_contain_text("Có thay đổi")


@pytest.mark.parametrize("width", [1280, 820, 390])
def test_the_grid_is_clean_for_axe_and_fits(site: Any, seat: Callable[..., Page], width: int) -> None:
    house = site.cast.a
    for title in ("Việc một", "Việc hai có tên dài để xem chữ xuống dòng như thế nào trong ô hẹp"):
        make_entry(house, title=title, chair=leader_of(house), starts_at=time(19))
    page = seat(width=width, bypass_csp=True)
    page.locator("details.ent__more summary").first.click()
    page.locator(".ql__help summary").click()
    page.fill("#nhap [name=chair]", "ch")
    results = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]})
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
