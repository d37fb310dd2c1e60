"""What every composer returns, and the helpers that keep names natural inside a sentence."""

from __future__ import annotations

from dataclasses import dataclass

from portal.pages.demo.wording import SOURCE

ATTRIBUTION = f"Nguồn: {SOURCE}."
_COMMON = (
    "Đình", "Chùa", "Lăng", "Nhà", "Tháp", "Cầu", "Miếu", "Địa", "Khu", "Trường", "Cụm", "Mộ", "Núi", "Hồ", "Chợ",
    "Đàn", "Điện", "Cung", "Bia", "Bảo", "Làng", "Phủ", "Lễ", "Hội", "Động", "Dốc", "Ngã", "Đồi", "Viện", "Điểm",
    "Hang", "Thành", "Nơi", "Bến", "Biển", "Đền", "Cánh đồng", "Miếu", "Trận", "Tục", "Lầu", "Nghi", "Hát", "Đua", "Đại lễ", "Quảng trường", "Đoạn", "Chợ", "Tòa", "Vườn", "Sông",
)  # fmt: skip
_KEPT = ("Đại Nội", "Thành phố", "Thành Nội", "Hội An", "Cửu", "Hồ Chí Minh")


@dataclass(frozen=True, slots=True)
class Draft:
    """A composed article before it is given a date: markup body, scene and tags included."""

    title: str
    summary: str
    body: str
    scene: str
    tags: tuple[str, ...]
    caption: str
    ref: str
    source: str = SOURCE


def inside(name: str) -> str:
    """A name inside a sentence: "Đình Tây Hồ" → "đình Tây Hồ"; proper names stay."""
    if name.startswith(_COMMON) and not name.startswith(_KEPT):
        return name[0].lower() + name[1:]
    return name


def paragraphs(*parts: str) -> str:
    """Non-empty parts as blocks."""
    return "\n\n".join(part.strip() for part in parts if part and part.strip())


def tidy(text: str) -> str:
    """Double spaces and stray blanks before punctuation removed (forms may have empty slots)."""
    while "  " in text:
        text = text.replace("  ", " ")
    return text.replace(" .", ".").replace(" ,", ",").replace("..", ".").strip()
