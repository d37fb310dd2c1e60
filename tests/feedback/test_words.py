"""What becomes of a stranger's words before they are stored."""

from __future__ import annotations

import pytest

from feedback import rules


@pytest.mark.parametrize(
    ("raw", "kept"),
    [
        ("Xem https://xau.example/a?b=1 nhé các bác", "Xem [liên kết đã bỏ] nhé các bác"),
        (
            "Vào www.xau.vn hoặc xau[.]com hay xau . top ngay",
            "Vào [liên kết đã bỏ] hoặc [liên kết đã bỏ] hay [liên kết đã bỏ] ngay",
        ),
        ("Bấm <a href='http://x.vn'>đây</a> rồi đọc", "Bấm đây rồi đọc"),
        ("[url=http://x.vn]vào đây[/url] và [chữ](http://y.vn)", "[liên kết đã bỏ] và [liên kết đã bỏ]"),
        ("Thư cho toi.day@gmail.com với", "Thư cho [địa chỉ thư đã bỏ] với"),
        ("javascript:alert(1) là gì", "[liên kết đã bỏ] là gì"),
        ("CCCD 046089001234 của tôi", "CCCD 046 •••• của tôi"),
        ("CMND 191 234 567 của tôi", "CMND 191 •••• của tôi"),
        ("Gọi 0905.123.456 hoặc +84 905 123 456", "Gọi 090 •••• hoặc 849 ••••"),
        ("Chuyển vào 1903 4567 8901 23 nhé", "Chuyển vào 190 •••• nhé"),
        ("Ngày 22-11-2026 và 22.11.2026 họp", "Ngày 22-11-2026 và 22.11.2026 họp"),
        ("Hết 125.000.000 đồng tiền làm đường", "Hết 125.000.000 đồng tiền làm đường"),
        ("Gọi 1900 1234 không ai nghe", "Gọi 1900 1234 không ai nghe"),
        ("Nhie\u0302\u0300u chư\u0303\u200b ro\u0300i", "Nhiều chữ ròi"),
        ("a\u202eb đảo\x00 chiều\x07", "ab đảo chiều"),
        ("Dòng một\r\n\r\n\r\n\r\nDòng hai", "Dòng một\n\nDòng hai"),
        ("Giá 5 < 7 và 9 > 3", "Giá 5 < 7 và 9 > 3"),
    ],
)
def test_words_are_cleaned(raw: str, kept: str) -> None:
    assert rules.clean_words(raw).text == kept


@pytest.mark.parametrize(
    "raw", ["Công an bắt nhóm lô đề ở chợ, hay lắm", "Xã cấm cá độ là đúng", "Đường Casimir bị ngập"]
)
def test_an_honest_complaint_is_no_spam(raw: str) -> None:
    assert not rules.clean_words(raw).is_spam
