"""How long an article stands in front, and until when somebody looks at it again."""

from typing import Any, Final

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _

from news.models import Article
from portal.core.models import User
from units.models import Membership

PLANNING_FIELDS: Final = (
    *("is_pinned", "pinned_until", "is_featured", "featured_until", "expires_at", "owner", "review_by"),
    "allow_comments",
)
ENDS: Final = {"pinned_until": "is_pinned", "featured_until": "is_featured"}
"""An end date and the switch it ends."""


class PlanningFields(forms.Form):
    """End dates and the person in charge, as a group of fields of the article's form."""

    def start_planning(self, article: Article) -> None:
        """Offer only people of this unit, and somebody in charge who has left it since."""
        for name, words in planning_help().items():
            if name in self.fields:
                self.fields[name].help_text = words
        if "owner" in self.fields:
            members = list(Membership.objects.values_list("user_id", flat=True))
            field: Any = self.fields["owner"]
            field.queryset = User.objects.filter(pk__in=[*members, article.owner_id]).order_by("full_name", "username")
            field.empty_label = _("Chưa giao ai")

    def check_planning(self, data: dict[str, Any]) -> None:
        """A new end lies in the future; an end without its switch means the switch."""
        for name in ("pinned_until", "featured_until", "expires_at"):
            end = data.get(name)
            if end and name in self.changed_data and end <= timezone.now():
                self.add_error(name, _("Chọn một lúc sau bây giờ."))
        for end, switch in ENDS.items():
            if data.get(end) and not data.get(switch):
                # Switched off by hand ends it; an end written beside an empty switch means it.
                data[end], data[switch] = (None, False) if switch in self.changed_data else (data[end], True)
        if data.get("is_featured") and not data.get("is_pinned"):
            # What leads the front page is found among the pinned ones, in the same query.
            data["is_pinned"], data["pinned_until"] = True, data.get("featured_until")
        self._check_review(data)

    def _check_review(self, data: dict[str, Any]) -> None:
        if "review_by" not in self.changed_data:
            return
        day = data.get("review_by")
        if day and day <= timezone.localdate():
            self.add_error("review_by", _("Chọn một ngày sau hôm nay."))
        article: Article = self.instance  # type: ignore[attr-defined]  # the article's form has one
        article.review_reminded_at = None


def planning_help() -> dict[str, Any]:
    """Help texts of the planning fields, for the article's form."""
    return {
        "pinned_until": _("Để trống thì ghim đến khi bỏ."),
        "featured_until": _("Tin nổi bật đứng đầu trang chủ. Để trống thì đến khi có tin nổi bật mới hơn."),
        "expires_at": _("Sau lúc này bài rời danh sách; ai có địa chỉ vẫn đọc được, có dòng báo hết hạn."),
        "owner": _("Người nhận thư nhắc khi đến ngày xem lại."),
        "review_by": _("Ngày phải đọc lại xem nội dung còn đúng không."),
    }
