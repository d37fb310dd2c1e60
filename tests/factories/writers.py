"""People who write at the administration, and what their forms send."""

from __future__ import annotations

from typing import Any

from django.test import Client

from news.models import Article, DraftAutosave
from portal.core.tenancy import unit_scope
from tests.factories.cast import House
from units.enums import Role

ADD = "/quan-tri/news/article/add/"
NEW = "/quan-tri/news/article/tu-luu/"


class Writer:
    """A logged-in person at one house's administration."""

    def __init__(self, house: House, role: Role, host: House | None = None) -> None:
        self.user = house.people[role]
        self.host = (host or house).host
        self.client = Client()
        self.client.force_login(self.user)

    def get(self, path: str) -> Any:
        return self.client.get(path, headers={"host": self.host})

    def post(self, path: str, follow: bool = False, **data: Any) -> Any:
        return self.client.post(path, data, headers={"host": self.host}, follow=follow)


def change(article: Article) -> str:
    return f"/quan-tri/news/article/{article.pk}/change/"


def autosave(article: Article) -> str:
    return f"/quan-tri/news/article/{article.pk}/tu-luu/"


def presence(article: Article) -> str:
    return f"/quan-tri/news/article/{article.pk}/dang-sua/"


def text_of(article: Article, **changes: Any) -> dict[str, Any]:
    """The form of an article as a writer sends it."""
    return {
        "title": "Lịch tiếp dân", "summary": "Sáng thứ Hai.", "body": "<p>Chữ mới.</p>", "category": article.category_id,
        "tag_names": "", "author_name": "", "source_name": "", "alt_text": "", "caption": "",
        "base_version": article.version_number, **changes,
    }  # fmt: skip


def rows(house: House) -> list[DraftAutosave]:
    with unit_scope(house.unit):
        return list(DraftAutosave.objects.order_by("pk"))


def draft_of(house: House) -> Article:
    with unit_scope(house.unit):
        return Article.objects.select_related("category").get(pk=house.draft.pk)
