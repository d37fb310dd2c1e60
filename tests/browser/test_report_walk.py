"""The whole way of one report: sent from a phone, transferred twice, delayed once, answered, re-opened, solved and rated.

At each stage it is looked at by everybody: its sender on the private page, the public, the unit that handles it, its leader,
the province. The mails are read where the portal puts them when nobody has set up a mail server: as files.
"""

from __future__ import annotations

import email
import re
from collections.abc import Callable
from datetime import date
from email.policy import default as mail_policy
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import FilePayload, Page, expect

from feedback.enums.cases import CaseStatus, EventKind
from feedback.models import Case, CaseEvent, CaseFile
from portal.core.models import User
from portal.core.tenancy import unit_scope
from tests.browser.conftest import Watch
from tests.factories.case_seeds import seed_cases
from tests.factories.pictures import png_bytes
from tests.factories.worker import forget_messages, work_off
from units.enums import Role

pytestmark = pytest.mark.slow

WORDS = "Nắp cống trước nhà số 12 vỡ từ thứ Sáu, nước tràn vào nhà. Gọi tôi 0905 123 456 để biết thêm."
PHONE, ADDRESS = "0905 123 456", "le-thi-sen@example.vn"
A, B, PROVINCE = "thuan-an.localhost", "phu-vinh.localhost", "localhost"
SECRETS = ("0905 123 456", "0905123456", "Lê Thị Sen", ADDRESS)


class Desks:
    """Everybody who looks at the report, each in a browser of their own."""

    def __init__(self, site: Any, open_page: Callable[..., Page], mails: Path) -> None:
        self.site, self.open_page, self.mails = site, open_page, mails
        self.read: set[str] = set()
        self.watch = Watch()

    def phone(self) -> Page:
        """A citizen's."""
        page = self.open_page(width=390, height=844, has_touch=True, is_mobile=True)
        self.watch.over(page)
        return page

    def office(self, user: User, host: str) -> Page:
        """Somebody of an office, signed in on its host."""
        page, client = self.open_page(), Client()
        client.force_login(user)
        cookie = {"name": "sessionid", "value": client.cookies["sessionid"].value, "url": self.site.url("/", host)}
        page.context.add_cookies([cookie])  # type: ignore[list-item]  # a dict of the right keys
        self.watch.over(page)
        return page

    def new_mails(self) -> list[tuple[str, str]]:
        """Address and text of every mail since the last look, once a worker has done what waits."""
        work_off()
        found = []
        for path in sorted(self.mails.glob("*.log")):
            for raw in path.read_bytes().split(b"-" * 79):
                text = raw.strip()
                if not text or (key := str(hash(text))) in self.read:
                    continue
                self.read.add(key)
                message = email.message_from_bytes(text, policy=mail_policy)
                body = message.get_body(("plain",))
                assert body is not None
                found.append((str(message["To"]), f"{message['Subject']}\n{body.get_content()}"))
        return found


@pytest.fixture
def desks(site: Any, open_page: Callable[..., Page], settings: Any, tmp_path: Path) -> Desks:
    seed_cases()
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.EMAIL_FILE_PATH = str(tmp_path / "mail")
    settings.PRIVATE_ROOT = tmp_path / "private"
    for house in (site.cast.a, site.cast.b):
        for role, user in house.people.items():
            User.objects.filter(pk=user.pk).update(email=f"{role.lower()}@{house.unit.slug}.example.vn")
    forget_messages()
    return Desks(site, open_page, tmp_path / "mail")


def _send(desks: Desks) -> tuple[str, str]:
    """Three steps on a phone; returns the code in words and the private link."""
    page = desks.phone()
    page.goto(desks.site.url("/phan-anh/"))
    page.get_by_role("link", name="Gửi phản ánh").first.click()
    page.locator("label[for=viec-cong-ngap-nuoc]").click()
    page.get_by_label("Số nhà, tên đường").fill("Trước số 12 Hoàng Sa")
    page.get_by_role("button", name="Tiếp tục").click()
    page.locator("#id_text").fill(WORDS)
    expect(page.locator("[data-live]")).to_contain_text("0905 123 456")
    picture: FilePayload = {"name": "cong.png", "mimeType": "image/png", "buffer": png_bytes((90, 60, 30))}
    page.set_input_files("#id_files", [picture])
    expect(page.locator(".rfile")).to_contain_text("Đã nhận", timeout=30_000)
    page.get_by_role("button", name="Tiếp tục").click()
    # The number in the words is asked about once more; it may stay, and is masked for others.
    page.get_by_role("button", name="Giữ nguyên, đi tiếp").click()
    page.locator("#id_name").fill("Lê Thị Sen")
    page.locator("#id_phone").fill(PHONE)
    page.locator("#id_email").fill(ADDRESS)
    for tick in page.locator(".ragree input[type=checkbox]").all():
        expect(tick).not_to_be_checked()
        tick.check()
    page.get_by_role("button", name="Gửi phản ánh").click()
    expect(page.get_by_role("heading", name="Đã nhận phản ánh")).to_be_visible(timeout=30_000)
    link = page.locator("[data-private-link]").get_attribute("href") or ""
    return page.locator(".rgot__code b").inner_text(), link


def _case(desks: Desks, words: str) -> Case:
    with unit_scope(desks.site.cast.province):
        return Case.objects.get(code=words.replace("-", ""))


def _press(page: Page, verb: str, fields: dict[str, str]) -> None:
    """Unfold one verb on the case's screen where it is folded, fill it in and send it."""
    form = page.locator(f"form:has(input[name=viec][value={verb}])")
    if not form.is_visible():
        folded = page.locator(f"#viec-{verb} > summary")
        if not folded.is_visible():
            page.locator(".cothers > summary").click()
        folded.click()
    for name, value in fields.items():
        control = form.locator(f"[name={verb}-{name}]")
        if control.evaluate("node => node.tagName") == "SELECT":
            control.select_option(value)
        else:
            control.fill(value)
    with page.expect_navigation():
        form.locator(".cverb__go button").click()


def _shown(desks: Desks, host: str, path: str, *words: str, never: tuple[str, ...] = SECRETS) -> None:
    """What somebody without any right reads there, and what nobody may."""
    page = desks.phone()
    page.goto(desks.site.url(path, host))
    for word in words:
        expect(page.locator("main")).to_contain_text(word)
    text = page.content()
    for secret in never:
        assert secret not in text, f"{path} on {host} shows {secret}"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.context.close()


def _own(desks: Desks, link: str, *words: str) -> None:
    """What the sender reads on the private page."""
    page = desks.phone()
    page.goto(link)
    for word in words:
        expect(page.locator("main")).to_contain_text(word)
    page.context.close()


def _mailed(desks: Desks, to: str, *words: str) -> None:
    """A mail has gone to this address that says this; none of them tells the telephone number."""
    mails = desks.new_mails()
    texts = [text for address, text in mails if to in address]
    assert texts, f"no mail to {to}: {mails}"
    joined = "\n".join(texts)
    for word in words:
        assert word in joined, f"{word!r} not in {joined}"
    assert not any("0905" in text for _address, text in mails)


class Walk:
    """One report and whoever looks at it at each stage."""

    def __init__(self, desks: Desks) -> None:
        self.desks, self.cast = desks, desks.site.cast
        self.words, self.link = _send(desks)
        pk = _case(desks, self.words).pk
        self.public, self.screen = f"/phan-anh/{self.words.replace('-', '')}/", f"/quan-tri/feedback/case/{pk}/change/"
        self.editor = desks.office(self.cast.a.people[Role.EDITOR], A)
        self.sender = desks.phone()

    def at_screen(self, page: Page, host: str = A) -> Page:
        """The case's screen, on which nobody reads who sent it."""
        page.goto(self.desks.site.url(self.screen, host))
        for secret in SECRETS:
            assert secret not in page.content()
        return page

    def received(self) -> None:
        """The sender has code and link; nobody else sees anything before a moderator has."""
        _mailed(self.desks, ADDRESS, self.words, "/phan-anh/cua-toi/")
        _own(self.desks, self.link, self.words, "0905 123 456", "Đã nhận")
        stranger = self.desks.open_page()
        answer = stranger.goto(self.desks.site.url(self.public))
        assert answer is not None
        assert answer.status == 404
        stranger.context.close()

    def moderated(self) -> None:
        """The unit lets it out with its picture, and takes it on."""
        editor = self.editor
        editor.goto(self.desks.site.url(self.screen.replace("change/", "duyet/")))
        editor.locator(".mod-pic__choice input").first.check()
        editor.locator(".mod-pic__words [name$=description]").fill("Nắp cống vỡ trước số nhà 12")
        editor.get_by_role("button", name="Công khai", exact=True).first.click()
        _shown(self.desks, A, self.public, "Nắp cống", "Phường Thuận An")
        self.at_screen(editor)
        _press(editor, "nhan", {"post": "Phòng Kinh tế, Hạ tầng và Đô thị"})
        _mailed(self.desks, ADDRESS, "Phòng Kinh tế, Hạ tầng và Đô thị")

    def transferred_twice(self) -> None:
        """To Phú Vinh and back; the whole chain stays public."""
        there, back = "Đoạn cống này thuộc địa bàn Phú Vinh.", "Bản đồ thoát nước ghi cống của Thuận An."
        _press(self.editor, "chuyen", {"to_unit": str(self.cast.b.unit.pk), "reason": there})
        _mailed(self.desks, ADDRESS, there)
        _shown(self.desks, A, self.public, there, self.cast.b.unit.name)
        other = self.desks.office(self.cast.b.people[Role.EDITOR], B)
        other.goto(self.desks.site.url("/quan-tri/feedback/case/", B))
        expect(other.locator("main")).to_contain_text(self.words)
        self.at_screen(other, B)
        _press(other, "chuyen", {"to_unit": str(self.cast.a.unit.pk), "reason": back})
        _shown(self.desks, B, self.public, there, back)
        expect(other.locator("#viec-tra-loi")).to_have_count(0)
        _mailed(self.desks, ADDRESS, back)
        other.context.close()

    def delayed(self) -> None:
        """A later day with its reason, public; the leader has it on his desk."""
        self.at_screen(self.editor)
        _press(self.editor, "nhan", {"post": "Đội thoát nước"})
        _press(self.editor, "gia-han", {"due_on": "2026-12-09", "reason": "Chờ đúc nắp mới đủ cứng."})
        _mailed(self.desks, ADDRESS, "Chờ đúc nắp mới đủ cứng.", "09/12/2026")
        _own(self.desks, self.link, "Chờ đúc nắp mới đủ cứng.", "09/12/2026")
        leader = self.desks.office(self.cast.a.people[Role.APPROVER], A)
        leader.goto(self.desks.site.url("/quan-tri/feedback/case/"))
        expect(leader.locator("main")).to_contain_text(self.words)
        leader.context.close()

    def answered(self, text: str) -> None:
        """By a named post."""
        self.at_screen(self.editor)
        _press(self.editor, "tra-loi", {"text": text, "post": "Đội trưởng đội thoát nước"})
        _mailed(self.desks, ADDRESS, text)
        _shown(self.desks, A, self.public, text, "chờ người gửi xác nhận")

    def reopened(self) -> None:
        """The sender says “chưa”."""
        self.sender.goto(self.link)
        self.sender.get_by_role("link", name="Chưa xong").click()
        self.sender.get_by_label("Chưa xong").check()
        self.sender.get_by_role("button", name="Gửi trả lời").click()
        expect(self.sender.locator("main")).to_contain_text("mở lại")
        _shown(self.desks, A, self.public, "chưa xong, mở lại")
        self.desks.new_mails()

    def seen_above(self, text: str) -> None:
        """The province reads along, without knowing who sent it."""
        province = self.desks.office(self.cast.operator, PROVINCE)
        self.at_screen(province, PROVINCE)
        expect(province.locator("main")).to_contain_text(text)
        _shown(self.desks, PROVINCE, self.public, text)
        province.context.close()

    def solved(self) -> None:
        """By code and telephone number, asked on another unit's site, instead of the link."""
        self.sender.goto(self.desks.site.url("/phan-anh/tra-cuu/", B))
        self.sender.get_by_label("Mã tra cứu").fill(self.words.lower())
        self.sender.get_by_label("Số điện thoại").fill("+84 905 123 456")
        self.sender.get_by_role("button", name="Tra cứu").click()
        self.sender.get_by_role("link", name="Đã xong").click()
        self.sender.get_by_label("Đã xong").check()
        self.sender.get_by_label("Rất hài lòng").check()
        self.sender.get_by_role("button", name="Gửi trả lời").click()
        _shown(self.desks, A, self.public, "Người gửi báo đã xong", "rất hài lòng")


def test_a_report_goes_its_whole_way(desks: Desks) -> None:
    walk = Walk(desks)
    walk.received()
    walk.moderated()
    walk.transferred_twice()
    walk.delayed()
    walk.answered("Đã lắp nắp cống mới sáng nay.")
    walk.reopened()
    walk.answered("Đã trám kín mép cống, nước không tràn nữa.")
    walk.seen_above("Đã trám kín mép cống, nước không tràn nữa.")
    walk.solved()
    _is_kept(desks, walk.words)
    # The warning about the number in the words answers 422; nothing else was refused, and nothing complained of.
    assert [said for said in desks.watch.complaints if not re.match("422: .*/phan-anh/gui/", said)] == []


def _is_kept(desks: Desks, words: str) -> None:
    """What the rows say at the end."""
    case = _case(desks, words)
    with unit_scope(desks.site.cast.province):
        kinds = [event.kind for event in CaseEvent.objects.filter(case=case).in_order()]
        files = CaseFile.objects.filter(case=case).count()
    assert (case.status, case.reopened, case.transferred, case.extended) == (CaseStatus.SOLVED, 1, 2, 1)
    assert case.first_due_on == date(2026, 12, 4)
    for kind in (EventKind.TRANSFERRED, EventKind.EXTENDED, EventKind.REOPENED, EventKind.CONFIRMED):
        assert kind in kinds
    assert kinds.count(EventKind.TRANSFERRED) == 2
    assert files == 1
