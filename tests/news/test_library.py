"""The library of pictures: several files at once, each judged on its own; described before use; never deleted while used."""

from __future__ import annotations

import io
import threading
from importlib import import_module
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, connections, transaction

from news import actions
from news.models import Album, Article, Picture
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast, House, make_cast
from tests.factories.media import PROGRAM, bomb_png, photo_bytes
from tests.factories.pictures import png_bytes
from tests.factories.visits import body_of, visit
from tests.news.test_admin import Clerk, counts
from units.enums import Role

ADD = "/quan-tri/news/picture/add/"
LIST = "/quan-tri/news/picture/"
DESCRIBE = "/quan-tri/news/picture/mo-ta/"
CHOOSE = "/quan-tri/news/picture/chon/"


def picture_file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="image/jpeg")


def send_pictures(clerk: Clerk, *files: SimpleUploadedFile, json: bool = True) -> Any:
    headers = {"host": clerk.house.host, **({"accept": "application/json"} if json else {})}
    return clerk.client.post(ADD, {"files": list(files)}, headers=headers)


@pytest.fixture
def editor(cast: Cast) -> Clerk:
    return Clerk(cast.a, Role.EDITOR)


def newest_picture(house: House) -> Picture:
    with unit_scope(house.unit):
        return Picture.objects.latest("pk")


def test_several_files_at_once_are_each_taken_or_refused_on_their_own(editor: Clerk) -> None:
    good = png_bytes((1, 2, 3))
    answer = send_pictures(
        editor, picture_file("bai-bien.png", good), picture_file("hoa-don.jpg", PROGRAM), picture_file("to.png", bomb_png()),
        picture_file("cut.jpg", photo_bytes()[:9_000]), picture_file("lai.png", good),
    )  # fmt: skip
    results = answer.json()["results"]
    assert [line["state"] for line in results] == ["new", "refused", "refused", "refused", "known"]
    assert "chương trình" in results[1]["message"]
    assert "thu nhỏ" in results[2]["message"]
    assert "phần cuối bị thiếu" in results[3]["message"]
    assert results[4]["url"] == results[0]["url"]
    picture = newest_picture(editor.house)
    assert (picture.is_ready, picture.original_name, picture.original_bytes) == (False, "bai-bien.png", len(good))


def test_without_scripts_the_same_form_says_the_same(editor: Clerk) -> None:
    answer = send_pictures(
        editor, picture_file("a.png", png_bytes((4, 4, 4))), picture_file("b.jpg", PROGRAM), json=False
    )
    assert "a.png" in answer.text
    assert "một chương trình mang tên khác" in answer.text
    assert DESCRIBE in answer.text
    assert "Chưa chọn ảnh nào" in send_pictures(editor, json=False).text


def test_several_phone_photos_may_be_more_than_one_upload_is_allowed(editor: Clerk, settings: Any) -> None:
    settings.UPLOAD_LIMIT_BYTES = 300_000
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100_000
    settings.LARGE_UPLOADS = [(ADD, 3_000_000, "news.add_picture")]
    filler = b"\0" * 200_000
    files = [picture_file(f"{n}.png", png_bytes((n, n, n)) + filler) for n in range(4)]
    assert [line["state"] for line in send_pictures(editor, *files).json()["results"]] == ["new"] * 4
    stranger = visit(editor.house.host, "/")
    assert stranger.status_code == 200
    editor.client.logout()
    files = [picture_file(f"{n}.png", png_bytes((n, n, 9)) + filler) for n in range(4)]
    assert send_pictures(editor, *files).status_code == 413


def test_a_picture_without_words_waits_and_is_offered_nowhere(editor: Clerk) -> None:
    send_pictures(editor, picture_file("cho.png", png_bytes((7, 7, 7))))
    picture = newest_picture(editor.house)
    assert "1 ảnh chưa có lời mô tả" in editor.get(LIST).text
    assert picture.pk not in [line["id"] for line in editor.get(CHOOSE).json()["pictures"]]
    response = editor.post("/quan-tri/news/article/add/", editor.article(_save="1", library_picture=str(picture.pk)))
    assert "chưa có lời mô tả" in response.text
    with unit_scope(editor.house.unit):
        with pytest.raises(ValidationError, match="chưa có lời mô tả"):
            actions.save_album(album=Album(title="Hội"), entries=[actions.Entry(picture)])
        with pytest.raises(IntegrityError), transaction.atomic():
            Picture.objects.filter(pk=picture.pk).update(is_ready=True)


def _described(pictures: dict[int, dict[str, str]]) -> dict[str, Any]:
    words = {f"{key}-{name}": value for key, fields in pictures.items() for name, value in fields.items()}
    return {"picture": list(pictures), **words}


def test_all_new_pictures_are_described_on_one_screen_and_empty_ones_go_on_waiting(editor: Clerk) -> None:
    send_pictures(editor, *[picture_file(f"{n}.png", png_bytes((n, 0, 0))) for n in range(3)])
    with unit_scope(editor.house.unit):
        first, second, third = Picture.objects.waiting().values_list("pk", flat=True)
    page = editor.get(DESCRIBE).text
    assert all(f'name="{key}-alt_text"' in page for key in (first, second, third))
    response = editor.post(
        DESCRIBE,
        _described({first: {"alt_text": "Chợ sớm", "licence": "OWN"}, second: {"is_decorative": "on"}, third: {}}),
    )
    assert "Đã mô tả 2 ảnh." in response.text
    with unit_scope(editor.house.unit):
        assert list(Picture.objects.waiting().values_list("pk", flat=True)) == [third]
        assert Picture.objects.get(pk=first).alt == "Chợ sớm"
        assert Picture.objects.get(pk=second).alt == ""
    editor.post(DESCRIBE, _described({first: {"alt_text": "Lời của người đến sau"}}))
    with unit_scope(editor.house.unit):
        assert Picture.objects.get(pk=first).alt == "Chợ sớm"


def test_another_units_pictures_can_not_be_described_chosen_or_put_into_an_album(cast: Cast, editor: Clerk) -> None:
    theirs = cast.b.picture
    with unit_scope(cast.b.unit):
        waiting, _new = actions.take_picture(upload=io.BytesIO(png_bytes((8, 8, 8))), name="b.png", actor=None)
    editor.post(DESCRIBE, _described({waiting.pk: {"alt_text": "Chiếm"}}))
    with unit_scope(cast.b.unit):
        assert Picture.objects.get(pk=waiting.pk).alt_text == ""
    response = editor.post("/quan-tri/news/article/add/", editor.article(_save="1", library_picture=str(theirs.pk)))
    assert "Thư viện không có ảnh mang số này" in response.text
    response = editor.post("/quan-tri/news/album/add/", {"title": "Của người", "entries": [str(theirs.pk)]})
    assert "Thư viện không có ảnh số" in response.text
    response = editor.post("/quan-tri/news/album/add/", {"title": "Của người", "entries_numbers": f"{theirs.pk}"})
    assert "Thư viện không có ảnh số" in response.text
    answer = body_of(editor.get(f"{CHOOSE}?q={cast.b.word}"))
    assert cast.b.marker not in answer


def test_the_same_bytes_are_one_picture_in_a_unit_and_two_in_two(cast: Cast) -> None:
    content = png_bytes((50, 60, 70))
    keys = []
    for house in (cast.a, cast.b):
        with unit_scope(house.unit):
            first, is_new = actions.take_picture(upload=io.BytesIO(content), name="x.png", actor=None)
            again, is_new_again = actions.take_picture(upload=io.BytesIO(content), name="y.png", actor=None)
            assert (is_new, is_new_again, first.pk == again.pk) == (True, False, True)
            keys.append(first.pk)
    assert keys[0] != keys[1]


def test_a_known_file_uploaded_with_an_article_is_the_known_picture(editor: Clerk) -> None:
    with unit_scope(editor.house.unit):
        before = Picture.objects.count()
    upload = picture_file("lai.png", png_bytes((122, 18, 21)))
    editor.post("/quan-tri/news/article/add/", editor.article(_save="1", upload=upload, alt_text="Đèn lồng mới"))
    with unit_scope(editor.house.unit):
        assert Picture.objects.count() == before
        article = Article.objects.select_related("picture").latest("pk")
        assert article.picture == editor.house.picture
        assert article.picture.alt_text == "Đèn lồng mới"


def test_who_comes_second_with_the_same_file_gets_the_first_ones_picture(cast: Cast, monkeypatch: Any) -> None:
    media = import_module("news.actions.media")
    content, prepare = png_bytes((12, 34, 56)), media.prepare_picture
    firsts: list[Picture] = []

    def somebody_is_quicker(upload: Any, *, size: int | None = None) -> Any:
        monkeypatch.setattr(media, "prepare_picture", prepare)
        firsts.append(actions.take_picture(upload=io.BytesIO(content), name="a.png", actor=None)[0])
        return prepare(upload, size=size)

    monkeypatch.setattr(media, "prepare_picture", somebody_is_quicker)
    files = counts(cast.a)[2]
    with unit_scope(cast.a.unit):
        second, is_new = actions.take_picture(upload=io.BytesIO(content), name="b.png", actor=None)
    assert (second.pk, is_new) == (firsts[0].pk, False)
    assert counts(cast.a)[2] == files + 2


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True)
def test_the_same_file_sent_twice_at_once_is_one_picture(clock: Any) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("needs PostgreSQL")
    house = make_cast().a
    content = photo_bytes(7, (600, 400))
    found: list[int] = []
    start = threading.Barrier(3)

    def send() -> None:
        with unit_scope(house.unit):
            start.wait()
            found.append(actions.take_picture(upload=io.BytesIO(content), name="x.jpg", actor=None)[0].pk)
        connections.close_all()

    threads = [threading.Thread(target=send) for _number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(found) == 3
    assert len(set(found)) == 1


# --- words and the focal point ----------------------------------------------------------------------------------------


def test_author_licence_and_focal_point_are_kept_and_checked(editor: Clerk) -> None:
    path = f"/quan-tri/news/picture/{editor.house.picture.pk}/change/"
    words = {
        "alt_text": "Đèn",
        "caption": "",
        "credit": "Nguyễn Văn A",
        "licence": "CC_BY",
        "focal_x": "80",
        "focal_y": "20",
    }
    editor.post(path, words)
    picture = newest_picture(editor.house)
    assert (picture.credit, picture.licence, picture.focal_classes) == ("Nguyễn Văn A", "CC_BY", "fx-8 fy-2")
    assert 'class="fx-8 fy-2"' in visit(editor.house.host, "/tin-tuc/").text
    assert "Ghi số từ 0 đến 100." in editor.post(path, {**words, "focal_x": "101"}).text
    assert "Ghi quyền sử dụng là gì." in editor.post(path, {**words, "licence": "OTHER"}).text


# --- lists ------------------------------------------------------------------------------------------------------------


def _queries(clerk: Clerk, path: str) -> int:
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        assert clerk.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize("path", [LIST, CHOOSE, DESCRIBE])
def test_the_librarys_screens_cost_the_same_at_one_and_at_three(editor: Clerk, path: str) -> None:
    def add(number: int) -> None:
        with unit_scope(editor.house.unit):
            actions.take_picture(upload=io.BytesIO(png_bytes((number, 9, 9))), name="w.png", actor=None)
            actions.add_picture(upload=io.BytesIO(png_bytes((number, 8, 8))), alt_text=f"Ảnh {number}")

    add(1)
    _queries(editor, path)
    one = _queries(editor, path)
    add(2)
    add(3)
    assert _queries(editor, path) <= one
    assert one <= 30


def test_the_chooser_finds_words_and_walks_on_by_key(editor: Clerk) -> None:
    with unit_scope(editor.house.unit):
        for number in range(26):
            actions.add_picture(upload=io.BytesIO(png_bytes((number, 200, 9))), alt_text=f"Thuyền số {number}")
    first = editor.get(f"{CHOOSE}?q=thuyền").json()
    assert len(first["pictures"]) == 24
    rest = editor.get(f"{CHOOSE}?q=thuyền&truoc={first['next']}").json()
    assert ([line["alt"] for line in rest["pictures"]], rest["next"]) == (["Thuyền số 1", "Thuyền số 0"], None)
    assert editor.get(f"{CHOOSE}?truoc=khong-phai-so").status_code == 200


def test_the_filter_shows_what_waits_and_the_search_what_is_meant(editor: Clerk) -> None:
    send_pictures(editor, picture_file("cho-mo-ta.png", png_bytes((71, 72, 73))))
    waiting = editor.get(f"{LIST}?mo-ta=chua").text
    assert "cho-mo-ta.png" in waiting
    assert f"Đèn lồng {editor.house.marker}" not in waiting
    for words in ("đèn", "Đèn lồng", "den long", "LONG den"):
        assert f"Đèn lồng {editor.house.marker}" in editor.get(f"{LIST}?q={words}").text
