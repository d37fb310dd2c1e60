"""A clerk with a paper list at the week's grid: keyboard only, counted; what is taken is said while typing; moving by keys.

How long it takes is reckoned, not measured: a machine types faster than anybody. A slow typist makes 150 characters a minute
(0.4 s each; office workers make 200 to 250) and needs 1.5 s for every step, a key that is no character (Tab, Enter, an arrow),
because the eyes go back to the paper: the keystroke-level model of Card, Moran and Newell has 1.35 s for such a pause. The list
is a ward's: two thirds of its lines stood there in the weeks before with the same words, as they do on paper.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time, timedelta
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Page, expect

from portal.core.tenancy import unit_scope
from tests.browser.conftest import Watch
from tests.factories.paper_list import LEADERS, ROOMS, PaperLine, last_week, read_paper
from tests.factories.schedule import MONDAY, leader_of, make_entry, make_public_entry
from units.enums import Role
from units.models import Room, ScheduleEntry

WEEK = "/quan-tri/units/scheduleentry/tuan/2026/W48/"
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]}
SECONDS_A_CHARACTER = 60 / 150
SECONDS_A_STEP = 1.5
SHORT_DAYS = ("t2", "t3", "t4", "t5", "t6", "t7", "cn")


@dataclass(slots=True)
class Typist:
    """Presses keys and counts them; sees what the screen shows, knows nothing else."""

    page: Page
    characters: int = 0
    steps: int = 0

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
    # 2.2 steps and 13 characters a line, 8.6 minutes when this was written.
    counted = f"{typist.characters} characters, {typist.steps} steps: {typist.seconds / 60:.1f} minutes"
    assert typist.steps <= 3 * len(paper), counted
    assert typist.seconds < 600, counted


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


def test_what_is_taken_is_said_while_typing(site: Any, seat: Callable[..., Page]) -> None:
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


def test_nothing_typed_is_lost(site: Any, seat: Callable[..., Page]) -> None:
    page = seat()
    keys = page.keyboard
    # A time that turned out to be longer than it looked goes back where it belongs.
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
    expect(page.locator("[data-entry]")).to_have_count(1)
    # What the next clerk writes is seen here without doing anything.
    make_entry(site.cast.a, title="Của người kia", starts_at=time(16))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("[data-table]")).to_contain_text("Của người kia")


def test_an_entry_is_moved_by_keys_by_the_mouse_and_taken_back(site: Any, seat: Callable[..., Page]) -> None:
    house = site.cast.a
    first = make_entry(house, title="Việc một", ends_at=time(9))
    make_entry(house, title="Việc hai", starts_at=time(10))
    # Tall, so that nothing has to be scrolled while the mouse drags.
    page = seat(height=1600)
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
    results = Axe().run(page, context="dialog", options=RULES)
    assert results.violations_count == 0, results.generate_report()
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
    results = Axe().run(page, options=RULES)
    assert results.violations_count == 0, results.generate_report()
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
