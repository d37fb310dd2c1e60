"""Rules that need no database: type words, bare names, host labels."""

from __future__ import annotations

from datetime import date

import pytest

from portal.core.text import nfc, one_line, slugify_vi, without_marks
from units.enums import UnitKind
from units.rules import HOST, HOST_LABEL, bare_name, kind_of, slug_candidates


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        *(("Tỉnh", UnitKind.PROVINCE), ("Thành phố Trung ương", UnitKind.PROVINCE), ("Thành phố", UnitKind.DISTRICT)),
        *(("Quận", UnitKind.DISTRICT), ("Thị xã", UnitKind.DISTRICT), ("Thị trấn", UnitKind.COMMUNE)),
        *(("Phường", UnitKind.COMMUNE), (" xã ", UnitKind.COMMUNE), ("Đặc khu", UnitKind.COMMUNE), ("Sở", UnitKind.DEPARTMENT)),
        *(("Phượng", None), ("", None)),
    ],
)  # fmt: skip
def test_type_words(word: str, kind: UnitKind | None) -> None:
    assert kind_of(word) == kind


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        *(("Phường Thuận An", "Thuận An"), ("Thành phố Huế", "Huế"), ("Thị xã Hương Thủy", "Hương Thủy")),
        *(("Phường Phường Đúc", "Phường Đúc"), ("Sở Nội vụ", "Sở Nội vụ"), ("Xã", "Xã")),
    ],
)
def test_bare_names(name: str, bare: str) -> None:
    assert bare_name(name) == bare


def test_host_labels_to_try() -> None:
    labels = slug_candidates("Xã Phú Vinh", "Xã", date(2025, 7, 1))
    assert labels == ["phu-vinh", "xa-phu-vinh", "xa-phu-vinh-2025"]
    assert all(HOST_LABEL.match(label) for label in slug_candidates("Phường " + "Đ" * 90, "Phường", date(2025, 7, 1)))


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        *(("Lễ hội Điện Hòn Chén", "le-hoi-dien-hon-chen"), ("ĐƯỜNG ĐỘT", "duong-dot"), ("Ðông Ba", "dong-ba")),
        *(("  --  ", "bai"), ("🎉", "bai"), ("a/b?c=d&e", "a-b-c-d-e"), ("Số 21/2026/QĐ-UBND", "so-21-2026-qd-ubnd")),
        *(("Ho\u0301a hoá hòa", "hoa-hoa-hoa"), ("a" * 100, "a" * 80), ("mot " * 40, ("mot-" * 20).strip("-"))),
    ],
)
def test_slugs(text: str, slug: str) -> None:
    assert slugify_vi(text) == slug


def test_text_has_one_spelling() -> None:
    assert nfc("Huê\u0301") == "Huế"
    assert nfc("a\u200bb\ufeffc\x00d\x07e") == "abcde"
    assert nfc("a\nb\tc") == "a\nb\tc"
    assert nfc("a\ud800b\uffffc\x9dd") == "abcd"
    assert one_line("  a \n\t b\u00a0c ") == "a b c"
    assert without_marks("Đường Nguyễn Huệ ðÐ") == "Duong Nguyen Hue dD"


@pytest.mark.parametrize("host", ["localhost", "thuan-an.hue.gov.vn", "a.b", "xn--hu-fka.vn"])
def test_hosts_that_can_be(host: str) -> None:
    assert HOST.match(host)


@pytest.mark.parametrize(
    "host", ["", "-a.vn", "a-.vn", "a..vn", "a b.vn", "A.vn", "a.vn/", "a_b.vn", "x" * 64 + ".vn", "a.vn:80"]
)
def test_hosts_that_can_not_be(host: str) -> None:
    assert not HOST.match(host)
