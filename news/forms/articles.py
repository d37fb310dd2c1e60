"""The article as a clerk writes it."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from news.forms.change_note import ChangeFields
from news.forms.drafting import DraftingFields
from news.forms.media import PictureFields
from news.forms.planning import PLANNING_FIELDS, PlanningFields
from news.models import Article
from news.rules import TITLE_ADVICE
from portal.core.fields import TenantChoiceField
from portal.core.richtext import clean_html
from portal.core.text import nfc

RESERVED_SLUGS = frozenset({"ngay", "the", "rss", "atom"})
SUMMARY_ADVICE = 250


@dataclass(frozen=True, slots=True)
class Check:
    """One line of “Trước khi đăng”: the field it speaks of, its words when met and when not, whether it is met."""

    field: str
    met: str
    unmet: str
    is_met: bool


class ArticleForm(PictureFields, ChangeFields, PlanningFields, DraftingFields, forms.ModelForm):  # type: ignore[type-arg]  # not subscriptable at run time
    """One article as a clerk writes it: text, category, tags in words, one picture with its description."""

    tag_names = forms.CharField(
        label=gettext_lazy("Thẻ"),
        required=False,
        max_length=400,
        help_text=gettext_lazy("Vài từ khóa, cách nhau bằng dấu phẩy. Ví dụ: mưa lũ, học sinh"),
    )

    class Meta:
        model = Article
        fields = ("title", "summary", "body", "category", "author_name", "source_name", *PLANNING_FIELDS)
        field_classes = {"category": TenantChoiceField}
        help_texts = {
            "title": gettext_lazy("Nói việc gì, ai, khi nào. Nên dưới 90 ký tự."),
            "summary": gettext_lazy("Một, hai câu: điều người đọc cần biết trước nhất."),
            "author_name": gettext_lazy("Tên hiện dưới tiêu đề. Ví dụ: Ban biên tập"),
            "source_name": gettext_lazy("Ghi khi lấy lại từ nơi khác."),
        }
        widgets = {
            "title": forms.TextInput(attrs={"data-count": TITLE_ADVICE}),
            "summary": forms.Textarea(attrs={"rows": 3, "data-count": SUMMARY_ADVICE}),
        }
        error_messages = {
            "title": {"required": gettext_lazy("Nhập tiêu đề.")},
            "category": {
                "required": gettext_lazy("Chọn chuyên mục."),
                "invalid_choice": gettext_lazy("Chọn chuyên mục."),
            },
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {**(kwargs.get("initial") or {}), **self.opened}
        super().__init__(*args, **kwargs)
        article = self.instance
        if "category" in self.fields:
            self.fields["category"].empty_label = _("Chọn một chuyên mục")  # type: ignore[attr-defined]  # a choice field
        self.start_picture(article)
        self.start_change(article)
        self.start_planning(article)
        self.start_drafting(article)
        if article.pk:
            self.fields["tag_names"].initial = ", ".join(tag.name for tag in article.tags.all())

    def clean_title(self) -> str:
        """A title of one visible character at least, NFC."""
        title = " ".join(nfc(self.cleaned_data["title"]).split())
        if not title:
            raise ValidationError(_("Nhập tiêu đề."))
        return title

    def clean(self) -> dict[str, Any]:
        """What the groups of fields ask for, and for publishing what citizens need."""
        data: dict[str, Any] = super().clean() or self.cleaned_data
        self.check_picture(data)
        self.check_change(data)
        self.check_planning(data)
        self.check_drafting(data)
        if self.wants_publishing:
            self._require_what_citizens_need(data)
        return data

    @property
    def wants_publishing(self) -> bool:
        """Whether the person pressed “Lưu và gửi duyệt”: then more is needed than for a draft."""
        return "_submit" in self.data

    def _require_what_citizens_need(self, data: dict[str, Any]) -> None:
        if not (data.get("summary") or "").strip():
            self.add_error("summary", _("Viết tóm tắt một, hai câu rồi gửi duyệt."))
        if not (data.get("body") or "").strip() and "body" not in self.errors:
            self.add_error("body", _("Viết nội dung rồi gửi duyệt."))

    def checks(self) -> list[Check]:
        """“Trước khi đăng” for what stands in the form now; the page's script repeats it while the clerk types."""
        values = {
            name: self[name].value() for name in ("title", "summary", "body", "category", "alt_text", "is_decorative")
        }
        has_picture = bool(self.instance.picture_id)
        described = bool((values["alt_text"] or "").strip()) or bool(values["is_decorative"])
        return [
            Check("title", _("Có tiêu đề"), _("Chưa có tiêu đề"), bool((values["title"] or "").strip())),
            Check("summary", _("Có tóm tắt"), _("Chưa có tóm tắt"), bool((values["summary"] or "").strip())),
            Check("body", _("Có nội dung"), _("Chưa có nội dung"), bool(clean_html(values["body"] or "").strip())),
            Check("category", _("Có chuyên mục"), _("Chưa chọn chuyên mục"), bool(values["category"])),
            Check(
                "alt_text",
                _("Ảnh có lời mô tả") if has_picture else _("Không dùng ảnh"),
                _("Ảnh chưa có lời mô tả cho người khiếm thị"),
                described or not has_picture,
            ),
        ]

    def tag_list(self) -> list[str]:
        """The tags as words."""
        return [name for name in self.cleaned_data.get("tag_names", "").split(",") if name.strip()]
