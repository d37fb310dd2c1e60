"""A procedure's page: what the source says and no more, the unit's own answer, nothing that a hostile row could do."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from feedback.models import PageRating
from portal.core.page_cache import bump_every_generation
from portal.core.tenancy import unit_scope
from services.models import LifeEvent, LifeEventProcedure, LocalFee, ProcedureForm, ProcedureVersion
from tests.factories.cast import Cast
from tests.factories.procedure_rows import BIRTH, SOURCE, make_procedure, procedure_of
from tests.factories.visits import body_of, visit

PATH = f"/dich-vu-cong/{BIRTH}/"
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'{{7*7}}"


def _text(cast: Cast, path: str = PATH, host: str = "") -> str:
    response = visit(host or cast.a.host, path)
    assert response.status_code == 200, path
    return body_of(response)


def _words(html: str) -> str:
    """What a person reads."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def _open_part(html: str) -> str:
    """The page without what is folded; folded parts stand inside folded parts."""
    inner = re.compile(r"<details class=\"fold(?:(?!<details).)*?</details>", re.DOTALL)
    while inner.search(html):
        html = inner.sub("", html)
    return html


def test_the_page_answers_the_four_questions(cast: Cast) -> None:
    procedure = procedure_of(cast.a)
    procedure.everyday_names = "làm giấy khai sinh\nkhai sinh cho con"
    procedure.summary = "Đăng ký cho trẻ mới sinh."
    procedure.save()
    html = _text(cast)
    words = _words(html)
    assert "<h1>Đăng ký khai sinh</h1>" in html
    assert "Còn gọi là làm giấy khai sinh, khai sinh cho con." in words
    assert "1 (nguồn không ghi đơn vị)" in words
    assert "Miễn phí" in words
    assert cast.a.unit.name in words
    assert "Có nộp trực tuyến nguồn không ghi toàn trình hay một phần" in words
    assert '<meta name="description" content="Đăng ký cho trẻ mới sinh.">' in html
    assert f"Trung tâm một cửa {cast.a.marker}" in words
    assert 'href="/van-ban/so/123/2015/N%C4%90-CP/"' in html
    assert "Quyết định công bố 163/QĐ-BTP" in words
    assert "đối chiếu ngày 20/11/2026" in words


def test_each_site_gives_its_own_answer(cast: Cast) -> None:
    procedure_of(cast.a)
    procedure_of(cast.b)
    mine, theirs = _text(cast), _text(cast, host=cast.b.host)
    assert cast.a.marker in mine
    assert cast.b.marker not in mine
    assert cast.b.marker in theirs
    assert cast.a.marker not in theirs


@pytest.mark.parametrize(
    ("limit", "shown"),
    [
        ({"words": "3 (nguồn không ghi đơn vị)", "number": 3.0, "unit": ""}, "3 (nguồn không ghi đơn vị)"),
        ({"words": "120,000 (đơn vị không ghi)?", "number": 120.0, "unit": ""}, "120,000 (nguồn không ghi đơn vị)"),
        ({"words": "15 Ngày làm việc", "number": 15.0, "unit": "WORKDAY"}, "15 ngày làm việc"),
        ({"words": "0,5 Ngày", "number": 0.5, "unit": "DAY"}, "0,5 ngày"),
        ({"words": "ngay khi nhận đủ hồ sơ", "number": None, "unit": ""}, "ngay khi nhận đủ hồ sơ"),
        ({"words": "Không có thông tin", "number": None, "unit": ""}, "Không có thông tin"),
    ],
)
def test_a_time_is_said_as_the_source_says_it(cast: Cast, limit: dict[str, Any], shown: str) -> None:
    make_procedure(times=[{**limit, "channel": "DIRECT"}])
    fact = re.search(r"Thời hạn</dt>(.*?)</div>", _text(cast), re.DOTALL)
    assert fact is not None
    assert _words(fact[1]) == shown


def test_not_told_is_not_free(cast: Cast) -> None:
    make_procedure(fees=[{"words": "Không có thông tin", "kind": "UNSTATED", "channel": "DIRECT", "amount": None}])
    html = _text(cast)
    assert "Không có thông tin" in html
    assert "Miễn phí" not in html


def test_fees_by_channel_and_the_small_print(cast: Cast) -> None:
    remark = "Mức cụ thể do Hội đồng nhân dân tỉnh quyết định. " * 5
    make_procedure(
        fees=[
            {"words": "25.000 đồng", "kind": "AMOUNT", "channel": "ONLINE", "amount": 25_000},
            {"words": f"50.000 đồng ({remark.strip()})", "kind": "AMOUNT", "channel": "DIRECT", "amount": 50_000},
        ]
    )
    words = _words(_text(cast))
    assert "25.000 đồng Trực tuyến" in words
    assert "50.000 đồng Trực tiếp" in words
    assert words.count("do Hội đồng nhân dân tỉnh quyết định") == 5, "the small print stands once, in its own section"


def test_a_local_fee_goes_before_the_catalogues(cast: Cast) -> None:
    procedure = procedure_of(cast.a)
    with unit_scope(cast.a.unit):
        LocalFee.objects.create(
            procedure=procedure, amount=8_000, resolution="12/2026/NQ-HĐND", valid_from=date(2026, 1, 1)
        )
    fact = re.search(r"Lệ phí</dt>(.*?)</div>", _text(cast), re.DOTALL)
    assert fact is not None
    assert "8.000 đồng" in fact[1]
    assert "Miễn phí" not in fact[1]


def test_nop_truc_tuyen_leads_where_the_row_says(cast: Cast) -> None:
    procedure = procedure_of(cast.a)
    for submit, source, channels, expected in (
        ("https://dvc.example.vn/nop", "https://dvc.example.vn/goc", ["ONLINE"], "https://dvc.example.vn/nop"),
        ("", "https://dvc.example.vn/goc", ["ONLINE"], "https://dvc.example.vn/goc"),
        ("javascript:alert(1)", "data:text/html,x", ["ONLINE"], "https://dichvucong.gov.vn"),
        ("", "https://dvc.example.vn/goc", ["DIRECT"], None),
        ("", "https://dvc.example.vn/goc", [], None),
    ):
        procedure.submit_url, procedure.source_url, procedure.channels = submit, source, channels
        procedure.save()
        bump_every_generation()
        html = _text(cast)
        button = re.search(r'<a class="btn" href="([^"]+)"[^>]*>Nộp trực tuyến', html)
        assert (button[1] if button else None) == expected
        assert "javascript:" not in html
        assert ("VNeID" in html) is bool(expected)


def test_partly_online_says_why(cast: Cast) -> None:
    make_procedure(online_level="PARTIAL", online_reason="phải lấy dấu vân tay")
    assert "Một phần phải lấy dấu vân tay" in _words(_text(cast))


def test_papers_are_boxes_and_notes_are_not(cast: Cast) -> None:
    procedure_of(cast.a)
    html = _text(cast)
    boxes = re.findall(r'<input type="checkbox" id="(gt-[^"]+)" data-paper', html)
    assert len(boxes) == len(set(boxes)) == 3
    assert all(f'for="{box}"' in html for box in boxes)
    assert "Giấy tờ phải xuất trình" in html
    assert "1 bản chính" in html
    assert "2 bản sao" in html
    assert "0 bản" not in html
    note = html.index("Ông bà đi thay")
    assert note > html.index('id="luu-y"')


def test_the_same_paper_twice_keeps_two_boxes_and_a_box_follows_its_words(cast: Cast) -> None:
    paper = {"words": "Đơn đề nghị", "originals": 1, "copies": 0}
    other = {"words": "Bản vẽ", "originals": 1, "copies": 0}
    procedure = make_procedure(papers=[{"title": "", "papers": [paper, paper], "is_note": False}])
    keys = re.findall(r'data-paper="([^"]+)"', _text(cast))
    assert len(set(keys)) == 2
    procedure.papers = [{"title": "", "papers": [other, paper], "is_note": False}]
    procedure.save()
    bump_every_generation()
    assert re.findall(r'data-paper="([^"]+)"', _text(cast))[1] == keys[0]


def test_very_long_sections_are_folded_and_complete(cast: Cast) -> None:
    long_line = " ".join(f"ý{number}" for number in range(5_000))
    groups = [
        {
            "title": f"Trường hợp {group}",
            "papers": [
                {"words": f"Giấy {group}-{number} " + "rất dài " * 60, "originals": 1, "copies": None}
                for number in range(15)
            ],
            "is_note": False,
        }
        for group in range(6)
    ]
    make_procedure(
        steps=[{"title": f"Bước {number}", "words": "Việc phải làm. " * 60} for number in range(30)],
        papers=groups,
        conditions=long_line,
    )
    html = _text(cast)
    assert html.count("rail__number") == 30
    assert html.count("data-paper=") == 90
    shown = _open_part(html)
    assert shown.count("rail__number") < 9
    assert shown.count("data-paper=") < 15
    assert all(f"ý{number}" in html for number in (0, 2_500, 4_999))
    assert _words(re.search(r'id="dieu-kien".*?</section>', html, re.DOTALL)[0]).count("ý") >= 5_000  # type: ignore[index]
    assert len(_words(shown)) < 12_500


def test_hostile_words_are_words(cast: Cast) -> None:
    hostile = {"words": HOSTILE, "originals": None, "copies": None}
    make_procedure(
        name=HOSTILE, everyday_names=HOSTILE, summary=HOSTILE, agency=HOSTILE, audience=HOSTILE, result=HOSTILE,
        conditions=HOSTILE, fee_note=HOSTILE, decision_number=HOSTILE[:80], field=HOSTILE, online_level="PARTIAL",
        online_reason=HOSTILE, steps=[{"title": HOSTILE, "words": HOSTILE}],
        papers=[{"title": HOSTILE, "papers": [hostile], "is_note": False}],
        times=[{"words": HOSTILE, "channel": HOSTILE, "number": None, "unit": ""}],
        fees=[{"words": HOSTILE, "kind": "NOTED", "channel": "", "amount": None}],
        bases=[{"number": f"1/{HOSTILE}", "title": HOSTILE}, {"number": "../../quan-tri", "title": "x"}],
        source={**SOURCE, "steps": HOSTILE},
    )  # fmt: skip
    for path in (PATH, f"{PATH}in/", f"{PATH}lich-su/", f"{PATH}bao-sai/"):
        html = _text(cast, path)
        assert "<script>alert" not in html, path
        assert "<img src=x" not in html, path
        assert "{{7*7}}" in html.replace("\\u007b", "{"), f"{path}: kept as it was written"
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL):
            json.loads(block)
    assert "/van-ban/so/../" not in _text(cast)


def test_structured_data_name_the_service(cast: Cast) -> None:
    procedure_of(cast.a)
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', _text(cast), re.DOTALL)
    assert block is not None
    service, crumbs = json.loads(block[1])["@graph"]
    assert service["@type"] == "GovernmentService"
    assert (service["identifier"], service["name"]) == (BIRTH, "Đăng ký khai sinh")
    assert service["url"] == f"http://{cast.a.host}{PATH}"
    assert crumbs["@type"] == "BreadcrumbList"


@pytest.mark.parametrize(
    "code", ["9.999999", "1.001193x", "khong-co", "1.001193.1", "1..001193", "1.001193 ", "%C3%A1.1", "a" * 60]
)
@pytest.mark.parametrize("suffix", ["", "in/", "lich-su/", "bao-sai/", "bao-sai/da-nhan/"])
def test_unknown_and_odd_codes_are_not_found(cast: Cast, code: str, suffix: str) -> None:
    procedure_of(cast.a)
    assert visit(cast.a.host, f"/dich-vu-cong/{code}/{suffix}").status_code == 404


def test_a_code_without_a_dot_has_a_page_too(cast: Cast) -> None:
    make_procedure(code="BTP2819")
    assert visit(cast.a.host, "/dich-vu-cong/BTP2819/").status_code == 200


def test_a_closed_procedure_says_so_and_offers_search(cast: Cast) -> None:
    procedure = procedure_of(cast.a)
    procedure.valid_to = date(2026, 11, 1)
    procedure.save()
    html = _text(cast)
    assert "không còn trong danh mục từ ngày 01/11/2026" in html
    assert 'id="tim-thay-the"' in html
    assert 'content="noindex, follow"' in html
    assert "Nộp trực tuyến" not in html
    assert "giup-duoc" not in html, "nobody is asked about a page that is only kept"


def test_a_unit_that_has_ended_keeps_the_page_and_names_its_successor(cast: Cast) -> None:
    procedure_of(cast.a)
    html = _text(cast, host=cast.closed.canonical_host)
    local = html.split('id="noi-nop"')[1]
    assert f"http://{cast.a.host}{PATH}" in local
    crumbs = html.split('class="crumbs')[1].split("</nav>")[0]
    assert "/dich-vu-cong/" not in crumbs, "its menu is closed"


def test_the_three_levels_stand_at_the_end_and_count_for_this_unit_only(cast: Cast) -> None:
    procedure = procedure_of(cast.a)
    path = f"/danh-gia/services.procedure/{procedure.pk}/"
    html = _text(cast)
    assert html.index('id="hoi-them"') < html.index(f'data-rating="{path}"')
    assert "Trang này có giúp được bạn không?" in html
    answer = Client().post(path, {"level": "SATISFIED"}, headers={"host": cast.a.host})
    assert answer.status_code == 302
    for unit, number in ((cast.a.unit, 1), (cast.b.unit, 0)):
        with unit_scope(unit):
            assert PageRating.objects.count() == number
    procedure.valid_to = date(2026, 11, 1)
    procedure.save()
    assert visit(cast.a.host, path).status_code == 404


def test_related_are_of_the_same_event_and_alike_in_name(cast: Cast) -> None:
    procedure = procedure_of(cast.a)
    insurance = make_procedure("1.111111", "Cấp thẻ bảo hiểm y tế cho trẻ em", field="Bảo hiểm")
    make_procedure("1.222222", "Thủ tục đăng ký lại khai sinh")
    make_procedure("1.333333", "Thủ tục đăng ký giám hộ")
    make_procedure("1.444444", "Thủ tục đăng ký khai sinh lưu động", valid_to=date(2026, 1, 31))
    event = LifeEvent.objects.create(name="Sinh con", slug="sinh-con")
    for row in (procedure, insurance):
        LifeEventProcedure.objects.create(event=event, procedure=row)
    part = re.search(r'id="lien-quan".*?</section>', _text(cast), re.DOTALL)
    assert part is not None
    assert re.findall(r"/dich-vu-cong/([\d.]+)/", part[0]) == ["1.111111", "1.222222"]


def test_the_history_says_what_changed_when(cast: Cast) -> None:
    procedure = procedure_of(cast.a)
    for number, steps, until in (
        (1, "- Nộp hồ sơ tại huyện\n- Nhận kết quả", date(2026, 3, 31)),
        (2, "- Nộp hồ sơ tại xã\n- Nhận kết quả\n- Ký sổ", date(2026, 10, 31)),
    ):
        ProcedureVersion.objects.create(
            procedure=procedure, number=number, source={**SOURCE, "steps": steps}, changed_columns=["steps"],
            valid_from=date(2026, 1, 5), valid_to=until,
        )  # fmt: skip
    procedure.version_number = 3
    procedure.save()
    assert f"{PATH}lich-su/" in _text(cast)
    html = _text(cast, f"{PATH}lich-su/")
    assert html.index("31/10/2026") < html.index("31/3/2026")
    newest, oldest = html.split("phist__list")[1].split("<h2>")[1:3]
    assert "<del>- Ký sổ</del>" in newest
    assert "<del>huyện</del> <ins>xã</ins>" in oldest
    assert "Giấy tờ cần có" not in newest, "columns that stayed are not shown"


def test_the_history_goes_on_by_pages(cast: Cast) -> None:
    procedure = procedure_of(cast.a)
    for number in range(1, 14):
        ProcedureVersion.objects.create(
            procedure=procedure, number=number, source={**SOURCE, "steps": f"- Bước kiểu {number}."}, valid_from=date(2026, 1, 5),
            valid_to=date(2026, 2, number),
        )  # fmt: skip
    first = _text(cast, f"{PATH}lich-su/")
    older = re.search(r'rel="next" href="([^"]+)"', first)
    assert older is not None
    second = _text(cast, older[1])
    assert len(re.findall("Bản 13,|Bản 4,", first)) == 2
    assert re.findall(r"Bản (\d+),", second) == ["3", "2", "1"]
    assert "<del>3.</del> <ins>4.</ins>" in second, "the last seen version is what the next older one became"
    for bad in ("x", "0", "99", "-1", "9" * 12):
        assert visit(cast.a.host, f"{PATH}lich-su/?truoc={bad}").status_code == 404


def test_the_sheet_has_boxes_a_code_and_the_sentence(cast: Cast) -> None:
    procedure_of(cast.a)
    html = _text(cast, f"{PATH}in/")
    assert html.count("sheet__box") == 3
    assert "Cán bộ không được yêu cầu thêm giấy tờ ngoài danh mục." in html
    assert f"Trung tâm một cửa {cast.a.marker}" in html
    assert f"http://{cast.a.host}{PATH}" in html
    assert 'style="' not in html
    assert re.search(r'<svg class="qr" viewBox="0 0 (\d+) \1"', html)
    assert "Có lưu ý thêm về giấy tờ" in html


def test_the_code_on_the_sheet_is_the_pages_address() -> None:
    import segno

    from portal.core.qr_codes import qr_of

    address = f"http://thuan-an.localhost{PATH}"
    drawn = qr_of(address)
    dark = {
        (int(x) + step, int(y))
        for x, y, width in re.findall(r"M(\d+) (\d+)h(\d+)v1h-\3z", drawn.path)
        for step in range(int(width))
    }
    matrix = segno.make(address, error="m", micro=False).matrix
    assert dark == {(x + 2, y + 2) for y, row in enumerate(matrix) for x, module in enumerate(row) if module}
    assert drawn.size == len(matrix) + 4


@pytest.mark.parametrize("suffix", ["", "in/", "lich-su/"])
def test_the_page_is_cached_and_a_changed_catalogue_is_seen_at_once(cast: Cast, suffix: str) -> None:
    procedure = procedure_of(cast.a)
    response = visit(cast.a.host, PATH + suffix)
    assert "s-maxage" in response.headers["Cache-Control"]
    assert not response.cookies
    assert "csrfmiddlewaretoken" not in body_of(response)
    procedure.name = "Thủ tục đăng ký khai sinh kiểu mới"
    procedure.save()
    bump_every_generation()
    assert "khai sinh kiểu mới" in body_of(visit(cast.a.host, PATH + suffix))


@pytest.mark.parametrize("host", ["thuan-an.localhost", "localhost"])
@pytest.mark.parametrize(("suffix", "most"), [("", 12), ("in/", 12), ("lich-su/", 8)])
def test_the_page_costs_the_same_whatever_hangs_on_it(cast: Cast, host: str, suffix: str, most: int) -> None:
    procedure = procedure_of(cast.a)
    costs = []
    for rows in ((0,), (1, 2)):
        for count in rows:
            _hang_on(procedure, cast, count)
        visit(host, PATH + suffix)  # what a process looks up once in its life
        for alias in ("pages", "default"):
            caches[alias].clear()
        with CaptureQueriesContext(connection) as queries:
            assert visit(host, PATH + suffix).status_code == 200
        costs.append(len(queries))
    assert costs[0] == costs[1] <= most


def _hang_on(procedure: Any, cast: Cast, count: int) -> None:
    """One more of everything that a procedure's page may show."""
    event = LifeEvent.objects.create(name=f"Việc {count}", slug=f"viec-{count}")
    other = make_procedure(f"1.00000{count}", f"Thủ tục đăng ký lại khai sinh {count}")
    for row in (procedure, other):
        LifeEventProcedure.objects.create(event=event, procedure=row)
    ProcedureForm.objects.create(procedure=procedure, title=f"Tờ khai {count}", url="https://example.vn/to-khai")
    ProcedureVersion.objects.create(
        procedure=procedure, number=count + 1, source={**SOURCE, "steps": f"Bước {count}"}, valid_from=date(2026, 1, 5),
        valid_to=date(2026, 2, count + 1),
    )  # fmt: skip
    for unit in (cast.a.unit, cast.province):
        with unit_scope(unit):
            LocalFee.objects.create(procedure=procedure, amount=count, resolution="1/NQ", valid_from=date(2026, 1, 1))
