"""What senders agree to, word by word. A changed wording gets a new version; the old one stays, for who agreed to it.

Luật Bảo vệ dữ liệu cá nhân 91/2025 Điều 9: each purpose by itself, never ticked beforehand, provable.
"""

from typing import Final

from django.utils.translation import gettext_lazy as _

from feedback.enums.cases import ConsentPurpose

VERSION: Final = "2026-11"

TEXTS: Final[dict[str, dict[ConsentPurpose, object]]] = {
    "2026-11": {
        ConsentPurpose.HANDLE: _("Đồng ý để đơn vị tiếp nhận dùng tên và số điện thoại, thư điện tử để xử lý và liên hệ về việc này."),
        ConsentPurpose.MAIL: _("Đồng ý nhận thư điện tử báo diễn biến của việc này."),
        ConsentPurpose.PUBLISH: _("Đồng ý công khai nội dung và ảnh sau khi cán bộ kiểm tra. Tên và số điện thoại không bao giờ công khai."),
    },
}  # fmt: skip


def text_of(purpose: ConsentPurpose, version: str = VERSION) -> str:
    """The sentence beside the tick, in the wording that was agreed to."""
    return str(TEXTS[version][purpose])
