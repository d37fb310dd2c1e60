"""The moderator's queue and screen: who may, what is seen, what is kept when something is refused, without any script.

One screen with its queue, read from top to bottom: it would not be clearer in two files.
"""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from feedback.actions.moderate_case import hide
from feedback.enums.cases import CaseKind, ConsentPurpose, FileKind, FileState, HideReason, Moderation
from feedback.models import Case, CaseFile
from portal.core.models import User
from portal.core.tenancy import unit_scope
from tests.factories.case_files import PLATE, add_file
from tests.factories.cases import make_case, make_public_case
from tests.factories.cast import Cast, House
from tests.factories.visits import body_of, visit
from tests.feedback.moderation_steps import SPAM
from units.enums import Role

pytestmark = [pytest.mark.django_db, pytest.mark.anywhere]

ROOT = "/quan-tri/feedback/case"
QUEUE = f"{ROOT}/duyet/"


def screen(case: Case) -> str:
    return f"{ROOT}/{case.pk}/duyet/"


def fields(case: Case, *files: CaseFile, **more: Any) -> dict[str, Any]:
    """The form as a browser sends it, with every file kept back."""
    chosen = {
        f"tep-{file.pk}-{name}": value for file in files for name, value in (("show", "khong"), ("description", ""))
    }
    return {"seen": case.version, "title": case.title, "text": case.text, "place": case.place_text, **chosen, **more}


def shown_with(file: CaseFile, *boxes: tuple[str, str, str, str], words: str = "Nắp cống vỡ") -> dict[str, Any]:
    """What is sent for a picture that is to be public."""
    sides = {
        f"tep-{file.pk}-{side}": [box[place] for box in boxes]
        for place, side in enumerate(("trai", "tren", "rong", "cao"))
    }
    return {f"tep-{file.pk}-show": "co", f"tep-{file.pk}-description": words, **sides}


def post(house: House, path: str, user: User | None = None, **data: Any) -> Any:
    client = Client()
    client.force_login(user or house.people[Role.EDITOR])
    return client.post(path, data, headers={"host": house.host})


def fresh(row: Any) -> Any:
    return type(row).everywhere.get(pk=row.pk)


# --- the queue ------------------------------------------------------------------------------------------------------


def test_each_pile_shows_its_own_and_the_longest_waiting_first(cast: Cast) -> None:
    first, second = make_case(cast.a), make_case(cast.a, text="Đèn đường hẻm 3 tắt ba hôm nay, rất tối.")
    make_case(cast.a, text=SPAM)
    make_public_case(cast.a, text="Cây đổ chắn lối ngõ 5 đường Mẫu.")
    make_case(cast.a, text="Chuyện riêng, không muốn ai đọc đâu.", consents=frozenset({ConsentPurpose.HANDLE}))
    make_case(cast.a, kind=CaseKind.INFORMATION, text="Xin bản sao quy hoạch khu dân cư.")
    make_case(cast.b)
    page = body_of(visit(cast.a.host, QUEUE, user=cast.a.admin))
    assert "Chờ duyệt (2)" in page
    assert "Nghi rác (1)" in page
    assert page.index(first.code_words) < page.index(second.code_words)
    assert "Cây đổ" not in page
    assert cast.b.marker not in page
    for slug, words in (("rac", "nổ hũ"), ("cong-khai", "Cây đổ"), ("khong", "Chuyện riêng")):
        pile = body_of(visit(cast.a.host, f"{QUEUE}?xem={slug}", user=cast.a.admin))
        assert words in pile
        assert first.code_words not in pile
    assert "Xin bản sao" not in body_of(visit(cast.a.host, f"{QUEUE}?xem=khong", user=cast.a.admin))
    for junk in ("?xem=BUA", "?sau=x", f"?sau={'9' * 40}", "?sau=-1"):
        assert visit(cast.a.host, f"{QUEUE}{junk}", user=cast.a.admin).status_code == 200


def test_the_queue_is_read_page_by_page_and_costs_the_same(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.a.people[Role.EDITOR])
    counts = []
    for number in (1, 2, 20):
        for place in range(number):
            make_case(cast.a, text=f"Việc thứ {number}-{place:02d} của dãy nhà bên sông.", phone="")
        for slug in ("cho", "rac", "cong-khai", "khong"):
            client.get(f"{QUEUE}?xem={slug}", headers={"host": cast.a.host})
            with CaptureQueriesContext(connection) as queries:
                client.get(f"{QUEUE}?xem={slug}", headers={"host": cast.a.host})
            counts.append(len(queries))
    assert max(counts) - min(counts) <= 1, counts
    assert max(counts) <= 30
    page = client.get(QUEUE, headers={"host": cast.a.host}).content.decode()
    found = re.search(r'class="mod-more"><a class="btn btn--plain" href="([^"]+)"', page)
    assert found
    rest = client.get(f"{QUEUE}{found[1].replace('&amp;', '&')}", headers={"host": cast.a.host}).content.decode()
    assert "20-19" in rest
    assert "20-00" not in rest


# --- who ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", Role)
def test_who_may_moderate(cast: Cast, role: Role) -> None:
    case, user = make_case(cast.a), cast.a.people[role]
    allowed = role != Role.AUTHOR
    for path in (QUEUE, screen(case)):
        assert visit(cast.a.host, path, user=user).status_code == (200 if allowed else 403)
    assert post(cast.a, screen(case), user, **fields(case)).status_code == (302 if allowed else 403)
    assert (fresh(case).moderation == Moderation.PUBLIC) is allowed


def test_for_other_units_it_is_not_there(cast: Cast) -> None:
    case = make_case(cast.a)
    file = add_file(case)
    paths = (screen(case), f"{screen(case)}{file.pk}/che/")
    for path in paths:
        assert visit(cast.b.host, path, user=cast.b.admin).status_code == 404
        assert visit(cast.province.canonical_host, path, user=cast.operator).status_code == 404
        assert visit(cast.a.host, path).status_code == 302, "strangers are asked to log in"
    assert post(cast.b, screen(case), cast.b.admin, **fields(case)).status_code == 404
    assert fresh(case).moderation == Moderation.WAITING
    assert visit(cast.a.host, f"{ROOT}/{'9' * 30}/duyet/", user=cast.a.admin).status_code == 404
    # A file of another case is no way to it.
    other = make_case(cast.a)
    assert visit(cast.a.host, f"{screen(other)}{file.pk}/che/", user=cast.a.admin).status_code == 404


# --- publishing -----------------------------------------------------------------------------------------------------


def test_the_screen_shows_both_sides_and_no_sender(cast: Cast) -> None:
    case = make_case(cast.a, text=f"Nắp cống {cast.a.marker} vỡ, gọi 0905 999 888 hoặc http://x.vn nhé.")
    Case.everywhere.filter(pk=case.pk).update(text="Bản đã sửa.")
    page = body_of(visit(cast.a.host, screen(case), user=cast.a.people[Role.EDITOR]))
    assert f"Nắp cống {cast.a.marker} vỡ" in page, "as it came, on the left"
    assert "Bản đã sửa." in page
    for secret in ("0905 999 888", "0905123456", "Nguyễn Thị", "nguoi-gui@example.vn", "x.vn nhé"):
        assert secret not in page
    assert "Đã bỏ liên kết" in page
    assert "niêm phong" not in page, "only who may unmask is told of the seal"
    assert "niêm phong" in body_of(visit(cast.a.host, screen(case), user=cast.a.admin))


def test_publishing_leads_to_the_next_one(cast: Cast) -> None:
    first, second, third = (make_case(cast.a, text=f"Việc số {number} bên sông Hương.") for number in range(3))
    response = post(cast.a, screen(second), **fields(second), roi="ke-tiep")
    assert response.url == screen(third)
    assert post(cast.a, screen(third), **fields(third), roi="ke-tiep").url == screen(first)
    assert post(cast.a, screen(first), **fields(first), roi="ke-tiep").url == QUEUE
    assert post(cast.a, screen(first), **fields(fresh(first)), roi="o-lai").url == screen(first)
    assert {fresh(row).moderation for row in (first, second, third)} == {"PUBLIC"}


def test_every_picture_needs_a_decision_and_public_ones_words(cast: Cast) -> None:
    case = make_case(cast.a)
    file = add_file(case)
    data = fields(case, file)
    del data[f"tep-{file.pk}-show"]
    refused = post(cast.a, screen(case), **data)
    assert refused.status_code == 422
    assert "Chọn công khai hay không." in refused.content.decode()
    silent = post(cast.a, screen(case), **fields(case), **shown_with(file, words=" "))
    assert "Viết mô tả ảnh" in silent.content.decode()
    page = body_of(visit(cast.a.host, screen(case), user=cast.a.admin))
    assert "Ảnh 1: Cống, ngập nước, Trước số 12" in page, "words are offered"
    done = post(
        cast.a, screen(case), **fields(case), **shown_with(file, ("25", "40", "50.0", "20,0"), ("", "", "", ""))
    )
    assert done.status_code == 302
    assert fresh(file).boxes == [list(PLATE)]


@pytest.mark.parametrize(
    ("box", "words"),
    [
        (("10", "10", "95", "5"), "nằm ngoài ảnh"), (("-1", "0", "5", "5"), "nằm ngoài ảnh"),
        (("1", "1", "0.1", "5"), "quá nhỏ"), (("1", "1", "", "5"), "đủ bốn số"), (("x", "1", "5", "5"), "đủ bốn số"),
        (("nan", "1", "5", "5"), "đủ bốn số"), (("1e999", "1", "5", "5"), "đủ bốn số"),
        (("1" * 400, "1", "5", "5"), "nằm ngoài ảnh"),
    ],
)  # fmt: skip
def test_boxes_out_of_range_are_said_and_kept(cast: Cast, box: tuple[str, str, str, str], words: str) -> None:
    case = make_case(cast.a)
    file = add_file(case)
    response = post(cast.a, screen(case), **{**fields(case, title="Tên mới"), **shown_with(file, box)})
    page = response.content.decode()
    assert response.status_code == 422
    assert words in page
    assert 'value="Tên mới"' in page
    assert fresh(case).moderation == Moderation.WAITING
    assert not fresh(file).is_public


def test_without_a_script_boxes_are_added_looked_at_and_dropped(cast: Cast) -> None:
    case = make_case(cast.a)
    file = add_file(case)
    data = {**fields(case, title="Tên đang viết"), **shown_with(file, ("10", "10", "20", "20"), ("50", "50", "9", "9"))}
    seen = post(cast.a, screen(case), **data, _xem="1").content.decode()
    assert f"{screen(case)}{file.pk}/che/?o=100,100,200,200&amp;o=500,500,90,90" in seen
    assert '<rect x="100" y="100" width="200" height="200"/>' in seen
    more = post(cast.a, screen(case), **data, _them=str(file.pk)).content.decode()
    assert more.count("data-box-row>") == 3 + 1, "three lines and the pattern of one"
    less = post(cast.a, screen(case), **data, _bo=f"{file.pk}-1").content.decode()
    assert "?o=500,500,90,90" in less
    assert "100,100,200,200" not in less
    for page in (seen, more, less):
        assert 'value="Tên đang viết"' in page
        assert "Chưa công khai được" not in page
    assert fresh(case).moderation == Moderation.WAITING


def test_the_preview_is_blurred_small_and_kept_nowhere(cast: Cast) -> None:
    case = make_case(cast.a)
    file = add_file(case)
    address = f"{screen(case)}{file.pk}/che/"
    plain = visit(cast.a.host, address, user=cast.a.admin)
    blurred = visit(cast.a.host, f"{address}?o={','.join(map(str, PLATE))}", user=cast.a.admin)
    assert "no-store" in blurred.headers["Cache-Control"]
    middle = [Image.open(io.BytesIO(one.content)).convert("L").crop((200, 210, 400, 260)) for one in (plain, blurred)]
    spread = [sum(abs(a - b) for a, b in zip(part.tobytes(), part.tobytes()[1:], strict=False)) for part in middle]
    assert spread[1] < spread[0] / 5
    for junk in ("o=1", "o=0,0,2000,5", "o=a,b,c,d", "&".join(["o=0,0,9,9"] * 30)):
        assert visit(cast.a.host, f"{address}?{junk}", user=cast.a.admin).status_code == 400
    video = add_file(case, kind=FileKind.VIDEO)
    assert visit(cast.a.host, f"{screen(case)}{video.pk}/che/", user=cast.a.admin).status_code == 404


def test_a_video_that_is_being_converted_is_named_but_not_offered(cast: Cast) -> None:
    case = make_case(cast.a)
    add_file(case, kind=FileKind.VIDEO, state=FileState.WAITING, private_path="")
    page = body_of(visit(cast.a.host, screen(case), user=cast.a.admin))
    assert "Công khai được sau khi chuyển đổi xong." in page
    assert post(cast.a, screen(case), **fields(case)).status_code == 302


# --- not public -----------------------------------------------------------------------------------------------------


def test_hiding_needs_a_reason_and_spam_comes_back(cast: Cast) -> None:
    case = make_case(cast.a)
    refused = post(cast.a, screen(case), seen=case.version, decision="an", reason="")
    assert refused.status_code == 422
    assert "Chọn lý do không công khai." in refused.content.decode()
    assert post(cast.a, screen(case), seen=case.version, decision="BUA").status_code == 422
    assert post(cast.a, screen(case), seen=case.version, decision="an", reason="RUDE").status_code == 302
    assert fresh(case).moderation == Moderation.PRIVATE
    assert post(cast.a, screen(case), seen=fresh(case).version, decision="rac").status_code == 302
    assert fresh(case).moderation == Moderation.SPAM
    page = body_of(visit(cast.a.host, screen(case), user=cast.a.admin))
    assert "Lấy lại từ rác" in page
    assert post(cast.a, screen(case), seen=fresh(case).version, decision="lay-lai").status_code == 302
    assert fresh(case).moderation == Moderation.WAITING


def test_what_its_sender_keeps_back_says_so_and_cannot_be_posted(cast: Cast) -> None:
    case = make_case(cast.a, consents=frozenset({ConsentPurpose.HANDLE}))
    page = body_of(visit(cast.a.host, screen(case), user=cast.a.admin))
    assert "Người gửi không đồng ý công khai." in page
    assert 'name="title"' not in page
    assert post(cast.a, screen(case), **fields(case)).status_code == 422
    assert fresh(case).moderation == Moderation.PRIVATE


def test_the_second_moderator_keeps_the_words_and_is_told(cast: Cast) -> None:
    case = make_case(cast.a)
    file = add_file(case)
    data = {**fields(case, title="Tên của người thứ hai"), **shown_with(file, ("10", "10", "20", "20"))}
    with unit_scope(cast.a.unit):
        hide(case=case, reason=HideReason.PERSONAL, seen=case.version, actor=cast.a.admin)
    response = post(cast.a, screen(case), **data)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Người khác vừa làm việc này" in page
    assert 'value="Tên của người thứ hai"' in page
    assert f'name="seen" value="{case.version}"' in page
    assert fresh(case).moderation == Moderation.PRIVATE
    assert post(cast.a, screen(case), seen=0, decision="rac").status_code == 409


def test_the_screen_costs_the_same_with_one_and_with_three_pictures(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.a.people[Role.EDITOR])
    counts = []
    for number in (1, 3):
        case = make_case(cast.a)
        for _one in range(number):
            add_file(case)
        client.get(screen(case), headers={"host": cast.a.host})
        with CaptureQueriesContext(connection) as queries:
            assert client.get(screen(case), headers={"host": cast.a.host}).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert counts[0] <= 30


@pytest.mark.parametrize(
    "junk",
    [{}, {"seen": "x"}, {"seen": "9" * 40, "title": "a", "text": "b"}, {"seen": "1", "title": "a" * 500, "text": ""}],
)
def test_junk_publishes_nothing(cast: Cast, junk: dict[str, Any]) -> None:
    case = make_case(cast.a)
    assert post(cast.a, screen(case), **junk).status_code in {409, 422}
    assert fresh(case).moderation == Moderation.WAITING
