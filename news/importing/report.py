"""What an import did, as it is told to a clerk."""

from dataclasses import asdict, dataclass, field, fields
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

LINES_KEPT: Final = 1000

REASONS: Final[dict[str, Any]] = {
    "bad": gettext_lazy("Dòng hỏng"),
    "draft": gettext_lazy("Bản nháp (thêm --drafts, hoặc chọn “Nạp cả bản nháp”, để nạp)"),
    "future": gettext_lazy("Bài hẹn giờ chưa đăng: đăng ở trang cũ trước, hoặc viết lại ở đây"),
    "private": gettext_lazy("Bài riêng tư, không công khai ở trang cũ"),
    "password": gettext_lazy("Bài có mật khẩu: chép bằng tay nếu cần"),
    "trash": gettext_lazy("Bài trong thùng rác của trang cũ"),
    "revision": gettext_lazy("Bản sửa cũ, bản tự lưu"),
    "menu": gettext_lazy("Mục thực đơn, mẫu giao diện"),
    "other": gettext_lazy("Loại nội dung khác, không phải bài hay trang"),
    "too_big": gettext_lazy("Bài dài hơn 5 MB: tách thành nhiều bài rồi chép bằng tay"),
    "no_title": gettext_lazy("Bài không có tiêu đề: đặt tiêu đề ở trang cũ rồi nạp lại"),
    "twice": gettext_lazy("Bài lặp lại trong cùng tệp"),
}


@dataclass(slots=True)
class ImportReport:
    """Counts, and lines that name what a clerk should look at."""

    source: str = ""
    added: int = 0
    pages_added: int = 0
    drafts_added: int = 0
    known: int = 0
    changed: int = 0
    mended: int = 0
    categories: int = 0
    pictures: int = 0
    pictures_known: int = 0
    files: int = 0
    redirects: int = 0
    redirects_known: int = 0
    links_joined: int = 0
    comments: int = 0
    bad: int = 0
    skipped: dict[str, int] = field(default_factory=dict)
    shortcodes: dict[str, int] = field(default_factory=dict)
    missing_media: list[str] = field(default_factory=list)
    refused_redirects: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    hidden_lines: int = 0

    def note(self, where: list[str], line: str) -> None:
        """Keep a line, up to a bound; the rest is counted."""
        if len(where) < LINES_KEPT:
            where.append(line)
        else:
            self.hidden_lines += 1

    def skip(self, reason: str) -> None:
        """Count one thing that was not taken."""
        self.skipped[reason] = self.skipped.get(reason, 0) + 1

    def as_json(self) -> dict[str, Any]:
        """For the database."""
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> "ImportReport":
        """Back from the database; what an older version did not know is zero."""
        names = {entry.name for entry in fields(cls)}
        return cls(**{name: value for name, value in data.items() if name in names})

    def counts(self) -> list[tuple[str, int]]:
        """(words, number) of everything that happened at least once; what is new stands always."""
        rows = [
            (_("Bài mới"), self.added),
            (_("Trang giới thiệu mới"), self.pages_added),
            (_("Trong đó bản nháp"), self.drafts_added),
            (_("Đã có từ lần nạp trước"), self.known),
            (_("Đã đổi ở trang cũ từ lần nạp trước; bài ở đây giữ nguyên"), self.changed),
            (_("Bài đã nạp được bổ sung ảnh, tệp"), self.mended),
            (_("Chuyên mục mới"), self.categories),
            (_("Ảnh mới"), self.pictures),
            (_("Ảnh đã có"), self.pictures_known),
            (_("Tệp đính kèm mới"), self.files),
            (_("Địa chỉ cũ đã dẫn về bài mới"), self.redirects),
            (_("Địa chỉ cũ đã ghi từ trước"), self.redirects_known),
            (_("Liên kết giữa các bài đã nối lại"), self.links_joined),
            (_("Bình luận ở trang cũ: không nạp"), self.comments),
        ]
        return [rows[0], *[(words, number) for words, number in rows[1:] if number]]

    def skipped_lines(self) -> list[tuple[str, int]]:
        """(why, number) of what was not taken."""
        return [(str(REASONS.get(reason, reason)), number) for reason, number in sorted(self.skipped.items())]

    def shortcode_lines(self) -> list[tuple[str, int]]:
        """(name, number) of shortcodes that no page here can show."""
        return sorted(self.shortcodes.items(), key=lambda entry: (-entry[1], entry[0]))

    def sections(self) -> list[tuple[str, list[str]]]:
        """(heading, lines) of what a clerk should look at; headings say what to do."""
        rows = [
            (_("Ảnh và tệp không lấy được. Bài vẫn được nạp, thiếu ảnh này. Tìm được tệp thì nạp lại để máy bổ sung, hoặc thêm bằng tay:"),
             self.missing_media),
            (_("Địa chỉ cũ không dẫn được:"), self.refused_redirects),
            (_("Nên xem lại:"), self.notes),
        ]  # fmt: skip
        return [(heading, lines) for heading, lines in rows if lines]

    def text(self) -> str:
        """The whole report as lines."""
        out = [f"{words}: {number}" for words, number in self.counts()]
        if skipped := self.skipped_lines():
            out += ["", _("Không nạp:"), *[f"  {number} – {words}" for words, number in skipped]]
        if codes := self.shortcode_lines():
            out += ["", _("Mã rút gọn không hiện được, đã bỏ:"), *[f"  [{name}] × {number}" for name, number in codes]]
        for heading, lines in self.sections():
            out += ["", heading, *[f"  {line}" for line in lines]]
        if self.hidden_lines:
            out += ["", _("Còn %(number)d dòng nữa không ghi ra đây.") % {"number": self.hidden_lines}]
        return "\n".join(out) + "\n"
