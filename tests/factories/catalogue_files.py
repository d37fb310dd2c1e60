"""Catalogue files as the national portal's data come, with one small everyday procedure to vary."""

from __future__ import annotations

import csv
import io
from pathlib import Path
from typing import Any

COLUMNS = (
    *(
        "code",
        "name",
        "field",
        "agency_level",
        "ministry",
        "audience",
        "agency",
        "steps",
        "channels",
        "time_limit",
        "fee",
    ),
    *("fee_note", "documents", "result", "conditions", "legal_basis", "decision_no", "source_url"),
)
ROW = {
    "code": "1.000894", "name": "Thủ tục đăng ký kết hôn", "field": "Hộ tịch", "agency_level": "Cấp xã",
    "ministry": "bo-tu-phap", "audience": "Công dân Việt Nam", "agency": "Ủy ban nhân dân cấp xã",
    "steps": "Bước 1: Nộp hồ sơ\nTại quầy hoặc trên mạng.\nBước 2: Ký sổ\nHai bên cùng có mặt.",
    "channels": "Trực tuyến; Trực tiếp",
    "time_limit": "Trực tuyến: 5 Ngày làm việc; Trực tiếp: 3 (đơn vị không ghi)",
    "fee": "Trực tuyến: Miễn phí; Trực tiếp: 30,000 Việt Nam Đồng", "fee_note": "",
    "documents": "* Giấy tờ phải nộp:\n## - Tờ khai [1 bản chính]\n- Giấy xác nhận [1 bản chính, 2 bản sao]",
    "result": "Giấy chứng nhận kết hôn", "conditions": "Không có thông tin",
    "legal_basis": "60/2014/QH13: Luật Hộ tịch | 123/2015/NĐ-CP: Nghị định về hộ tịch", "decision_no": "163/QĐ-BTP",
    "source_url": "https://dichvucong.gov.vn/thu-tuc-hanh-chinh/mau",
}  # fmt: skip


def row(number: int = 894, **columns: Any) -> dict[str, Any]:
    """One line of a file; ``number`` makes the code and the name its own."""
    own = {} if number == 894 else {"code": f"1.{number:06d}", "name": f"Thủ tục mẫu số {number}"}
    return {**ROW, **own, **columns}


def rows(count: int) -> list[dict[str, Any]]:
    """So many different procedures."""
    return [row(number) for number in range(1, count + 1)]


def text_of(*lines: dict[str, Any], columns: tuple[str, ...] = COLUMNS) -> str:
    """The file's text; every row starts on a line of its own."""
    out = io.StringIO()
    writer = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(lines)
    return out.getvalue()


def write(folder: Path, content: str | bytes, name: str = "danh-muc.csv") -> Path:
    """A file of that content."""
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path
