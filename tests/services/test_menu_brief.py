"""A procedure in one line: what the source says, in a few words, and nothing that it does not say."""

from __future__ import annotations

from typing import Any

import pytest

from services.rules.brief import fee_brief, online_tag, place_brief, time_brief


def _time(number: float | None, unit: str, words: str = "", channel: str = "") -> dict[str, Any]:
    return {"words": words, "channel": channel, "number": number, "unit": unit}


def _fee(kind: str, words: str, amount: int | None = None) -> dict[str, Any]:
    return {"words": words, "kind": kind, "channel": "DIRECT", "amount": amount}


@pytest.mark.parametrize(
    ("times", "said"),
    [
        ([], "Nguồn không ghi thời hạn"),
        ([_time(None, "", "Không có thông tin")], "Nguồn không ghi thời hạn"),
        ([_time(5, "WORKDAY", "5 Ngày làm việc")] * 3, "5 ngày làm việc"),
        ([_time(22, "WORKDAY"), _time(12, "WORKDAY")], "12 – 22 ngày làm việc"),
        ([_time(3, "", "3 (nguồn không ghi đơn vị)")], "3 (nguồn không ghi đơn vị)"),
        (
            [_time(1, "", "1 (đơn vị không ghi)"), _time(3, "", "3 (đơn vị không ghi)")],
            "1 – 3 (nguồn không ghi đơn vị)",
        ),
        ([_time(1, "DAY"), _time(8, "HOUR")], "Thời hạn tùy trường hợp"),
        ([_time(1, "DAY"), _time(None, "", "Ngay khi nhận đủ hồ sơ")], "Thời hạn tùy trường hợp"),
    ],
)
def test_time(times: list[dict[str, Any]], said: str) -> None:
    assert time_brief(times) == said


@pytest.mark.parametrize(
    ("fees", "said"),
    [
        ([], "Nguồn không ghi lệ phí"),
        ([_fee("UNSTATED", "Không có thông tin")], "Nguồn không ghi lệ phí"),
        ([_fee("FREE", "Miễn phí")] * 2, "Miễn phí"),
        (
            [_fee("NOTED", "Miễn phí (mức do Hội đồng nhân dân quyết định)"), _fee("FREE", "Miễn phí")],
            "Có thể có lệ phí",
        ),
        ([_fee("AMOUNT", "20.000 đồng", 20000)], "20.000 đồng"),
        ([_fee("AMOUNT", "20.000 đồng", 20000), _fee("FREE", "Miễn phí")], "Có lệ phí"),
        ([_fee("FREE", "Miễn phí"), _fee("UNSTATED", "Không có thông tin")], "Lệ phí tùy trường hợp"),
    ],
)
def test_fee(fees: list[dict[str, Any]], said: str) -> None:
    assert fee_brief(fees) == said


@pytest.mark.parametrize(
    ("level", "channels", "said"),
    [
        ("FULL", ["ONLINE"], "Toàn trình trên mạng"),
        ("PARTIAL", ["ONLINE", "DIRECT"], "Một phần trên mạng"),
        ("UNSTATED", ["ONLINE", "DIRECT"], "Có nộp trực tuyến"),
        ("UNSTATED", ["DIRECT"], "Đến trực tiếp"),
        ("NONE", ["POST"], "Gửi bưu điện"),
        ("NONE", [], "Đến trực tiếp"),
    ],
)
def test_online(level: str, channels: list[str], said: str) -> None:
    assert online_tag(level, channels).words == said


def test_place_names_the_nearest_first() -> None:
    levels = {"commune": True, "district": False, "province": True, "ministry": False, "other": True}
    assert place_brief(**levels) == "Phường, xã; cấp tỉnh; cơ quan khác"
    assert place_brief(**dict.fromkeys(levels, False)) == ""
