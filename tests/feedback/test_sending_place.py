"""Where it happened: the list, names of today and of before, the map, the phone's position."""

from __future__ import annotations

import pytest

from feedback.forms.sending import read_position
from tests.factories.cast import Cast
from tests.factories.sending import NEW, WHAT, Sender, draft_at
from tests.factories.visits import body_of, visit
from units.models import Unit

pytestmark = [pytest.mark.django_db, pytest.mark.anywhere]
SQUARE = "M10,10 60,10 60,60Z"


def _data(cast: Cast, location: str) -> dict[str, object]:
    from feedback.actions.drafts import read_draft

    return read_draft(draft_at(cast.a, location))


def test_an_old_name_is_answered_with_the_commune_of_today(cast: Cast) -> None:
    sender = Sender(cast.a)
    asked = {**WHAT, "commune": "", "commune_name": "Phú Thuận cũ", "tim": "1"}
    response = sender.post(NEW, asked)
    page = body_of(response)
    assert response.status_code == 200
    assert "Xã Phú Thuận cũ nay thuộc Phường Thuận An" in page
    assert '<option value="thuan-an" selected' in page
    # What else was filled in is still there, and nothing was begun.
    assert 'id="viec-cong-ngap-nuoc" checked' in page
    assert "Trước số 12 Hoàng Sa" in page


def test_an_old_name_typed_and_sent_is_read_at_once(cast: Cast) -> None:
    location = Sender(cast.a).what(commune="", commune_name="xa phu thuan")
    assert _data(cast, location)["commune"] == cast.a.unit.pk


def test_a_name_of_several_places_asks_which(cast: Cast) -> None:
    other = Unit.objects.create(
        code="19902", valid_from="2000-01-01", valid_to="2025-06-30", kind="COMMUNE", type_name="Xã", name="Xã Phú Thuận",
        slug="phu-thuan-hai", parent=cast.province,
    )  # fmt: skip
    other.successions.create(successor=cast.b.unit)
    sender = Sender(cast.a)
    response = sender.post(NEW, {**WHAT, "commune": "", "commune_name": "Phú Thuận"})
    page = body_of(response)
    assert response.status_code == 422
    assert page.count('name="found"') == 2
    chosen = {**WHAT, "commune": "", "commune_name": "Phú Thuận", "name_asked": "Phú Thuận", "found": "phu-vinh"}
    assert _data(cast, sender.post(NEW, chosen).headers["Location"])["commune"] == cast.b.unit.pk


def test_a_name_nobody_has_is_told(cast: Cast) -> None:
    sender = Sender(cast.a)
    assert "Không thấy phường, xã nào" in body_of(sender.post(NEW, {**WHAT, "commune_name": "Xyzabc", "tim": "1"}))
    assert sender.post(NEW, {**WHAT, "commune_name": "Xyzabc"}).status_code == 422


def test_an_unknown_commune_needs_words_about_the_place(cast: Cast) -> None:
    sender = Sender(cast.a)
    assert sender.post(NEW, {**WHAT, "commune": "khong-ro", "place_text": ""}).status_code == 422
    data = _data(cast, sender.what(commune="khong-ro"))
    assert (data["commune"], data["commune_unknown"]) == (None, True)
    assert sender.post(NEW, {**WHAT, "commune": "sai-gon"}).status_code == 422


def test_the_map_has_each_commune_and_the_list_says_the_same(cast: Cast) -> None:
    assert "data-map" not in body_of(visit(cast.a.host, NEW))
    Unit.objects.filter(pk=cast.province.pk).update(boundary="0 0 600 500")
    for house in (cast.a, cast.b):
        Unit.objects.filter(pk=house.unit.pk).update(boundary=SQUARE)
    page = body_of(visit(cast.a.host, NEW))
    assert page.count('role="radio"') == 2
    assert 'data-slug="phu-vinh" data-name="Xã Phú Vinh"' in page
    assert 'role="radio" aria-checked="true" aria-label="Phường Thuận An"' in page


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("16.463712,107.590866", "16.46371,107.59087"),
        ("48.85,2.35", ""),
        ("16.4,107.5; DROP", ""),
        ("nan,inf", ""),
        ("", ""),
    ],
)
def test_a_position_is_kept_only_where_it_is_one(cast: Cast, sent: str, kept: str) -> None:
    assert read_position(sent) == kept
    location = Sender(cast.a).what(position=sent)
    assert _data(cast, location)["position"] == kept


def test_the_position_that_will_be_sent_is_shown_and_can_be_left_out(cast: Cast) -> None:
    sender = Sender(cast.a)
    second = sender.what(position="16.463712,107.590866")
    third = sender.text(second)
    assert "Kèm vị trí 16.46371,107.59087" in body_of(sender.get(third))
    assert 'value="16.46371,107.59087" checked' in body_of(sender.get(second.replace("/2/", "/1/")))
    sender.post(second.replace("/2/", "/1/"), WHAT)
    assert "Kèm vị trí" not in body_of(sender.get(third))
