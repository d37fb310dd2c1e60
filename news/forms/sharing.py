"""Input of sharing across units."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from news.enums.sharing import ShareMode
from news.models import Article, Category
from portal.core.text import nfc, without_marks
from units.enums import UnitKind
from units.models import Unit

MESSAGE_LIMIT = 1_000


class _Message(forms.CharField):
    """A few sentences to the people at the other unit."""

    def __init__(self, **options: Any) -> None:
        super().__init__(max_length=MESSAGE_LIMIT, widget=forms.Textarea(attrs={"rows": 3}), **options)

    def clean(self, value: Any) -> str:
        """In the spelling that is stored."""
        return nfc(super().clean(value))


class OfferForm(forms.Form):
    """Offering an article to the province."""

    message = _Message(label=_("lời nhắn"), required=False, help_text=_("Vì sao bài này đáng đăng ở trang cấp trên."))


class TakeForm(forms.Form):
    """Taking an offered text: where it stands on this site."""

    category: "forms.ModelChoiceField[Category]" = forms.ModelChoiceField(
        queryset=None, label=_("chuyên mục"), empty_label=_("Chọn một chuyên mục"),
        help_text=_("Bài nằm ở chuyên mục này trên trang của đơn vị bạn."),
    )  # fmt: skip

    def __init__(self, *args: Any, slug: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        rows = Category.objects.order_by("order", "name")
        self.fields["category"].queryset = rows  # type: ignore[attr-defined]  # a field of choices
        self.fields["category"].initial = next((row.pk for row in rows if row.slug == slug), None)


class DeclineForm(forms.Form):
    """Saying no, with the reason the sender reads."""

    reason = _Message(
        label=_("lý do từ chối"), help_text=_("Nơi gửi đọc được câu này."),
        error_messages={"required": _("Ghi lý do để nơi gửi biết cần sửa gì.")},
    )  # fmt: skip


class PlaceForm(forms.Form):
    """Where a copy stands on this site, and whether it is pinned."""

    category: "forms.ModelChoiceField[Category]" = forms.ModelChoiceField(None, label=_("chuyên mục"), empty_label=None)
    is_pinned = forms.BooleanField(label=_("ghim lên đầu"), required=False)

    def __init__(self, *args: Any, article: Article, **options: Any) -> None:
        options["initial"] = {"category": article.category_id, "is_pinned": article.is_pinned}
        super().__init__(*args, **options)
        self.fields["category"].queryset = Category.objects.order_by("order", "name")  # type: ignore[attr-defined]


class PushForm(forms.Form):
    """Whom an article goes to, and whether they decide. Finding units needs no script: the form is sent and comes back."""

    mode = forms.ChoiceField(
        label=_("cách gửi"), choices=[(ShareMode.OFFERED, ""), (ShareMode.MANDATORY, "")], widget=forms.RadioSelect,
        error_messages={"required": _("Chọn mời đăng hay bắt buộc đăng.")},
    )  # fmt: skip
    kinds = forms.MultipleChoiceField(label=_("mọi đơn vị cùng cấp"), required=False)
    units = forms.TypedMultipleChoiceField(label=_("từng đơn vị"), required=False, coerce=int)
    find = forms.CharField(label=_("tìm đơn vị theo tên"), required=False, max_length=100)
    message = _Message(label=_("lời nhắn"), required=False)

    def __init__(self, *args: Any, below: Sequence[Unit], **options: Any) -> None:
        super().__init__(*args, **options)
        self.below = below
        numbers = {kind: sum(unit.kind == kind for unit in below) for kind in UnitKind}
        self.kind_rows = [(kind, kind.label, number) for kind, number in numbers.items() if number]
        self.fields["kinds"].choices = [(kind, label) for kind, label, _n in self.kind_rows]  # type: ignore[attr-defined]
        self.fields["units"].choices = [(unit.pk, unit.name) for unit in below]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """At least one kind or one unit."""
        data = super().clean() or {}
        if not self.errors and not (data.get("kinds") or data.get("units")):
            raise forms.ValidationError(_("Chọn ít nhất một cấp hoặc một đơn vị nhận."))
        return data

    def chosen_ids(self) -> set[str]:
        """What is ticked now, whether or not the form is whole."""
        return set(self.data.getlist("units")) if self.is_bound else set()  # type: ignore[attr-defined]  # a QueryDict

    def chosen_kinds(self) -> set[str]:
        """The kinds that are ticked now."""
        return set(self.data.getlist("kinds")) if self.is_bound else set()  # type: ignore[attr-defined]  # as above

    def shown_units(self) -> list[dict[str, Any]]:
        """The list: what is ticked first, then what the words find; everything without words."""
        words = without_marks(nfc(str(self.data.get("find") or ""))).lower().split() if self.is_bound else []
        chosen = self.chosen_ids()
        rows = [
            {"unit": unit, "is_chosen": str(unit.pk) in chosen}
            for unit in self.below
            if str(unit.pk) in chosen or all(word in unit.folded_name for word in words)
        ]
        return sorted(rows, key=lambda row: not row["is_chosen"])
