"""Pictures of a report over a line that breaks: in a real browser, with the connection cut in the middle of a file."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from django.utils import timezone
from playwright.sync_api import FilePayload, Page, Route, expect

from feedback.actions import drafts, uploads
from feedback.enums.cases import CaseKind
from feedback.models import CaseCategory, CaseDraft, CaseUpload
from portal.core import private_files
from portal.core.tenancy import unit_scope
from tests.browser.conftest import Watch
from tests.factories.sent_files import noisy_jpeg, private_names, video


def chosen(data: bytes, name: str = "IMG_1.jpg", kind: str = "image/jpeg") -> FilePayload:
    return {"name": name, "mimeType": kind, "buffer": data}


AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
TEXT = "Nắp cống vỡ trước nhà số 12, trẻ em đi học ngang qua rất nguy hiểm."


@pytest.fixture
def step(site: Any, settings: Any, tmp_path: Any) -> tuple[CaseDraft, str]:
    """The second step of a report that was begun."""
    settings.PRIVATE_ROOT = tmp_path / "private"
    a = site.cast.a
    # A test that committed has emptied the tables, seeded ones too.
    category, _made = CaseCategory.objects.get_or_create(
        slug="cong-ngap-nuoc", defaults={"name": "Cống, ngập nước", "valid_from": date(2026, 1, 1)}
    )
    data = {"category": category.pk, "commune": a.unit.pk, "place_text": "Trước số 12", "position": ""}
    with unit_scope(a.unit):
        draft = drafts.start_draft(kind=CaseKind.REPORT, data=data, address_hash="x")
        drafts.save_draft(draft=draft, data=data, step=2)
    return draft, site.url(f"/phan-anh/gui/{draft.key}/2/")


def row_of(site: Any) -> CaseUpload:
    with unit_scope(site.cast.a.unit):
        return CaseUpload.objects.get()


def barriers(page: Page) -> list[str]:
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(
        "axe.run(document, {runOnly: {type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']}})"
    )
    return [f"{one['id']}: {node['target']}" for one in found["violations"] for node in one["nodes"]]


class Line:
    """Lets so many pieces through, then breaks off in the middle of one, as long as it is not mended."""

    def __init__(self, page: Page, pieces: int) -> None:
        self.left, self.cut, self.offsets = pieces, 0, list[int]()
        page.route("**/tep/*/", self.carry)

    def carry(self, route: Route) -> None:
        if route.request.method != "PATCH":
            route.fallback()
            return
        if self.left <= 0:
            self.cut += 1
            route.abort("connectionreset")
            return
        self.left -= 1
        self.offsets.append(int(route.request.headers["upload-offset"]))
        route.fallback()


@pytest.mark.parametrize("width", [390, 1280])
def test_a_line_that_breaks_loses_nothing(
    site: Any, step: tuple[CaseDraft, str], open_page: Callable[..., Page], width: int
) -> None:
    draft, url = step
    page = open_page(width)
    page.goto(url)
    line = Line(page, pieces=2)
    data = video(1)
    data += b"\0\0\x80\0free" + b"x" * (0x8000 - 8)
    data += (len(noisy := noisy_jpeg((2400, 1600))) + 8).to_bytes(4, "big") + b"free" + noisy
    page.set_input_files("#id_files", [chosen(data, "VID_1.mp4", "video/mp4")])
    row = page.locator(".rfile")
    expect(row).to_contain_text("giây nữa gửi tiếp", timeout=20_000)
    assert line.cut > 0
    stood = row_of(site).received
    assert 0 < stood < len(data)
    # Going on is not possible yet, and nothing typed is lost by trying.
    page.locator("textarea").fill(TEXT)
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.get_by_text("Tệp đang gửi, chưa xong")).to_be_visible()
    assert page.url == url
    line.left = 10_000
    # Then it goes on by itself, and on to the next step.
    page.wait_for_url(lambda address: address != url, timeout=60_000)
    upload = row_of(site)
    assert (upload.received, upload.prepared is not None) == (len(data), True)
    assert private_files.path_of(upload.path).read_bytes() == data
    assert min(line.offsets[2:]) == stood, "nothing that had arrived was sent again"
    with unit_scope(site.cast.a.unit):
        assert drafts.read_draft(CaseDraft.objects.get(pk=draft.pk))["text"] == TEXT


def test_the_phone_keeps_words_and_file_over_a_reload(
    site: Any, step: tuple[CaseDraft, str], open_page: Callable[..., Page]
) -> None:
    _draft, url = step
    page, watch = open_page(390), Watch()
    page.goto(url)
    line = Line(page, pieces=1)
    page.locator("textarea").fill(TEXT)
    # Of a size that the page does not make smaller itself.
    page.set_input_files("#id_files", [chosen(noisy_jpeg((1500, 1100)))])
    expect(page.locator(".rfile")).to_contain_text("giây nữa gửi tiếp", timeout=20_000)
    page.wait_for_timeout(600)
    page.reload()
    expect(page.locator("textarea")).to_have_value(TEXT)
    expect(page.locator(".rfile")).to_have_count(1)
    watch.over(page)
    line.left = 10_000
    expect(page.locator(".rfile")).to_contain_text("Đã nhận", timeout=60_000)
    expect(page.locator(".rfile img")).to_be_visible()
    upload = row_of(site)
    assert private_names() == sorted([upload.prepared["private_path"], upload.prepared["private_small"]])  # type: ignore[index]
    # What is through is not kept any longer.
    page.reload()
    expect(page.locator(".rfile")).to_have_count(1)
    kept = page.evaluate(
        """() => new Promise((done) => { const open = indexedDB.open("cong-phan-anh", 1);
        open.onsuccess = () => { const all = open.result.transaction("files").objectStore("files").count();
        all.onsuccess = () => done(all.result); }; })"""
    )
    assert kept == 0
    assert [words for words in watch.complaints if "CONNECTION_RESET" not in words] == []


def test_offline_is_said_and_coming_back_is_noticed(
    site: Any, step: tuple[CaseDraft, str], open_page: Callable[..., Page]
) -> None:
    page = open_page(390)
    page.goto(step[1])
    page.context.set_offline(True)
    page.set_input_files("#id_files", [chosen(noisy_jpeg((300, 200)))])
    expect(page.locator(".rfile")).to_contain_text("Mất mạng. Tệp còn trên máy này", timeout=20_000)
    page.context.set_offline(False)
    expect(page.locator(".rfile")).to_contain_text("Đã nhận", timeout=20_000)


def test_refused_files_say_why_and_can_be_taken_away(
    site: Any, step: tuple[CaseDraft, str], open_page: Callable[..., Page]
) -> None:
    page, watch = open_page(390), Watch()
    page.goto(step[1])
    watch.over(page)
    page.set_input_files(
        "#id_files",
        [
            chosen(b"%PDF-1.7 <script>", "giay.jpg"),
            chosen(b"PK\x03\x04", "so.xlsx", "application/octet-stream"),
        ],
    )
    expect(page.locator(".rfile--bad")).to_have_count(2)
    expect(page.locator(".rfile").first).to_contain_text("Tệp này không phải ảnh")
    assert barriers(page) == []
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    page.get_by_role("button", name="Bỏ").first.click()
    page.get_by_role("button", name="Bỏ").first.click()
    expect(page.locator(".rfile")).to_have_count(0)
    assert private_names() == []
    with unit_scope(site.cast.a.unit):
        assert not CaseUpload.objects.exists()
    assert watch.complaints == []


def test_without_javascript_the_same_field_sends_and_drops(
    site: Any, step: tuple[CaseDraft, str], open_page: Callable[..., Page]
) -> None:
    draft, url = step
    page = open_page(390, java_script_enabled=False)
    page.goto(url)
    page.locator("textarea").fill(TEXT)
    page.set_input_files("#id_files", [chosen(noisy_jpeg((600, 400))), chosen(b"nothing")])
    page.get_by_role("button", name="Tiếp tục").click()
    expect(page.locator(".rfile")).to_have_count(1)
    expect(page.locator(".rfiles .rfield__error")).to_contain_text("không phải ảnh")
    page.get_by_label("Bỏ tệp này").check()
    page.get_by_role("button", name="Tiếp tục").click()
    page.wait_for_url(lambda address: address != url)
    with unit_scope(site.cast.a.unit):
        assert uploads.uploads_of(draft) == []
        assert CaseDraft.objects.get(pk=draft.pk).touched_at <= timezone.now()
    assert private_names() == []
