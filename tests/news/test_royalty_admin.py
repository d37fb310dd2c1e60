"""The royalty screens: who may do what, what they say, and what another unit's keys find."""

from __future__ import annotations

import io
import re
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from news.enums.royalty import RateStatus, SheetState
from news.models import ArticleRoyalty, Contributor, RoyaltyLine, RoyaltySheet, RoyaltyTable
from portal.core.models import AuditEntry
from portal.core.tenancy import unit_scope
from tests.factories.cast import Cast
from tests.factories.royalty import NOVEMBER, OCTOBER, computed, locked, part, people, published, score
from tests.factories.visits import visit
from tests.news.test_admin import Clerk
from units.enums import Role
from units.models import Membership

pytestmark = pytest.mark.anywhere

MONTHS = "/quan-tri/news/royaltysheet/"
MONTH = "/quan-tri/news/royaltysheet/thang/2026/10/"
MINE = "/quan-tri/news/royaltysheet/cua-toi/"
TABLES = "/quan-tri/news/royaltytable/"


def sheet_path(sheet: RoyaltySheet, tail: str = "change/") -> str:
    return f"{MONTHS}{sheet.pk}/{tail}"


def row(
    article: Any, genre: str = "", who: str = "Minh Anh", coefficient: str = "", photos: str = "", seen: str = ""
) -> dict[str, str]:
    """One row of the month's form as the browser sends it, with what the clerk saw."""
    key = f"a{article.pk}"
    return {
        f"{key}-people": who, f"{key}-genre": genre, f"{key}-coefficient": coefficient, f"{key}-photos": photos,
        f"{key}-seen": seen, f"initial-{key}-people": "", f"initial-{key}-genre": "", f"initial-{key}-coefficient": "",
        f"initial-{key}-photos": "",
    }  # fmt: skip


def test_a_whole_month_is_entered_on_one_screen(rates: Cast) -> None:
    clerk = Clerk(rates.a, Role.EDITOR)
    with unit_scope(rates.a.unit):
        first, second, third = (published(rates.a, day) for day in (2, 3, 4))
    assert "Chưa chấm (3)" in clerk.get(MONTH).text
    data = {**row(first, "tin"), **row(second, "phong-su", "Minh Anh 60%; Thu Hà 40%", "12,5", "2"), **row(third)}
    response = clerk.post(MONTH, {**data, "_save": "1"})
    assert "Đã lưu 2 bài." in response.text
    assert "Chưa chấm (1)" in response.text
    with unit_scope(rates.a.unit):
        one, two = (ArticleRoyalty.objects.with_shares().get(article=article) for article in (first, second))
        assert (one.genre_code, one.coefficient) == ("tin", 2)
        assert [(share.contributor.pen_name, share.percent) for share in two.shares.filter(role="AUTHOR")] == [
            ("Minh Anh", 60), ("Thu Hà", 40),
        ]  # fmt: skip
        assert (two.coefficient, two.photo_count, two.photo_coefficient) == (Decimal("12.5"), 2, Decimal("0.5"))
        assert not ArticleRoyalty.objects.filter(article=third).exists()
        assert AuditEntry.objects.filter(verb="royalty.set").count() == 2


def test_one_wrong_row_does_not_hold_back_the_others(rates: Cast) -> None:
    clerk = Clerk(rates.a, Role.EDITOR)
    with unit_scope(rates.a.unit):
        good, bad = published(rates.a, 2), published(rates.a, 3)
    response = clerk.post(MONTH, {**row(good, "tin"), **row(bad, "tin", coefficient="99"), "_save": "1"})
    assert "Đã lưu 1 bài." in response.text
    assert "Hệ số của “Tin” từ 0 đến 10." in response.text
    assert 'value="99"' in response.text
    # What was saved is shown as it stands, with its new stamp: the next press saves the mended row and nothing else.
    stamp = re.search(rf'name="a{good.pk}-seen" value="([^"]+)"', response.text)
    assert stamp
    response = clerk.post(MONTH, {**row(bad, "tin", coefficient="9"), "_save": "1"})
    assert "Mọi bài của tháng đã chấm." in response.text


def test_one_genre_for_all_that_are_left(rates: Cast) -> None:
    clerk = Clerk(rates.a, Role.EDITOR)
    with unit_scope(rates.a.unit):
        articles = [published(rates.a, day) for day in (2, 3)]
    data = {**row(articles[0]), **row(articles[1]), "_fill": "1", "fill_genre": "-"}
    clerk.post(MONTH, data)
    with unit_scope(rates.a.unit):
        assert ArticleRoyalty.objects.filter(is_unpaid=True, article__in=articles).count() == 2


def test_what_somebody_else_entered_meanwhile_is_not_overwritten(rates: Cast) -> None:
    clerk = Clerk(rates.a, Role.EDITOR)
    with unit_scope(rates.a.unit):
        article = published(rates.a, 2)
        score(article, coefficient="7")
    response = clerk.post(MONTH, {**row(article, "tin", coefficient="1"), "_save": "1"})
    assert "Người khác vừa chấm bài này" in response.text
    with unit_scope(rates.a.unit):
        assert ArticleRoyalty.objects.get(article=article).coefficient == 7


def test_the_others_articles_are_not_entered_here(rates: Cast) -> None:
    clerk = Clerk(rates.a, Role.EDITOR)
    with unit_scope(rates.b.unit):
        theirs = published(rates.b, 2)
        sheet = locked(rates.b)
    response = clerk.post(MONTH, {**row(theirs, "tin"), "_save": "1"})
    assert rates.b.marker not in response.text
    with unit_scope(rates.b.unit):
        assert not ArticleRoyalty.objects.filter(article=theirs).exists()
    admin = Clerk(rates.a, Role.UNIT_ADMIN)
    paths = [f"/quan-tri/news/article/{theirs.pk}/nhuan-but/"]
    paths += [sheet_path(sheet, tail) for tail in ("change/", "in/", "xlsx/", "history/")]
    for path in paths:
        assert admin.get(path).status_code == 404, path
        assert admin.post(path, {"do": "reopen"}).status_code in {403, 404, 405}
    with unit_scope(rates.b.unit):
        table = RoyaltyTable.objects.get()
    assert admin.post(f"{TABLES}{table.pk}/buoc/", {"do": "confirm"}).status_code == 404


@pytest.mark.parametrize("address", ["thang/2026/13/", "thang/2026/12/", "thang/1/1/", "thang/9999/1/"])
def test_months_that_are_not_there_are_not_found(rates: Cast, address: str) -> None:
    assert Clerk(rates.a, Role.EDITOR).get(MONTHS + address).status_code == 404


def test_the_screen_of_one_article_takes_everything_and_leads_to_the_next(rates: Cast) -> None:
    clerk = Clerk(rates.a, Role.EDITOR)
    with unit_scope(rates.a.unit):
        article, following = published(rates.a, 2), published(rates.a, 3)
    path = f"/quan-tri/news/article/{article.pk}/nhuan-but/"
    page = clerk.get(path).text
    assert "Tin (từ 0 đến 10, thường 2)" in page
    data = {
        "genre": "tin", "coefficient": "3,33", "name_0": "Thu Hà", "role_0": "AUTHOR", "percent_0": "33,33",
        "name_1": "Bút danh mới", "role_1": "AUTHOR", "percent_1": "66,67", "plus_dich": "55", "photo_count": "",
        "note": "Dịch từ tiếng Pháp",
    }  # fmt: skip
    response = clerk.post(path, {**data, "percent_1": "60"})
    assert "Các phần cộng lại được 93,33 %. Cần đúng 100 %." in response.text
    assert 'value="Bút danh mới"' in response.text
    response = clerk.post(path, {**data, "_next": "1"})
    assert response.redirect_chain[-1][0].endswith(f"/{following.pk}/nhuan-but/")
    with unit_scope(rates.a.unit):
        sheet = computed(rates.a)
        assert [line.amount for line in RoyaltyLine.objects.of_sheet(sheet)] == [30_888, 61_786]
        assert Contributor.objects.filter(pen_name="Bút danh mới").exists()
    # The month's screen shows what a row can not say, and leads here.
    assert "Thu Hà 33,33%" in clerk.get(f"{MONTH}?tat-ca").text
    card = clerk.get(f"/quan-tri/news/article/{article.pk}/change/").text
    assert "hệ số 3,33" in card


def test_hostile_numbers_and_names_are_refused_in_words(rates: Cast) -> None:
    clerk = Clerk(rates.a, Role.EDITOR)
    with unit_scope(rates.a.unit):
        article = published(rates.a, 2)
    path = f"/quan-tri/news/article/{article.pk}/nhuan-but/"
    for coefficient in ("-1", "NaN", "1e5", "9" * 400, "mười"):
        response = clerk.post(path, {"genre": "tin", "coefficient": coefficient, "name_0": "A", "role_0": "AUTHOR"})
        assert response.status_code == 200
        assert "Chưa lưu được" in response.text, coefficient
    response = clerk.post(
        path, {"genre": "tin", "name_0": "<script>alert(1)</script>", "role_0": "AUTHOR", "_month": "1"}
    )
    assert "<script>alert(1)</script>" not in response.text
    assert "<script>alert(1)</script>" not in clerk.get(f"{MONTH}?tat-ca").text
    clerk.post(path, {"genre": "tin", "name_0": "A", "role_0": "BOSS"})
    for key in ("a0-seen", "a99999999999999999999-seen", "ax-seen"):
        assert clerk.post(MONTH, {key: "", "_save": "1"}).status_code == 200


def test_from_entering_to_paying_by_three_people(rates: Cast) -> None:
    house = rates.a
    editor, approver, admin = (Clerk(house, role) for role in (Role.EDITOR, Role.APPROVER, Role.UNIT_ADMIN))
    with unit_scope(house.unit):
        score(published(house, 2), coefficient="2")
        published(house, 5)
    response = editor.post(MONTHS, {"month": "2026-10-01"})
    path = response.redirect_chain[-1][0]
    response = editor.post(path, {"do": "compute", "budget": "100.000", "over_budget": "REFUSE"})
    assert "Tổng 101.200 đồng, vượt mức chi 1.200 đồng" in response.text
    response = editor.post(path, {"do": "compute", "budget": "100.000", "over_budget": "REDUCE"})
    assert "Tổng: 100.000 đồng" in response.text
    assert "Mọi khoản giảm đều còn 98,81%." in response.text
    response = editor.post(path, {"do": "compute", "budget": "", "over_budget": "REDUCE"})
    assert "Một trăm linh một nghìn hai trăm đồng" in response.text
    assert "Còn 1 bài của tháng chưa chấm." in response.text
    for clerk, verb in ((editor, "check"), (editor, "lock"), (approver, "lock")):
        assert clerk.post(path, {"do": verb, "revision": "2", "sure": "yes"}).status_code == 403
    assert approver.post(path, {"do": "bribe"}).status_code == 403
    assert "đã đổi từ khi bạn mở trang" in approver.post(path, {"do": "check", "revision": "1"}).text
    assert "Đã ghi: bảng đúng." in approver.post(path, {"do": "check", "revision": "2"}).text
    assert "Đánh dấu vào ô" in admin.post(path, {"do": "lock", "revision": "2"}).text
    assert "Đã khóa." in admin.post(path, {"do": "lock", "revision": "2", "sure": "yes"}).text
    assert "đã khóa" in editor.post(path, {"do": "reopen"}).text
    assert "Đã ghi ngày trả." in editor.post(path, {"do": "paid", "paid_on": "2026-11-20"}).text
    assert "Đã trả 20/11/2026" in editor.get(MONTHS).text
    history = admin.get(path.replace("change", "history")).text
    for words in ("Mở bảng nhuận bút", "Tính bảng nhuận bút", "Kiểm tra bảng nhuận bút", "Khóa bảng nhuận bút"):
        assert words in history


def test_the_sheet_says_what_changed_since_it_was_computed(rates: Cast) -> None:
    with unit_scope(rates.a.unit):
        article = published(rates.a, 2)
        score(article, coefficient="2")
        sheet = computed(rates.a)
        score(article, coefficient="3")
    text = Clerk(rates.a, Role.APPROVER).get(sheet_path(sheet)).text
    assert "Đã đổi từ khi tính" in text
    assert "từ 101.200 thành 151.800 đồng" in text


def test_the_workbook_read_back(rates: Cast) -> None:
    house = rates.a
    with unit_scope(house.unit):
        score(
            published(house, 2, title='=HYPERLINK("http://x","y") bài'), coefficient="2,5".replace(",", "."),
            parts=[part("+Minh Anh", "60"), part("@Thu Hà", "40")],
        )  # fmt: skip
        score(published(house, 20), "nghien-cuu", "30", parts=people("Quốc Bảo"))
        sheet = locked(house)
    response = Clerk(house, Role.EDITOR).get(sheet_path(sheet, "xlsx/"))
    assert response.headers["Content-Disposition"] == 'attachment; filename="nhuan-but-2026-10.xlsx"'
    book = load_workbook(io.BytesIO(response.content))
    pay, works = book["Chi trả"], book["Theo bài"]
    assert pay["A2"].value == "Bảng chi trả nhuận bút tháng 10/2026"
    assert pay["A3"].value == "Đã khóa ngày 22/11/2026"
    # 50.600 × 2,5 = 126.500, 60 and 40 %; 52.000 × 30 at most 1.000.000.
    assert [[pay.cell(line, column).value for column in (1, 2, 5, 6)] for line in (5, 6, 7, 8)] == [
        [1, "+Minh Anh", 1, 75_900], [2, "@Thu Hà", 1, 50_600], [3, "Quốc Bảo", 1, 1_000_000], [None, "Cộng", None, 1_126_500],
    ]  # fmt: skip
    assert pay["B9"].value == "Bằng chữ: Một triệu một trăm hai mươi sáu nghìn năm trăm đồng."
    title = works["B5"]
    assert (title.value, title.data_type, title.quotePrefix) == ('=HYPERLINK("http://x","y") bài', "s", True)
    assert (pay["B5"].data_type, pay["B5"].quotePrefix) == ("s", True)
    assert (works["C5"].value.date(), works["C5"].number_format) == (date(2026, 10, 2), "dd/mm/yyyy")
    assert (works["E5"].value, works["N5"].value, works["N5"].number_format) == (2.5, 75_900, "#,##0")
    assert works["O7"].value == "Theo mức cao nhất một bài"
    assert (pay.freeze_panes, works.page_setup.orientation) == ("C5", "landscape")
    assert not [cell for page in book for line in page.iter_rows() for cell in line if cell.data_type == "f"]


def test_the_page_to_print_has_words_and_places_to_sign(rates: Cast) -> None:
    with unit_scope(rates.a.unit):
        score(published(rates.a, 2, title="<b>Bài</b>"), coefficient="2")
        sheet = computed(rates.a)
    text = Clerk(rates.a, Role.EDITOR).get(sheet_path(sheet, "in/")).text
    for words in (
        "Người lập",
        "Kế toán",
        "Thủ trưởng đơn vị",
        "Một trăm linh một nghìn hai trăm đồng.",
        "Bản tạm tính, chưa khóa",
    ):
        assert words in text
    assert "<b>Bài</b>" not in text
    with unit_scope(rates.a.unit):
        sheet = locked(rates.a)
    assert "Bảng đã khóa ngày 22/11/2026" in Clerk(rates.a, Role.EDITOR).get(sheet_path(sheet, "in/")).text


def test_authors_see_their_own_lines_only(rates: Cast) -> None:
    house = rates.a
    author = Clerk(house, Role.AUTHOR)
    assert "chưa gắn với bút danh nào" in author.get(MINE).text
    with unit_scope(house.unit):
        score(published(house, 2, title="Bài của tôi"), coefficient="2")
        score(published(house, 3, title="Bài của người khác"), parts=people("Thu Hà"))
        sheet = computed(house)
        me = Contributor.objects.get(pen_name="Minh Anh")
        me.user = house.people[Role.AUTHOR]
        me.save()
        assert "Chưa có tháng nào khóa sổ" in author.get(MINE).text
        locked(house)
    text = author.get(MINE).text
    assert "Năm 2026: 101.200 đồng" in text
    assert "Bài của tôi" in text
    assert "Bài của người khác" not in text
    paths = [MONTHS, MONTH, TABLES, "/quan-tri/news/contributor/", "/quan-tri/news/royaltyfactor/"]
    paths += [sheet_path(sheet, tail) for tail in ("change/", "in/", "xlsx/", "history/")]
    paths += [f"/quan-tri/news/article/{house.draft.pk}/nhuan-but/"]
    for path in paths:
        assert author.get(path).status_code == 403, path
    assert author.post(MONTHS, {"month": "2026-10-01"}).status_code == 403
    menu = author.get("/quan-tri/").text
    assert "Nhuận bút của tôi" in menu
    assert MONTHS + '"' not in menu


def test_the_same_account_is_somebody_else_in_another_unit(rates: Cast) -> None:
    """A person who writes for two units sees on each site what that unit pays."""
    user = rates.a.people[Role.AUTHOR]
    for house in (rates.a, rates.b):
        with unit_scope(house.unit):
            if house is rates.b:
                Membership.objects.create(user=user, role=Role.AUTHOR)
            score(published(house, 2), coefficient="2" if house is rates.a else "3")
            me = Contributor.objects.get(pen_name="Minh Anh")
            me.user = user
            me.save()
            locked(house)
    assert "101.200" in visit(rates.a.host, MINE, user=user).text
    text = visit(rates.b.host, MINE, user=user).text
    assert "151.800" in text
    assert rates.a.marker not in text
    assert "101.200" not in text


class Province:
    """The administrator of the province's site."""

    def __init__(self, cast: Cast) -> None:
        self.host = cast.province.canonical_host
        self.client = Client()
        self.client.force_login(cast.stranger)

    def post(self, path: str, data: dict[str, Any]) -> Any:
        """Send a form and follow to the next screen."""
        return self.client.post(path, data, headers={"host": self.host}, follow=True)


def test_tables_are_made_by_hand_from_the_template_and_confirmed(cast: Cast) -> None:
    with unit_scope(cast.province):
        Membership.objects.create(user=cast.stranger, role=Role.UNIT_ADMIN)
    post = Province(cast).post
    response = post(f"{TABLES}mau/", {"valid_from": "2026-09-01"})
    with unit_scope(cast.province):
        table = RoyaltyTable.objects.get()
    assert "Phóng sự, ký, bài phỏng vấn" in response.text
    assert table.base_amount == 253_000
    assert "số và ngày của quyết định" in post(f"{TABLES}{table.pk}/buoc/", {"do": "confirm"}).text
    form = _form_of(response)
    wrong = {**form, "base_amount": "260.000", "genres-0-coefficient_max": "10", "genres-0-coefficient_default": "99"}
    assert "phải nằm giữa mức thấp nhất và cao nhất" in post(f"{TABLES}{table.pk}/change/", wrong).text
    twice = {
        **form,
        "genres-8-name": "Tin",
        "genres-8-coefficient_max": "5",
        "genres-9-name": "tin",
        "genres-9-coefficient_max": "5",
    }
    assert "Hai dòng trùng tên" in post(f"{TABLES}{table.pk}/change/", twice).text
    right = {
        **form, "base_amount": "260.000", "decision_number": "12/QĐ-UBND", "decision_date": "2026-08-30",
        "genres-0-coefficient_default": "1,5", "genres-8-name": "Video", "genres-8-coefficient_max": "20",
    }  # fmt: skip
    assert "Đã lưu" in post(f"{TABLES}{table.pk}/change/", right).text
    assert "Đã ban hành." in post(f"{TABLES}{table.pk}/buoc/", {"do": "confirm"}).text
    with unit_scope(cast.province):
        table.refresh_from_db()
        assert (table.status, table.base_amount) == (RateStatus.IN_FORCE, 260_000)
        assert table.genres.get(code="tin").coefficient_default == Decimal("1.5")
        assert table.genres.get(code="video").order == 9
    assert post(f"{TABLES}{table.pk}/change/", right).status_code == 403
    assert post(f"{TABLES}{table.pk}/delete/", {"post": "yes"}).status_code == 403


def test_units_read_the_provinces_table_and_change_neither_it_nor_their_part(rates: Cast) -> None:
    with unit_scope(rates.province):
        table = RoyaltyTable.objects.get(valid_to=None)
        Membership.objects.create(user=rates.stranger, role=Role.UNIT_ADMIN)
    admin = Clerk(rates.a, Role.UNIT_ADMIN)
    text = admin.get(TABLES).text
    assert "45/2026/QĐ-UBND" in text
    assert "đơn vị này trả 20%" in text
    assert admin.get(f"{TABLES}{table.pk}/change/").status_code == 404
    for path in ("", "add/"):
        assert admin.get(f"/quan-tri/news/royaltyfactor/{path}").status_code == 403
    province = Province(rates)
    add = "/quan-tri/news/royaltyfactor/add/"
    data = {
        "target_kind": "COMMUNE",
        "percent": "25",
        "valid_from": "2026-11-01",
        "valid_to": "",
        "decision_number": "",
    }
    assert "Đã thêm" in province.post(add, data).text
    assert "Đã có tỷ lệ từ ngày này" in province.post(add, data).text
    assert "không chọn cả hai" in province.post(add, {**data, "target_unit": rates.a.unit.pk}).text
    assert "đơn vị này trả 25%" in admin.get(MONTHS).text


def _form_of(response: Any) -> dict[str, str]:
    """Every field of the table's form with the value that stands in it."""
    text = response.text
    data = dict(re.findall(r'<input type="(?:text|date|number|hidden)" name="([^"]+)"(?: value="([^"]*)")?', text))
    for name, options in re.findall(r'<select name="([^"]+)".*?>(.*?)</select>', text, re.DOTALL):
        chosen = re.search(r'value="([^"]*)" selected', options)
        data[name] = chosen[1] if chosen else ""
    data |= dict.fromkeys(re.findall(r'<input type="checkbox" name="(supplements-\d+-stacks)"', text), "on")
    data.pop("q", None)
    return data


def test_writers_are_kept_without_bank_details(rates: Cast) -> None:
    admin = Clerk(rates.a, Role.UNIT_ADMIN)
    data = {
        "pen_name": "Minh Anh",
        "real_name": "Trần Minh Anh",
        "department": "Phòng Văn hóa",
        "user": rates.a.people[Role.AUTHOR].pk,
    }
    assert "Đã thêm" in admin.post("/quan-tri/news/contributor/add/", data).text
    assert (
        "Đã có người viết với bút danh này"
        in admin.post("/quan-tri/news/contributor/add/", {**data, "pen_name": "MINH ANH"}).text
    )
    response = admin.post("/quan-tri/news/contributor/add/", {**data, "pen_name": "Khác"})
    assert "Tài khoản này đã gắn với người viết khác" in response.text
    response = admin.post("/quan-tri/news/contributor/add/", {**data, "pen_name": "Khác", "user": rates.b.admin.pk})
    assert "Đã thêm" not in response.text
    fields = {field.name for field in Contributor._meta.get_fields()}
    assert not {name for name in fields if "bank" in name or "account" in name or "tax" in name}
    with unit_scope(rates.a.unit):
        score(published(rates.a, 2))
        person = Contributor.objects.get(pen_name="Minh Anh")
    assert "Chưa xóa được" in admin.get(f"/quan-tri/news/contributor/{person.pk}/delete/").text


def test_the_desk_reminds_of_money_that_is_due_and_of_last_month(rates: Cast) -> None:
    house = rates.a
    editor = Clerk(house, Role.EDITOR)
    with unit_scope(house.unit):
        score(published(house, 2), coefficient="2")
        published(house, 4)
    assert "Bảng tháng 10/2026 chưa khóa" in editor.get("/quan-tri/").text
    with unit_scope(house.unit):
        locked(house)
    text = editor.get("/quan-tri/").text
    assert "Trả nhuận bút tháng 10/2026: 101.200 đồng" in text
    assert "Hạn 01/12/2026" in text
    assert "101.200" not in Clerk(house, Role.AUTHOR).get("/quan-tri/").text
    assert "101.200" not in Clerk(rates.b, Role.EDITOR).get("/quan-tri/").text


def queries_of(clerk: Clerk, path: str) -> int:
    clerk.get(path)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert clerk.get(path).status_code == 200
    return len(queries)


def test_screens_cost_the_same_queries_at_one_and_at_three_rows(rates: Cast) -> None:
    house, clerk = rates.a, Clerk(rates.a, Role.UNIT_ADMIN)

    def fill(day: int) -> None:
        with unit_scope(house.unit):
            score(published(house, day), photo_count=1, parts=people(f"Người {day}", f"Bạn {day}"))
            published(house, day + 10)
            computed(house)

    fill(2)
    with unit_scope(house.unit):
        sheet = RoyaltySheet.objects.get(month=OCTOBER)
    paths = [MONTHS, MONTH, f"{MONTH}?tat-ca", "/quan-tri/news/contributor/"]
    paths += [sheet_path(sheet), sheet_path(sheet, "in/"), sheet_path(sheet, "xlsx/")]
    before = {path: queries_of(clerk, path) for path in paths}
    fill(3)
    fill(4)
    after = {path: queries_of(clerk, path) for path in paths}
    assert after == before
    assert max(after.values()) <= 30


def test_a_state_of_every_month_is_seen_in_the_list(rates: Cast) -> None:
    with unit_scope(rates.a.unit):
        score(published(rates.a, 2))
        locked(rates.a)
        computed(rates.a, NOVEMBER)
        assert RoyaltySheet.objects.get(month=OCTOBER).state == SheetState.LOCKED
    text = Clerk(rates.a, Role.EDITOR).get(MONTHS).text
    assert "Đã khóa" in text
    assert "Đã tính" in text
