"""Opinions on a draft and on its articles: taken between two days whatever the module says, read afterwards as well."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from openpyxl import load_workbook

from feedback.actions.comments import decide_comments
from feedback.enums import CommentStatus
from feedback.models import Comment
from news.models import Consultation, ConsultationPart
from portal.core.tenancy import unit_scope
from tests.factories.cast import NOW, Cast, House
from tests.factories.consultations import make_consultation
from tests.factories.visits import body_of, visit
from units.enums import Role


@pytest.fixture(autouse=True)
def _clock() -> Any:
    with time_machine.travel(NOW, tick=False):
        yield


def path_of(row: Consultation) -> str:
    return f"/gop-y/news.consultation/{row.pk}/"


def part_of(house: House, label: str) -> ConsultationPart:
    with unit_scope(house.unit):
        return ConsultationPart.objects.get(label=label)


def opinions_of(house: House) -> list[Comment]:
    with unit_scope(house.unit):
        return list(Comment.objects.order_by("pk"))


def send(house: House, row: Consultation, text: str, **more: str) -> Any:
    return Client().post(path_of(row), {"text": text, "name": "", **more}, headers={"host": house.host})


def show(house: House) -> None:
    pks = [row.pk for row in opinions_of(house)]
    with unit_scope(house.unit):
        decide_comments(pks=pks, seen=CommentStatus.HELD, to=CommentStatus.SHOWN, actor=house.admin)


def test_taken_though_comments_are_switched_off_and_shown_after_moderation(cast: Cast) -> None:
    a, row = cast.a, make_consultation(cast.a)
    part = part_of(a, "dieu-2")
    assert send(a, row, "Nên đóng cửa lúc 23:00.", part=str(part.pk)).status_code == 302
    page = body_of(visit(a.host, row.get_absolute_url()))
    assert "1 ý kiến" in page
    assert "Nên đóng cửa" not in page
    show(a)
    page = body_of(visit(a.host, row.get_absolute_url()))
    assert "Nên đóng cửa lúc 23:00." in page
    assert f"{part.heading}: <strong>1</strong>" in page


def test_a_link_below_an_article_chooses_it(cast: Cast) -> None:
    a, row = cast.a, make_consultation(cast.a)
    part = part_of(a, "dieu-1")
    form = body_of(visit(a.host, f"{path_of(row)}?phan-nao={part.pk}"))
    assert f'<option value="{part.pk}" selected>' in form


def test_an_article_of_another_draft_is_no_choice(cast: Cast) -> None:
    a, row = cast.a, make_consultation(cast.a)
    make_consultation(cast.b)
    foreign = part_of(cast.b, "dieu-1")
    assert send(a, row, "Góp ý vào điều của nơi khác.", part=str(foreign.pk)).status_code == 422
    assert opinions_of(a) == []
    assert visit(a.host, path_of(Consultation(pk=foreign.consultation_id))).status_code == 404


def test_the_last_day_takes_and_the_day_after_does_not(cast: Cast) -> None:
    a, row = cast.a, make_consultation(cast.a, closes=2)
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        assert send(a, row, "Vẫn còn kịp góp ý.").status_code == 302
    show(a)
    with time_machine.travel(NOW + timedelta(days=3), tick=False):
        assert send(a, row, "Đã muộn mất rồi.").status_code == 404
        assert "Vẫn còn kịp" in body_of(visit(a.host, f"{path_of(row)}tat-ca/"))
        page = body_of(visit(a.host, row.get_absolute_url()))
    assert "Vẫn còn kịp" in page
    assert "Góp ý cho dự thảo" not in page
    assert len(opinions_of(a)) == 1


def test_the_sheet_has_every_honest_opinion_and_no_formula(cast: Cast) -> None:
    a, row = cast.a, make_consultation(cast.a)
    send(a, row, "=HYPERLINK(1) góp ý thật", part=str(part_of(a, "dieu-1").pk))
    send(a, row, "Nhà cái bong88 khuyến mãi")
    client = Client()
    client.force_login(a.people[Role.EDITOR])
    sheet = f"/quan-tri/feedback/comment/y-kien/news.consultation/{row.pk}/"
    answer = client.get(sheet, headers={"host": a.host})
    book = load_workbook(io.BytesIO(answer.content))
    cells = [cell for line in book.worksheets[0].iter_rows(min_row=3) for cell in line]
    texts = [str(cell.value) for cell in cells]
    assert "=HYPERLINK(1) góp ý thật" in texts
    assert all(cell.data_type != "f" for cell in cells)
    assert not any("bong88" in text for text in texts)
    client.force_login(cast.b.people[Role.EDITOR])
    assert client.get(sheet, headers={"host": cast.b.host}).status_code == 404
    client.force_login(a.people[Role.AUTHOR])
    assert client.get(sheet, headers={"host": a.host}).status_code == 403
