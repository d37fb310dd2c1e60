"""Blurring a picture with the mouse, with a finger, by keyboard and without a script, as a moderator does; axe over the screen."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Locator, Page, expect

from feedback.enums.cases import Moderation
from feedback.models import Case, CaseCategory, CaseFile
from portal.core.tenancy import unit_scope
from tests.browser.conftest import Site, Watch
from tests.browser.test_pages import _too_wide, _violations
from tests.factories.case_files import add_file
from tests.factories.cases import make_case
from units.enums import Role


@pytest.fixture
def waiting(site: Site, settings: Any, tmp_path: Any) -> tuple[Case, CaseFile, Case]:
    """A report with a picture, and one that came after it."""
    settings.PRIVATE_ROOT = tmp_path / "private"
    # A test that committed has emptied the tables, seeded ones too.
    CaseCategory.objects.get_or_create(
        slug="cong-ngap-nuoc", defaults={"name": "Cống, ngập nước", "valid_from": date(2026, 1, 1)}
    )
    case = make_case(site.cast.a)
    return case, add_file(case), make_case(site.cast.a, text="Đèn đường hẻm 3 tắt ba hôm nay, rất tối.")


def enter(site: Site, page: Page, case: Case) -> Locator:
    """The moderator's screen; gives its first picture."""
    client = Client()
    client.force_login(site.cast.a.people[Role.EDITOR])
    page.context.add_cookies([
        {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": site.url("/")}
    ])  # fmt: skip
    page.goto(site.url(f"/quan-tri/feedback/case/{case.pk}/duyet/"))
    picture = page.locator(".mod-pic").first
    picture.scroll_into_view_if_needed()
    return picture


def numbers(picture: Locator) -> list[float]:
    """What stands in the fields of all boxes."""
    return [float(field.input_value()) for field in picture.locator("[data-box-row] input").all()]


def points(picture: Locator, *parts: tuple[float, float]) -> list[tuple[float, float]]:
    """Places on the picture, given in parts of it, on the screen."""
    picture.locator("[data-blur-boxes]").scroll_into_view_if_needed()
    area = picture.locator("[data-blur-boxes]").bounding_box()
    assert area
    return [(area["x"] + area["width"] * across, area["y"] + area["height"] * down) for across, down in parts]


def drag(page: Page, way: list[tuple[float, float]]) -> None:
    page.mouse.move(*way[0])
    page.mouse.down()
    for place in way[1:]:
        page.mouse.move(*place, steps=3)
    page.mouse.up()


def test_drawn_moved_seen_and_published_by_keyboard(
    site: Site, open_page: Callable[..., Page], waiting: tuple[Case, CaseFile, Case]
) -> None:
    case, file, following = waiting
    page, watch = open_page(), Watch()
    watch.over(page)
    picture = enter(site, page, case)
    drag(page, points(picture, (0.2, 0.35), (0.5, 0.5), (0.8, 0.65)))
    assert numbers(picture) == pytest.approx([20, 35, 60, 30], abs=0.6)
    drag(page, points(picture, (0.5, 0.5), (0.55, 0.55)))
    assert numbers(picture) == pytest.approx([25, 40, 60, 30], abs=0.6)
    drag(page, points(picture, (0.9, 0.9), (1.3, 1.3)))
    assert numbers(picture)[4:] == pytest.approx([90, 90, 10, 10], abs=0.6)
    assert all(left + width <= 100 for left, width in [(numbers(picture)[4], numbers(picture)[6])])
    picture.locator("[data-box-drop]").last.click()
    expect(picture.locator("[data-box-row]")).to_have_count(1)
    after = picture.locator("[data-blur-after]")
    expect(after).to_have_attribute("src", f"/quan-tri/feedback/case/{case.pk}/duyet/{file.pk}/che/?o=" + ",".join(
        str(round(10 * number)) for number in numbers(picture)
    ))  # fmt: skip
    picture.get_by_label("Công khai", exact=True).check()
    page.keyboard.press("Control+Enter")
    page.wait_for_url(site.url(f"/quan-tri/feedback/case/{following.pk}/duyet/"))
    assert Case.everywhere.get(pk=case.pk).moderation == Moderation.PUBLIC
    assert len(CaseFile.everywhere.get(pk=file.pk).boxes) == 1
    assert not watch.complaints


def test_a_finger_scrolls_until_it_is_told_to_draw(
    site: Site, open_page: Callable[..., Page], waiting: tuple[Case, CaseFile, Case]
) -> None:
    page = open_page(390, 844, has_touch=True, is_mobile=True)
    picture = enter(site, page, waiting[0])
    session = page.context.new_cdp_session(page)

    def stroke() -> None:
        way = points(picture, (0.2, 0.2), (0.4, 0.4), (0.7, 0.6))
        for place, (across, down) in enumerate(way):
            touches = [{"x": across, "y": down}]
            session.send(
                "Input.dispatchTouchEvent", {"type": "touchMove" if place else "touchStart", "touchPoints": touches}
            )
        session.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})

    stroke()
    expect(picture.locator("[data-box-row]")).to_have_count(0)
    picture.get_by_role("button", name="Vẽ vùng che").click()
    stroke()
    expect(picture.locator("[data-box-row]")).to_have_count(1)
    assert numbers(picture) == pytest.approx([20, 20, 50, 40], abs=1.5)
    assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_by_numbers_without_a_script(
    site: Site, open_page: Callable[..., Page], waiting: tuple[Case, CaseFile, Case]
) -> None:
    case, file, _following = waiting
    page = open_page(390, java_script_enabled=False)
    picture = enter(site, page, case)
    expect(picture.get_by_role("button", name="Vẽ vùng che")).to_be_hidden()
    picture.get_by_text("Vùng che bằng số").click()
    picture.get_by_role("button", name="Thêm vùng che").click()
    for words, value in (("Trái %", "10"), ("Trên %", "20"), ("Rộng %", "30"), ("Cao %", "12.5")):
        picture.get_by_label(words).fill(value)
    page.get_by_role("button", name="Xem trước ảnh đã che").last.click()
    expect(picture.locator("[data-blur-after]")).to_have_attribute(
        "src", f"/quan-tri/feedback/case/{case.pk}/duyet/{file.pk}/che/?o=100,200,300,125"
    )
    picture.get_by_label("Công khai", exact=True).check()
    page.get_by_role("button", name="Công khai", exact=True).click()
    assert CaseFile.everywhere.get(pk=file.pk).boxes == [[100, 200, 300, 125]]


def test_nobody_is_shut_out_and_nothing_overflows(
    site: Site, open_page: Callable[..., Page], waiting: tuple[Case, CaseFile, Case]
) -> None:
    case, file, _following = waiting
    with unit_scope(site.cast.a.unit):
        CaseFile.objects.filter(pk=file.pk).update(boxes=[[100, 100, 300, 200]])
    page = open_page(1280, bypass_csp=True)
    picture = enter(site, page, case)
    picture.locator("[data-box-add]").click()
    page.get_by_role("button", name="Công khai", exact=True).click()
    expect(page.get_by_role("alert").first).to_be_visible()
    for width in (1280, 820, 390):
        page.set_viewport_size({"width": width, "height": 900})
        assert [*_violations(page), *_too_wide(page)] == []
    page.goto(site.url("/quan-tri/feedback/case/duyet/"))
    assert [*_violations(page), *_too_wide(page)] == []
