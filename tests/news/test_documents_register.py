"""/van-ban/: what stands in the register of a unit, how it is filtered, walked, counted and taken away as a file."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.core.cache import caches

from news.enums.document_register import EffectChoice
from news.enums.documents import DocumentReach, DocumentStatus, Effect
from news.models import Document
from news.querysets.document_register import _effect_rule
from portal.core.tenancy import unit_scope
from tests.factories.cast import NOW, Cast
from tests.factories.documents import document_of, make_document, make_document_file, make_shelf
from tests.factories.register_pages import PAGE, ROW, numbers
from tests.factories.visits import body_of, visit
from units.models import Unit

TODAY = NOW.date()


# --- what stands there --------------------------------------------------------------------------------------------------


def test_a_unit_sees_its_own_and_what_the_province_shares_down(cast: Cast) -> None:
    document_of(cast.a)
    document_of(cast.b)
    with unit_scope(cast.b.unit):
        # Only the province shares down; a commune's row that says so by mistake stays where it is.
        make_document("66/QĐ-UBND", f"Của xã khác {cast.b.word}", reach=DocumentReach.ALL)
    with unit_scope(cast.province):
        shared = make_document("78/2026/QĐ-UBND", "Văn bản dùng chung", reach=DocumentReach.ALL)
        make_document_file(shared)
        make_document("79/2026/QĐ-UBND", "Việc riêng của thành phố")
        make_document("80/2026/QĐ-UBND", "Chưa đăng", status=DocumentStatus.DRAFT, reach=DocumentReach.ALL)
        make_document("81/2026/QĐ-UBND", "Đã gỡ", status=DocumentStatus.WITHDRAWN, reach=DocumentReach.ALL)
    text = body_of(visit(cast.a.host, PAGE))
    assert set(ROW.findall(text)) == {"78/2026/QĐ-UBND", f"54/2026/QĐ-{cast.a.marker}", f"7/2024/QĐ-{cast.a.marker}"}
    assert cast.b.word not in text
    assert f'href="http://localhost{shared.get_absolute_url()}"' in text, "it links to the province's page"
    assert 'href="http://localhost/media/' in text, "and the file lies on the province's site"
    assert set(numbers("localhost")) == {"78/2026/QĐ-UBND", "79/2026/QĐ-UBND"}


def test_own_and_shared_can_be_told_apart(cast: Cast) -> None:
    document_of(cast.a)
    with unit_scope(cast.province):
        make_document("78/2026/QĐ-UBND", "Dùng chung", reach=DocumentReach.ALL)
    assert numbers(cast.a.host, "?cua=tinh") == ["78/2026/QĐ-UBND"]
    assert numbers(cast.a.host, "?cua=don-vi") == [f"54/2026/QĐ-{cast.a.marker}", f"7/2024/QĐ-{cast.a.marker}"]
    assert "Của phường Thuận An" in body_of(visit(cast.a.host, PAGE))
    assert 'name="cua"' not in body_of(visit("localhost", PAGE))


def test_a_row_says_what_it_is(cast: Cast) -> None:
    document_of(cast.a)
    with unit_scope(cast.a.unit):
        make_document("9/2019/QĐ-UBND", "Chỉ biết năm", issued_on=None)
        make_document("", "Không số, không ngày", type_slug="cong-van", issued_on=None)
    text = body_of(visit(cast.a.host, PAGE))
    for words in ("02/11/2026", "Còn hiệu lực", "PDF, 340 KB", "Đã ký số", "Năm 2019", "Không rõ ngày", "Chưa có tệp"):
        assert words in text, words


def test_an_empty_register_says_what_to_do(cast: Cast) -> None:
    text = body_of(visit("kim-long.localhost", PAGE))
    assert "Chưa có văn bản nào" in text
    assert "Không thấy văn bản nào" in body_of(visit("kim-long.localhost", f"{PAGE}?q=khongcogi"))
    assert "https://vbpl.vn/" in body_of(visit("kim-long.localhost", f"{PAGE}?q=khongcogi"))


# --- filters ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def shelf(cast: Cast) -> Unit:
    """Documents that differ in everything a filter asks for, on Kim Long's site."""
    return make_shelf(cast.third)


HOST = "kim-long.localhost"


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("?q=54/2023/qd-ubnd", ["54/2023/QĐ-UBND"]),
        ("?q=54-2023-Q%C4%90-UBND", ["54/2023/QĐ-UBND"]),
        ("?q=QĐ+54/2023", ["54/2023/QĐ-UBND", "54/2023/QĐ-HĐND"]),
        ("?q=quyet+dinh+54+2023", ["54/2023/QĐ-UBND", "54/2023/QĐ-HĐND"]),
        ("?q=54/2023", ["54/2023/QĐ-UBND", "54/2023/QĐ-HĐND", "54/KH-UBND"]),
        ("?q=54", ["54/2024/QĐ-UBND", "54/2023/QĐ-UBND", "54/2023/QĐ-HĐND", "54/KH-UBND"]),
        ("?q=kế+hoạch+54", ["54/KH-UBND"]),
        ("?q=nhuận+bút", ["54/2023/QĐ-UBND"]),
        ("?q=NHUAN+BUT", ["54/2023/QĐ-UBND"]),
        ("?q=hội+đồng", ["54/2023/QĐ-HĐND"]),
        # No document has this number; its words are looked for then.
        ("?q=quyết+định+99+nhuận", []),
        ("?loai=ke-hoach", ["54/KH-UBND"]),
        ("?nhom=phap-luat", ["54/2023/QĐ-UBND"]),
        ("?linh-vuc=dat-dai", ["54/2024/QĐ-UBND"]),
        ("?nam=2024", ["54/2024/QĐ-UBND"]),
        ("?co-quan=Hội+đồng+nhân+dân", ["54/2023/QĐ-HĐND"]),
        ("?nam=2023&loai=quyet-dinh&q=54", ["54/2023/QĐ-UBND", "54/2023/QĐ-HĐND"]),
    ],
)
def test_a_filter_gives_what_was_asked(shelf: Unit, query: str, wanted: list[str]) -> None:
    assert numbers(HOST, query) == wanted


@pytest.mark.parametrize(
    "query",
    [
        "?nam=abc",
        "?nam=99999999999999999999",
        "?loai=khong-co",
        "?nhom=NORMATIVE",
        "?hieu-luc=x",
        "?co-quan=ai+do",
        "?cua=ca",
    ],
)
def test_nonsense_asks_nothing(shelf: Unit, query: str) -> None:
    assert len(numbers(HOST, query)) == 5


@pytest.mark.parametrize(
    "query", ["?q=%25", "?q=_", "?q=%27%20OR%201=1", "?q=%5C", "?q=%F0%9F%8C%B8", "?q=" + "a" * 150]
)
def test_hostile_words_find_nothing_and_break_nothing(shelf: Unit, query: str) -> None:
    response = visit(HOST, f"{PAGE}{query}")
    assert response.status_code == 200


@pytest.mark.parametrize(
    "query", ["?truoc=1", "?truoc=20261301-5", "?truoc=abc-def", "?sau=99999999-1", "?truoc=20200101-" + "9" * 30]
)
def test_a_place_nobody_linked_to_is_not_found(shelf: Unit, query: str) -> None:
    assert visit(HOST, f"{PAGE}{query}").status_code == 404


def test_a_hostile_abstract_is_text(cast: Cast) -> None:
    with unit_scope(cast.third):
        row = make_document("1/QĐ-UBND", "<script>alert(1)</script> & </script>'\"", issuer="<b>UBND</b>")
    for path in (PAGE, row.get_absolute_url(), "/van-ban/rss/", f"{PAGE}?q=<script>alert(1)</script>"):
        text = body_of(visit(HOST, path))
        assert "<script>alert(1)" not in text
        assert "<b>UBND</b>" not in text


# --- effect -------------------------------------------------------------------------------------------------------------

DAYS = (None, *(TODAY + timedelta(days=days) for days in (-2, -1, 0, 1, 2)))
CHOSEN = {
    EffectChoice.OVER: {Effect.OVER}, EffectChoice.COMING: {Effect.COMING}, EffectChoice.UNSTATED: {Effect.UNSTATED},
    EffectChoice.PARTLY: {Effect.PARTLY}, EffectChoice.IN_FORCE: {Effect.IN_FORCE, Effect.PARTLY},
}  # fmt: skip


def test_the_filter_of_effects_says_the_same_as_the_rule_on_every_edge(cast: Cast) -> None:
    with unit_scope(cast.third):
        for starts in DAYS:
            for ends in DAYS:
                for partly in DAYS:
                    make_document("", "x", effective_from=starts, expires_on=ends, partly_from=partly)
        rows = list(Document.objects.all())
        for choice, effects in CHOSEN.items():
            found = set(Document.objects.filter(_effect_rule(choice.value, TODAY)).values_list("pk", flat=True))
            assert found == {row.pk for row in rows if row.effect(TODAY) in effects}, choice


@pytest.mark.parametrize(
    ("day", "words", "wanted"),
    [
        (date(2026, 11, 30), "Từ 01/12/2026", "chua"),
        (date(2026, 12, 1), "Còn hiệu lực", "con"),
        (date(2026, 12, 31), "Còn hiệu lực", "con"),
        (date(2027, 1, 1), "Hết hiệu lực", "het"),
    ],
)
def test_effects_follow_the_calendar_and_nobody_has_to_do_anything(
    cast: Cast, day: date, words: str, wanted: str
) -> None:
    with unit_scope(cast.third):
        make_document(effective_from=date(2026, 12, 1), own_end=date(2026, 12, 31))
    with time_machine.travel(f"{day}T05:00:00+00:00", tick=False):
        caches["pages"].clear()
        assert f">{words}</span>" in body_of(visit(HOST, PAGE))
        for choice in EffectChoice.values:
            assert numbers(HOST, f"?hieu-luc={choice}") == (["54/2026/QĐ-UBND"] if choice == wanted else []), choice
