"""Questions: words that only make it a question, kinds that are found loosely, everyday names that say it all."""

from collections.abc import Callable, Sequence
from typing import Any

import pytest

from portal.search.engine import VietnameseWhooshBackend
from portal.search.folding import phrase_key
from portal.search.options import SearchOptions
from portal.search.terms import Expansion, parse

Document = Callable[..., dict[str, Any]]
Ask = Callable[..., list[str]]
LOOSE = SearchOptions(loose=("procedure",))

NAMES = [
    "Đăng ký khai tử", "Đăng ký khai tử lưu động", "Đăng ký khai sinh", "Đăng ký lại khai sinh", "Cấp lại thẻ căn cước",
    "Báo cáo mất, cháy tem điện tử", "Mở rộng kho ngoại quan", "Trợ cấp cho ông bà", "Đăng ký thường trú",
]  # fmt: skip


@pytest.fixture
def ask(engine: VietnameseWhooshBackend, make_document: Document) -> Ask:
    with engine.locked():
        engine.apply(
            [make_document(key, name) | {"kind": "procedure"} for key, name in enumerate(NAMES, 1)]
            + [make_document(50, "Ông đồ cho chữ ở phố đi bộ ngày mới"), make_document(51, "Mất điện ở phường")]
        )

    def search(query: str, options: SearchOptions = LOOSE, known: Sequence[tuple[str, str]] = ()) -> list[str]:
        expansions: dict[str, list[Expansion]] = {}
        for term, meaning in known:
            expansions.setdefault(phrase_key(term), []).append(Expansion(term, meaning))
        return [stored["title"] for stored in engine.find(parse(query, expansions), [1], 0, 10, options).documents]

    return search


@pytest.mark.parametrize(
    "query",
    ["làm sao để đăng ký khai sinh", "đăng ký khai sinh cần giấy tờ gì", "tôi muốn đăng ký khai sinh cho con ở đâu",
     "dang ky khai sinh o dau", "đăng ký khai sinh mần răng", "cho em hỏi đăng ký khai sinh mất bao lâu ạ"],
)  # fmt: skip
def test_words_of_a_question_are_not_looked_for(ask: Ask, query: str) -> None:
    assert ask(query, SearchOptions())[0] == "Đăng ký khai sinh"


def test_nothing_but_words_of_a_question_are_looked_for_all_the_same(ask: Ask) -> None:
    assert ask("muốn hỏi", SearchOptions()) == []
    assert ask("đi bộ ở đâu", SearchOptions()) == ["Ông đồ cho chữ ở phố đi bộ ngày mới"]


def test_an_everyday_name_decides_whatever_stands_around_it(ask: Ask) -> None:
    known = [("báo tử", "đăng ký khai tử")]
    assert ask("ông ngoại mới mất đi báo tử ở mô", known=known)[0] == "Đăng ký khai tử"
    # “Báo … tử” apart mean nothing of the kind.
    assert ask("báo tử", known=known)[:2] == ["Đăng ký khai tử", "Đăng ký khai tử lưu động"]


def test_the_shorter_of_two_names_comes_first(ask: Ask) -> None:
    assert ask("khai tử")[:2] == ["Đăng ký khai tử", "Đăng ký khai tử lưu động"]
    assert ask("khai sinh")[:2] == ["Đăng ký khai sinh", "Đăng ký lại khai sinh"]


def test_loose_kinds_need_most_words_and_other_kinds_all(ask: Ask) -> None:
    assert ask("cấp lại thẻ căn cước zzz qqq") == ["Cấp lại thẻ căn cước"]
    assert "Mất điện ở phường" not in ask("mất thẻ căn cước")
    assert ask("mất thẻ căn cước")[0] == "Cấp lại thẻ căn cước"


def test_a_tag_is_preferred_or_put_behind(engine: VietnameseWhooshBackend, make_document: Document) -> None:
    with engine.locked():
        engine.apply(
            make_document(key, "Cấp hộ chiếu phổ thông") | {"tags": {tag: 1}, "url": tag}
            for key, tag in enumerate(("central", "plain", "commune"), 200)
        )
    options = SearchOptions(boosts=(("commune", 1.3), ("central", 0.6)))
    found = engine.find(parse("hộ chiếu"), [1], 0, 10, options).documents
    assert [stored["url"] for stored in found] == ["commune", "plain", "central"]
