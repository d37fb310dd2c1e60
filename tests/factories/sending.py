"""Filling in the report form as a browser without JavaScript does: step by step, over HTTP."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from django.test import Client

from feedback.enums.cases import CaseKind
from feedback.models import CaseDraft
from portal.core.tenancy import unit_scope
from tests.factories.cast import House

NEW = "/phan-anh/gui/"
TEXT = "Nắp cống vỡ từ thứ Sáu tuần trước, nước tràn vào nhà mỗi khi mưa lớn."
WHAT = {"category": "cong-ngap-nuoc", "commune": "thuan-an", "place_text": "Trước số 12 Hoàng Sa", "commune_name": ""}
WHO = {"name": "Lê Thị Sen", "phone": "0905 123 456", "email": "", "agree_handle": "on", "agree_publish": "on"}


class Sender:
    """One person's browser on one unit's site, from an address of their own."""

    def __init__(self, house: House, address: str = "10.1.1.1") -> None:
        self.house = house
        self.client = Client(raise_request_exception=False, REMOTE_ADDR=address)

    def get(self, path: str, house: House | None = None) -> Any:
        return self.client.get(path, headers={"host": (house or self.house).host})

    def post(self, path: str, data: dict[str, Any], house: House | None = None) -> Any:
        return self.client.post(path, data, headers={"host": (house or self.house).host})

    def what(self, **more: Any) -> str:
        """Step 1; the address of step 2."""
        response = self.post(NEW, {**WHAT, "commune": self.house.unit.slug, **more})
        assert response.status_code == 302, response.content.decode()
        return str(response.headers["Location"])

    def text(self, path: str, text: str = TEXT, **more: Any) -> str:
        """Step 2; where it leads."""
        response = self.post(path, {"text": text, **more})
        assert response.status_code == 302, response.content.decode()
        return str(response.headers["Location"])

    def who(self, path: str, **more: Any) -> Any:
        """Step 3; the answer."""
        return self.post(path, {**WHO, **more})

    def send(self, text: str = TEXT, **more: Any) -> str:
        """All three; the address of the answer page."""
        response = self.who(self.text(self.what(), text), **more)
        assert response.status_code == 302, response.content.decode()
        return str(response.headers["Location"])


def key_of(path: str) -> str:
    """The draft's key in an address of a step."""
    return urlsplit(path).path.split("/")[3]


def draft_at(house: House, path: str) -> CaseDraft:
    """The draft behind an address."""
    with unit_scope(house.unit):
        return CaseDraft.objects.get(key=key_of(path))


def make_draft(house: House, key: str = "nhap-" + "k" * 17) -> CaseDraft:
    """A draft with the marks of its unit, begun a moment ago."""
    from feedback.actions.drafts import save_draft

    with unit_scope(house.unit):
        draft = CaseDraft.objects.create(key=f"{key}-{house.unit.slug}", kind=CaseKind.REPORT)
        save_draft(draft=draft, data={"text": f"{house.marker} {house.word}"}, step=1)
    return draft
