"""What readers do: solve a challenge as a browser would, send a comment, open a unit's comments."""

from __future__ import annotations

import re
from typing import Any

from altcha import Challenge, Payload, solve_challenge
from django.test import Client

from feedback.models import Comment
from portal.core.tenancy import unit_scope
from tests.factories.cast import House
from units.enums import Module

COMMENT_PATH = "/gop-y/news.article/{pk}/"
RATE_PATH = "/danh-gia/news.article/{pk}/"


def open_comments(*houses: House) -> None:
    """Switch comments on, as a unit's administrator does."""
    for house in houses:
        with unit_scope(house.unit):
            house.site.modules = [*house.site.modules, Module.COMMENTS.value]
            house.site.save()


def solved(challenge: dict[str, Any]) -> str:
    """The answer to a challenge, as static/js/proof-worker.js makes it."""
    found = Challenge.from_dict(challenge)
    solution = solve_challenge(found)
    assert solution is not None
    return str(Payload(found, solution).to_base64())


def proof_for(client: Client, host: str, purpose: str = "comment") -> str:
    """Fetch a challenge and solve it."""
    return solved(client.get(f"/kiem-tra-may/{purpose}/", headers={"host": host}).json())


def stamp_of(page: Any) -> str:
    """The signed time inside a form that was fetched."""
    match = re.search(r'name="opened" value="([^"]+)"', page.content.decode())
    assert match
    return match.group(1)


def send_comment(client: Client, house: House, text: str, *, proof: str = "", **more: str) -> Any:
    """Post the form of the house's newest article; without ``proof`` like a browser without JavaScript."""
    path = COMMENT_PATH.format(pk=house.article.pk)
    data = {"name": "Nguyễn Thị Bưởi", "text": text, "opened": "", "altcha": proof, "trang_web": "", **more}
    return client.post(path, data, headers={"host": house.host})


def comments_of(house: House) -> list[Comment]:
    """All comments of a unit, oldest first."""
    with unit_scope(house.unit):
        return list(Comment.objects.order_by("pk"))


def make_comment(house: House, text: str, **more: Any) -> Comment:
    """One row about the house's newest article, past every check."""
    with unit_scope(house.unit):
        return Comment.objects.create(
            subject_kind="news.article",
            subject_key=house.article.pk,
            subject_title=house.article.title,
            subject_path=house.article.get_absolute_url(),
            **{"name": f"Bạn đọc {house.marker}", "text": f"{text} {house.marker}", **more},
        )


def subjects_of(house: House) -> list[str]:
    """An article and a page of a unit, as they stand in addresses of the feedback room."""
    return [f"news.article/{house.article.pk}", f"news.page/{house.page.pk}"]
